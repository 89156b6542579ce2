// The keys of the chart: one table for what they do and for the help that names them.
import type { KeyRow } from '../ui/keys'

export type ChartAction =
  | 'before'
  | 'after'
  | 'tenBefore'
  | 'tenAfter'
  | 'first'
  | 'last'
  | 'closer'
  | 'wider'
  | 'explain'
  | 'day'

export const chartKeys: readonly KeyRow<ChartAction>[] = [
  { key: 'ArrowLeft', label: 'The bar before', action: 'before' },
  { key: 'ArrowRight', label: 'The bar after', action: 'after' },
  { key: 'Shift+ArrowLeft', label: 'Ten bars back', action: 'tenBefore' },
  { key: 'Shift+ArrowRight', label: 'Ten bars on', action: 'tenAfter' },
  { key: 'Home', label: 'First bar', action: 'first' },
  { key: 'End', label: 'Last bar', action: 'last' },
  { key: '+', label: 'Closer', action: 'closer' },
  { key: '=', label: 'Closer', action: 'closer' },
  { key: '-', label: 'Wider', action: 'wider' },
  { key: 'Enter', label: 'Ask about this bar', action: 'explain' },
  { key: 'g', label: 'Go to a day', action: 'day' },
]
