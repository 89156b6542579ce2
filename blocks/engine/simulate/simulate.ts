// A whole simulation: begin, advance in any pieces, read the facts. State survives the codec between pieces.

import { toTimeMs } from '../../kit/brand'
import { openMsOf } from '../../kit/timeframe'
import type { BenchmarkPrices, RunFacts } from '../facts'
import type { Seat } from '../plan'
import type { Settings } from '../settings'
import type { Trade } from '../trade'
import { type DecisionRecord, type Desk, desksOf, type Sim } from './desk'
import { openTrade } from './exit'
import { flatCopy } from './fork'
import { equitySum } from './snapshot'
import { type Account, beginState, type Counts, type LedgerEntry, type State } from './state'
import { worstStress } from './stress'
import { qtyOf } from './ticks'

export interface SimulationInput {
  /** Plays in wallet order, symbols in each Play's order. All share one fill grid. */
  readonly seats: readonly Seat[]
  readonly settings: Settings
  /** [from, to), Unix ms. */
  readonly fromMs: number
  readonly toMs: number
  readonly targetsFirst?: boolean
  readonly trace?: (record: DecisionRecord) => void
  /** Leaps over nothing: slow, and the same to the last bit. */
  readonly plain?: boolean
}

const stepOf = (seat: Seat): number => openMsOf(seat.fill.tf, 1) - openMsOf(seat.fill.tf, 0)

/** Fill bars that are a hole for every seat. */
const absentOf = (seats: readonly Seat[]): Uint32Array => {
  const all = Uint32Array.from(seats[0].fill.hole)
  for (const { fill } of seats) for (let w = 0; w < all.length; w++) all[w] &= fill.hole[w]
  return all
}

/** A simulation that stands at `from`, or at the minute of a state that was stored. */
export const begin = (input: SimulationInput, stored?: State): Sim => {
  const first = input.seats[0]
  if (first === undefined) throw new Error('a simulation needs a seat')
  const stepMs = stepOf(first)
  const originMs = openMsOf(first.fill.tf, first.fill.row0)
  const minuteOf = (ms: number): number => Math.min(first.fill.rows, Math.max(0, Math.ceil((ms - originMs) / stepMs)))
  const state =
    stored ??
    beginState({
      minute: minuteOf(input.fromMs),
      fromMs: input.fromMs,
      equity: input.settings.equity,
      seats: input.seats.length,
      plays: 1 + Math.max(...input.seats.map((seat) => seat.play)),
    })
  const sim = simOf({
    seats: input.seats,
    state,
    settings: input.settings,
    targetsFirst: input.targetsFirst ?? false,
    trace: input.trace ?? null,
    plain: input.plain ?? false,
    fromMs: input.fromMs,
    originMs,
    stepMs,
    endMinute: minuteOf(input.toMs),
    absent: absentOf(input.seats),
  })
  if (stored === undefined) sim.fork = flatCopy(sim)
  return sim
}

/** Every simulation is made here: objects of one shape are what keeps compiled code valid from run to run. */
const simOf = (made: Omit<Sim, 'desks' | 'clock' | 'fork'>): Sim => {
  const desks: Desk[] = []
  const sim: Sim = {
    seats: made.seats,
    desks,
    state: made.state,
    settings: made.settings,
    targetsFirst: made.targetsFirst,
    trace: made.trace,
    plain: made.plain,
    fromMs: made.fromMs,
    originMs: made.originMs,
    stepMs: made.stepMs,
    endMinute: made.endMinute,
    clock: { k: -1, ms: toTimeMs(Number.NaN) },
    absent: made.absent,
    fork: null,
  }
  desks.push(...desksOf(sim))
  return sim
}

/**
 * The other run of the band (S16), where it comes apart from this one, which has begun at its start and reached its end.
 * Of what it makes only the equity at its end can be read.
 */
export const otherRun = (main: Sim): Sim => {
  if (main.fork === null) throw new Error('a run that was resumed knows no fork')
  const state = flatCopy({ fromMs: main.fromMs, settings: main.settings, state: main.fork })
  return simOf({ ...main, state, targetsFirst: !main.targetsFirst, trace: null })
}

/** Trades of S48: closed ones by entry time, then the order of the symbols in the Play. */
export const closedTrades = (sim: Sim): Trade[] => {
  const order = new Map(sim.seats.map((seat, place) => [`${seat.play}|${seat.instrument.id}`, place]))
  const place = (trade: Trade): number => order.get(`${trade.play}|${trade.instrument}`) ?? 0
  return [...sim.state.trades].sort((a, b) => a.entryMs - b.entryMs || place(a) - place(b) || a.no - b.no)
}

export interface PendingView {
  readonly play: number
  readonly instrument: string
  readonly side: 'long' | 'short'
  readonly setup: string
  readonly order: 'market' | 'limit' | 'stop'
  readonly sentMs: number
  readonly price: number | null
  readonly qtyBase: number
  readonly expiresMs: number
}

export const openTrades = (sim: Sim): Trade[] =>
  sim.desks.flatMap((desk) => (desk.book.position === null ? [] : [openTrade(desk, desk.book.position)]))

export const pendingOrders = (sim: Sim): PendingView[] =>
  sim.desks.flatMap((desk) => {
    const { pending } = desk.book
    if (pending === null) return []
    return [
      {
        play: desk.seat.play,
        instrument: desk.seat.instrument.id,
        side: pending.side === 1 ? ('long' as const) : ('short' as const),
        setup: pending.setup,
        order: pending.kind,
        sentMs: pending.sentMs,
        price: pending.kind === 'market' ? null : pending.price,
        qtyBase: qtyOf(desk.step, pending.steps),
        expiresMs: pending.expireMs,
      },
    ]
  })

export const countsOf = (sim: Sim, play: number): Counts => sim.state.counts[play]

const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null)

const samplesOf = (sim: Sim, toMs: number): Pick<RunFacts, 'sampleMs' | 'sampleEquity'> => {
  const { sampleMs, sampleEquity, equity } = sim.state
  // The end itself is a sample when it is a midnight: no minute of the run comes after it.
  const atEnd = toMs % 86_400_000 === 0 && sampleMs.at(-1) !== toMs
  return {
    sampleMs: Float64Array.from(atEnd ? [...sampleMs, toMs] : sampleMs),
    sampleEquity: Float64Array.from(atEnd ? [...sampleEquity, equity] : sampleEquity),
  }
}

/** What went out and what came in, by account, as amounts of 0 or more. */
const ledgerSums = (entries: readonly LedgerEntry[]): Readonly<Record<Account, { paid: number; received: number }>> => {
  const none = () => ({ paid: 0, received: 0 })
  const sums = {
    realised: none(),
    maker_fee: none(),
    taker_fee: none(),
    liquidation_fee: none(),
    funding: none(),
    insurance: none(),
  }
  for (const { account, usdt } of entries) {
    if (usdt > 0) sums[account].received += usdt
    else sums[account].paid -= usdt
  }
  return sums
}

/** What the metrics need, of a simulation that has reached its end. */
export const factsOf = (
  sim: Sim,
  range: { fromMs: number; toMs: number; benchmark: readonly BenchmarkPrices[] },
): RunFacts => {
  const { figures: f, wallet } = sim.state
  const sums = ledgerSums(wallet.entries)
  const open = sim.desks.flatMap((desk) => {
    const { position } = desk.book
    return position === null || sim.settings.margin === 'cross' ? [] : [worstStress(desk, position)]
  })
  const net = (account: Account): number => sums[account].paid - sums[account].received
  return {
    fromMs: toTimeMs(range.fromMs),
    toMs: toTimeMs(range.toMs),
    firstEquity: sim.settings.equity,
    lastEquity: sim.state.equity,
    ...samplesOf(sim, range.toMs),
    drawdowns: {
      maxShare: f.maxShare,
      maxUsdt: f.maxUsdt,
      longestMs: f.underwater ? Math.max(f.longestMs, range.toMs - f.peakMs) : f.longestMs,
      recoveryMs: f.maxShare > 0 ? f.recoveryMs : null,
    },
    exposure: {
      timeShare: f.snapshots === 0 ? 0 : f.inMarket / f.snapshots,
      grossMean: f.snapshots === 0 ? 0 : f.grossSum / f.snapshots,
      grossMax: f.grossMax,
      netMean: f.snapshots === 0 ? 0 : f.netSum / f.snapshots,
      netMax: f.netMax,
      leverageMean: f.inMarket === 0 ? null : f.grossSum / f.inMarket,
      equityMean: f.snapshots === 0 ? sim.settings.equity : equitySum(sim.state) / f.snapshots,
    },
    costs: {
      makerFeesUsdt: net('maker_fee'),
      takerFeesUsdt: net('taker_fee'),
      liquidationFeesUsdt: net('liquidation_fee'),
      fundingPaidUsdt: sums.funding.paid,
      fundingReceivedUsdt: sums.funding.received,
      slippageUsdt: f.slippage,
      slippedNotionalUsdt: f.slippedNotional,
      gapLossUsdt: f.gapLoss,
    },
    filledNotionalUsdt: f.filledNotional,
    trades: closedTrades(sim),
    open: openTrades(sim),
    liquidations: f.liquidations,
    closestLiquidationShare: orNull(Math.min(f.closestLiquidation, ...open.map(({ distance }) => distance))),
    lowestMarginRatio: orNull(Math.min(f.lowestMarginRatio, ...open.map(({ ratio }) => ratio))),
    ruined: sim.state.ruined,
    takerFee: sim.settings.fees.taker,
    benchmark: range.benchmark,
  }
}
