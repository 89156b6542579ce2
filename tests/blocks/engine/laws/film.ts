// A run watched minute by minute: what each seat held and where its stop stood, every order sent, every word of the trace.
import type { RunFacts } from '../../../../blocks/engine/facts'
import type { Seat } from '../../../../blocks/engine/plan'
import type { PreparedSeat } from '../../../../blocks/engine/seats'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { DecisionRecord, Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, factsOf } from '../../../../blocks/engine/simulate/simulate'
import type { Pending } from '../../../../blocks/engine/simulate/state'
import type { Leg, Trade } from '../../../../blocks/engine/trade'
import { getBit } from '../../../../blocks/kit/bits'
import { type Case, prepared } from './cases'

/** After one minute, of one seat; only while it holds a position. */
export interface Still {
  readonly no: number
  readonly stop: number
  readonly stopBy: string
  readonly qty: number
  readonly average: number
  readonly margin: number
  /** Prices of targets and rungs that still rest. */
  readonly resting: readonly number[]
}

export interface Order extends Readonly<Omit<Pending, 'memory'>> {
  readonly seat: number
}

export interface Film {
  readonly one: Case
  readonly seats: readonly Seat[]
  readonly prepared: readonly PreparedSeat[]
  readonly sim: Sim
  readonly facts: RunFacts
  readonly trades: readonly Trade[]
  readonly records: readonly (DecisionRecord & { readonly seat: number })[]
  readonly orders: readonly Order[]
  /** By seat, by minute. */
  readonly stills: readonly ReadonlyMap<number, Still>[]
  /** Equity after each minute that exists for any seat. */
  readonly equity: ReadonlyMap<number, number>
}

const watch = (sim: Sim, stills: Map<number, Still>[], k: number): void => {
  sim.desks.forEach(({ book: { position } }, j) => {
    if (position === null) return
    const { no, stop, stopBy, qty, average, margin, targets } = position
    const resting = targets.flatMap(({ done, price }) => (done ? [] : [price]))
    stills[j]?.set(k, { no, stop, stopBy, qty, average, margin, resting })
  })
}

const seatOf = (seats: readonly Seat[], record: DecisionRecord): number =>
  seats.findIndex((seat) => seat.play === record.play && seat.instrument.id === record.instrument)

export const filmOf = (one: Case): Film => {
  const made = prepared(one)
  const seats = made.map(({ seat }) => seat)
  const records: Film['records'][number][] = []
  const orders: Order[] = []
  const stills = seats.map(() => new Map<number, Still>())
  const equity = new Map<number, number>()
  const trace = (record: DecisionRecord): void => {
    const seat = seatOf(seats, record)
    records.push({ ...record, seat })
    const pending = sim.desks[seat]?.book.pending
    if (record.did === 'entry' || record.did === 'add') {
      if (pending === null || pending === undefined) throw new Error('an order was traced that is not there')
      orders.push({ ...pending, seat })
    }
  }
  const { settings, fromMs, toMs } = one
  const sim = begin({ seats, settings, fromMs, toMs, trace })
  while (sim.state.minute < sim.endMinute) {
    const k = sim.state.minute
    advance(sim, k + 1)
    watch(sim, stills, k)
    if (!getBit(sim.absent, k)) equity.set(k, sim.state.equity)
  }
  const facts = factsOf(sim, { fromMs, toMs, benchmark: [] })
  return { one, seats, prepared: made, sim, facts, trades: facts.trades, records, orders, stills, equity }
}

export const allTrades = ({ facts }: Film): Trade[] => [...facts.trades, ...facts.open]

/** Place of a trade's seat; trades of one Play and instrument share one. */
export const placeOf = ({ seats }: Film, trade: Trade): number =>
  seats.findIndex((seat) => seat.play === trade.play && seat.instrument.id === trade.instrument)

export const seatFor = (film: Film, trade: Trade): Seat => {
  const seat = film.seats[placeOf(film, trade)]
  if (seat === undefined) throw new Error(`trade ${trade.no} has no seat`)
  return seat
}

export const minuteOf = ({ sim }: Film, ms: number): number => (ms - sim.originMs) / sim.stepMs

export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}
/** Fill bar of a seat, null in a hole. */
export const barAt = (seat: Seat, k: number): Bar | null => {
  const { fill } = seat
  if (k < 0 || k >= fill.rows || getBit(fill.hole, k)) return null
  const at = (column: Float64Array): number => column[k] ?? Number.NaN
  return { open: at(fill.open), high: at(fill.high), low: at(fill.low), close: at(fill.close), volume: at(fill.volume) }
}
/** Mark bar where the run has one, else the fill bar (S37). */
export const markAt = (seat: Seat, k: number): Bar | null => {
  const { mark } = seat
  if (mark === null || getBit(mark.hole, k)) return barAt(seat, k)
  const at = (column: Float64Array): number => column[k] ?? Number.NaN
  return { open: at(mark.open), high: at(mark.high), low: at(mark.low), close: at(mark.close), volume: 0 }
}
export const needBar = (film: Film, trade: Trade, ms: number): Bar => {
  const bar = barAt(seatFor(film, trade), minuteOf(film, ms))
  if (bar === null) throw new Error(`trade ${trade.no} has a fill in a hole at ${ms}`)
  return bar
}

export const isEntry = (leg: Leg): boolean => leg.reason === 'entry' || leg.reason === 'add'
export const signOf = (trade: Trade): 1 | -1 => (trade.side === 'long' ? 1 : -1)

/** The order that a fill came from: the last of its kind sent by then. */
export const orderOf = (film: Film, trade: Trade, leg: Leg): Order => {
  const place = placeOf(film, trade)
  const add = leg.reason === 'add'
  const side = signOf(trade)
  const found = film.orders.findLast(
    (order) => order.seat === place && order.add === add && order.side === side && order.sentMs <= leg.ms,
  )
  if (found === undefined) throw new Error(`trade ${trade.no}: nobody sent the order of ${leg.ms}`)
  return found
}

/** Minutes from one fill to another, both ends included, that exist for the trade's seat. */
export const minutesOf = (
  film: Film,
  trade: Trade,
  range: { fromMs: number; toMs: number },
): { k: number; bar: Bar }[] => {
  const seat = seatFor(film, trade)
  const out: { k: number; bar: Bar }[] = []
  for (let k = minuteOf(film, range.fromMs); k <= minuteOf(film, range.toMs); k++) {
    const bar = barAt(seat, k)
    if (bar !== null) out.push({ k, bar })
  }
  return out
}

export const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)
/** Money to 1e-9 of the amounts that it is made of. */
export const near = (a: number, b: number, size = 0): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b), size)
