// Use-case: history of a venue into the store, page by page. Each page is committed when it has come: whatever ends the
// work, the next download asks only for what is missing then.
import type { FundingRows } from '../../../blocks/engine/rows'
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../../blocks/kit/timeframe'
import { intersect, type Known, lengthMs, nextAsk, subtract, union } from '../../core/downloadRanges'
import { Failure, failureOr } from '../../core/failure'
import type { Incoming, Range } from '../../core/incoming'
import { publishedOf } from '../../core/published'
import { isPublished, type Published, type SeriesInfo, type SeriesKey, seriesName } from '../../core/series'
import type { StorePort, VenueMarket, VenuePage, VenuePort } from '../ports'
import { fundingStretches, unknownSettlements } from './downloadFunding'
import { asVenueFailure, incomingOf, rowsIn, spokenFor } from './downloadPage'
import { withinReach } from './downloadReach'
import { type AskedSeries, askedSeries, type DownloadRequest, type DownloadStep, wrongOption } from './downloadRequest'

export interface DownloadPorts {
  readonly store: StorePort
  readonly venue: VenuePort
}

export interface DownloadResult {
  /** Null for market facts. */
  readonly series: SeriesInfo | null
  /** What was asked for, on the grid of the timeframe and not beyond what is closed. */
  readonly fromMs: number
  readonly toMs: number
  readonly added: number
  readonly pages: number
  /** Stretches of it for which the venue has no rows. */
  readonly holes: readonly Range[]
  /** What is to be known beside, in sentences. */
  readonly notes: readonly string[]
  /** Markets whose facts were kept. */
  readonly markets: number
}

/** A venue may still correct a bar in its first seconds: what is younger waits for the next download. */
const settledMs = 10_000
/** A silence younger than this may be a delay of the venue: it is asked about again by the next download. */
const youngMs = 3_600_000
/** Answers in a row that hold nothing of what was asked for. */
const mostStrayPages = 3

interface Job {
  readonly key: SeriesKey
  readonly market: VenueMarket
  readonly wanted: Range
  /** Time of one row, ms: rows that end after `wanted.toMs` are not taken. */
  readonly widthMs: number
  readonly pageMs: number
  /** The venue's clock when the download began. */
  readonly venueMs: number
  readonly published: Published | undefined
  readonly notes: readonly string[]
}

const floorTo = (tf: Timeframe, ms: number): number => openMsOf(tf, rowOf(tf, ms))
/** The whole bars in [fromMs, toMs). */
const onGrid = ({ fromMs, toMs }: Range, tf: Timeframe): Range => ({
  fromMs: floorTo(tf, fromMs + tfMs[tf] - 1),
  toMs: floorTo(tf, toMs),
})

const jobOf = async (request: DownloadRequest, { key, fromMs }: AskedSeries, market: VenueMarket): Promise<Job> => {
  const { timeframes, rows, stepMs, keepsMs } = market.serves(key.kind)
  if (key.tf !== null && timeframes?.includes(key.tf) === false)
    throw wrongOption(
      `the venue has no ${isPublished(key.kind) ? key.kind : 'bars'} of ${key.tf}`,
      `one of ${timeframes.join(', ')}`,
    )
  const venueMs = await market.timeMs()
  const widthMs = key.tf === null ? 1 : tfMs[key.tf]
  const asked = { fromMs, toMs: Math.min(request.toMs ?? Infinity, venueMs - settledMs) }
  const { range, notes } = withinReach(asked, { key, keepsMs, venueMs, widthMs })
  const wanted = key.tf === null ? range : onGrid(range, key.tf)
  if (wanted.fromMs >= wanted.toMs)
    throw new Failure('range_empty', `no ${key.tf ?? 'settlement'} of ${key.instrument} is closed in the range`, {
      hint: 'the range begins in the future, or is shorter than one bar',
    })
  const { kind } = key
  const of = { path: seriesName(key), hints: { layout: kind, stamp: 'end' } } as const
  const published = isPublished(kind) ? publishedOf(of, { ...key, kind }, {}) : undefined
  // Stretches that are asked for at once leave room for both joints: of a page that is cut there, a venue which gives
  // fewer rows than it could would answer with stored ones for ever.
  const pageMs = key.tf === null ? rows * stepMs : (rows - 2) * tfMs[key.tf]
  return { key, market, wanted, widthMs, pageMs, venueMs, published, notes }
}

/** The stretch with one stored bar at each end that touches stored ones: a venue that revised history shows it there. */
const withJoints = ({ fromMs, toMs }: Range, { key, widthMs }: Job, stored: readonly Range[]): Range => {
  if (key.tf === null) return { fromMs, toMs }
  const has = (ms: number): boolean => stored.some((range) => ms >= range.fromMs && ms < range.toMs)
  return {
    fromMs: has(fromMs - widthMs) ? fromMs - widthMs : fromMs,
    toMs: has(toMs) ? toMs + widthMs : toMs,
  }
}

class Download {
  private rows = 0
  private pages = 0
  private strays = 0
  private doubtful: readonly Range[] = []
  private silent: readonly Range[] = []

  constructor(
    private readonly job: Job,
    private readonly store: StorePort,
    private readonly request: DownloadRequest,
  ) {}

  private checkpoint(label: string, known: Known | null): void {
    if (this.request.signal?.aborted)
      throw new Failure('cancelled', 'stopped; whatever was fetched before is stored', {
        hint: 'the same command goes on where it was stopped',
      })
    if (known === null) return
    const { wanted } = this.job
    const missing = subtract([wanted], [...known.stored, ...known.holes])
    this.request.progress?.({
      label,
      share: 1 - lengthMs(missing) / lengthMs([wanted]),
      rows: this.rows,
      pages: this.pages,
      untilMs: missing[0]?.fromMs ?? wanted.toMs,
    })
  }

  private async known(): Promise<Known> {
    const { key } = this.job
    const { stored, holes } = await this.store.coverage(key)
    const rows = key.kind === 'funding' ? fundingStretches(await this.funding()) : stored
    return { stored: rows, doubtful: this.doubtful, holes: union([...holes, ...this.silent]) }
  }

  /** Null: the answer holds nothing of what was asked for, so it says nothing. */
  private async page(ask: Range): Promise<VenuePage | null> {
    const { market, key } = this.job
    const page = await market.page({ kind: key.kind, tf: key.tf, ...ask })
    this.pages++
    const times = Array.from(page.raw.timeMs)
    const stray = times.length > 0 && !times.some((ms) => !Number.isFinite(ms) || (ms >= ask.fromMs && ms < ask.toMs))
    if (!stray) {
      this.strays = 0
      return page
    }
    if (++this.strays < mostStrayPages) return null
    throw new Failure('venue_wrong', `${page.source} answers with rows of another time than asked for`, {
      hint: 'nothing of these answers was stored; try again later',
    })
  }

  /** Stores the rows of a page that lie in what was asked for. */
  private async take(page: VenuePage, ask: Range): Promise<void> {
    const { key, wanted, widthMs } = this.job
    const range = { fromMs: Math.min(wanted.fromMs, ask.fromMs), toMs: Math.max(wanted.toMs, ask.toMs) }
    const cut = { ...page, raw: rowsIn(page.raw, range, widthMs) }
    const judged = incomingOf(cut, key)
    const news =
      key.kind === 'funding'
        ? incomingOf({ ...cut, raw: unknownSettlements(cut.raw, await this.funding()) }, key)
        : judged
    if (news.table.timeMs.length === 0) return
    await this.commit([news], []).catch((error: unknown) => {
      throw error instanceof Failure ? asVenueFailure(error, page) : error
    })
  }

  private funding(): Promise<FundingRows> {
    return this.store.funding(this.job.key.instrument, Infinity)
  }

  private async commit(files: readonly Incoming[], holes: readonly Range[]): Promise<void> {
    const { key, published } = this.job
    const options = { skipBad: false, published, holes, checkpoint: (label: string) => this.checkpoint(label, null) }
    this.rows += (await this.store.commit(key, files, options)).added
  }

  /** A stretch without rows is doubtful the first time, a hole of the venue the second. */
  private async learn(answered: Range): Promise<void> {
    const { stored } = await this.known()
    const silent = subtract([answered], stored)
    const holes = intersect(silent, this.doubtful)
    this.doubtful = subtract([...this.doubtful, ...silent], holes)
    this.silent = union([...this.silent, ...holes])
    const { key, venueMs } = this.job
    const past = { fromMs: -Infinity, toMs: venueMs - youngMs }
    const old = intersect(holes, [key.tf === null ? past : { ...past, toMs: floorTo(key.tf, past.toMs) }])
    if (old.length > 0 && stored.length > 0) await this.commit([], old)
  }

  async run(): Promise<DownloadResult> {
    const { key, wanted, pageMs } = this.job
    for (;;) {
      const known = await this.known()
      this.checkpoint(seriesName(key), known)
      const next = nextAsk(wanted, known, pageMs)
      if (next === null) break
      const ask = withJoints(next, this.job, known.stored)
      const page = await this.page(ask)
      if (page === null) continue
      this.checkpoint(seriesName(key), null)
      await this.take(page, ask)
      await this.learn(spokenFor(page, next, this.job.widthMs))
    }
    return await this.result()
  }

  private async result(): Promise<DownloadResult> {
    const { key, wanted } = this.job
    const series = (await this.store.series(key.instrument)).find(({ kind, tf }) => kind === key.kind && tf === key.tf)
    const { holes } = await this.known()
    if (series === undefined)
      throw new Failure('range_empty', `the venue has no ${seriesName(key)} in the range`, {
        hint: 'it may have been listed later, or delisted before',
      })
    const { rows: added, pages } = this
    const { notes } = this.job
    return { series, ...wanted, added, pages, holes: intersect([wanted], holes), notes, markets: 0 }
  }
}

const instruments = async (market: VenueMarket, { store }: DownloadPorts): Promise<DownloadResult> => {
  const file = market.facts()
  await store.keepFacts(file)
  const { asOfMs, markets } = file.facts
  return {
    series: null,
    fromMs: asOfMs,
    toMs: asOfMs,
    added: 0,
    pages: 1,
    holes: [],
    notes: [],
    markets: Object.keys(markets).length,
  }
}

const downloaded = async (request: DownloadRequest, ports: DownloadPorts): Promise<DownloadResult> => {
  const { instrument, signal, progress } = request
  const asked = askedSeries(request)
  let last: DownloadStep = { label: '', share: 0, rows: 0, pages: 0, untilMs: request.fromMs ?? 0 }
  const step = (next: DownloadStep): void => {
    last = next
    progress?.(next)
  }
  const onWait = (label: string): void => progress?.({ ...last, label })
  const market = await ports.venue.open(instrument, { signal, onWait })
  if (asked === null) return await instruments(market, ports)
  const job = await jobOf(request, asked, market)
  return await new Download(job, ports.store, { ...request, progress: step }).run()
}

/** What was stored, or the Failure that ended the work; whatever came before it stays. */
export const download = (request: DownloadRequest, ports: DownloadPorts): Promise<DownloadResult | Failure> =>
  failureOr(() => downloaded(request, ports))
