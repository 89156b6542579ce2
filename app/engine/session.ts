// The engine of the page without the thread it runs in: loads data, runs Plays, answers questions on the newest run.
import { logicTypes } from '../../blocks/catalogue'
import type { Dataset } from '../../blocks/engine/dataset'
import { rowsOfDataset } from '../../blocks/engine/dataset'
import { DecisionLog } from '../../blocks/engine/look/decisions'
import { funnelsOf, type NearMiss, nearMissesOf } from '../../blocks/engine/look/funnel'
import { RunLook } from '../../blocks/engine/look/look'
import { candleWindow, pivotsOf, seriesWindow } from '../../blocks/engine/look/window'
import { paramsAsRun, type RowHashes, runReport } from '../../blocks/engine/report/assemble'
import type { Ambiguity } from '../../blocks/engine/report/input'
import type { MarketRows } from '../../blocks/engine/rows'
import type { OtherEnd } from '../../blocks/engine/run'
import type { PreparedSeat } from '../../blocks/engine/seats'
import { Workspace } from '../../blocks/engine/workspace'
import type { Problem } from '../../blocks/kit/problem'
import { checkPlay } from '../../blocks/play/check'
import { lookupIn } from '../../blocks/play/own'
import { budgetBytes, ColumnCache, type ColumnPorts, needOf } from './columns'
import type {
  CandleWindow,
  EngineStatus,
  PivotMark,
  RunOutcome,
  RunRequest,
  SeriesWindow,
  WhyAnswer,
  WindowAsk,
} from './protocol'
import { RowHasher } from './rowHashes'
import { type CallName, type Calls, type RunName, type SeriesAsk, type SparksAsk, Told, type WhyAsk } from './wire'

export interface SessionPorts extends ColumnPorts {
  /** Unix ms, with fractions. */
  readonly now: () => number
  /** Lets whatever has arrived meanwhile be heard: superseded work is then dropped, not done. */
  readonly turn: () => Promise<void>
  readonly tell: (status: EngineStatus) => void
}

/** Data as a run takes it. */
interface Loaded {
  readonly key: string
  readonly workspace: Workspace
  readonly markets: readonly MarketRows[]
  readonly hashes: RowHashes
}

interface Loading {
  readonly key: string
  readonly controller: AbortController
  readonly work: Promise<Loaded | null>
}

const typesByKey = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))

/** Fill bars of the other end of the band at a time: a few milliseconds. */
const pieceBars = 131_072

const nameOf = ({ playHash, settingsHash, tradesHash, equityHash }: RunName): string =>
  [playHash, settingsHash, tradesHash, equityHash].join()

/** What came of a request, and what can be asked about it. */
interface Computed {
  readonly outcome: RunOutcome
  readonly look: RunLook | null
  readonly otherEnd: OtherEnd | null
}

const refused = (problems: readonly Problem[]): Computed => ({
  outcome: { kind: 'refused', problems },
  look: null,
  otherEnd: null,
})

/** Least time between two words on how far the loading is, ms. */
const tellEveryMs = 60

const keyOf = ({ dataset, toMs }: RunRequest): string => JSON.stringify([dataset.markets, toMs])

const seedOf = ({ markets }: Dataset): number | null => markets.find(({ synthetic }) => synthetic)?.bars.seed ?? null

export class EngineSession {
  private readonly cache: ColumnCache
  private readonly hasher: RowHasher
  private loaded: Loaded | null = null
  private ended: RunLook | null = null
  /** Of the run that ended: what is left of its ambiguity band. */
  private open: { readonly run: RunName; readonly otherEnd: OtherEnd } | null = null
  /** Number of the newest request: an older one gives way. */
  private newest = 0
  private loading: Loading | null = null

  constructor(
    private readonly ports: SessionPorts,
    private readonly budget = budgetBytes,
  ) {
    this.cache = new ColumnCache(ports, budget / 4)
    this.hasher = new RowHasher(ports.sha256)
  }

  /** A call by name, as it comes over the wire: both ends are of one build. */
  call(name: CallName, ask: unknown): unknown {
    return (this.answers[name] as (ask: unknown) => unknown)(ask)
  }

  private readonly answers: Calls = {
    run: (ask) => this.run(ask),
    candles: (ask) => this.candles(ask),
    series: (ask) => this.series(ask),
    sparks: (ask) => this.sparks(ask),
    pivots: (ask) => this.pivots(ask),
    at: ({ ms }) => this.ended?.valuesAt(0, ms) ?? null,
    why: (ask) => this.why(ask),
    band: (ask) => this.band(ask),
    funnel: ({ instrument }) => this.ended && funnelsOf(this.ended, this.ended.seatFor(instrument)),
    levels: ({ trade }) => this.ended?.levelsOf(trade) ?? null,
    nearMisses: (ask) => this.nearMisses(ask),
    tryOut: (ask) => this.tryOut(ask),
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    this.newest += 1
    const mine = this.newest
    const bytes = needOf(request.dataset)
    if (bytes > this.budget) {
      this.ports.tell({ kind: 'too_much_data', bytes, budget: this.budget })
      throw new Told('These are more bars than the page can hold.')
    }
    const loaded = await this.load(request)
    await this.ports.turn()
    if (loaded === null || mine !== this.newest) return { kind: 'superseded' }
    this.ports.tell({ kind: 'running', sinceMs: this.ports.now() })
    try {
      return this.simulate(request, loaded)
    } finally {
      this.ports.tell({ kind: 'idle' })
    }
  }

  /** What is being loaded is given up; a run that waited for it is superseded. */
  cancel(): void {
    this.newest += 1
    this.loading?.controller.abort()
    this.ports.tell({ kind: 'idle' })
  }

  /** Requests on the same data wait for the same loading; one on other data ends it. Null: it was given up. */
  private load(request: RunRequest): Promise<Loaded | null> {
    const key = keyOf(request)
    if (this.loaded?.key === key) return Promise.resolve(this.loaded)
    if (this.loading?.key === key) return this.loading.work
    this.loading?.controller.abort()
    const controller = new AbortController()
    const work = this.fetchAll(request, key, controller.signal)
      .catch((error: unknown) => {
        if (controller.signal.aborted) return null
        throw error
      })
      .finally(() => {
        if (this.loading?.controller === controller) this.loading = null
      })
    this.loading = { key, controller, work }
    return work
  }

  private async fetchAll({ dataset, toMs }: RunRequest, key: string, signal: AbortSignal): Promise<Loaded | null> {
    await this.cache.load(dataset, signal, this.progress())
    // Given up before the new ones are made: both at once may not fit.
    this.loaded = null
    this.ended = null
    this.open = null
    const markets = rowsOfDataset(dataset, (series) => this.cache.columns(series), toMs)
    const hashes = await this.hasher.of(dataset, markets)
    if (signal.aborted) return null
    const workspace = new Workspace(markets, Math.max(this.budget / 4, this.budget - 2 * this.cache.bytes))
    this.loaded = { key, workspace, markets, hashes }
    return this.loaded
  }

  private progress(): Parameters<ColumnCache['load']>[2] {
    let toldAt = Number.NEGATIVE_INFINITY
    return (progress) => {
      const now = this.ports.now()
      if (now - toldAt < tellEveryMs && progress.done < progress.total) return
      toldAt = now
      this.ports.tell({ kind: 'loading', progress })
    }
  }

  private simulate(request: RunRequest, loaded: Loaded): RunOutcome {
    const { outcome, look, otherEnd } = this.compute(request, loaded)
    if (look !== null) this.ended = look
    if (outcome.kind === 'ran') this.open = otherEnd && { run: outcome.result.report, otherEnd }
    return outcome
  }

  /** Only over data that are loaded: what is tried out must not push out what is shown. */
  private tryOut(request: RunRequest): RunOutcome {
    if (this.loaded?.key !== keyOf(request)) return { kind: 'superseded' }
    return this.compute(request, this.loaded).outcome
  }

  private compute(request: RunRequest, loaded: Loaded): Computed {
    const { tree, blocks, sets, settings, dataset, fromMs, toMs } = request
    const startedAt = this.ports.now()
    const { flat, problems } = checkPlay(tree, { set: sets, blocks: lookupIn(blocks) })
    if (flat === undefined) return refused(problems)
    const log = new DecisionLog()
    const { lockboxMs } = dataset
    const made = runReport({
      plays: [{ tree, flat, params: paramsAsRun(tree, sets) }],
      ...loaded,
      types: typesByKey,
      settings,
      fromMs,
      toMs,
      lockboxMs,
      pastLockbox: toMs > lockboxMs,
      seed: seedOf(dataset),
      timing: { load: 0, compile: this.ports.now() - startedAt },
      now: this.ports.now,
      trace: log.record,
      bandLater: true,
    })
    if (Array.isArray(made)) return refused(made)
    return {
      outcome: { kind: 'ran', result: { report: made.report, problems, engineMs: this.ports.now() - startedAt } },
      look: new RunLook(made.run, log, { settings, fromMs, toMs }),
      otherEnd: made.run.otherEnd,
    }
  }

  /** In pieces, so that whatever arrives meanwhile is heard: another run that ends makes this one of no interest. */
  private async band(run: RunName): Promise<Ambiguity | null> {
    const { open } = this
    if (open === null || nameOf(open.run) !== nameOf(run)) return null
    for (;;) {
      await this.ports.turn()
      if (this.open !== open) return null
      const made = open.otherEnd.advance(pieceBars)
      if (made !== null) return made
    }
  }

  /** Bars are there as soon as data are, even where no Play has run on them yet. */
  candles(ask: WindowAsk): CandleWindow | null {
    const held = this.loaded?.markets.some(({ instrument }) => instrument.id === ask.instrument)
    return held && this.loaded !== null ? candleWindow(this.loaded.workspace, ask.instrument, ask) : null
  }

  series(ask: SeriesAsk): SeriesWindow | null {
    const seat = this.seatOf(ask.instrument)
    return seat && seriesWindow(seat, ask, ask)
  }

  /** Of the first market that is traded, as the values at the cursor are. */
  sparks({ lines, ...ask }: SparksAsk): readonly SeriesWindow[] | null {
    const seat = this.ended?.seats[0]
    return seat === undefined ? null : lines.map((line) => seriesWindow(seat, line, ask))
  }

  pivots(ask: WindowAsk): readonly PivotMark[] | null {
    const seat = this.seatOf(ask.instrument)
    return seat && pivotsOf(seat, ask)
  }

  why({ ms, instrument, trade }: WhyAsk): WhyAnswer | null {
    const { ended } = this
    if (ended === null) return null
    return trade === undefined ? ended.whyAt(ended.seatFor(instrument), ms) : ended.whyTrade(trade)
  }

  nearMisses(ask: WindowAsk): readonly NearMiss[] | null {
    const { ended } = this
    return ended && nearMissesOf(ended, ended.seatFor(ask.instrument), ask)
  }

  private seatOf(instrument: string): PreparedSeat | null {
    const { ended } = this
    return ended?.seats[ended.seatFor(instrument)] ?? null
  }
}
