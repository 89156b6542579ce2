// A whole report input for tests: fourteen months with sixty trades, drawn by a small generator from a fixed seed.
import type { PendingOrder, ReportInput } from '../../../../blocks/engine/report/input'
import { settingsSchema } from '../../../../blocks/engine/settings'
import type { FillReason, Trade } from '../../../../blocks/engine/trade'
import { dayMs, factsOf, legOf, newYear, tradeOf, walkOf } from '../metrics/facts'

/** Park and Miller's generator: enough to make figures look like figures. */
const chance = (seed: number) => () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}

const perp = 'binance:BTCUSDT.P'
const reasons: readonly FillReason[] = ['stop', 'target', 'trailing', 'signal', 'break_even', 'time', 'stop', 'target']

const tick = (price: number): number => Math.round(price * 10) / 10

/** `no` from 1; entries six days apart, held some hours. */
const tradeNo = (no: number, draw: () => number): Trade => {
  const sign = draw() < 0.6 ? 1 : -1
  const entryPrice = tick(40_000 + 5000 * draw())
  const reason = reasons[Math.floor(draw() * reasons.length)] ?? 'stop'
  const won = reason === 'target' || reason === 'trailing' || (reason !== 'stop' && draw() < 0.5)
  const exitPrice = tick(entryPrice + sign * (won ? 900 * (0.5 + draw()) : -400))
  const entryMs = newYear + (no - 1) * 6 * dayMs + Math.floor(draw() * 1440) * 60_000
  const exitMs = entryMs + (1 + Math.floor(draw() * 3000)) * 60_000
  const [qtyBase, initialRiskUsdt] = [0.25, 100]
  const [enter, leave] = [0.0005 * entryPrice * qtyBase, 0.0005 * exitPrice * qtyBase]
  const fundingUsdt = -0.4 * draw()
  const netUsdt = sign * qtyBase * (exitPrice - entryPrice) - enter - leave + fundingUsdt
  const [buy, sell] = sign > 0 ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const)
  return tradeOf({
    no,
    instrument: perp,
    side: sign > 0 ? 'long' : 'short',
    setup: sign > 0 ? 'enter' : 'short/enter',
    entryMs,
    entryPrice,
    qtyBase,
    exitMs,
    exitPrice,
    exitReason: reason,
    feesUsdt: enter + leave,
    fundingUsdt,
    netUsdt,
    initialRiskUsdt,
    r: netUsdt / initialRiskUsdt,
    // R is 400 a unit.
    maePct: ((won ? 0.4 : 1) * 40_000) / entryPrice,
    maeR: won ? 0.4 : 1,
    mfePct: ((won ? 3.4 : 0.3) * 40_000) / entryPrice,
    mfeR: won ? 3.4 : 0.3,
    ambiguous: no % 17 === 0,
    legs: [
      legOf({ ms: entryMs, side: buy, price: entryPrice, referencePrice: entryPrice, qtyBase, feeUsdt: enter }),
      legOf({ ms: exitMs, side: sell, reason, price: exitPrice, referencePrice: exitPrice, qtyBase, feeUsdt: leave }),
    ],
  })
}

const sampleFacts = () => {
  const draw = chance(7)
  const days = 425
  const equities = walkOf(
    Array.from({ length: days }, () => (draw() < 0.3 ? 0 : 0.03 * (draw() - 0.48))),
    10_000,
  )
  const prices = walkOf(
    Array.from({ length: days }, () => 0.05 * (draw() - 0.49)),
    42_000,
  )
  return factsOf(equities, {
    drawdowns: { maxShare: 0.0912, maxUsdt: 1010.4, longestMs: 61.3 * dayMs, recoveryMs: null },
    exposure: {
      timeShare: 0.183,
      grossMean: 0.19,
      grossMax: 1.31,
      netMean: 0.04,
      netMax: 1.31,
      leverageMean: 1.04,
      equityMean: 10_600,
    },
    costs: {
      makerFeesUsdt: 41.2,
      takerFeesUsdt: 310.77,
      liquidationFeesUsdt: 0,
      fundingPaidUsdt: 18.4,
      fundingReceivedUsdt: 6.1,
      slippageUsdt: 62.9,
      slippedNotionalUsdt: 629_000,
      gapLossUsdt: 12.5,
    },
    filledNotionalUsdt: 1_290_000,
    trades: Array.from({ length: 60 }, (_, i) => tradeNo(i + 1, draw)),
    open: [{ ...tradeNo(61, draw), exitMs: null, exitPrice: null, exitReason: null, r: null, netUsdt: -5.4 }],
    closestLiquidationShare: 0.182,
    lowestMarginRatio: 9.4,
    takerFee: 0.0005,
    benchmark: [
      {
        instrument: perp,
        startOpen: 42_000,
        daily: Float64Array.from(prices),
        endClose: prices.at(-1) ?? 0,
      },
    ],
  })
}

export const pendingOrder: PendingOrder = {
  play: 0,
  instrument: perp,
  side: 'short',
  setup: 'short/enter',
  order: 'limit',
  price: 43_120.5,
  qtyBase: 0.24,
  sentMs: newYear + 424.5 * dayMs,
  expiresMs: newYear + 425.25 * dayMs,
}

export const sampleInput = (over: Partial<ReportInput> = {}): ReportInput => ({
  engine: '1.0.0',
  plays: [{ name: 'ema_pullback', playHash: 'a'.repeat(64), logicHash: 'b'.repeat(64), tf: '15m' }],
  bindings: [{ markets: { main: [perp] }, params: { fast: 21, slow: 55 } }],
  markets: [
    {
      instrument: perp,
      barsOf: 'binance:BTCUSDT',
      synthetic: false,
      step: '0.001',
      fillTf: '1m',
      source: 'shipped table, 2024-06-01',
    },
  ],
  settings: settingsSchema.parse({ proxies: { [perp]: 'binance:BTCUSDT' } }),
  data: [
    { instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m', sha256: 'c'.repeat(64) },
    { instrument: perp, kind: 'funding', tf: null, sha256: 'd'.repeat(64) },
  ],
  facts: sampleFacts(),
  pending: [pendingOrder],
  range: { fillBars: 611_920, decisionBars: 40_798, holes: 80 },
  friction: {
    capped: 3,
    refused: { below_minimum: 2, cooling_down: 14, limit_reached: 6 },
    limits: { trades_per_day: 6 },
    partialBars: 4,
    lateFills: 1,
    staleFills: 0,
    holes: 80,
  },
  ambiguity: { exits: 3, netPessimisticUsdt: 1120.4, netOptimisticUsdt: 1389.9 },
  notices: [
    { code: 'skipped_rows', message: '12 rows of binance:BTCUSDT 1m were left out at import: high below low.' },
  ],
  lockboxMs: newYear + 500 * dayMs,
  seed: null,
  timingMs: { load: 212, compile: 3, columns: 41, simulate: 12, report: 0 },
  ...over,
})
