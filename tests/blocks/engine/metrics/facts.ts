// Run facts and trades for tests: an uneventful day of nothing, of which each test replaces what it is about.
import type { RunFacts } from '../../../../blocks/engine/facts'
import type { Leg, Trade } from '../../../../blocks/engine/trade'
import type { Plain } from '../../../fixtures/plain'

export const dayMs = 86_400_000
/** 2024-01-01 00:00 UTC, a Monday. */
export const newYear = 1_704_067_200_000

export const costs: RunFacts['costs'] = {
  makerFeesUsdt: 0,
  takerFeesUsdt: 0,
  liquidationFeesUsdt: 0,
  fundingPaidUsdt: 0,
  fundingReceivedUsdt: 0,
  slippageUsdt: 0,
  slippedNotionalUsdt: 0,
  gapLossUsdt: 0,
}

/** Samples at every midnight from 2024-01-01 on; the first and last are those of `from` and `to`. */
/** Written as plain numbers: a fixture is an edge, where they become prices, quantities and times. */
const branded = <T>(plain: Plain<T>): T => plain as T

export const factsOf = (equities: readonly number[], over: Partial<Plain<RunFacts>> = {}): RunFacts =>
  branded<RunFacts>({
    fromMs: newYear,
    toMs: newYear + (equities.length - 1) * dayMs,
    firstEquity: equities.at(0) ?? 0,
    lastEquity: equities.at(-1) ?? 0,
    sampleMs: Float64Array.from(equities, (_, i) => newYear + i * dayMs),
    sampleEquity: Float64Array.from(equities),
    drawdowns: { maxShare: 0, maxUsdt: 0, longestMs: 0, recoveryMs: null },
    exposure: { timeShare: 0, grossMean: 0, grossMax: 0, netMean: 0, netMax: 0, leverageMean: null, equityMean: 1000 },
    costs,
    filledNotionalUsdt: 0,
    trades: [],
    open: [],
    liquidations: 0,
    closestLiquidationShare: null,
    lowestMarginRatio: null,
    ruined: false,
    takerFee: 0,
    benchmark: [],
    ...over,
  })

export const legOf = (over: Partial<Plain<Leg>>): Leg =>
  branded<Leg>({
    ms: newYear,
    side: 'buy',
    reason: 'entry',
    referencePrice: 100,
    price: 100,
    qtyBase: 1,
    feeUsdt: 0,
    maker: false,
    ...over,
  })

/** A long of 1 at 100 that closed flat after an hour by its stop, with an initial risk of 10. */
export const tradeOf = (over: Partial<Plain<Trade>>): Trade =>
  branded<Trade>({
    no: 1,
    play: 0,
    instrument: 'binance:BTCUSDT',
    side: 'long',
    setup: 'enter',
    entryMs: newYear,
    entryPrice: 100,
    qtyBase: 1,
    exitMs: newYear + 3_600_000,
    exitPrice: 100,
    exitReason: 'stop',
    feesUsdt: 0,
    fundingUsdt: 0,
    netUsdt: 0,
    initialRiskUsdt: 10,
    r: 0,
    maePct: 0,
    maeR: 0,
    mfePct: 0,
    mfeR: 0,
    ambiguous: false,
    legs: [],
    ...over,
  })

/** Levels from `start` on, each grown by the next return. */
export const walkOf = (returns: readonly number[], start: number): number[] => {
  const levels = [start]
  for (const r of returns) levels.push((levels.at(-1) ?? start) * (1 + r))
  return levels
}
