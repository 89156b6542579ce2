// The second simulator, from the text of the rules alone: minute by minute, symbol by symbol, nothing clever.

import type { Trade } from '../../blocks/engine/trade'
import { getBit } from '../../blocks/kit/bits'
import { tfMs } from '../../blocks/kit/timeframe'
import { decide, passHole, rowClosingAt } from './decide'
import { entriesAtOpen, entriesOnPath, expire } from './entries'
import { exitsOnPath, marketExits, moveStops, stopAtOpen, targetsAtOpen, wholeMinute } from './exits'
import { liquidateAtOpen } from './liquidation'
import { chargeFunding, excursion, tradeOf } from './money'
import { type Bar, barAt, type Desk, dayMs, equityBefore, gridAfter, qty, type Run } from './state'
import type { Input, PendingEntry, Result } from './types'

const begin = (input: Input): Run => {
  // S42: Plays in the wallet's order, a Play's symbols in its order.
  const seats = [...input.seats].sort((a, b) => a.play - b.play)
  return {
    input,
    desks: seats.map((seat, place) => ({
      seat,
      place,
      position: null,
      pending: null,
      closed: [],
      lastExit: null,
      nextFunding: seat.funding === null ? 0 : [...seat.funding.ms].filter((ms) => ms < input.fromMs).length,
    })),
    balance: input.settings.equity,
    ledger: [],
    drops: {},
    capped: {},
    lossDay: new Map(),
    partialBars: 0,
    lateFills: 0,
    staleFills: 0,
    ambiguous: 0,
    liquidations: 0,
    reachedTogether: 0,
    refusedInRow: 0,
    ruined: false,
    equity: [],
    daily: [],
  }
}

/** All decisions of one T, seat by seat, on one equity snapshot. */
const decisions = (run: Run, ms: number): void => {
  const closing = run.desks.map((desk) => [desk, rowClosingAt(desk, ms)] as const)
  if (closing.every(([, i]) => i === null)) return
  const equity = equityBefore(run, ms)
  for (const [desk, i] of closing) {
    if (i === null) continue
    if (getBit(desk.seat.decision.hole, i)) {
      passHole(desk, { ms, i, equity })
      continue
    }
    if (getBit(desk.seat.decision.partial, i)) run.partialBars++
    decide(run, desk, { ms, i, equity })
  }
}

/** S12 (1) to (6) of one existing minute of one seat. */
const minute = (run: Run, desk: Desk, bar: Bar): void => {
  chargeFunding(run, desk, bar)
  liquidateAtOpen(run, desk, bar)
  marketExits(run, desk, [bar, (ms) => gridAfter(desk, ms)])
  stopAtOpen(run, desk, bar)
  targetsAtOpen(run, desk, bar)
  entriesAtOpen(run, desk, bar)
  let view = desk.position === null ? null : wholeMinute(desk.position.s, bar)
  if (view !== null) exitsOnPath(run, desk, [bar, view])
  view = entriesOnPath(run, desk, bar) ?? view
  const p = desk.position
  if (p === null || view === null) return
  moveStops(run, desk, [view, bar.close])
  excursion(p, view.worst)
  excursion(p, view.best)
}

/** S44: the sample of 00:00 is the snapshot of the last existing minute before it. */
const sample = (run: Run, ms: number): void => {
  if (ms % dayMs === 0) run.daily.push([ms, run.equity.at(-1)?.[1] ?? run.input.settings.equity])
}

const snapshot = (run: Run, ms: number, step: number): void => {
  const equity = equityBefore(run, ms + step)
  const booked = run.ledger.reduce((sum, entry) => sum + entry.amount, 0)
  const size = run.ledger.reduce((sum, entry) => sum + Math.abs(entry.amount), 0)
  if (Math.abs(run.input.settings.equity + booked - run.balance) > 1e-9 * (1 + size)) throw new Error('S39 broken')
  run.equity.push([ms, equity])
  // Nothing left, but for the rounding of sums.
  if (equity <= 1e-9 * run.input.settings.equity) run.ruined = true
}

const numbered = (run: Run): { trades: Trade[]; open: Trade[] } => {
  const closed = run.desks
    .flatMap((desk) => desk.closed.map((trade) => ({ trade, place: desk.place })))
    .sort((a, b) => a.trade.entryMs - b.trade.entryMs || a.place - b.place)
    .map(({ trade }, i) => ({ ...trade, no: i + 1 }))
  const open = run.desks
    .flatMap((desk) => (desk.position === null ? [] : [tradeOf(desk, desk.position)]))
    .map((trade, i) => ({ ...trade, no: closed.length + i + 1 }))
  return { trades: closed, open }
}

const pendingOf = (desk: Desk): PendingEntry[] => {
  const order = desk.pending
  if (order === null) return []
  return [
    {
      play: desk.seat.play,
      instrument: desk.seat.instrument.id,
      side: order.s === 1 ? 'long' : 'short',
      setup: order.setup,
      order: order.kind,
      sentMs: order.sentMs,
      price: order.kind === 'market' ? null : order.price,
      qtyBase: qty(desk, order.n),
    },
  ]
}

/** Runs decisions of from <= T < to and minutes of from <= m < to. At `to` nothing is closed (S9). */
export const simulate = (input: Input): Result => {
  const run = begin(input)
  const tf = input.seats[0]?.fill.tf ?? '1m'
  const step = tfMs[tf]
  for (let ms = input.fromMs; ms < input.toMs; ms += step) {
    sample(run, ms)
    // S12 (0) and S22: orders end by the clock, those of all seats before any decision of this T.
    for (const desk of run.desks) expire(run, desk, ms)
    decisions(run, ms)
    let seen = false
    for (const desk of run.desks) {
      const bar = barAt(desk, ms)
      if (bar === null) continue
      seen = true
      minute(run, desk, bar)
    }
    if (seen) snapshot(run, ms, step)
  }
  sample(run, input.toMs)
  const { partialBars, lateFills, staleFills, ambiguous, liquidations, reachedTogether, ruined } = run
  return {
    ...numbered(run),
    pending: run.desks.flatMap(pendingOf),
    drops: run.drops,
    capped: run.capped,
    ...{ partialBars, lateFills, staleFills, ambiguous, liquidations, reachedTogether, ruined },
    ledger: run.ledger,
    equity: run.equity,
    daily: run.daily,
  }
}
