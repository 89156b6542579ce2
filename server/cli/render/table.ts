// Plain text in columns for a terminal: padding, tables, pairs, and colour that never changes a width.

export interface Style {
  readonly colour: boolean
  /** Columns of the terminal that may be used. */
  readonly width: number
}

export const plain: Style = { colour: false, width: 100 }

/** NO_COLOR (no-color.org): any non-empty value turns colour off, as does an output that is no terminal. */
export const styleFor = (env: { readonly NO_COLOR?: string | undefined }, isTerminal: boolean): Style => ({
  ...plain,
  colour: isTerminal && !env.NO_COLOR,
})

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const
export type Tone = keyof typeof codes

/** Trailing spaces stay unpainted, so that they can be trimmed off a line. */
export const paint = (style: Style, tone: Tone | null, text: string): string => {
  const body = text.trimEnd()
  if (!style.colour || tone === null || body === '') return text
  return `\u001b[${codes[tone]}m${body}\u001b[0m${text.slice(body.length)}`
}

/** A cell: its text and how it is painted. */
export type Cell = string | { readonly text: string; readonly tone: Tone | null }
const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)
const toneOf = (cell: Cell): Tone | null => (typeof cell === 'string' ? null : cell.tone)

export interface Column {
  readonly head: string
  readonly align: 'left' | 'right'
}

const pad = (text: string, width: number, align: Column['align']): string =>
  align === 'left' ? text.padEnd(width) : text.padStart(width)

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Between columns; two spaces unless the table is wide. */
  readonly gap?: string
}

/** A header line and the rows, two spaces in, each column as wide as its widest cell. */
export const table = (style: Style, { columns, rows, gap = '  ' }: Table): string[] => {
  const widths = columns.map(({ head }, place) =>
    rows.reduce((width, row) => Math.max(width, textOf(row[place] ?? '').length), head.length),
  )
  const line = (cells: readonly Cell[], tone: Tone | null): string =>
    columns
      .map(({ align }, place) => {
        const cell = cells[place] ?? ''
        return paint(style, tone ?? toneOf(cell), pad(textOf(cell), widths[place] ?? 0, align))
      })
      .join(gap)
      .trimEnd()
  const heads = columns.map(({ head }) => head)
  return [`  ${line(heads, 'dim')}`, ...rows.map((row) => `  ${line(row, null)}`)]
}

/** Labels and values three to a line: "not enough data" leaves 14 characters for a label. */
export const pairs = (style: Style, cells: readonly (readonly [label: string, value: Cell])[]): string[] => {
  const perLine = 3
  const room = Math.floor((style.width - 2) / perLine)
  const lines: string[] = []
  for (let from = 0; from < cells.length; from += perLine) {
    const line = cells.slice(from, from + perLine).map(([label, value]) => {
      const space = ' '.repeat(Math.max(1, room - 2 - label.length - textOf(value).length))
      return `${label}${space}${paint(style, toneOf(value), textOf(value))}  `
    })
    lines.push(`  ${line.join('')}`.trimEnd())
  }
  return lines
}

/** Words of `text` in lines of at most `width`, continued at `indent`. A word that is too long stays whole. */
export const wrap = (text: string, width: number, indent: string): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = width - (lines.length > 0 ? indent.length : 0)
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((part, place) => (place > 0 ? indent + part : part))
}

/** A label and a sentence beside it, wrapped under itself. */
export const entry = (style: Style, label: string, value: Cell): string[] => {
  const indent = 2 + 16
  const lines = wrap(textOf(value), style.width - indent, '')
  return lines.map((line, place) => {
    const text = paint(style, toneOf(value), line)
    return place === 0 ? `  ${label.padEnd(16)}${text}` : `${' '.repeat(indent)}${text}`
  })
}
