// Invariants of levels: stops at their price and never looser, targets taken, ladders emptied, liquidation where it is due.
import type { FillReason, Leg, Trade } from '../../../../blocks/engine/trade'
import {
  allTrades,
  type Film,
  markAt,
  minuteOf,
  minutesOf,
  near,
  needBar,
  placeOf,
  seatFor,
  signOf,
  total,
} from './film'
import { type Invariant, invariant } from './must'
import { initialStop, maintenance } from './ownArithmetic'

const stops: readonly FillReason[] = ['stop', 'break_even', 'trailing']
const thin = (film: Film): boolean => film.one.settings.slippage.model === 'volume_share'
const about = (trade: Trade, leg: Leg): string => `trade ${trade.no}, ${leg.reason} at ${leg.ms}`

/** Stops that only fills and minutes move; those of decisions are known less exactly from outside. */
const movesAtDecisions = (film: Film, trade: Trade): boolean => {
  const seat = seatFor(film, trade)
  const trail = (trade.side === 'long' ? seat.long : seat.short)?.trail
  return trail !== null && trail !== undefined && (trail.kind === 'level' || trail.update === 'decision')
}

/** S19: at the stop in force, or at the open that has passed it; labelled by what set it. */
const stopsAtTheirLevel = invariant((film, must) => {
  // A thin minute lets a stop wait for the volume of the next.
  if (thin(film)) return
  for (const trade of film.trades) {
    const leg = trade.legs.find((one) => stops.includes(one.reason))
    if (leg === undefined) continue
    const s = signOf(trade)
    const bar = needBar(film, trade, leg.ms)
    const k = minuteOf(film, leg.ms)
    const before = film.stills[placeOf(film, trade)]?.get(k - 1)
    const known = before?.no === trade.no ? before : null
    const stop = known?.stop ?? initialStop(film, trade, seatFor(film, trade).instrument.tick)
    if (known !== null && movesAtDecisions(film, trade)) {
      must(
        leg.referencePrice === bar.open || s * (leg.referencePrice - stop) >= 0,
        () => `${about(trade, leg)}: looser than ${stop}`,
      )
      continue
    }
    const level = s * (bar.open - stop) > 0 ? stop : bar.open
    const own = known === null && leg.referencePrice === stop
    must(
      own || leg.referencePrice === level,
      () => `${about(trade, leg)}: at ${leg.referencePrice}, stop ${stop}, open ${bar.open}`,
    )
    must(leg.reason === (known?.stopBy ?? 'stop'), () => `${about(trade, leg)}: set by ${known?.stopBy}`)
  }
})

const stopsNeverLoosen = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    const stills = film.stills[placeOf(film, trade)]
    let last = initialStop(film, trade, seatFor(film, trade).instrument.tick)
    for (const { k } of minutesOf(film, trade, { fromMs: trade.entryMs, toMs: trade.exitMs ?? film.one.toMs })) {
      const still = stills?.get(k)
      if (still?.no !== trade.no) continue
      must(
        signOf(trade) * (still.stop - last) >= 0,
        () => `trade ${trade.no}: stop from ${last} to ${still.stop} in minute ${k}`,
      )
      last = still.stop
    }
  }
})

/** A position that comes through a minute has met neither its stop nor, on isolated margin, its liquidation. */
const nothingReachedIsSpared = invariant((film, must) => {
  const settled = new Set<number>(
    film.sim.state.wallet.entries.filter(({ account }) => account === 'funding').map(({ ms }) => ms),
  )
  for (const trade of allTrades(film)) {
    const stills = film.stills[placeOf(film, trade)]
    const seat = seatFor(film, trade)
    const s = signOf(trade)
    for (const { k, bar } of minutesOf(film, trade, {
      fromMs: trade.entryMs + 60_000,
      toMs: trade.exitMs ?? film.one.toMs - 60_000,
    })) {
      const [before, after] = [stills?.get(k - 1), stills?.get(k)]
      if (before?.no !== trade.no || after?.no !== trade.no) continue
      const worst = s === 1 ? bar.low : bar.high
      if (!thin(film))
        must(
          s * (worst - before.stop) > 0,
          () => `trade ${trade.no}: its stop ${before.stop} was reached in minute ${k}`,
        )
      const mark = markAt(seat, k)
      if (
        film.one.settings.margin === 'cross' ||
        seat.instrument.kind === 'spot' ||
        mark === null ||
        settled.has(film.sim.originMs + k * film.sim.stepMs)
      )
        continue
      if (trade.legs.some((leg) => minuteOf(film, leg.ms) === k)) continue
      const extreme = s === 1 ? mark.low : mark.high
      const margin = before.margin + s * before.qty * (extreme - before.average)
      must(
        margin > maintenance(seat, before.qty * extreme) * (1 - 1e-9) - 1e-9,
        () => `trade ${trade.no}: past its liquidation in minute ${k}`,
      )
    }
  }
})

/** A target or rung that a minute with volume trades through is filled in it, or the trade has ended there. */
const targetsReachedAreTaken = invariant((film, must) => {
  if (thin(film)) return
  for (const trade of allTrades(film)) {
    const stills = film.stills[placeOf(film, trade)]
    const s = signOf(trade)
    const tick = Number(seatFor(film, trade).instrument.tick)
    for (const { k, bar } of minutesOf(film, trade, { fromMs: trade.entryMs, toMs: trade.exitMs ?? film.one.toMs })) {
      const [before, after] = [stills?.get(k - 1), stills?.get(k)]
      if (before?.no !== trade.no || after?.no !== trade.no || bar.volume === 0) continue
      for (const price of after.resting)
        must(
          s * ((s === 1 ? bar.high : bar.low) - price) < tick * (1 - 1e-6),
          () => `trade ${trade.no}: target ${price} passed in minute ${k}`,
        )
    }
  }
})

const liquidatedAtMaintenance = invariant((film, must) => {
  if (film.one.settings.margin === 'cross') return
  for (const trade of film.trades) {
    const last = trade.legs.at(-1)
    if (last?.reason !== 'liquidation') continue
    const k = minuteOf(film, last.ms)
    const before = film.stills[placeOf(film, trade)]?.get(k - 1)
    const seat = seatFor(film, trade)
    const funded = film.sim.state.wallet.entries.some(({ ms, account }) => ms === last.ms && account === 'funding')
    if (before?.no !== trade.no || funded || trade.legs.filter((leg) => leg.ms === last.ms).length > 1) continue
    const mark = markAt(seat, k)
    const left = before.margin + signOf(trade) * before.qty * (last.price - before.average)
    const need = maintenance(seat, before.qty * last.price)
    const gapped = last.price === mark?.open || last.feeUsdt <= 1e-9 * before.qty * before.average
    must(
      near(left, need, before.qty * before.average) || (gapped && left < need),
      () => `trade ${trade.no}: liquidated with ${left} of ${need}`,
    )
  }
})

/** S27: shares that sum to 1, or a rung for the rest, close all that is left, adds included. */
const fullLaddersLeaveNothing = invariant((film, must) => {
  if (thin(film)) return
  for (const trade of allTrades(film)) {
    const seat = seatFor(film, trade)
    const plan = trade.side === 'long' ? seat.long : seat.short
    const shares = [...(plan?.targets ?? []), ...(plan?.ladder?.steps ?? [])].map(({ close }) => close)
    const full = shares.includes(null) || Math.abs(total(shares.map(Number)) - 1) < 1e-9
    if (!full) continue
    for (const still of film.stills[placeOf(film, trade)]?.values() ?? [])
      if (still.no === trade.no)
        must(still.resting.length > 0, () => `trade ${trade.no}: ${still.qty} left behind its last target`)
  }
})

export const levelInvariants: Readonly<Record<string, Invariant>> = {
  'S19 stops fill at their level or at the open beyond': stopsAtTheirLevel,
  'S25 a stop never loosens': stopsNeverLoosen,
  'S12 what a minute reaches is not spared': nothingReachedIsSpared,
  'S20 targets that a minute trades through are taken': targetsReachedAreTaken,
  'S35 liquidated where the margin is the maintenance': liquidatedAtMaintenance,
  'S27 a full ladder leaves nothing': fullLaddersLeaveNothing,
}
