// Builds the JSON document of a backtest (cli.md) from what the run left behind. Pure: same input, same document.
import { hashOf } from '../../kit/hash'
import { metricsOf } from '../metrics/metrics'
import { monthlyOf } from '../metrics/monthly'
import { type ClosedTrade, isClosed, tallyOf } from '../metrics/outcome'
import { splitsOf } from '../metrics/splits'
import { dropReasons, type Trade } from '../trade'
import type { PlayRow, Provenance, Report, TradeRow } from './document'
import { assertFinite } from './finite'
import { equityHash, inHashOrder, type Steps, settingsAsRun, settingsHash, tradesHash } from './hashes'
import type { Friction, PendingOrder, ReportInput, Timing } from './input'

const stepsOf = (input: ReportInput): Steps =>
  new Map(input.markets.map((market): [string, string] => [market.instrument, market.step]))

const several = (input: ReportInput): boolean => input.plays.length > 1

/** Keys in the order of cli.md. */
const tradeRow = (trade: Trade, withPlay: boolean): TradeRow => ({
  no: trade.no,
  ...(withPlay ? { play: trade.play } : {}),
  instrument: trade.instrument,
  side: trade.side,
  setup: trade.setup,
  entryMs: trade.entryMs,
  entryPrice: trade.entryPrice,
  qtyBase: trade.qtyBase,
  exitMs: trade.exitMs,
  exitPrice: trade.exitPrice,
  exitReason: trade.exitReason,
  feesUsdt: trade.feesUsdt,
  fundingUsdt: trade.fundingUsdt,
  netUsdt: trade.netUsdt,
  r: trade.r,
  maeR: trade.maeR,
  mfeR: trade.mfeR,
  ambiguous: trade.ambiguous,
  legs: trade.legs.map(({ ms, side, reason, referencePrice, price, qtyBase, feeUsdt, maker }) => ({
    ms,
    side,
    reason,
    referencePrice,
    price,
    qtyBase,
    feeUsdt,
    maker,
  })),
})

const pendingRow = ({ play, ...order }: PendingOrder, withPlay: boolean) => (withPlay ? { play, ...order } : order)

/** One symbol and one Play hold at most one position; more of either: a list. */
const openOf = (input: ReportInput): Report['open'] => {
  const withPlay = several(input)
  const rows = input.facts.open.map((trade) => tradeRow(trade, withPlay))
  return input.markets.length > 1 || withPlay ? rows : (rows[0] ?? null)
}

const playRows = (input: ReportInput, trades: readonly ClosedTrade[]): PlayRow[] =>
  input.plays.map(({ name, playHash, logicHash, tf }, play) => {
    const own = trades.filter((trade) => trade.play === play)
    const { wins, losses, breakeven, netUsdt, feesUsdt, fundingUsdt } = tallyOf(own)
    return {
      name,
      playHash,
      logicHash,
      tf,
      tradesHash: tradesHash(own, stepsOf(input)),
      trades: own.length,
      wins,
      losses,
      breakeven,
      netUsdt,
      feesUsdt,
      fundingUsdt,
    }
  })

const slippageText = ({ slippage }: ReportInput['settings']): string => {
  if (slippage.model === 'fixed') return `fixed ${slippage.bps} bps`
  if (slippage.model === 'spread') return `half of a spread of ${slippage.spread_bps} bps`
  return `by share of volume, at most ${100 * slippage.max_share} %, impact ${slippage.impact}, rest ${slippage.rest}`
}

const provenanceOf = (input: ReportInput): Provenance => ({
  synthetic: input.markets.some((market) => market.synthetic),
  plays: input.plays.map(({ name, tf }) => ({ name, tf })),
  instruments: input.markets.map(({ instrument, barsOf, synthetic, step, source }) => ({
    instrument,
    barsOf,
    synthetic,
    step,
    source,
  })),
  fillModel: {
    intervals: Object.fromEntries(input.markets.map(({ instrument, fillTf }) => [instrument, fillTf])),
    insideBar: 'stop_before_target',
    slippage: slippageText(input.settings),
    latencyMs: input.settings.latency_ms,
  },
  fees: { maker: input.settings.fees.maker, taker: input.settings.fees.taker, source: 'run settings' },
  lockboxMs: input.lockboxMs,
  seed: input.seed,
  ruined: input.facts.ruined,
})

/** Reasons that occurred, in the order of the closed list. */
const frictionOf = ({ friction, facts }: ReportInput): Report['friction'] => {
  const refused: Friction['refused'] = Object.fromEntries(
    dropReasons.flatMap((reason) => {
      const count = friction.refused[reason] ?? 0
      return count > 0 ? [[reason, count]] : []
    }),
  )
  const { capped, limits, partialBars, lateFills, staleFills, holes } = friction
  const rest = { partialBars, lateFills, staleFills, holes, gapLossUsdt: facts.costs.gapLossUsdt }
  return limits === undefined ? { capped, refused, ...rest } : { capped, refused, limits, ...rest }
}

/** Of one Play its own hash, of several the hash of the list. */
const jointHash = (hashes: readonly string[]): string => (hashes.length === 1 ? hashes[0] : hashOf(hashes))

/** Throws where the run holds a number that is none: a fault of the engine. */
export const buildReport = (input: ReportInput): Report => {
  const { facts, plays } = input
  const steps = stepsOf(input)
  const trades = inHashOrder(facts.trades.filter(isClosed), steps)
  const settings = settingsAsRun(input.settings, [facts.fromMs, facts.toMs], input.bindings)
  const { fillBars, decisionBars, holes } = input.range
  const report: Report = {
    playHash: jointHash(plays.map((play) => play.playHash)),
    logicHash: jointHash(plays.map((play) => play.logicHash)),
    engine: input.engine,
    settingsHash: settingsHash(settings),
    data: input.data.map(({ instrument, kind, tf, sha256 }) => ({ instrument, kind, tf, sha256 })),
    tradesHash: tradesHash(trades, steps),
    equityHash: equityHash(facts.sampleEquity),
    range: { fromMs: facts.fromMs, toMs: facts.toMs, fillBars, decisionBars, holes },
    timingMs: input.timingMs,
    settings,
    notices: input.notices,
    ...(several(input) ? { plays: playRows(input, trades) } : {}),
    metrics: metricsOf({ ...facts, trades }),
    splits: splitsOf(trades),
    monthly: monthlyOf(facts),
    provenance: provenanceOf(input),
    ambiguity: input.ambiguity,
    friction: frictionOf(input),
    open: openOf(input),
    pending: input.pending.map((order) => pendingRow(order, several(input))),
    trades: trades.map((trade) => tradeRow(trade, several(input))),
    equity: Array.from(facts.sampleMs, (ms, i): readonly [number, number] => [ms, facts.sampleEquity[i]]),
  }
  assertFinite(report, 'report')
  return report
}

/** The document with the time that building it took, which is known only afterwards. */
export const withReportTime = (report: Report, ms: number): Report => ({
  ...report,
  timingMs: { ...report.timingMs, report: ms } satisfies Timing,
})
