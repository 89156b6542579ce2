// Invariants of decisions: what fired, what was sent, how large, what became of it, what forbade it.
import type { EntryPlan, Seat, SidePlan } from '../../../../blocks/engine/plan'
import { dropReasons } from '../../../../blocks/engine/trade'
import { getBit } from '../../../../blocks/kit/bits'
import { closeMsOf, rowOf, tfMs } from '../../../../blocks/kit/timeframe'
import { allTrades, type Film, isEntry, minuteOf, near, orderOf, placeOf, seatFor, total } from './film'
import { type Invariant, invariant } from './must'
import { stopAfter } from './ownArithmetic'

/** Refusals of a later minute; all others are spoken at the decision itself. */
const later = ['expired', 'cancelled', 'data_gap', 'post_only', 'insufficient_margin', 'position_changed']
export const word = (reason: string | null): string => (reason ?? '').split(':')[0] ?? ''

const fired = (plan: SidePlan | null, i: number): EntryPlan | undefined =>
  plan?.entries.find(({ when, whileTrue }) => getBit(when.t, i) && (whileTrue || (i > 0 && getBit(when.f, i - 1))))
const allowed = (plan: SidePlan | null, i: number): boolean =>
  plan?.filters.every(({ allow }) => getBit(allow.t, i)) ?? false

/** Decision rows of a seat that close in the run and before its last fill bar. */
export const decisions = (film: Film, seat: Seat): { i: number; ms: number }[] => {
  const { decision, tf } = seat
  const endMs = film.sim.originMs + film.sim.endMinute * film.sim.stepMs
  return Array.from({ length: decision.rows }, (_, i) => ({ i, ms: closeMsOf(tf, decision.row0 + i) })).filter(
    ({ i, ms }) => ms >= film.one.fromMs && ms < Math.min(film.one.toMs, endMs) && !getBit(decision.hole, i),
  )
}

/** Each signal that passed is an order or one refusal; two that meet are one conflict; one that is filtered is counted. */
const signalsAreAnswered = invariant((film, must) => {
  film.seats.forEach((seat, place) => {
    const spoken = new Map<number, string[]>()
    for (const record of film.records) {
      if (record.seat !== place || record.did === 'exit' || later.includes(word(record.reason))) continue
      spoken.set(record.ms, [
        ...(spoken.get(record.ms) ?? []),
        record.did === 'refused' ? word(record.reason) : record.did,
      ])
    }
    for (const { i, ms } of decisions(film, seat)) {
      const [long, short] = [fired(seat.long, i), fired(seat.short, i)]
      const passed = [long && allowed(seat.long, i), short && allowed(seat.short, i)].filter(Boolean).length
      const filtered = [long, short].filter(Boolean).length - passed
      const words = spoken.get(ms) ?? []
      spoken.delete(ms)
      if (long !== undefined || short !== undefined || words.length > 0)
        must(
          words.filter((x) => x === 'filtered').length === filtered &&
            words.filter((x) => x !== 'filtered').length === Math.min(1, passed) &&
            (passed === 2) === words.includes('conflict'),
          () => `decision ${ms}: ${passed} passed, ${filtered} filtered, said ${words.join()}`,
        )
    }
    must(spoken.size === 0, () => `spoken where nothing was decided: ${[...spoken.keys()].join()}`)
  })
})

/** Every order is filled, dropped once, or still waits. */
const ordersEnd = invariant((film, must) => {
  const thin = film.one.settings.slippage.model === 'volume_share'
  film.seats.forEach((_, place) => {
    const sent = film.orders.filter((order) => order.seat === place)
    const own = allTrades(film).filter((trade) => placeOf(film, trade) === place)
    const filled = new Set(own.flatMap((trade) => trade.legs.filter(isEntry).map((leg) => orderOf(film, trade, leg))))
    const dropped = film.records.filter((record) => record.seat === place && later.includes(word(record.reason)))
    const waiting = film.sim.desks[place]?.book.pending
    const open = waiting === null || waiting === undefined || waiting.begun ? 0 : 1
    const sum = filled.size + dropped.length + open
    // What thin minutes leave of an order whose trade ends is dropped besides having been filled.
    must(
      thin ? sum >= sent.length : sum === sent.length,
      () => `${sent.length} sent: ${filled.size} filled, ${dropped.length} dropped, ${open} open`,
    )
  })
})

const countsAreTheTrace = invariant((film, must) => {
  film.sim.state.counts.forEach(({ drops }, play) => {
    const told: Record<string, number> = {}
    for (const record of film.records)
      if (record.play === play && ['refused', 'expired', 'cancelled'].includes(record.did))
        told[word(record.reason)] = (told[word(record.reason)] ?? 0) + 1
    for (const reason of dropReasons)
      must(
        (drops[reason] ?? 0) === (told[reason] ?? 0),
        () => `${reason}: ${drops[reason]} counted, ${told[reason]} told`,
      )
    for (const reason of Object.keys(drops))
      must((dropReasons as readonly string[]).includes(reason), () => `${reason} is not on the list`)
  })
})

const closeAt = (seat: Seat, ms: number): number =>
  seat.decision.close[rowOf(seat.tf, ms) - 1 - seat.decision.row0] ?? Number.NaN

/** Equity after the last existing minute before `ms`. */
export const equityBefore = (film: Film, ms: number): number => {
  for (let k = Math.ceil(minuteOf(film, ms)) - 1; k >= 0; k--) {
    const found = film.equity.get(k)
    if (found !== undefined) return found
  }
  return film.one.settings.equity
}

const flatAt = (film: Film, place: number, ms: number): boolean =>
  allTrades(film).every((trade) => placeOf(film, trade) !== place || trade.entryMs >= ms || (trade.exitMs ?? ms) < ms)

/** S31, S32, of entries from flat where the wallet has one seat: everything that the size depends on is known outside. */
const sizes = invariant((film, must) => {
  const [seat] = film.seats
  if (seat === undefined || film.seats.length > 1) return
  const { slippage: model, fees } = film.one.settings
  const slip =
    model.model === 'fixed'
      ? model.bps / 1e4
      : model.model === 'spread'
        ? model.spread_bps / 2e4
        : model.impact * model.max_share ** 2
  const { size, leverage } = seat.risk
  const caps = seat.instrument.brackets.filter(({ maxLeverage }) => maxLeverage >= leverage).map(({ cap }) => cap)
  const most = seat.instrument.brackets.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...caps)
  for (const order of film.orders) {
    if (order.add || !flatAt(film, 0, order.sentMs)) continue
    const equity = equityBefore(film, order.sentMs)
    const reference = order.kind === 'market' ? closeAt(seat, order.sentMs) : order.price
    const distance = Math.abs(reference - stopAfter(order, reference, seat.instrument.tick))
    const wanted =
      'risk' in size
        ? (size.risk * equity) / distance
        : 'notional' in size
          ? (size.notional * equity) / reference
          : size.quote / reference
    const affordable = equity / (reference * ((1 + slip) / leverage + 2 * fees.taker))
    const steps = Math.min(wanted, affordable, most / reference) / Number(seat.instrument.step)
    const near0 = Math.abs(steps - Math.round(steps)) < 1e-6
    must(
      order.steps === Math.floor(steps) || (near0 && Math.abs(order.steps - steps) < 1),
      () => `order of ${order.sentMs}: ${order.steps} steps, not ${steps}`,
    )
    const qty = order.steps * Number(seat.instrument.step)
    must(
      qty >= seat.instrument.minQty - 1e-12 && qty * reference >= seat.instrument.minNotional - 1e-9,
      () => `order of ${order.sentMs}: below the minimum`,
    )
  }
})

/** S32 at the fill: with one seat, what is free before a first entry is the balance of the moment. */
const marginIsThere = invariant((film, must) => {
  if (film.seats.length > 1) return
  for (const trade of allTrades(film)) {
    const [first] = trade.legs
    if (first === undefined) continue
    const before =
      film.one.settings.equity + total(film.trades.filter(({ no }) => no < trade.no).map((other) => other.netUsdt))
    const insured = total(
      film.sim.state.wallet.entries
        .filter(({ account, ms }) => account === 'insurance' && ms < first.ms)
        .map(({ usdt }) => usdt),
    )
    const need = (first.price * first.qtyBase) / seatFor(film, trade).risk.leverage + first.feeUsdt
    must(need <= before + insured + 1e-9 * Math.max(1, before), () => `trade ${trade.no}: needs ${need} of ${before}`)
  }
})

/** S28: at the first decision where enough bars or time have gone by, and no trade outlives it by a decision that exists. */
const timeStops = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    const seat = seatFor(film, trade)
    const after = (trade.side === 'long' ? seat.long : seat.short)?.timeStop?.after
    if (after === undefined) continue
    const due = (ms: number): boolean =>
      'ms' in after
        ? ms >= trade.entryMs + after.ms
        : rowOf(seat.tf, ms) - 1 - rowOf(seat.tf, trade.entryMs) + 1 >= after.bars
    const first = decisions(film, seat).find(({ ms }) => ms > trade.entryMs && due(ms))
    const called = film.records.find(
      (record) =>
        record.seat === placeOf(film, trade) &&
        record.did === 'exit' &&
        record.ms > trade.entryMs &&
        record.ms <= (trade.exitMs ?? film.one.toMs),
    )
    if (trade.exitReason === 'time' && film.one.settings.slippage.model !== 'volume_share')
      must(
        called?.ms === first?.ms && called?.reason === 'time',
        () => `trade ${trade.no}: called at ${called?.ms}, due at ${first?.ms}`,
      )
    if (first === undefined) continue
    must(
      (trade.exitMs ?? Number.POSITIVE_INFINITY) <= first.ms || (called?.ms ?? Number.POSITIVE_INFINITY) <= first.ms,
      () => `trade ${trade.no}: outlived its time`,
    )
  }
})

const lifetimes = invariant((film, must) => {
  for (const order of film.orders) {
    const seat = film.seats[order.seat]
    const plan = order.side === 1 ? seat?.long : seat?.short
    const entry = plan?.entries.find(({ path }) => path === order.setup)
    if (seat === undefined || entry === undefined || order.kind === 'market') continue
    const life = 'ms' in entry.expires ? entry.expires.ms : entry.expires.bars * tfMs[seat.tf]
    must(near(order.expireMs, order.sentMs + life), () => `order of ${order.sentMs}: lives until ${order.expireMs}`)
  }
})

export const signalInvariants: Readonly<Record<string, Invariant>> = {
  'S4 S13 every signal is an order or one refusal': signalsAreAnswered,
  'S22 every order is filled, dropped once, or waits': ordersEnd,
  'S17 counts of refusals are those of the trace': countsAreTheTrace,
  'S31 S32 sizes recomputed': sizes,
  'S32 the margin of an entry was there': marginIsThere,
  'S28 time stops at the first decision due': timeStops,
  'S22 orders live as long as written': lifetimes,
}
