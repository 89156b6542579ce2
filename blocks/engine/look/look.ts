// A run that ended, ready to be asked about: decisions, trades and values of any of its bars.
import { closeMsOf } from '../../kit/timeframe'
import { type Seen, tradeNodeValues } from '../inspect'
import type { Run } from '../run'
import type { PreparedSeat } from '../seats'
import type { Settings } from '../settings'
import type { DecisionRecord } from '../simulate/desk'
import type { Trade } from '../trade'
import type { DecisionLog } from './decisions'
import { levelsOf, type TradeLevels } from './levels'
import { type NodeValue, Reader, verdictOf } from './values'
import { Walk } from './walk'
import { decisionAt, decisionRow, type WhyAnswer } from './why'

export interface CursorValues {
  /** Close of the decision bar under the cursor. */
  readonly timeMs: number
  readonly values: Readonly<Record<string, NodeValue>>
}

/** Times at which one seat held a position: first fill and end of each trade, ascending. */
interface Held {
  readonly entryMs: Float64Array
  readonly exitMs: Float64Array
}

const heldBy = (trades: readonly Trade[]): Held => {
  const own = [...trades].sort((a, b) => a.entryMs - b.entryMs)
  return {
    entryMs: Float64Array.from(own, ({ entryMs }) => entryMs),
    exitMs: Float64Array.from(own, ({ exitMs }) => exitMs ?? Number.POSITIVE_INFINITY),
  }
}

/** Place of the last trade that was filled in a minute before `ms`; -1: none. */
const filledBefore = ({ entryMs }: Held, ms: number): number => {
  let low = 0
  let high = entryMs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entryMs[middle] < ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

const fates = ['expired', 'data_gap', 'cancelled', 'insufficient_margin', 'post_only', 'position_changed']

/** A value that exists only inside a trade. */
const tradeValue = (name: string, seen: Seen): NodeValue => ({
  name,
  number: typeof seen === 'number' ? seen : null,
  verdict: typeof seen === 'boolean' ? verdictOf(seen ? 1 : -1) : null,
  kind: typeof seen === 'string' ? seen : null,
  sides: null,
  short: null,
  sinceMs: null,
})

export interface LookedAt {
  readonly settings: Settings
  /** [from, to), Unix ms. */
  readonly fromMs: number
  readonly toMs: number
}

export class RunLook {
  readonly seats: readonly PreparedSeat[]
  readonly trades: readonly Trade[]
  private readonly held: readonly Held[]
  private readonly walk: Walk

  constructor(
    run: Pick<Run, 'seats' | 'facts'>,
    private readonly log: DecisionLog,
    readonly range: LookedAt,
  ) {
    this.seats = run.seats
    this.walk = new Walk({ seats: run.seats.map(({ seat }) => seat), ...range })
    this.trades = [...run.facts.trades, ...run.facts.open]
    this.held = run.seats.map(({ seat }) =>
      heldBy(this.trades.filter(({ play, instrument }) => play === seat.play && instrument === seat.instrument.id)),
    )
  }

  /** The seat that trades an instrument; the first where none does. */
  seatFor(instrument: string | null): number {
    return Math.max(
      0,
      this.seats.findIndex(({ seat }) => seat.instrument.id === instrument),
    )
  }

  private nameOf(place: number): { play: number; instrument: string } {
    const { play, instrument } = this.seats[place].seat
    return { play, instrument: instrument.id }
  }

  /** Did the seat hold a position when it decided at `ms`? */
  inTrade(place: number, ms: number): boolean {
    const held = this.held[place]
    const last = filledBefore(held, ms)
    return last >= 0 && held.exitMs[last] >= ms
  }

  /** Nothing is open, and the last order that was sent has become a trade that has ended: no node of a trade has a value. */
  private atRest(place: number, ms: number): boolean {
    if (this.inTrade(place, ms)) return false
    const sentMs = this.log.sentFor(this.nameOf(place), ms)
    const held = this.held[place]
    return Number.isNaN(sentMs) || (held.entryMs[filledBefore(held, ms)] ?? Number.NEGATIVE_INFINITY) >= sentMs
  }

  records(place: number, fromMs: number, toMs: number): DecisionRecord[] {
    return this.log.between(this.nameOf(place), fromMs, toMs)
  }

  /** Values at the last decision at or before `ms`, wherever bars are. Null: no bar has closed by then. */
  valuesAt(place: number, ms: number): CursorValues | null {
    const row = decisionRow(this.seats[place], ms, { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY })
    if (row === null) return null
    const reader = new Reader(this.seats[place], row)
    return { timeMs: reader.timeMs, values: this.values(place, reader) }
  }

  /** Values of the market, and those of the trade or order that there was. */
  private values(place: number, reader: Reader): Record<string, NodeValue> {
    const values = reader.values()
    const prepared = this.seats[place]
    const { timeMs } = reader
    const inside = timeMs >= this.range.fromMs && timeMs < this.range.toMs
    if (!inside || !prepared.evaluated.flat.nodes.some(({ scope }) => scope === 'trade')) return values
    const sim = this.atRest(place, timeMs) ? null : this.walk.at(timeMs)
    for (const [name, seen] of tradeNodeValues(prepared, sim, place)) values[name] = tradeValue(name, seen)
    return values
  }

  /** Null: the run decided nothing there, for it lies outside of its range. */
  whyAt(place: number, ms: number): WhyAnswer | null {
    const prepared = this.seats[place]
    const row = decisionRow(prepared, ms, this.range)
    if (row === null) return null
    const { tf, row0 } = prepared.seat.decision
    const timeMs = closeMsOf(tf, row0 + row)
    const records = this.records(place, timeMs, timeMs + 1)
    const decision = decisionAt(prepared, row, { records, inTrade: this.inTrade(place, timeMs) })
    const reason = decision.did === 'entry' ? this.fateOf(place, timeMs) : decision.reason
    return { ...decision, reason, timeMs, values: this.values(place, new Reader(prepared, row)) }
  }

  /** Why the decision that sent the entry of a trade was made. */
  whyTrade(no: number): WhyAnswer | null {
    const trade = this.trades.find((one) => one.no === no)
    if (trade === undefined) return null
    const place = this.placeOf(trade)
    const sentMs = this.log.sentFor(this.nameOf(place), trade.entryMs)
    return this.whyAt(place, Number.isNaN(sentMs) ? trade.entryMs : sentMs)
  }

  /** Where stop and targets of a trade stood. Null: there is no such trade, or it ended in its first minute. */
  levelsOf(no: number): TradeLevels | null {
    const trade = this.trades.find((one) => one.no === no)
    return trade === undefined ? null : levelsOf(this.walk, trade, { seat: this.placeOf(trade), toMs: this.range.toMs })
  }

  private placeOf({ play, instrument }: Pick<Trade, 'play' | 'instrument'>): number {
    return this.seats.findIndex(({ seat }) => seat.play === play && seat.instrument.id === instrument)
  }

  /** Why the order that was sent at `ms` opened no trade; null: it did, or still waits. */
  private fateOf(place: number, ms: number): string | null {
    let sent = false
    // An order ends before the next one of its seat is sent, and an exit tells that it was filled.
    const end = this.log.find(this.nameOf(place), ms, ({ did, reason }) => {
      const own = !sent && did === 'entry'
      sent ||= own
      return sent && !own && (did === 'entry' || did === 'add' || did === 'exit' || fates.includes(reason ?? ''))
    })
    return end !== null && fates.includes(end.reason ?? '') ? end.reason : null
  }
}
