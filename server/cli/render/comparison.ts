// What `verify` says of two reports, in lines.
import type { Comparison } from '../../../blocks/engine/report/compare'
import { paint, plain, type Style, wrap } from './table'

export const renderComparison = ({ identical, differences }: Comparison, style: Style = plain): string => {
  if (identical) return paint(style, 'green', 'Identical: the same trades, equity and figures.')
  return [
    paint(style, 'red', 'Not identical:'),
    ...differences.flatMap(({ message }) => wrap(`- ${message}`, style.width, '  ')),
  ].join('\n')
}
