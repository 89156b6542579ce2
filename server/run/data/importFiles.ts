// Use-case: files into the store. All files are read and judged before anything is written; one bad row refuses all.
import { tfMs } from '../../../blocks/kit/timeframe'
import { Failure, failureOr } from '../../core/failure'
import { commonSpacing, type Judged, judge } from '../../core/gate'
import { identify, symbolOf } from '../../core/identify'
import type { Committed, FactSheet, FactsFile, Incoming, ReadOptions, RowsFile } from '../../core/incoming'
import { byPosition, sumLiquidations } from '../../core/liquidations'
import { contradiction, type PublishedAsked, publishedOf } from '../../core/published'
import { type FaultyFile, rowsRefused } from '../../core/refusal'
import { isInstrumentId, isPublished, type Published, type SeriesKey, seriesKinds, seriesName } from '../../core/series'
import { atSnapshots } from '../../core/snapshotTimes'
import type { FilePort, Progress, StorePort } from '../ports'

export interface ImportRequest extends PublishedAsked {
  readonly files: readonly string[]
  readonly instrument?: string | undefined
  /** One of `seriesKinds`, or instruments. */
  readonly kind?: string | undefined
  /** Of bars, or the interval of published figures; `none` for a series without a grid. */
  readonly tf?: string | undefined
  readonly layout?: 'ohlcv' | undefined
  /** Of a table of several series, the one column to take; without it all are taken. */
  readonly column?: string | undefined
  /** Take the good rows of bad files; the counts go into the manifest and into every report. */
  readonly skipBad?: boolean
  readonly signal?: AbortSignal | undefined
  readonly progress?: Progress | undefined
}

export interface ImportPorts {
  readonly files: FilePort
  readonly store: StorePort
  /** Clock: dates market facts whose file does not. */
  readonly nowMs: () => number
}

export interface ImportResult {
  readonly series: readonly Committed[]
  readonly facts: readonly (Pick<FactSheet, 'venue' | 'what' | 'asOfMs' | 'source'> & { readonly markets: number })[]
}

interface Judging {
  readonly key: SeriesKey
  readonly published: Published | undefined
  readonly incoming: Incoming
  readonly faulty: FaultyFile
}

/** What files may be told to hold. */
export const importKinds: readonly string[] = [...seriesKinds, 'instruments']

/** What can be said of a request without a look at its files. Throws Failure option_*. */
export const checkImport = ({
  files,
  kind,
  instrument,
}: Pick<ImportRequest, 'files' | 'kind' | 'instrument'>): void => {
  if (files.length === 0)
    throw new Failure('option_missing', 'no file was given', { hint: 'playloom data import <files...>' })
  if (kind !== undefined && !importKinds.includes(kind)) {
    throw new Failure('option_wrong', `files of kind "${kind}" are not read`, {
      hint: `one of ${importKinds.join(', ')}`,
    })
  }
  if (instrument !== undefined && !isInstrumentId(instrument)) {
    throw new Failure('option_wrong', `"${instrument}" is not an instrument`, {
      hint: 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual',
    })
  }
}

const optionsOf = (request: ImportRequest, nowMs: number): ReadOptions => {
  checkImport(request)
  const { kind, instrument, layout, column, unit } = request
  const known = [...seriesKinds, 'instruments' as const].find((name) => name === kind)
  return {
    kind: known,
    symbol: instrument === undefined ? undefined : symbolOf(instrument),
    layout,
    column,
    unit,
    nowMs,
  }
}

/** Liquidations one by one have no interval of their own. */
const summed = (file: RowsFile, { instrument, tf }: SeriesKey, nowMs: number): Judged | null => {
  const { path, hints } = file
  if (hints.events === undefined || tf === null) return null
  const sums = sumLiquidations(byPosition(file, instrument), hints.events, { tf, nowMs })
  if (sums.table.timeMs.length > 0 || sums.faults.length > 0) return sums
  throw new Failure('option_wrong', `${path} holds no whole interval of ${tf}`, {
    file: path,
    hint: 'give a shorter --tf',
  })
}

const judged = (file: RowsFile, request: ImportRequest, nowMs: number): Judging => {
  const { path, raw, hints, sha256 } = file
  if (request.kind === 'instruments') {
    throw new Failure('option_wrong', `${path} holds rows, not market facts`, {
      file: path,
      hint: 'leave --kind instruments out',
    })
  }
  const spacing = hints.events === undefined ? commonSpacing(raw.timeMs) : null
  const found = { path, kind: hints.kind ?? 'klines', hints, spacing } as const
  const key = identify(found, request)
  const { kind } = key
  const published = isPublished(kind) ? publishedOf(file, { ...key, kind }, request) : undefined
  const taken = hints.snapshots === true && key.tf !== null ? atSnapshots(raw, tfMs[key.tf]) : raw
  const { table, line, faults, duplicates, gaps } = summed(file, key, nowMs) ?? judge(taken, key, { nowMs })
  const column = (hints.columns ?? 1) > 1 ? hints.column : undefined
  return {
    key,
    published,
    incoming: { path, sha256, table, line, faults, duplicates },
    faulty: { path, column, faults, gaps },
  }
}

/** Throws Failure `cancelled` once the signal is given: nothing half-written stays. */
const checkpointOf =
  ({ signal, progress }: ImportRequest) =>
  (label: string, share: number): void => {
    if (signal?.aborted) throw new Failure('cancelled', 'stopped; what was not committed is not in the store')
    progress?.({ label, share })
  }

const readAll = async (request: ImportRequest, ports: ImportPorts) => {
  const options = optionsOf(request, ports.nowMs())
  const checkpoint = checkpointOf(request)
  const rows: Judging[] = []
  const facts: FactsFile[] = []
  for (const [k, path] of request.files.entries()) {
    checkpoint(`reading ${path}`, (0.8 * k) / request.files.length)
    for (const file of await ports.files.read(path, options)) {
      if (file.form === 'facts') facts.push(file)
      else rows.push(judged(file, request, options.nowMs))
    }
  }
  if (facts.length > 0 && options.kind !== undefined && options.kind !== 'instruments') {
    throw new Failure('option_wrong', `${facts[0]?.path} holds market facts, not ${options.kind}`, {
      hint: 'leave --kind out',
    })
  }
  return { rows, facts }
}

interface Gathered {
  readonly key: SeriesKey
  readonly published: Published | undefined
  readonly files: Incoming[]
}

const bySeries = (rows: readonly Judging[]): ReadonlyMap<string, Gathered> => {
  const series = new Map<string, Gathered>()
  for (const { key, published, incoming } of rows) {
    const name = seriesName(key)
    const entry = series.get(name) ?? { key, published, files: [] }
    const other =
      entry.published === undefined || published === undefined ? null : contradiction(entry.published, published)
    if (other !== null) throw new Failure('option_wrong', `${incoming.path} belongs to ${name}, but ${other}`)
    entry.files.push(incoming)
    series.set(name, entry)
  }
  return series
}

/** Each series is whole by itself: where one fails, those before it are in. */
const sayingWhatCameIn = (failure: unknown, done: readonly Committed[]): unknown => {
  if (!(failure instanceof Failure) || done.length === 0) return failure
  const names = done.map(({ info }) => seriesName(info)).join(', ')
  const { code, message, hint, problems } = failure
  return new Failure(code, `${message} (what came in before it stays: ${names})`, {
    ...(hint === undefined ? {} : { hint }),
    problems,
    cause: failure,
  })
}

const imported = async (request: ImportRequest, ports: ImportPorts): Promise<ImportResult> => {
  const checkpoint = checkpointOf(request)
  const { rows, facts } = await readAll(request, ports)
  const bad = rows.filter(({ faulty }) => faulty.faults.length > 0).map(({ faulty }) => faulty)
  if (bad.length > 0 && !request.skipBad) throw rowsRefused(bad)
  const series = [...bySeries(rows).values()]
  // Each series commits on its own: with several, contradictions are looked for in all before the first is written.
  if (series.length > 1 && !request.skipBad) {
    const clashes: FaultyFile[] = []
    for (const { key, files } of series) clashes.push(...(await ports.store.clashes(key, files)))
    if (clashes.length > 0) throw rowsRefused(clashes)
  }
  const done: Committed[] = []
  for (const { key, files, published } of series) {
    const share = (part: number): number => 0.8 + (0.2 * (done.length + part)) / series.length
    const committed = ports.store.commit(key, files, {
      skipBad: request.skipBad ?? false,
      published,
      checkpoint: (label, part) => checkpoint(`${seriesName(key)}: ${label}`, share(part)),
    })
    done.push(await committed.catch((error: unknown) => Promise.reject(sayingWhatCameIn(error, done))))
  }
  for (const file of facts) await ports.store.keepFacts(file)
  checkpointOf({ ...request, signal: undefined })('done', 1)
  return {
    series: done,
    facts: facts.map(({ facts: { venue, what, asOfMs, source, markets } }) => ({
      venue,
      what,
      asOfMs,
      source,
      markets: Object.keys(markets).length,
    })),
  }
}

/** What was added, or the Failure that refused all of it. */
export const importFiles = (request: ImportRequest, ports: ImportPorts): Promise<ImportResult | Failure> =>
  failureOr(() => imported(request, ports))
