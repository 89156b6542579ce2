// The data of one or many runs, dense: markets, frames by timeframe and the cache of columns. Edits reuse all of it.
import type { Bits } from '../kit/bits'
import type { SeriesFeed } from '../kit/logic'
import { type Timeframe, tfMs } from '../kit/timeframe'
import type { FlatNode } from '../play/flat'
import { seriesFeeds } from './columns/feeds'
import { ColumnStore } from './columns/store'
import { type Tally, type TallyRows, tally } from './columns/tally'
import { aggregate, densify, type Frame, type Span } from './frame'
import { type FundingRange, fundingPlan, type PlannedFunding } from './funding'
import type { BarRows, MarketRows } from './rows'

/** What a market name stands for in one seat. */
export type Binding = Readonly<Record<string, string>>

const spanOf = (all: readonly BarRows[]): Span => {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const { openMs, tf } of all) {
    if (openMs.length === 0) continue
    fromMs = Math.min(fromMs, openMs[0])
    toMs = Math.max(toMs, openMs[openMs.length - 1] + tfMs[tf])
  }
  return { fromMs, toMs }
}

/** Names of content, and plans of funding, that are kept at most: evolution asks for ever new ones. */
const mostNames = 200_000
const mostPlans = 1000

/** Holds loaded markets for any number of runs over them. Not shared between threads. */
export class Workspace {
  readonly columns: ColumnStore
  private readonly markets: ReadonlyMap<string, MarketRows>
  private readonly span: Span
  private readonly frames = new Map<string, Frame>()
  private readonly marks = new Map<string, Frame>()
  private readonly feeds = new Map<string, SeriesFeed>()
  private readonly plans = new Map<string, PlannedFunding>()
  private readonly names = new Map<string, string>()
  private named = 0
  private readonly tallies = new WeakMap<
    Uint32Array,
    { readonly key: string; readonly hole: Uint32Array; readonly made: Tally }
  >()
  private readonly texts = new WeakMap<FlatNode, string>()
  private readonly spares: Float64Array[] = []

  /** `markets` by instrument, each with at least one bar. `budgetBytes` bounds the cache of columns. */
  constructor(markets: readonly MarketRows[], budgetBytes = 600 * 1024 * 1024) {
    this.markets = new Map(markets.map((market) => [market.instrument.id, market]))
    this.span = spanOf(markets.map((market) => market.bars))
    this.columns = new ColumnStore(budgetBytes)
  }

  market(instrument: string): MarketRows {
    const market = this.markets.get(instrument)
    if (market === undefined) throw new Error(`the run has no market ${instrument}: load it first`)
    return market
  }

  /** Dense bars of a market on a timeframe that is a multiple of its stored one. */
  frame(instrument: string, tf: Timeframe): Frame {
    const key = `${instrument}|${tf}`
    const found = this.frames.get(key)
    if (found !== undefined) return found
    const { bars } = this.market(instrument)
    const made = bars.tf === tf ? densify(bars, this.span) : aggregate(this.frame(instrument, bars.tf), tf, this.span)
    this.frames.set(key, made)
    return made
  }

  /** Mark bars, when they have exactly this interval (S37). */
  mark(instrument: string, tf: Timeframe): Frame | null {
    const { mark } = this.market(instrument)
    if (mark === null || mark.tf !== tf) return null
    const found = this.marks.get(instrument)
    if (found !== undefined) return found
    const made = densify(within(mark, this.span), this.span)
    this.marks.set(instrument, made)
    return made
  }

  /** Counts of a condition: kept for the rows that were asked for last, as edits leave most conditions as they are. */
  tallyOf(hole: Uint32Array, when: Bits, rows: TallyRows): Tally {
    const key = `${rows.i0}|${rows.from}|${rows.i1}`
    const found = this.tallies.get(when.t)
    if (found !== undefined && found.key === key && found.hole === hole) return found.made
    const made = tally(hole, when, rows)
    this.tallies.set(when.t, { key, hole, made })
    return made
  }

  /** What a node is by itself, without its operands. */
  textOf(node: FlatNode): string {
    const found = this.texts.get(node)
    if (found !== undefined) return found
    const made = `${node.type}@${node.major}|${node.clock}|${JSON.stringify(node.params)}`
    this.texts.set(node, made)
    return made
  }

  /** A short name for a text: equal texts have one name, no two texts share one. Forgotten names are never given anew. */
  keyOf(content: string): string {
    const found = this.names.get(content)
    if (found !== undefined) return found
    if (this.names.size >= mostNames) this.names.clear()
    this.named += 1
    const made = `n${this.named}`
    this.names.set(content, made)
    return made
  }

  /** One value on every row. */
  constant(value: number, rows: number): Float64Array {
    return this.columns.derived(`=${value}*${rows}`, () => new Float64Array(rows).fill(value))
  }

  /** A column of at least so many rows that whoever computes may write to: what it holds, the next one overwrites. */
  spare(place: number, rows: number): Float64Array {
    const found = this.spares[place]
    if (found !== undefined && found.length >= rows) return found
    const made = new Float64Array(rows)
    this.spares[place] = made
    return made
  }

  /** Settlements of a market over a range. */
  funding(instrument: string, range: FundingRange): PlannedFunding {
    const key = `${instrument}|${range.fromMs}|${range.toMs}|${range.gaps}`
    const found = this.plans.get(key)
    if (found !== undefined) return found
    if (this.plans.size >= mostPlans) this.plans.clear()
    const made = fundingPlan(this.market(instrument), range)
    this.plans.set(key, made)
    return made
  }

  feed(instrument: string, series: string): SeriesFeed {
    const key = `${instrument}|${series}`
    const found = this.feeds.get(key)
    if (found !== undefined) return found
    const make = seriesFeeds[series]
    if (make === undefined) throw new Error(`there is no series called ${series}`)
    const made = make(this.market(instrument))
    this.feeds.set(key, made)
    return made
  }
}

/** Rows of mark bars that lie inside the span of the bars. */
const within = (rows: BarRows, span: Span): BarRows => {
  let from = 0
  let to = rows.openMs.length
  while (from < to && rows.openMs[from] < span.fromMs) from += 1
  while (to > from && rows.openMs[to - 1] >= span.toMs) to -= 1
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to)
  return {
    tf: rows.tf,
    openMs: cut(rows.openMs),
    open: cut(rows.open),
    high: cut(rows.high),
    low: cut(rows.low),
    close: cut(rows.close),
    volume: cut(rows.volume),
  }
}
