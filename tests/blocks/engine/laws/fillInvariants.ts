// Invariants of single fills: grid, minute, reference, slippage, limits, stops, and the orders that they came from.
import type { FillReason, Leg, Trade } from '../../../../blocks/engine/trade'
import {
  allTrades,
  type Bar,
  type Film,
  isEntry,
  markAt,
  minuteOf,
  needBar,
  orderOf,
  placeOf,
  seatFor,
  signOf,
} from './film'
import { type Invariant, invariant } from './must'
import { firstAt, gridPrice, inTicks, onGrid, slippage } from './ownArithmetic'

const reasons: readonly FillReason[] = [
  'entry',
  'add',
  'stop',
  'break_even',
  'trailing',
  'target',
  'signal',
  'invalidation',
  'time',
  'liquidation',
]
const decided: readonly FillReason[] = ['signal', 'invalidation', 'time']

const thin = (film: Film): boolean => film.one.settings.slippage.model === 'volume_share'
const buys = (leg: Leg): 1 | -1 => (leg.side === 'buy' ? 1 : -1)
const about = (trade: Trade, leg: Leg): string => `trade ${trade.no}, ${leg.reason} at ${leg.ms}`

/** Every fill of a run with its trade and bar, liquidations apart. */
const eachFill = (film: Film, look: (trade: Trade, leg: Leg, bar: Bar) => void): void => {
  for (const trade of allTrades(film))
    for (const leg of trade.legs) if (leg.reason !== 'liquidation') look(trade, leg, needBar(film, trade, leg.ms))
}

const pricesOnTheGrid = invariant((film, must) => {
  eachFill(film, (trade, leg) => {
    const { tick, step } = seatFor(film, trade).instrument
    must(onGrid(leg.price, tick), () => `${about(trade, leg)}: price ${leg.price} on ${tick}`)
    must(onGrid(leg.qtyBase, step) && leg.qtyBase > 0, () => `${about(trade, leg)}: quantity ${leg.qtyBase} on ${step}`)
  })
})

const insideTheRange = invariant((film, must) => {
  for (const trade of allTrades(film))
    for (const leg of trade.legs)
      must(leg.ms >= film.one.fromMs && leg.ms < film.one.toMs, () => `${about(trade, leg)}: outside the run`)
})

const referenceInsideTheMinute = invariant((film, must) => {
  eachFill(film, (trade, leg, bar) => {
    const inside = leg.referencePrice >= bar.low && leg.referencePrice <= bar.high
    // S20: a resting limit keeps its own price when the minute opens beyond it.
    const gapped = leg.maker && buys(leg) * (leg.referencePrice - bar.open) > 0
    must(
      inside || gapped,
      () => `${about(trade, leg)}: reference ${leg.referencePrice} outside ${bar.low}..${bar.high}`,
    )
  })
})

const liquidationAtMark = invariant((film, must) => {
  for (const trade of film.trades)
    for (const leg of trade.legs) {
      const mark = markAt(seatFor(film, trade), minuteOf(film, leg.ms))
      if (leg.reason !== 'liquidation' || mark === null) continue
      const bankrupt =
        film.one.settings.margin === 'isolated' && Math.abs(leg.feeUsdt) <= 1e-9 * leg.price * leg.qtyBase
      const inside = leg.price >= mark.low * (1 - 1e-12) && leg.price <= mark.high * (1 + 1e-12)
      must(inside || bankrupt, () => `${about(trade, leg)}: ${leg.price} outside the mark ${mark.low}..${mark.high}`)
    }
})

const neverBetterThanReference = invariant((film, must) => {
  eachFill(film, (trade, leg) => {
    if (leg.maker) must(leg.price === leg.referencePrice, () => `${about(trade, leg)}: a passive fill slipped`)
    else
      must(buys(leg) * (leg.price - leg.referencePrice) >= 0, () => `${about(trade, leg)}: better than its reference`)
  })
})

/** S18, S20, S24: share of the reference against the trader, to the tick away from him, a limit at most at its price. */
const slippageToTheTick = invariant((film, must) => {
  eachFill(film, (trade, leg, bar) => {
    if (leg.maker) return
    const { tick } = seatFor(film, trade).instrument
    const b = buys(leg)
    const slipped = inTicks(
      leg.referencePrice * (1 + b * slippage(film.one.settings, { qty: leg.qtyBase, volume: bar.volume })),
      tick,
    )
    const raw = gridPrice(b === 1 ? Math.ceil(slipped) : Math.floor(slipped), tick)
    const order = isEntry(leg) ? orderOf(film, trade, leg) : null
    const wanted = order?.kind === 'limit' ? b * Math.min(b * raw, b * order.price) : raw
    must(leg.price === wanted, () => `${about(trade, leg)}: filled at ${leg.price}, not ${wanted}`)
  })
})

const shareOfVolume = invariant((film, must) => {
  const { slippage: model } = film.one.settings
  if (model.model !== 'volume_share') return
  eachFill(film, (trade, leg, bar) => {
    if (!leg.maker)
      must(leg.qtyBase <= model.max_share * bar.volume + 1e-9, () => `${about(trade, leg)}: more than its share`)
  })
})

/** S20: a tick beyond, on real volume, never at a worse price than the limit. */
const passiveFills = invariant((film, must) => {
  eachFill(film, (trade, leg, bar) => {
    const tick = Number(seatFor(film, trade).instrument.tick)
    if (isEntry(leg)) {
      const order = orderOf(film, trade, leg)
      if (order.kind === 'limit')
        must(buys(leg) * (order.price - leg.price) >= 0, () => `${about(trade, leg)}: worse than the limit`)
      if (leg.maker)
        must(order.kind === 'limit' && leg.price === order.price, () => `${about(trade, leg)}: maker without a limit`)
    }
    if (!leg.maker) return
    const first = trade.legs[0]
    const late =
      leg.reason === 'target' &&
      first?.maker === true &&
      first.ms === leg.ms &&
      buys(first) * (first.price - tick * buys(first) - bar.open) < -1e-9
    const reach = late ? bar.close : leg.side === 'buy' ? bar.low : bar.high
    must(
      buys(leg) * (leg.price - reach) >= tick * (1 - 1e-6),
      () => `${about(trade, leg)}: ${leg.price} not traded through (${reach})`,
    )
    must(bar.volume > 0, () => `${about(trade, leg)}: passive fill without volume`)
  })
})

/** A market order meets the open of the first minute that exists at T + latency, a stop entry its trigger or the open. */
const entriesMeetTheirMinute = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    for (const leg of trade.legs.filter(isEntry)) {
      const order = orderOf(film, trade, leg)
      const bar = needBar(film, trade, leg.ms)
      must(leg.ms >= order.dueMs && leg.ms < order.expireMs, () => `${about(trade, leg)}: outside its life`)
      must(order.dueMs === order.sentMs + film.one.settings.latency_ms, () => `${about(trade, leg)}: latency`)
      if (order.kind === 'market') must(leg.referencePrice === bar.open, () => `${about(trade, leg)}: not at the open`)
      const first = firstAt(film, seatFor(film, trade), order.dueMs)
      if (order.kind === 'market' && !thin(film))
        must(first === minuteOf(film, leg.ms), () => `${about(trade, leg)}: not the first minute`)
      if (order.kind !== 'stop' || thin(film)) continue
      const s = order.side
      must(
        leg.referencePrice === s * Math.max(s * order.price, s * bar.open),
        () => `${about(trade, leg)}: stop entry at ${leg.referencePrice}`,
      )
    }
  }
})

const exitsMeetTheirMinute = invariant((film, must) => {
  const { latency_ms: latency } = film.one.settings
  for (const trade of film.trades)
    for (const leg of trade.legs) {
      if (!decided.includes(leg.reason)) continue
      const bar = needBar(film, trade, leg.ms)
      must(leg.referencePrice === bar.open, () => `${about(trade, leg)}: not at the open`)
      const place = placeOf(film, trade)
      const call = film.records.findLast(
        (one) => one.seat === place && one.did === 'exit' && one.ms + latency <= leg.ms,
      )
      must(call?.reason === leg.reason && call.side === trade.side, () => `${about(trade, leg)}: nobody called it`)
      if (thin(film) || call === undefined) continue
      must(
        firstAt(film, seatFor(film, trade), call.ms + latency) === minuteOf(film, leg.ms),
        () => `${about(trade, leg)}: not the first minute`,
      )
    }
})

const targetsBehindTheirFill = invariant((film, must) => {
  eachFill(film, (trade, leg) => {
    if (leg.reason === 'target' && !leg.maker && !thin(film))
      must(leg.ms === trade.entryMs, () => `${about(trade, leg)}: a taker target later than its entry`)
  })
})

const reasonsOfTheClosedList = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    must(trade.legs[0]?.reason === 'entry', () => `trade ${trade.no}: begins with ${trade.legs[0]?.reason}`)
    for (const leg of trade.legs) must(reasons.includes(leg.reason), () => `${about(trade, leg)}: not on the list`)
    for (const leg of trade.legs)
      must((buys(leg) === signOf(trade)) === isEntry(leg), () => `${about(trade, leg)}: ${leg.side}`)
    if (trade.exitMs !== null)
      must(trade.exitReason === trade.legs.at(-1)?.reason, () => `trade ${trade.no}: exit reason`)
  }
})

/** From flat to flat: never short of what was bought, nothing left, nothing filled after. */
const flatToFlat = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    const { step } = seatFor(film, trade).instrument
    const steps = (leg: Leg): number => (isEntry(leg) ? 1 : -1) * Math.round(inTicks(leg.qtyBase, step))
    let held = 0
    trade.legs.forEach((leg, j) => {
      held += steps(leg)
      must(held > 0 || (held === 0 && j === trade.legs.length - 1), () => `${about(trade, leg)}: holds ${held} steps`)
      must(leg.ms >= (trade.legs[j - 1]?.ms ?? leg.ms), () => `${about(trade, leg)}: before the fill before it`)
    })
    must((held === 0) === (trade.exitMs !== null), () => `trade ${trade.no}: ${held} steps at its end`)
    must(trade.entryMs === trade.legs[0]?.ms, () => `trade ${trade.no}: entry time`)
    if (trade.exitMs !== null) must(trade.exitMs === trade.legs.at(-1)?.ms, () => `trade ${trade.no}: exit time`)
  }
})

const oneAtATime = invariant((film, must) => {
  film.seats.forEach((_, place) => {
    const own = allTrades(film).filter((trade) => placeOf(film, trade) === place)
    own.sort((a, b) => a.no - b.no)
    own.forEach((trade, j) => {
      const before = own[j - 1]
      if (before === undefined) return
      must(
        before.exitMs !== null && before.exitMs <= trade.entryMs,
        () => `trades ${before.no} and ${trade.no} overlap`,
      )
      const reversed = before.exitMs === trade.entryMs
      // Only the exit and the entry of one decision share a minute (S13).
      if (reversed)
        must(
          orderOf(film, trade, trade.legs[0] as Leg).sentMs <= (before.exitMs ?? 0),
          () => `trade ${trade.no}: in the minute of an exit`,
        )
    })
  })
})

export const fillInvariants: Readonly<Record<string, Invariant>> = {
  'S24 prices on ticks, quantities on steps': pricesOnTheGrid,
  'S9 every fill lies inside the run': insideTheRange,
  'S18 the reference lies inside its minute': referenceInsideTheMinute,
  'S37 a liquidation lies inside the mark': liquidationAtMark,
  'S18 no taker fill is better than its reference': neverBetterThanReference,
  'S18 slippage to the tick': slippageToTheTick,
  'S18 no more than the share of the volume': shareOfVolume,
  'S20 a passive fill is traded through and never worse than its limit': passiveFills,
  'S6 entries meet the first minute that exists': entriesMeetTheirMinute,
  'S6 exits meet the first minute that exists': exitsMeetTheirMinute,
  'S23 targets behind their fill close in its minute': targetsBehindTheirFill,
  'S17 reasons and sides of fills': reasonsOfTheClosedList,
  'S43 from flat to flat': flatToFlat,
  'S13 one trade at a time': oneAtATime,
}
