// Where each node and section stands in a text, read leniently: also while the text is no document. Pure.

export interface Part {
  /** Node id, or the sink that a section is drawn as: `$long`, `$short`, `$risk`. */
  readonly id: string
  /** Offsets: start of its first line, end of its last line. */
  readonly from: number
  readonly to: number
}

const sinks: Readonly<Record<string, string>> = { long: '$long', short: '$short', risk: '$risk' }
const key = /^( *)([^\s#:,{}[\]]+):(?:\s|$)/

/** Nodes and sinks in the order of their lines; comments and empty lines belong to none. */
export const outlineOf = (text: string): readonly Part[] => {
  const parts: { id: string; from: number; to: number }[] = []
  let section = ''
  let nodeIndent = 0
  let open = false
  let offset = 0
  for (const line of text.split('\n')) {
    const from = offset
    const to = offset + line.length
    offset = to + 1
    if (/^\s*(?:#|$)/.test(line)) continue
    const [, indent = '', name] = key.exec(line) ?? []
    const isTop = !line.startsWith(' ')
    if (isTop) {
      section = name ?? ''
      nodeIndent = 0
      const sink = Object.hasOwn(sinks, section) ? sinks[section] : undefined
      open = sink !== undefined
      if (sink !== undefined) parts.push({ id: sink, from, to })
      continue
    }
    if (section === 'nodes') {
      const width = line.length - line.trimStart().length
      if (nodeIndent === 0) nodeIndent = width
      if (width <= nodeIndent) {
        open = name !== undefined && indent.length === nodeIndent
        if (open && name !== undefined) parts.push({ id: name, from, to })
        continue
      }
    }
    const last = parts.at(-1)
    if (open && last !== undefined) last.to = to
  }
  return parts
}

export const partAt = (parts: readonly Part[], offset: number): Part | undefined =>
  parts.find(({ from, to }) => offset >= from && offset <= to)

/** Ids of the nodes that the text names, in their order. */
export const idsIn = (text: string): readonly string[] =>
  outlineOf(text)
    .map(({ id }) => id)
    .filter((id) => !id.startsWith('$'))
