// What stands under the mouse, in a sentence or two.
import { duration, fixed, time } from '../results/format'
import type { What } from './hits'
import type { DrawnPivot } from './pivots'

const ranks = { HH: 'a higher high', LH: 'a lower high', HL: 'a higher low', LL: 'a lower low' } as const

/** "Swing high 67,786, a higher high". */
const pivotName = ({ kind, price, label }: DrawnPivot, decimals: number): string =>
  `Swing ${kind} ${fixed(price, decimals)}${label === null ? '' : `, ${ranks[label]} (${label})`}`

const events: Readonly<Record<'entry' | 'part' | 'exit', string>> = {
  entry: 'opened',
  part: 'partly closed',
  exit: 'closed',
}

interface Writing {
  /** Of prices. */
  readonly decimals: number
  /** What people call a node. */
  readonly titleOf: (path: string) => string
}

/** What stands under the mouse, in a sentence or two. */
export const whatText = (what: What, { decimals, titleOf }: Writing): string => {
  if (what.kind === 'miss')
    return `Only ${titleOf(what.miss.node)} said no to a ${what.miss.side} here. Click to see why.`
  if (what.kind === 'mark') {
    const { kind, side, price, ms, trade } = what.mark
    const name = `${side === 'long' ? 'Long' : 'Short'} trade ${trade.no}`
    return `${name} ${events[kind]} at ${fixed(price, decimals)}, ${time(ms)}. Click to explain it.`
  }
  const { pivot } = what
  const name = pivotName(pivot, decimals)
  if (what.kind === 'formed')
    return `${name}. It formed on the bar of ${time(pivot.formedMs)}; nobody could know it yet.`
  return `${name}. Known from ${time(pivot.knownMs)} on, ${duration(pivot.knownMs - pivot.formedMs)} after its bar opened.`
}
