// Invariants of the whole run: the equity walk from fills alone, and everything that is told of it.
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import type { MetricName } from '../../../../blocks/engine/metrics/names'
import { getBit } from '../../../../blocks/kit/bits'
import { dayMs } from '../../../fixtures/bars'
import { allTrades, type Film, near, placeOf, seatFor, total } from './film'
import { type Invariant, invariant } from './must'
import { fundingOf } from './ownArithmetic'

interface Flow {
  readonly ms: number
  readonly cash: number
  /** Base units bought. */
  readonly base: number
}

/** Cash and holdings by seat: buying costs, selling earns, fees cost, funding by settlement; no averages. */
const flowsOf = (film: Film): { seats: Flow[][]; size: number } => {
  const seats: Flow[][] = film.seats.map(() => [])
  for (const trade of allTrades(film)) {
    const own = seats[placeOf(film, trade)]
    for (const leg of trade.legs) {
      const base = (leg.side === 'buy' ? 1 : -1) * leg.qtyBase
      own?.push({ ms: leg.ms, cash: -base * leg.price - leg.feeUsdt, base })
    }
    for (const { ms, usdt } of fundingOf(film, trade, seatFor(film, trade))) own?.push({ ms, cash: usdt, base: 0 })
  }
  // What the insurance fund gives back of a wallet below zero stands in no fill.
  for (const { ms, account, usdt } of film.sim.state.wallet.entries)
    if (account === 'insurance') seats[0]?.push({ ms, cash: usdt, base: 0 })
  for (const own of seats) own.sort((a, b) => a.ms - b.ms)
  return { seats, size: total(seats.flat().map(({ cash }) => Math.abs(cash))) }
}

interface Step {
  readonly k: number
  readonly equity: number
  readonly gross: number
  readonly net: number
}

/** Equity after each minute of the film, from the flows and the last closes. */
const walkOf = (film: Film): { steps: Step[]; size: number } => {
  const { seats: flows, size } = flowsOf(film)
  const heads = flows.map(() => 0)
  const held = flows.map(() => 0)
  let cash = film.one.settings.equity
  const steps: Step[] = []
  for (const k of film.equity.keys()) {
    const ms = film.sim.originMs + k * film.sim.stepMs
    let [value, gross, net] = [0, 0, 0]
    flows.forEach((own, j) => {
      for (let flow = own[heads[j] ?? 0]; flow !== undefined && flow.ms <= ms; flow = own[heads[j] ?? 0]) {
        cash += flow.cash
        held[j] = (held[j] ?? 0) + flow.base
        heads[j] = (heads[j] ?? 0) + 1
      }
      if (Math.abs(held[j] ?? 0) < 1e-9) held[j] = 0
      const worth = held[j] === 0 ? 0 : (held[j] ?? 0) * (film.seats[j]?.fill.close[k] ?? Number.NaN)
      value += worth
      gross += Math.abs(worth)
      net += worth
    })
    steps.push({ k, equity: cash + value, gross, net })
  }
  return { steps, size }
}

const walks = new WeakMap<Film, ReturnType<typeof walkOf>>()
const walk = (film: Film): ReturnType<typeof walkOf> => {
  const found = walks.get(film) ?? walkOf(film)
  walks.set(film, found)
  return found
}

const everyMinute = invariant((film, must) => {
  const { steps, size } = walk(film)
  const { sim } = film
  let seen = 0
  for (let k = 0; k < sim.endMinute; k++) {
    const ms = sim.originMs + k * sim.stepMs
    if (ms >= film.one.fromMs && film.seats.some(({ fill }) => !getBit(fill.hole, k))) seen += 1
  }
  must(steps.length === seen, () => `${steps.length} snapshots of ${seen} minutes`)
  for (const { k, equity } of steps)
    must(
      near(film.equity.get(k) ?? Number.NaN, equity, size),
      () => `minute ${k}: equity ${film.equity.get(k)}, fills give ${equity}`,
    )
  must(near(film.facts.lastEquity, steps.at(-1)?.equity ?? Number.NaN, size), () => 'last equity')
})

const dailySamples = invariant((film, must) => {
  const { fromMs, toMs, settings } = film.one
  const { steps, size } = walk(film)
  const wanted: [number, number][] = []
  for (let ms = Math.ceil(fromMs / dayMs) * dayMs; ms <= toMs; ms += dayMs) {
    const before = steps.findLast(({ k }) => film.sim.originMs + k * film.sim.stepMs < ms)
    wanted.push([ms, before?.equity ?? settings.equity])
  }
  must(film.facts.sampleMs.join() === wanted.map(([ms]) => ms).join(), () => `samples at ${film.facts.sampleMs.join()}`)
  wanted.forEach(([ms, equity], j) => {
    must(
      near(film.facts.sampleEquity[j] ?? Number.NaN, equity, size),
      () => `sample of ${ms}: ${film.facts.sampleEquity[j]}, not ${equity}`,
    )
  })
})

/** Peaks found by looking back, recoveries by looking ahead. */
const drawdowns = invariant((film, must) => {
  const { sim, one, facts } = film
  const points = [...film.equity].map(([k, equity]) => ({ ms: sim.originMs + (k + 1) * sim.stepMs, equity }))
  let peak = { ms: one.fromMs, equity: one.settings.equity }
  let [share, usdt, longest] = [0, 0, 0]
  let trough = -1
  let start: number | null = null
  points.forEach((point, j) => {
    if (point.equity >= peak.equity) {
      if (start !== null) longest = Math.max(longest, point.ms - peak.ms)
      start = null
      peak = point
      return
    }
    start = peak.ms
    usdt = Math.max(usdt, peak.equity - point.equity)
    if (1 - point.equity / peak.equity > share) [share, trough] = [1 - point.equity / peak.equity, j]
  })
  if (start !== null) longest = Math.max(longest, one.toMs - peak.ms)
  const top = Math.max(one.settings.equity, ...points.slice(0, trough).map(({ equity }) => equity))
  const back = points.slice(trough + 1).find(({ equity }) => equity >= top)
  const recovery = trough < 0 || back === undefined ? null : back.ms - (points[trough]?.ms ?? 0)
  const told = facts.drawdowns
  must(
    told.maxShare === share && told.maxUsdt === usdt,
    () => `drawdown ${told.maxShare} ${told.maxUsdt}, not ${share} ${usdt}`,
  )
  must(told.longestMs === longest, () => `longest ${told.longestMs}, not ${longest}`)
  must(told.recoveryMs === recovery, () => `recovery ${told.recoveryMs}, not ${recovery}`)
})

const exposure = invariant((film, must) => {
  const { steps, size } = walk(film)
  const told = film.facts.exposure
  const n = steps.length
  const live = steps.filter(({ gross }) => gross > 0)
  const gross = live.map((step) => step.gross / step.equity)
  const net = live.map((step) => step.net / step.equity)
  const largest = net.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0)
  // Where the wallet is all but empty, shares of it are noise.
  if (live.some(({ equity }) => equity < 1e-6 * size)) return
  const close = (a: number | null, b: number): boolean =>
    Math.abs((a ?? Number.NaN) - b) <= 1e-6 * Math.max(1e-6, Math.abs(b))
  must(close(told.timeShare, live.length / n), () => `time in market ${told.timeShare}, not ${live.length / n}`)
  must(close(told.grossMean, total(gross) / n) && close(told.grossMax, Math.max(0, ...gross)), () => 'gross exposure')
  must(close(told.netMean, total(net) / n), () => `net exposure ${told.netMean}, not ${total(net) / n}`)
  must(close(Math.abs(told.netMax), Math.abs(largest)), () => `largest net exposure ${told.netMax}, not ${largest}`)
  if (live.length > 0) must(close(told.leverageMean, total(gross) / live.length), () => 'mean leverage')
  else must(told.leverageMean === null, () => 'leverage of nothing')
  must(close(told.equityMean, total(steps.map(({ equity }) => equity)) / n), () => 'mean equity')
})

const metrics = invariant((film, must) => {
  const { facts, trades, one } = film
  const { steps, size } = walk(film)
  const told = metricsOf(facts)
  const check = (name: MetricName, wanted: number | null): void => {
    const { value } = told[name]
    const same =
      wanted === null || value === null
        ? value === wanted
        : Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted), 1e-6 * size)
    must(same, () => `${name} ${value}, not ${wanted}`)
  }
  const last = steps.at(-1)?.equity ?? Number.NaN
  const nets = trades.map((trade) => trade.netUsdt)
  const even = (trade: (typeof trades)[number]): boolean =>
    Math.abs(trade.netUsdt) <= 1e-9 * trade.entryPrice * trade.qtyBase
  const won = trades.filter((trade) => !even(trade) && trade.netUsdt > 0).map((trade) => trade.netUsdt)
  const lost = trades.filter((trade) => !even(trade) && trade.netUsdt < 0).map((trade) => trade.netUsdt)
  const some = (value: number): number | null => (nets.length > 0 ? value : null)
  check('netProfitUsdt', last - one.settings.equity)
  check('returnPct', (100 * (last - one.settings.equity)) / one.settings.equity)
  check('wins', won.length)
  check('losses', lost.length)
  check('breakeven', nets.length - won.length - lost.length)
  check('winRatePct', some((100 * won.length) / nets.length))
  check('expectancyUsdt', some(total(nets) / nets.length))
  check('payoff', won.length > 0 && lost.length > 0 ? total(won) / won.length / (-total(lost) / lost.length) : null)
  check('feesUsdt', total(allTrades(film).map((trade) => trade.feesUsdt)))
  check('fundingUsdt', total(allTrades(film).map((trade) => trade.fundingUsdt)))
  check('exposurePct', (100 * steps.filter(({ gross }) => gross > 0).length) / steps.length)
  check('liquidations', trades.flatMap((trade) => trade.legs).filter((leg) => leg.reason === 'liquidation').length)
  const samples = [...facts.sampleEquity]
  const r = samples.slice(1).map((x, j) => x / (samples[j] ?? Number.NaN) - 1)
  const mean = total(r) / r.length
  const sd = Math.sqrt(total(r.map((x) => (x - mean) ** 2)) / (r.length - 1))
  if (r.length > 2 && sd > 1e-9) check('sharpe', (mean / sd) * Math.sqrt(365))
  if (lost.length > 0) check('profitFactor', total(won) / -total(lost))
})

export const walkInvariants: Readonly<Record<string, Invariant>> = {
  'S39 equity of every minute from fills alone': everyMinute,
  'S44 daily samples of that walk': dailySamples,
  'S46 drawdowns recomputed': drawdowns,
  'S46 exposure recomputed': exposure,
  'S43 metrics recomputed': metrics,
}
