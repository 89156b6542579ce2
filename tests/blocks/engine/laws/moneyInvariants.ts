// Invariants of a trade's money: result, fees, funding, risk, excursions, and the ledger that holds them all.
import { allTrades, barAt, isEntry, minuteOf, near, placeOf, seatFor, signOf, total } from './film'
import { type Invariant, invariant } from './must'
import { fundingOf, initialStop } from './ownArithmetic'

const grossIsSideTimesMove = invariant((film, must) => {
  for (const trade of film.trades) {
    const cash = total(trade.legs.map((leg) => (leg.side === 'buy' ? -1 : 1) * leg.price * leg.qtyBase))
    const gross = signOf(trade) * trade.qtyBase * ((trade.exitPrice ?? Number.NaN) - trade.entryPrice)
    const size = trade.qtyBase * trade.entryPrice
    must(near(gross, cash, size), () => `trade ${trade.no}: gross ${gross}, its fills give ${cash}`)
  }
})

const netIsGrossMinusFeesPlusFunding = invariant((film, must) => {
  for (const trade of film.trades) {
    const gross = signOf(trade) * trade.qtyBase * ((trade.exitPrice ?? Number.NaN) - trade.entryPrice)
    const net = gross - trade.feesUsdt + trade.fundingUsdt
    must(
      near(net, trade.netUsdt, trade.qtyBase * trade.entryPrice),
      () => `trade ${trade.no}: net ${trade.netUsdt}, not ${net}`,
    )
  }
})

const averagesOverAllFills = invariant((film, must) => {
  for (const trade of film.trades) {
    const mean = (legs: typeof trade.legs): number =>
      total(legs.map((leg) => leg.price * leg.qtyBase)) / total(legs.map((leg) => leg.qtyBase))
    must(near(mean(trade.legs.filter(isEntry)), trade.entryPrice), () => `trade ${trade.no}: entry price`)
    must(
      near(mean(trade.legs.filter((leg) => !isEntry(leg))), trade.exitPrice ?? Number.NaN),
      () => `trade ${trade.no}: exit price`,
    )
  }
})

const feesAreThoseOfTheLegs = invariant((film, must) => {
  for (const trade of allTrades(film))
    must(near(trade.feesUsdt, total(trade.legs.map((leg) => leg.feeUsdt))), () => `trade ${trade.no}: fees`)
})

const feeIsRateTimesNotional = invariant((film, must) => {
  const { fees, margin } = film.one.settings
  for (const trade of allTrades(film))
    for (const leg of trade.legs) {
      if (leg.reason === 'liquidation' && margin === 'isolated') continue
      const rate = leg.reason === 'liquidation' ? fees.liquidation : leg.maker ? fees.maker : fees.taker
      must(near(leg.feeUsdt, rate * leg.price * leg.qtyBase), () => `trade ${trade.no}: fee of a ${leg.reason}`)
    }
})

/** S35: price and fee together take exactly what stood behind the position. */
const liquidationCostsTheMargin = invariant((film, must) => {
  if (film.one.settings.margin === 'cross') return
  for (const trade of film.trades) {
    const last = trade.legs.at(-1)
    if (last?.reason !== 'liquidation') continue
    const before = film.stills[placeOf(film, trade)]?.get(minuteOf(film, last.ms) - 1)
    if (before?.no !== trade.no || trade.legs.filter((leg) => leg.ms === last.ms).length > 1) continue
    const paid = total(
      fundingOf(film, trade, seatFor(film, trade))
        .filter(({ ms }) => ms === last.ms)
        .map(({ usdt }) => usdt),
    )
    const cost = -signOf(trade) * last.qtyBase * (last.price - before.average) + last.feeUsdt
    must(
      near(cost, before.margin + paid, before.qty * before.average),
      () => `trade ${trade.no}: liquidation cost ${cost} of ${before.margin}`,
    )
    must(last.feeUsdt >= -1e-9 * before.qty * before.average, () => `trade ${trade.no}: beyond bankruptcy`)
  }
})

const makers = ['target', 'entry']
const makerAndTaker = invariant((film, must) => {
  for (const trade of allTrades(film))
    for (const leg of trade.legs)
      if (leg.maker) must(makers.includes(leg.reason), () => `trade ${trade.no}: a ${leg.reason} as maker`)
})

const fundingFromSettlements = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    const events = fundingOf(film, trade, seatFor(film, trade))
    const sum = total(events.map(({ usdt }) => usdt))
    if (events.length > 0 || trade.fundingUsdt !== 0)
      must(
        near(sum, trade.fundingUsdt),
        () => `trade ${trade.no}: funding ${trade.fundingUsdt}, settlements give ${sum}`,
      )
  }
})

/** S45: over entry fills, to the stop in force; told exactly where the stop cannot have moved between them. */
const initialRisk = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    const seat = seatFor(film, trade)
    const plan = trade.side === 'long' ? seat.long : seat.short
    const entries = trade.legs.filter(isEntry)
    if (entries.length > 1 && (plan?.trail || plan?.breakEven)) continue
    const stop = initialStop(film, trade, seat.instrument.tick)
    const risk = total(entries.map((leg) => leg.qtyBase * Math.abs(leg.price - stop)))
    must(
      near(risk, trade.initialRiskUsdt),
      () => `trade ${trade.no}: initial risk ${trade.initialRiskUsdt}, not ${risk}`,
    )
  }
})

const multipleOfRisk = invariant((film, must) => {
  for (const trade of film.trades) {
    if (trade.initialRiskUsdt === 0) must(trade.r === null, () => `trade ${trade.no}: an R without risk`)
    else must(near(trade.r ?? Number.NaN, trade.netUsdt / trade.initialRiskUsdt), () => `trade ${trade.no}: r`)
  }
})

/** Completed minutes and exit references (S46); a limit filled inside its minute sees no more of it than its close. */
const excursions = invariant((film, must) => {
  for (const trade of film.trades) {
    const seat = seatFor(film, trade)
    const [first, ...others] = trade.legs
    if (first === undefined || others.some(isEntry)) continue
    const s = signOf(trade)
    const tick = Number(seat.instrument.tick)
    const stills = film.stills[placeOf(film, trade)]
    const seen: number[] = others.map((leg) => leg.referencePrice)
    for (let k = minuteOf(film, first.ms); stills?.get(k)?.no === trade.no; k++) {
      const bar = barAt(seat, k)
      if (bar === null) continue
      const inside = first.maker && k === minuteOf(film, first.ms) && s * (first.price - s * tick - bar.open) < -1e-9
      const best = s === 1 ? bar.high : bar.low
      seen.push(s === 1 ? bar.low : bar.high, inside ? s * Math.max(s * first.price, s * bar.close) : best)
    }
    const moves = seen.map((price) => s * (price - first.price))
    const [mae, mfe] = [Math.max(0, ...moves.map((x) => -x)), Math.max(0, ...moves)]
    must(
      near(trade.maePct, (100 * mae) / first.price),
      () => `trade ${trade.no}: mae ${trade.maePct}, not ${(100 * mae) / first.price}`,
    )
    must(
      near(trade.mfePct, (100 * mfe) / first.price),
      () => `trade ${trade.no}: mfe ${trade.mfePct}, not ${(100 * mfe) / first.price}`,
    )
    const risk = Math.abs(first.price - initialStop(film, trade, seat.instrument.tick))
    if (risk > 0)
      must(
        near(trade.maeR ?? Number.NaN, mae / risk) && near(trade.mfeR ?? Number.NaN, mfe / risk),
        () => `trade ${trade.no}: in R`,
      )
  }
})

const excursionsHoldTheResult = invariant((film, must) => {
  for (const trade of allTrades(film)) {
    must(trade.maePct >= 0 && trade.mfePct >= 0, () => `trade ${trade.no}: excursions are sizes`)
    const exits = trade.legs.filter((leg) => !isEntry(leg))
    if (trade.legs.filter(isEntry).length > 1) continue
    for (const leg of exits) {
      const move = (100 * signOf(trade) * (leg.referencePrice - trade.entryPrice)) / trade.entryPrice
      must(
        move <= trade.mfePct + 1e-9 && -move <= trade.maePct + 1e-9,
        () => `trade ${trade.no}: left outside its excursions`,
      )
    }
  }
})

const ledgerIsTheWallet = invariant((film, must) => {
  const { wallet } = film.sim.state
  const { equity } = film.one.settings
  const size = total(wallet.entries.map(({ usdt }) => Math.abs(usdt)))
  must(near(total(wallet.entries.map(({ usdt }) => usdt)), wallet.balance - equity, size), () => 'ledger and balance')
  const of = (...accounts: string[]): number =>
    total(wallet.entries.filter(({ account }) => accounts.includes(account)).map(({ usdt }) => usdt))
  const trades = allTrades(film)
  must(
    near(of('maker_fee', 'taker_fee', 'liquidation_fee'), -total(trades.map((trade) => trade.feesUsdt)), size),
    () => 'fees',
  )
  must(near(of('funding'), total(trades.map((trade) => trade.fundingUsdt)), size), () => 'funding')
  const nets = total(trades.map((trade) => trade.netUsdt))
  must(near(wallet.balance - equity - of('insurance'), nets, size), () => 'the wallet is more or less than its trades')
})

const costs = invariant((film, must) => {
  const legs = allTrades(film).flatMap((trade) => trade.legs)
  const { costs: told, filledNotionalUsdt } = film.facts
  const sum = (keep: (leg: (typeof legs)[number]) => boolean): number =>
    total(legs.filter(keep).map((leg) => leg.feeUsdt))
  const liquidated = (leg: (typeof legs)[number]): boolean => leg.reason === 'liquidation'
  must(
    near(
      told.makerFeesUsdt,
      sum((leg) => leg.maker),
    ),
    () => 'maker fees',
  )
  must(
    near(
      told.takerFeesUsdt,
      sum((leg) => !leg.maker && !liquidated(leg)),
    ),
    () => 'taker fees',
  )
  must(near(told.liquidationFeesUsdt, sum(liquidated)), () => 'liquidation fees')
  const slipped = legs.filter((leg) => !leg.maker && !liquidated(leg))
  must(
    near(told.slippageUsdt, total(slipped.map((leg) => Math.abs(leg.price - leg.referencePrice) * leg.qtyBase))),
    () => 'slippage',
  )
  must(
    near(told.slippedNotionalUsdt, total(slipped.map((leg) => leg.referencePrice * leg.qtyBase))),
    () => 'slipped notional',
  )
  must(near(filledNotionalUsdt, total(legs.map((leg) => leg.price * leg.qtyBase))), () => 'turnover')
  const events = allTrades(film).flatMap((trade) => fundingOf(film, trade, seatFor(film, trade)))
  must(near(told.fundingPaidUsdt, total(events.map(({ usdt }) => Math.max(0, -usdt)))), () => 'funding paid')
  must(near(told.fundingReceivedUsdt, total(events.map(({ usdt }) => Math.max(0, usdt)))), () => 'funding received')
})

export const moneyInvariants: Readonly<Record<string, Invariant>> = {
  'S43 gross = side x quantity x (exit - entry)': grossIsSideTimesMove,
  'S43 net = gross - fees + funding': netIsGrossMinusFeesPlusFunding,
  'S43 entry and exit price are means over all their fills': averagesOverAllFills,
  'S33 fees of a trade are those of its legs': feesAreThoseOfTheLegs,
  'S33 a fee is its rate times price times quantity': feeIsRateTimesNotional,
  'S33 only targets and limit entries are makers': makerAndTaker,
  'S35 a liquidation costs exactly the isolated margin': liquidationCostsTheMargin,
  'S38 funding from settlements and what was held': fundingFromSettlements,
  'S45 initial risk from fills and stops': initialRisk,
  'S45 the R multiple is net by initial risk': multipleOfRisk,
  'S46 excursions from completed minutes and exit references': excursions,
  'S46 no exit lies outside the excursions': excursionsHoldTheResult,
  'S39 the ledger is the wallet, account by account': ledgerIsTheWallet,
  'costs and turnover from the legs alone': costs,
}
