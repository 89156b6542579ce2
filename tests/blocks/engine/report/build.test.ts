// The JSON document of a backtest, key by key as cli.md lists them.
import { describe, expect, it } from 'vitest'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { buildReport, withReportTime } from '../../../../blocks/engine/report/build'
import { equityHash, settingsHash } from '../../../../blocks/engine/report/hashes'
import type { ReportInput } from '../../../../blocks/engine/report/input'
import type { Leg, Trade } from '../../../../blocks/engine/trade'
import { toPrice } from '../../../../blocks/kit/brand'
import { hashOf } from '../../../../blocks/kit/hash'
import { tradeOf } from '../metrics/facts'
import { pendingOrder, sampleInput } from './sample'

const keys = (value: object | null | undefined): string[] => Object.keys(value ?? {})
const words = (text: string): string[] => text.trim().split(/\s+/)

const documentKeys =
  words(`playHash logicHash engine settingsHash data tradesHash equityHash range timingMs settings notices
  metrics splits monthly provenance ambiguity friction open pending trades equity`)
const tradeKeys = words(`no instrument side setup entryMs entryPrice qtyBase exitMs exitPrice exitReason feesUsdt
  fundingUsdt netUsdt r maeR mfeR ambiguous legs`)
const legKeys = words('ms side reason referencePrice price qtyBase feeUsdt maker')
/** As cli.md names them, to the letter. */
const metricKeys = words(`netProfitUsdt returnPct cagrPct volatilityPct sharpe sortino maxDrawdownPct maxDrawdownUsdt
  drawdownDays recoveryDays calmar ulcer upi omega profitFactor expectancyUsdt expectancyR expectancyRatio sqn winRatePct
  wins losses breakeven payoff maePct maeR mfePct mfeR endDrawdownR exposurePct grossMeanPct grossMaxPct netMeanPct
  netMaxPct leverageMean turnover tailRatio skew excessKurtosis var95Pct cvar95Pct recoveryFactor gainToPain psr feesUsdt
  makerFeesUsdt takerFeesUsdt fundingUsdt fundingPaidUsdt fundingReceivedUsdt slippageUsdt slippageBps costsOfGrossPct
  liquidationFeesUsdt liquidations closestLiquidationPct lowestMarginRatio buyHoldReturnPct equalRiskReturnPct alphaPct
  beta correlation`)

const input = sampleInput()
const report = buildReport(input)

describe('the document of one Play', () => {
  it('has the keys of cli.md in order', () => {
    expect(keys(report)).toEqual(documentKeys)
    expect(keys(report.metrics)).toEqual(metricKeys)
    expect(keys(report.range)).toEqual(words('fromMs toMs fillBars decisionBars holes'))
    expect(keys(report.timingMs)).toEqual(words('load compile columns simulate report'))
    expect(keys(report.data[0])).toEqual(words('instrument kind tf sha256'))
    expect(keys(report.ambiguity)).toEqual(words('exits netPessimisticUsdt netOptimisticUsdt'))
    expect(keys(report.friction)).toEqual(
      words('capped refused limits partialBars lateFills staleFills holes gapLossUsdt'),
    )
    expect(keys(report.settings)).toEqual(
      words('equity fees slippage latency_ms margin funding_gaps proxies instruments from to markets params'),
    )
    for (const trade of report.trades) expect(keys(trade)).toEqual(tradeKeys)
    expect(keys(report.trades[0]?.legs[0])).toEqual(legKeys)
    expect(keys(report.splits)).toEqual(
      words('side exitReason setup instrument exitMonth entryWeekday entryHour streaks holding best worst'),
    )
    expect(keys(report.monthly[0])).toEqual(words('year month returnPct partial'))
  })

  it('survives JSON as it is', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('every metric is { value, enough } with `why` only where the value is null', () => {
    for (const [name, metric] of Object.entries(report.metrics)) {
      expect(keys(metric), name).toEqual(metric.value === null ? ['value', 'enough', 'why'] : ['value', 'enough'])
    }
    expect(report.metrics).toEqual(metricsOf(input.facts))
  })

  it('hashes can be made again from the document alone', () => {
    expect(report.settingsHash).toBe(settingsHash(report.settings))
    expect(report.equityHash).toBe(equityHash(report.equity.map(([, equity]) => equity)))
    expect([report.playHash, report.logicHash]).toEqual(['a'.repeat(64), 'b'.repeat(64)])
  })

  it('carries range, equity, monthly rows and refusals as they were', () => {
    const { facts } = input
    expect(report.range).toEqual({
      fromMs: facts.fromMs,
      toMs: facts.toMs,
      fillBars: 611_920,
      decisionBars: 40_798,
      holes: 80,
    })
    expect(report.equity).toHaveLength(426)
    expect(report.equity[3]).toEqual([facts.sampleMs[3], facts.sampleEquity[3]])
    expect(report.monthly).toHaveLength(14)
    expect(Object.entries(report.friction.refused)).toEqual([
      ['limit_reached', 6],
      ['cooling_down', 14],
      ['below_minimum', 2],
    ])
    expect(report.friction.gapLossUsdt).toBe(12.5)
  })

  it('names the open trade with its exit fields null, and what still waits', () => {
    expect(report.open).toMatchObject({ no: 61, exitMs: null, exitPrice: null, exitReason: null, r: null })
    expect(buildReport(sampleInput({ facts: { ...input.facts, open: [] } })).open).toBeNull()
    const { play: _, ...order } = pendingOrder
    expect(report.pending).toEqual([order])
  })

  it('says where everything came from', () => {
    expect(report.provenance).toEqual({
      synthetic: false,
      plays: [{ name: 'ema_pullback', tf: '15m' }],
      instruments: [
        {
          instrument: 'binance:BTCUSDT.P',
          barsOf: 'binance:BTCUSDT',
          synthetic: false,
          step: '0.001',
          source: 'shipped table, 2024-06-01',
        },
      ],
      fillModel: {
        intervals: { 'binance:BTCUSDT.P': '1m' },
        insideBar: 'stop_before_target',
        slippage: 'fixed 1 bps',
        latencyMs: 0,
      },
      fees: { maker: 0.0002, taker: 0.0005, source: 'run settings' },
      lockboxMs: input.lockboxMs,
      seed: null,
      ruined: false,
    })
  })

  it('S48: lists closed trades by entry, whatever their order was', () => {
    const { facts } = input
    const turned = buildReport(sampleInput({ facts: { ...facts, trades: [...facts.trades].reverse() } }))
    expect(turned.trades).toEqual(report.trades)
    expect(turned.tradesHash).toBe(report.tradesHash)
    // No figure may hang on the order in which trades were handed over, not by its last bit.
    expect(turned.splits).toEqual(report.splits)
    expect(turned.metrics).toEqual(report.metrics)
  })

  it('takes the time of its own making afterwards', () => {
    const timed = withReportTime(report, 4)
    expect(timed.timingMs).toEqual({ ...report.timingMs, report: 4 })
    expect(keys(timed)).toEqual(documentKeys)
  })

  it('is not made of a number that is none', () => {
    const { facts } = input
    const broken = (change: Partial<typeof facts>) => () => buildReport(sampleInput({ facts: { ...facts, ...change } }))
    const last = facts.trades[59] as Trade
    expect(broken({ trades: [{ ...last, maeR: Number.NaN }] })).toThrow('report.trades[0].maeR is not a number')
    expect(broken({ trades: [{ ...last, legs: [{ ...(last.legs[0] as Leg), price: toPrice(Infinity) }] }] })).toThrow(
      'report.trades[0].legs[0].price is not a number',
    )
    const sampleEquity = facts.sampleEquity.map((equity, i) => (i === 7 ? Number.NaN : equity))
    expect(broken({ sampleEquity })).toThrow(/report\.\S+ is not a number: a fault of the engine/)
    expect(broken({})).not.toThrow()
  })

  it('leaves the limits out where none were counted', () => {
    const { limits: _, ...friction } = input.friction
    expect(keys(buildReport(sampleInput({ friction })).friction)).not.toContain('limits')
  })
})

describe('the document of several Plays on one wallet', () => {
  const second = { name: 'fade', playHash: 'e'.repeat(64), logicHash: 'f'.repeat(64), tf: '1h' as const }
  const eth = {
    ...tradeOf({ no: 62, instrument: 'binance:ETHUSDT', netUsdt: 7, play: 1, entryMs: input.facts.fromMs }),
  }
  const ethMarket: ReportInput['markets'][number] = {
    instrument: 'binance:ETHUSDT',
    barsOf: 'binance:ETHUSDT',
    synthetic: true,
    step: '0.01',
    fillTf: '1m',
    source: 'a generator',
  }
  const joint = buildReport(
    sampleInput({
      plays: [...input.plays, second],
      bindings: [...input.bindings, { markets: { main: ['binance:ETHUSDT'] }, params: {} }],
      markets: [...input.markets, ethMarket],
      facts: { ...input.facts, trades: [...input.facts.trades, eth], open: [] },
    }),
  )

  it('adds `plays`, and names its Play in each trade and order', () => {
    expect(keys(joint)).toEqual(words(documentKeys.join(' ').replace('notices', 'notices plays')))
    expect(keys(joint.trades[0])).toEqual(['no', 'play', ...tradeKeys.slice(1)])
    expect(joint.trades[0]).toMatchObject({ no: 62, play: 1 })
    expect(joint.pending).toEqual([pendingOrder])
    expect(joint.open).toEqual([])
    expect(joint.provenance.synthetic).toBe(true)
  })

  it('gives each Play its part of the wallet', () => {
    expect(joint.plays?.map(({ name, trades, wins, losses }) => [name, trades, wins, losses])).toEqual([
      ['ema_pullback', 60, 36, 24],
      ['fade', 1, 1, 0],
    ])
    expect(joint.plays?.[1]?.netUsdt).toBe(7)
    const own = input.facts.trades.reduce((sum, trade) => sum + trade.netUsdt, 0)
    expect(joint.plays?.[0]?.netUsdt).toBeCloseTo(own, 9)
    expect(joint.plays?.[0]?.tradesHash).not.toBe(joint.plays?.[1]?.tradesHash)
    expect(joint.playHash).toBe(hashOf(['a'.repeat(64), 'e'.repeat(64)]))
  })

  it('one Play on several symbols lists what is open, without naming a Play', () => {
    const basket = buildReport(sampleInput({ markets: [...input.markets, ethMarket] }))
    expect(Array.isArray(basket.open)).toBe(true)
    expect(keys(basket.trades[0])).toEqual(tradeKeys)
    expect(basket.plays).toBeUndefined()
  })
})
