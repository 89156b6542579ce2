// The keys of the trades and of a question that is open: tables for what they do and for the help that names them.
import type { KeyRow } from '../ui/keys'

export type TradesAction = 'before' | 'after' | 'pageBefore' | 'pageAfter' | 'first' | 'last' | 'explain'

export const tradesKeys: readonly KeyRow<TradesAction>[] = [
  { key: 'ArrowUp', label: 'The trade above', action: 'before' },
  { key: 'ArrowDown', label: 'The trade below', action: 'after' },
  { key: 'PageUp', label: 'A page up', action: 'pageBefore' },
  { key: 'PageDown', label: 'A page down', action: 'pageAfter' },
  { key: 'Home', label: 'First row', action: 'first' },
  { key: 'End', label: 'Last row', action: 'last' },
  { key: 'Enter', label: 'Explain this trade', action: 'explain' },
  { key: ' ', label: 'Explain this trade', action: 'explain' },
]

export type QuestionAction = 'leave' | 'before' | 'after'

export const questionKeys: readonly KeyRow<QuestionAction>[] = [
  { key: 'ArrowLeft', label: 'The trade or bar before', action: 'before' },
  { key: 'ArrowRight', label: 'The trade or bar after', action: 'after' },
  { key: 'Escape', label: 'Leave the question', action: 'leave' },
]
