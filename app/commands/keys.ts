// Every key of the workbench, for the help and for the commands that stand for one. Data; the panels do the work.
import { type CanvasAction, canvasKeys } from '../canvas/keys'

export interface HelpKey {
  /** As KeyboardEvent.key; `Mod+` is Ctrl, or Cmd on a Mac. More than one: any of them. */
  readonly keys: readonly string[]
  readonly label: string
}

export interface KeyGroup {
  readonly title: string
  readonly keys: readonly HelpKey[]
}

const everywhere: readonly HelpKey[] = [
  { keys: ['Mod+k'], label: 'Find or do anything' },
  { keys: ['?'], label: 'Show these keys' },
  { keys: ['Mod+z'], label: 'Undo' },
  { keys: ['Mod+Shift+Z', 'Mod+y'], label: 'Redo' },
  { keys: ['Mod+s'], label: 'Export the Play as a file' },
  { keys: ['Escape'], label: 'Leave a question, a Block or a list' },
]

const text: readonly HelpKey[] = [
  { keys: ['Ctrl+Space'], label: 'What can stand here' },
  { keys: ['Mod+f'], label: 'Find in the text' },
  { keys: ['F8'], label: 'Go to the next problem' },
  { keys: ['Mod+Shift+M'], label: 'List the problems' },
  { keys: ['Mod+/'], label: 'Make a line a comment, and back' },
  { keys: ['Alt+ArrowUp', 'Alt+ArrowDown'], label: 'Move a line' },
]

const chart: readonly HelpKey[] = [
  { keys: ['ArrowLeft', 'ArrowRight'], label: 'Bar by bar; with Shift ten at a time' },
  { keys: ['Home', 'End'], label: 'First and last bar' },
  { keys: ['+', '-'], label: 'Closer and wider' },
  { keys: ['Enter'], label: 'Ask about this bar' },
]

const trades: readonly HelpKey[] = [
  { keys: ['ArrowUp', 'ArrowDown'], label: 'Trade by trade' },
  { keys: ['PageUp', 'PageDown'], label: 'A page of trades' },
  { keys: ['Enter'], label: 'Explain this trade' },
  { keys: ['ArrowLeft', 'ArrowRight'], label: 'While one is explained: the trade before, the trade after' },
]

/** Keys of one meaning stand in one row. */
const graph: readonly HelpKey[] = [...new Set(canvasKeys.map(({ label }) => label))].map((label) => ({
  label,
  keys: canvasKeys.filter((one) => one.label === label).map(({ key }) => key),
}))

export const keyGroups: readonly KeyGroup[] = [
  { title: 'Everywhere', keys: everywhere },
  { title: 'Graph', keys: graph },
  { title: 'Text', keys: text },
  { title: 'Chart', keys: chart },
  { title: 'Trades', keys: trades },
]

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
}

/** As it is printed on the keyboard: `Mod+d` is "⌘ D" or "Ctrl D". */
export const keyText = (key: string, isMac: boolean): string => {
  // The last sign may itself be a plus.
  const parts = key.endsWith('+') ? [...key.slice(0, -1).split('+').filter(Boolean), '+'] : key.split('+')
  return parts
    .map((part) => {
      if (part === 'Mod') return isMac ? '⌘' : 'Ctrl'
      if (isMac && (part === 'Shift' || part === 'Alt')) return part === 'Shift' ? '⇧' : '⌥'
      return signs[part] ?? (part.length === 1 ? part.toUpperCase() : part)
    })
    .join(' ')
}

/** The key of a canvas action, as the table writes it. */
export const canvasKey = (action: CanvasAction): string | undefined =>
  canvasKeys.find((one) => one.action === action)?.key

/** The event that a key of the table stands for. */
export const pressOf = (key: string): KeyboardEventInit => {
  const parts = key.split('+')
  const last = key.endsWith('+') ? '+' : (parts.at(-1) ?? '')
  return {
    key: last,
    ctrlKey: parts.includes('Mod'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    bubbles: true,
    cancelable: true,
  }
}
