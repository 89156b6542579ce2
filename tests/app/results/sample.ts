// A report by hand with what the panels read, and a real run of an example Play to hold the words against.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MetricName, type Metrics, metricNames } from '../../../blocks/engine/metrics/names'
import type { Report, TradeRow } from '../../../blocks/engine/report/document'
import type { FillReason, Leg } from '../../../blocks/engine/trade'
import { toTimeMs } from '../../../blocks/kit/brand'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const hourMs = 3_600_000

/** Prices, quantities and times as plain numbers, as a document that was read back has them. */
type Plain<T> = { [K in keyof T]?: T[K] extends number | null ? number | null : T[K] }

export const t0 = Date.UTC(2024, 0, 1)

export const leg = (reason: FillReason, change: Plain<Leg> = {}): Leg => {
  const made: Plain<Leg> = {
    ms: t0,
    side: reason === 'entry' || reason === 'add' ? 'buy' : 'sell',
    reason,
    referencePrice: 100,
    price: 100,
    qtyBase: 2,
    feeUsdt: 0.1,
    maker: false,
    ...change,
  }
  return made as Leg
}

/** Long of two coins from 100 to 115 after two hours: risk 20 USDT, 1.5 R. */
export const trade = (no: number, change: Plain<TradeRow> = {}): TradeRow => {
  const made: Plain<TradeRow> = {
    no,
    instrument: 'binance:BTCUSDT.P',
    side: 'long',
    setup: 'buy_pullback',
    entryMs: t0 + no * 24 * hourMs,
    entryPrice: 100,
    qtyBase: 2,
    exitMs: t0 + no * 24 * hourMs + 2 * hourMs,
    exitPrice: 115,
    exitReason: 'target',
    feesUsdt: 0.2,
    fundingUsdt: -0.1,
    netUsdt: 30,
    r: 1.5,
    maeR: -0.4,
    mfeR: 1.6,
    ambiguous: false,
    legs: [leg('entry'), leg('target', { ms: t0 + 2 * hourMs, price: 115, referencePrice: 115 })],
    ...change,
  }
  return made as TradeRow
}

const metricsWith = (values: Partial<Record<MetricName, number | null>>): Metrics => {
  const of = (name: MetricName) => {
    const value = values[name] === undefined ? 1 : values[name]
    return value === null ? { value, enough: true, why: 'there is none' } : { value, enough: true }
  }
  return Object.fromEntries(metricNames.map((name) => [name, of(name)])) as Metrics
}

const sha = 'a'.repeat(64)

export interface ReportChange extends Partial<Omit<Report, 'metrics' | 'provenance' | 'range'>> {
  readonly metrics?: Partial<Record<MetricName, number | null>>
  readonly provenance?: Partial<Report['provenance']>
  readonly range?: { readonly [K in keyof Report['range']]?: number }
}

/** Only what the panels read is there. */
export const report = ({ metrics, provenance, range, ...change }: ReportChange = {}): Report => {
  const made: Partial<Report> = {
    data: [{ instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '1m', sha256: sha }],
    notices: [],
    monthly: [],
    ambiguity: { exits: 0, netPessimisticUsdt: 100, netOptimisticUsdt: 100 },
    open: null,
    trades: Array.from({ length: 40 }, (_, i) => trade(i + 1)),
    equity: Array.from({ length: 61 }, (_, i) => [t0 + i * 24 * hourMs, 10_000 + i] as const),
    ...change,
    metrics: metricsWith(metrics ?? {}),
    range: {
      fromMs: toTimeMs(range?.fromMs ?? t0),
      toMs: toTimeMs(range?.toMs ?? t0 + 60 * 24 * hourMs),
      fillBars: range?.fillBars ?? 86_400,
      decisionBars: range?.decisionBars ?? 1440,
      holes: range?.holes ?? 0,
    },
    provenance: {
      synthetic: false,
      plays: [{ name: 'x', tf: '1h' }],
      instruments: [
        {
          instrument: 'binance:BTCUSDT.P',
          barsOf: 'binance:BTCUSDT.P',
          synthetic: false,
          step: '0.001',
          source: 'by hand',
        },
      ],
      fillModel: {
        intervals: { 'binance:BTCUSDT.P': '1m' },
        insideBar: 'stop_before_target',
        slippage: 'fixed 1 bps',
        latencyMs: 0,
      },
      fees: { maker: 0.0002, taker: 0.0005, source: 'run settings' },
      lockboxMs: t0 + 60 * 24 * hourMs,
      seed: null,
      ruined: false,
      ...provenance,
    },
  }
  return made as Report
}

export const pullback = (): PlayTree => {
  const { tree } = parseDocument(
    readFileSync(join(import.meta.dirname, '../../../blocks/examples/ema_pullback.yaml'), 'utf8'),
  )
  if (tree === undefined || !('play' in tree)) throw new Error('the example does not parse')
  return tree
}
