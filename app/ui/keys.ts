// Keys as data: how a press is written, which row of a table it stands for, and how a key is printed. Pure.

/** One key of a part of the page; a part's table is what its listener goes by and what the help prints. */
export interface KeyRow<Action extends string> {
  /** As KeyboardEvent.key; `Mod+` is Ctrl, or Cmd on a Mac. */
  readonly key: string
  readonly label: string
  readonly action: Action
}

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** How a press may be written in a table, the exact way first. */
const namesOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): readonly string[] => {
  const before = `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}`
  // Signs such as + and / need Shift on some keyboards: only letters and named keys tell it apart.
  if (key.length === 1) {
    const shifted = shiftKey && /^[a-z]$/i.test(key)
    return [shifted ? `${before}Shift+${key.toUpperCase()}` : `${before}${key.toLowerCase()}`]
  }
  return shiftKey ? [`${before}Shift+${key}`, `${before}${key}`] : [`${before}${key}`]
}

/** What a press stands for in a table; null: nothing. */
export const actionIn = <Action extends string>(rows: readonly KeyRow<Action>[], press: Pressed): Action | null => {
  for (const name of namesOf(press)) {
    const row = rows.find(({ key }) => key === name)
    if (row !== undefined) return row.action
  }
  return null
}

/** Parts of a written key; the last sign may itself be a plus. */
const partsOf = (key: string): readonly string[] =>
  key.endsWith('+') ? [...key.slice(0, -1).split('+').filter(Boolean), '+'] : key.split('+')

/** The press that a written key stands for. */
export const pressOf = (key: string): Pressed => {
  const parts = partsOf(key)
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Mod'),
    metaKey: false,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  }
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  '-': '\u2212',
  ' ': 'Space',
}

/** As it is printed on the keyboard: `Mod+d` is "⌘ D" or "Ctrl D". */
export const keyText = (key: string, isMac: boolean): string =>
  partsOf(key)
    .map((part) => {
      if (part === 'Mod') return isMac ? '⌘' : 'Ctrl'
      if (isMac && (part === 'Shift' || part === 'Alt')) return part === 'Shift' ? '⇧' : '⌥'
      return signs[part] ?? (part.length === 1 ? part.toUpperCase() : part)
    })
    .join(' ')

/** Of the machine that this page is shown on. */
export const isMac = (): boolean => /Mac|iP(?:hone|ad)/.test(navigator.platform)
