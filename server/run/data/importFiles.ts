// Use-case: files into the store. All files are read and judged before anything is written; one bad row refuses all.
import { Failure, failureOr } from '../../core/failure'
import { commonSpacing, judge } from '../../core/gate'
import { identify, symbolOf } from '../../core/identify'
import type { Committed, FactSheet, FactsFile, Incoming, ReadOptions, RowsFile } from '../../core/incoming'
import { type FaultyFile, rowsRefused } from '../../core/refusal'
import { isInstrumentId, type SeriesKey, seriesKinds, seriesName } from '../../core/series'
import type { FilePort, Progress, StorePort } from '../ports'

export interface ImportRequest {
  readonly files: readonly string[]
  readonly instrument?: string | undefined
  /** klines, funding, mark or instruments. */
  readonly kind?: string | undefined
  readonly tf?: string | undefined
  readonly layout?: 'ohlcv' | undefined
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
  readonly incoming: Incoming
  readonly faulty: FaultyFile
}

const kinds: readonly string[] = [...seriesKinds, 'instruments']

const optionsOf = (request: ImportRequest, nowMs: number): ReadOptions => {
  const { kind, instrument, layout } = request
  if (request.files.length === 0)
    throw new Failure('option_missing', 'no file was given', { hint: 'playloom data import <files...>' })
  if (kind !== undefined && !kinds.includes(kind)) {
    throw new Failure('option_wrong', `files of kind "${kind}" are not read`, { hint: `one of ${kinds.join(', ')}` })
  }
  if (instrument !== undefined && !isInstrumentId(instrument)) {
    throw new Failure('option_wrong', `"${instrument}" is not an instrument`, {
      hint: 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual',
    })
  }
  const known = [...seriesKinds, 'instruments' as const].find((name) => name === kind)
  return { kind: known, symbol: instrument === undefined ? undefined : symbolOf(instrument), layout, nowMs }
}

const judged = (file: RowsFile, request: ImportRequest): Judging => {
  const { path, raw, hints, sha256 } = file
  if (request.kind === 'instruments') {
    throw new Failure('option_wrong', `${path} holds rows, not market facts`, {
      file: path,
      hint: 'leave --kind instruments out',
    })
  }
  const found = { path, kind: hints.kind ?? 'klines', hints, spacing: commonSpacing(raw.timeMs) } as const
  const key = identify(found, request)
  const { table, line, faults, duplicates, gaps } = judge(raw, key)
  return { key, incoming: { path, sha256, table, line, faults, duplicates }, faulty: { path, faults, gaps } }
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
    const file = await ports.files.read(path, options)
    if (file.form === 'facts') facts.push(file)
    else rows.push(judged(file, request))
  }
  if (facts.length > 0 && options.kind !== undefined && options.kind !== 'instruments') {
    throw new Failure('option_wrong', `${facts[0]?.path} holds market facts, not ${options.kind}`, {
      hint: 'leave --kind out',
    })
  }
  return { rows, facts }
}

const bySeries = (rows: readonly Judging[]): ReadonlyMap<string, { key: SeriesKey; files: Incoming[] }> => {
  const series = new Map<string, { key: SeriesKey; files: Incoming[] }>()
  for (const { key, incoming } of rows) {
    const name = seriesName(key)
    const entry = series.get(name) ?? { key, files: [] }
    entry.files.push(incoming)
    series.set(name, entry)
  }
  return series
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
  for (const { key, files } of series) {
    const share = (part: number): number => 0.8 + (0.2 * (done.length + part)) / series.length
    done.push(
      await ports.store.commit(key, files, {
        skipBad: request.skipBad ?? false,
        checkpoint: (label, part) => checkpoint(`${seriesName(key)}: ${label}`, share(part)),
      }),
    )
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
