// Why there is an entry at a decision, or why there is none: what the run did there, or the first condition that said no.
import { getBit } from '../../kit/bits'
import { closeMsOf, rowOf } from '../../kit/timeframe'
import type { PreparedSeat } from '../seats'
import type { DecisionRecord } from '../simulate/desk'
import type { Side } from '../trade'
import { type ConditionLine, linesOf, type Way, waysOf } from './lines'
import { type NodeValue, Reader } from './values'

export type DecisionWord = DecisionRecord['did'] | 'nothing'

export interface Decision {
  readonly side: Side
  readonly setup: string | null
  readonly did: DecisionWord
  /** `in_trade`, `no_setup`, `no_rise`, `no_bar`, a drop reason with its detail, the reason of an exit, or null. */
  readonly reason: string | null
  /** The first that said no, or the node that blocked. */
  readonly node: string | null
  readonly lines: readonly ConditionLine[]
}

export interface WhyAnswer extends Decision {
  /** Close of the decision bar, Unix ms. */
  readonly timeMs: number
  readonly values: Readonly<Record<string, NodeValue>>
}

/** What befalls an order at a fill, minutes after it was decided on: it says nothing of the decision of that instant. */
const ofTheFill = ['data_gap', 'post_only', 'insufficient_margin']
/** `position_changed` and `cancelled` are said at decisions too: then they name the node that called for it. */
const byNode = ['position_changed', 'cancelled']

const isDecided = ({ reason, node }: DecisionRecord): boolean =>
  reason === null || !(ofTheFill.includes(reason) || (byNode.includes(reason) && node === null))

/** What counts most for whoever asks about an entry. */
const weight: Readonly<Record<DecisionRecord['did'], number>> = {
  entry: 0,
  add: 1,
  exit: 2,
  refused: 3,
  cancelled: 4,
  expired: 5,
}

/** What a decision did, of all that was recorded at its instant; null: nothing. */
export const primaryOf = (records: readonly DecisionRecord[]): DecisionRecord | null => {
  let found: DecisionRecord | null = null
  for (const record of records)
    if (isDecided(record) && (found === null || weight[record.did] < weight[found.did])) found = record
  return found
}

interface Nearness {
  readonly way: Way
  readonly lines: readonly ConditionLine[]
  /** Lines that are not true. */
  readonly lacking: number
}

/** The way with the fewest conditions that are not true; of equals the first. */
const nearest = (ways: readonly Way[], reader: Reader): Nearness | null => {
  let found: Nearness | null = null
  for (const way of ways) {
    const lines = linesOf(way, reader)
    const lacking = lines.filter(({ verdict }) => verdict !== 'true').length
    if (found === null || lacking < found.lacking) found = { way, lines, lacking }
  }
  return found
}

const silence = (prepared: PreparedSeat, reader: Reader, inTrade: boolean): Decision => {
  const { hole } = prepared.seat.decision
  const near = nearest(waysOf(prepared), reader)
  if (near === null) return { side: 'long', setup: null, did: 'nothing', reason: null, node: null, lines: [] }
  const { way, lines, lacking } = near
  const about = { side: way.side, setup: way.setup, did: 'nothing' as const, lines }
  if (getBit(hole, reader.i)) return { ...about, reason: 'no_bar', node: null }
  if (inTrade) return { ...about, reason: 'in_trade', node: null }
  if (lacking === 0) return { ...about, reason: 'no_rise', node: way.setup }
  const first = lines.find(({ verdict }) => verdict !== 'true')
  return { ...about, reason: 'no_setup', node: first?.node ?? null }
}

/** The decision of one row: what was recorded there, or what stood in the way. */
export const decisionAt = (
  prepared: PreparedSeat,
  i: number,
  at: {
    readonly records: readonly DecisionRecord[]
    /** A position was open when it was decided. */
    readonly inTrade: boolean
  },
): Decision => {
  const reader = new Reader(prepared, i)
  const record = primaryOf(at.records)
  if (record === null) return silence(prepared, reader, at.inTrade)
  const { side, setup, did, reason, node } = record
  const ways = waysOf(prepared).filter((way) => way.side === side)
  const way = ways.find((one) => one.setup === setup) ?? ways[0]
  return { side, setup, did, reason, node, lines: way === undefined ? [] : linesOf(way, reader) }
}

/** Row of the last decision that closes at or before `ms`; null outside of the bars and of the run's range. */
export const decisionRow = (
  { seat }: PreparedSeat,
  ms: number,
  run: { readonly fromMs: number; readonly toMs: number },
): number | null => {
  const { tf, row0, rows } = seat.decision
  const i = rowOf(tf, ms) - 1 - row0
  if (i < 0 || i >= rows) return null
  const timeMs = closeMsOf(tf, row0 + i)
  return timeMs >= run.fromMs && timeMs < run.toMs ? i : null
}
