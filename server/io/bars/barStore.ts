// Stored series under DATA_DIR as a data port: reads verified rows, commits new ones in one step.
import { join } from 'node:path'
import type { BarRows, FundingRows } from '../../../blocks/engine/rows'
import { type Timeframe, tfMs } from '../../../blocks/kit/timeframe'
import { subtract } from '../../core/downloadRanges'
import { Failure, failureOr } from '../../core/failure'
import { type Gap, gapsOf } from '../../core/gate'
import type { CommitOptions, Committed, Coverage, FactsFile, Incoming, Inspection, Range } from '../../core/incoming'
import { type Merged, merge } from '../../core/merge'
import { contradiction } from '../../core/published'
import { type FaultyFile, rowsRefused } from '../../core/refusal'
import {
  folderOf,
  instrumentOf,
  type MarketFacts,
  mayHaveTf,
  type SeriesInfo,
  type SeriesKey,
  seriesKinds,
  seriesName,
  tfOfFolder,
} from '../../core/series'
import { emptyTable, sliceRows, type Table } from '../../core/table'
import type { Overview, SeriesDetail } from '../../run/ports'
import { createDuck, type Duck } from './duck'
import { factsOf, sheetsIn, storeFacts } from './factStore'
import { namesIn, writeFailure } from './files'
import { withLock } from './lock'
import { damaged, importerVersion, infoOf, type Manifest, type PartFile, readManifest, writeManifest } from './manifest'
import { PartGone, readParts, removeStrays, splitByPeriod, writePart } from './partitions'
import { removeSeriesIn } from './removeSeries'
import { detailOf } from './seriesDetail'
import { sourcesOf } from './sources'

export interface BarStoreOptions {
  /** DATA_DIR. */
  readonly dataDir: string
  /** How long a writer waits for another. */
  readonly lockWaitMs?: number
}

interface Context {
  readonly duck: Duck
  readonly dataDir: string
}

const folderFor = ({ dataDir }: Context, key: SeriesKey): string =>
  join(dataDir, 'series', folderOf(key.instrument), key.kind, key.tf ?? 'all')

/** Every folder that is named like a series. */
const keysIn = async (dataDir: string, only?: string): Promise<readonly SeriesKey[]> => {
  const keys: SeriesKey[] = []
  const root = join(dataDir, 'series')
  for (const folder of only === undefined ? await namesIn(root) : [folderOf(only)]) {
    const instrument = instrumentOf(folder)
    if (instrument === null) continue
    for (const kind of seriesKinds) {
      for (const name of await namesIn(join(root, folder, kind))) {
        const tf = tfOfFolder(name)
        if (tf !== undefined && mayHaveTf(kind, tf)) keys.push({ instrument, kind, tf })
      }
    }
  }
  return keys
}

/** A writer may replace files between reading the manifest and reading them: then the manifest is read again. */
const withManifest = async <T>(
  context: Context,
  key: SeriesKey,
  read: (manifest: Manifest | null) => Promise<T>,
): Promise<T> => {
  const folder = folderFor(context, key)
  for (let attempt = 0; ; attempt++) {
    const manifest = await readManifest(folder, key)
    try {
      return await read(manifest)
    } catch (error) {
      if (!(error instanceof PartGone)) throw error
      const same = JSON.stringify(await readManifest(folder, key)) === JSON.stringify(manifest)
      if (same || attempt === 20) throw damaged(key, `the file ${error.message} is missing`)
    }
  }
}

/** Rows with time < toMs. */
const tableBefore = (context: Context, key: SeriesKey, toMs: number): Promise<Table> =>
  withManifest(context, key, async (manifest) => {
    if (manifest === null) return emptyTable(key.kind)
    const files = manifest.files.filter((file) => file.firstMs < toMs)
    const table = await readParts(context.duck, { folder: folderFor(context, key), key }, files)
    let n = table.timeMs.length
    while (n > 0 && (table.timeMs[n - 1] ?? 0) >= toMs) n--
    return n === table.timeMs.length ? table : sliceRows(table, 0, n)
  })

const barsOf = (tf: Timeframe, { timeMs, values }: Table): BarRows => {
  const [open = timeMs, high = timeMs, low = timeMs, close = timeMs, volume] = values
  return { tf, openMs: timeMs, open, high, low, close, volume: volume ?? new Float64Array(timeMs.length) }
}

const fundingOf = ({ timeMs, values }: Table): FundingRows => {
  const [rate = timeMs, interval = timeMs] = values
  const told = interval.some((ms) => Number.isFinite(ms))
  return { stampMs: timeMs, rate, intervalMs: told ? interval : null }
}

type Extent = Pick<Manifest, 'rows' | 'fromMs' | 'toMs' | 'gaps'>

const closeOf = ({ tf }: SeriesKey, lastMs: number): number => (tf === null ? lastMs : lastMs + tfMs[tf])
const gapsIn = ({ tf }: SeriesKey, timeMs: Float64Array): readonly Gap[] => (tf === null ? [] : gapsOf(timeMs, tf))

/** As a manifest tells it, out of the rows themselves. */
const extentOf = (key: SeriesKey, { timeMs }: Table): Extent => ({
  rows: timeMs.length,
  fromMs: timeMs[0] ?? 0,
  toMs: closeOf(key, timeMs[timeMs.length - 1] ?? 0),
  gaps: gapsIn(key, timeMs).map((gap) => ({ ...gap })),
})

/** The same out of the files of a series, when the gaps inside each of them are known. */
const extentOfFiles = (
  key: SeriesKey,
  files: readonly PartFile[],
  inside: (file: PartFile) => readonly Gap[],
): Extent => {
  const gaps = files.flatMap((file, i) => {
    const before = files[i - 1]
    const between = before === undefined ? [] : gapsIn(key, Float64Array.of(before.lastMs, file.firstMs))
    return [...between, ...inside(file)]
  })
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    fromMs: files[0]?.firstMs ?? 0,
    toMs: closeOf(key, files[files.length - 1]?.lastMs ?? 0),
    gaps: gaps.map((gap) => ({ ...gap })),
  }
}

/** Stretches between the gaps of a manifest. */
const storedOf = ({ fromMs, toMs, gaps, tf }: Extent & Pick<Manifest, 'tf'>): readonly Range[] =>
  subtract([{ fromMs, toMs: tf === null ? toMs + 1 : toMs }], gaps)

/** The holes of a venue that no stored row fills; `timeMs` are the stamps where there is no grid. */
const unfilled = (
  holes: readonly Range[],
  key: SeriesKey,
  { extent, timeMs }: { extent: Extent; timeMs: Float64Array },
) => {
  const filled =
    key.tf === null
      ? Array.from(timeMs, (fromMs) => ({ fromMs, toMs: fromMs + 1 }))
      : storedOf({ ...extent, tf: key.tf })
  return [...subtract(holes, filled)]
}

/** The files that new rows may touch: those of their periods. Two stamps of funding may share a minute across years. */
const filesNear = (key: SeriesKey, files: readonly Incoming[], old: Manifest | null): readonly PartFile[] => {
  const periods = new Set(files.flatMap((file) => [...splitByPeriod(key, file.table).keys()]))
  return old?.files.filter(({ period }) => key.tf === null || periods.has(period)) ?? []
}

/** Writes the periods that gained rows; the others keep their file. */
const writeChanged = async (
  context: Context,
  { key, old, options }: { key: SeriesKey; old: Manifest | null; options: CommitOptions },
  table: Table,
): Promise<PartFile[]> => {
  const before = new Map(old?.files.map((file) => [file.period, file]))
  const parts = [...splitByPeriod(key, table)]
  const files: PartFile[] = []
  for (const [period, part] of parts) {
    options.checkpoint(`writing ${period}`, files.length / parts.length)
    const same = before.get(period)
    const unchanged = same !== undefined && same.rows === part.timeMs.length
    files.push(unchanged ? same : await writePart(context.duck, { folder: folderFor(context, key), key, period }, part))
  }
  return files
}

/** Rows of one series are known by one rule. */
const refuseOtherWords = (key: SeriesKey, old: Manifest | null, { published }: CommitOptions): void => {
  const other = old?.published === undefined || published === undefined ? null : contradiction(old.published, published)
  if (other === null) return
  throw new Failure('option_wrong', `${seriesName(key)}: ${other}`, {
    hint: 'give what is stored, or remove the series and import all of its files anew',
  })
}

const commitLocked = async (
  context: Context,
  {
    key,
    files,
    options,
    still,
  }: { key: SeriesKey; files: readonly Incoming[]; options: CommitOptions; still: () => Promise<void> },
): Promise<Committed> => {
  const folder = folderFor(context, key)
  const old = await readManifest(folder, key)
  refuseOtherWords(key, old, options)
  await removeStrays(folder, old?.files ?? [])
  const near = filesNear(key, files, old)
  const far = old?.files.filter((file) => !near.includes(file)) ?? []
  const merged = merge(await readParts(context.duck, { folder, key }, near), files, key)
  const clashing = faultyOf(files, merged)
  if (clashing.length > 0 && !options.skipBad) throw rowsRefused(clashing)
  if (merged.table.timeMs.length + far.length === 0)
    throw new Failure('rows_refused', `no good row is left for ${key.instrument}`)
  const duplicates = files.reduce((sum, file, k) => sum + file.duplicates + (merged.duplicates[k] ?? 0), 0)
  const faults = files.flatMap((file, k) => [...file.faults, ...(merged.faults[k] ?? [])])
  const skipped = faults.reduce((sum, fault) => sum + fault.count, 0)
  const sources = sourcesOf(old?.sources ?? [], files, merged)
  if (old !== null && merged.added === 0 && sources.length === old.sources.length && !options.holes?.length) {
    return { info: infoOf(old), added: 0, duplicates, skipped }
  }
  try {
    const written = await writeChanged(context, { key, old, options }, merged.table)
    const parts = [...far, ...written].sort((a, b) => a.firstMs - b.firstMs)
    const { timeMs } = merged.table
    const fresh = gapsIn(key, timeMs)
    const extent = extentOfFiles(key, parts, (file) =>
      (far.includes(file) ? (old?.gaps ?? []) : fresh).filter(
        (gap) => gap.fromMs > file.firstMs && gap.toMs <= file.lastMs,
      ),
    )
    const holes = unfilled([...(old?.holes ?? []), ...(options.holes ?? [])], key, { extent, timeMs })
    const manifest: Manifest = {
      ...{ format: 1, importer: importerVersion, ...key, ...extent, files: parts, sources },
      ...(holes.length === 0 ? {} : { holes }),
      ...(options.published === undefined ? {} : { published: options.published }),
    }
    options.checkpoint('committing', 1)
    await still()
    await writeManifest(folder, manifest)
    await removeStrays(folder, parts)
    return { info: infoOf(manifest), added: merged.added, duplicates, skipped }
  } catch (error) {
    // Whatever was written is not named by any manifest: the old state is whole, its leftovers go at once.
    await removeStrays(folder, (await readManifest(folder, key))?.files ?? [])
    throw writeFailure(error, folder)
  }
}

/** Looks at every byte: what a check reports instead of throwing. */
const inspected = async (context: Context, key: SeriesKey): Promise<Inspection> => {
  let info: SeriesInfo | null = null
  try {
    const found = await withManifest(context, key, async (manifest) => {
      if (manifest === null) return null
      info = infoOf(manifest)
      return {
        manifest,
        table: await readParts(context.duck, { folder: folderFor(context, key), key }, manifest.files),
      }
    })
    if (found === null) return { key, info, damage: [], table: null, gaps: [] }
    const { manifest, table } = found
    const now = extentOf(key, table)
    const fields = ['rows', 'fromMs', 'toMs', 'gaps'] as const
    const wrong = fields.filter((field) => JSON.stringify(now[field]) !== JSON.stringify(manifest[field]))
    const damage = wrong.map((field) => `its manifest's ${field} disagree with its rows`)
    return { key, info, damage, table, gaps: now.gaps }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { key, info, damage: [error.message], table: null, gaps: [] }
  }
}

/** A damaged series is named beside the others, it does not hide them. */
const overviewOf = async (context: Context): Promise<Overview> => {
  const series: SeriesInfo[] = []
  const damaged: Failure[] = []
  for (const key of await keysIn(context.dataDir)) {
    const found = await failureOr(() => readManifest(folderFor(context, key), key))
    if (found instanceof Failure) damaged.push(found)
    else if (found !== null) series.push(infoOf(found))
  }
  const facts = await failureOr(() => sheetsIn(context.dataDir))
  if (facts instanceof Failure) return { series, damaged: [...damaged, facts], facts: [] }
  const infos = facts.map(({ venue, what, asOfMs, source, markets, sourceFile: { name, sha256 } }) => {
    return { venue, what, asOfMs, source, markets: Object.keys(markets).length, file: name, sha256 }
  })
  return { series, damaged, facts: infos }
}

const seriesOf = async (context: Context, instrument: string): Promise<readonly SeriesInfo[]> => {
  const infos: SeriesInfo[] = []
  for (const key of await keysIn(context.dataDir, instrument)) {
    const manifest = await readManifest(folderFor(context, key), key)
    if (manifest !== null) infos.push(infoOf(manifest))
  }
  return infos
}

const faultyOf = (files: readonly Incoming[], merged: Merged): readonly FaultyFile[] =>
  files.flatMap(({ path }, k) => (merged.faults[k]?.length ? [{ path, faults: merged.faults[k] ?? [] }] : []))

export const createBarStore = ({ dataDir, lockWaitMs = 10_000 }: BarStoreOptions) => {
  if (/[*?[\]]/.test(dataDir)) {
    throw new Failure('option_wrong', `the data folder ${dataDir} has one of * ? [ ] in its path`, {
      hint: 'point DATA_DIR to another folder',
    })
  }
  const context: Context = { duck: createDuck(), dataDir }
  return {
    series: async (instrument?: string): Promise<readonly SeriesInfo[]> =>
      instrument === undefined ? (await overviewOf(context)).series : await seriesOf(context, instrument),
    overview: () => overviewOf(context),
    coverage: async (key: SeriesKey): Promise<Coverage> => {
      const manifest = await readManifest(folderFor(context, key), key)
      return manifest === null ? { stored: [], holes: [] } : { stored: storedOf(manifest), holes: manifest.holes ?? [] }
    },
    clashes: async (key: SeriesKey, files: readonly Incoming[]): Promise<readonly FaultyFile[]> =>
      faultyOf(files, merge(await tableBefore(context, key, Infinity), files, key)),
    keepFacts: (file: FactsFile): Promise<void> => storeFacts(dataDir, file),
    bars: async (key: { instrument: string; kind: 'klines' | 'mark'; tf: Timeframe }, toMs: number): Promise<BarRows> =>
      barsOf(key.tf, await tableBefore(context, key, toMs)),
    funding: async (instrument: string, toMs: number): Promise<FundingRows> =>
      fundingOf(await tableBefore(context, { instrument, kind: 'funding', tf: null }, toMs)),
    published: (key: SeriesKey, toMs: number): Promise<Table> => tableBefore(context, key, toMs),
    facts: (instrument: string): Promise<MarketFacts | null> => factsOf(dataDir, instrument),
    /** Adds rows in one step, or throws and leaves the series as it was. */
    commit: (key: SeriesKey, files: readonly Incoming[], options: CommitOptions): Promise<Committed> => {
      const folder = folderFor(context, key)
      const wait = { waitMs: lockWaitMs, onWait: () => options.checkpoint('waiting for another import', 0) }
      return withLock(folder, wait, (still) => commitLocked(context, { key, files, options, still })).catch(
        (error: unknown) => {
          throw writeFailure(error, folder)
        },
      )
    },
    /** Every series of an instrument (or all), every byte looked at. */
    inspect: async (instrument?: string): Promise<readonly Inspection[]> => {
      const found: Inspection[] = []
      for (const key of await keysIn(dataDir, instrument)) {
        const inspection = await inspected(context, key)
        if (inspection.info !== null || inspection.damage.length > 0) found.push(inspection)
      }
      return found
    },
    inspectOne: (key: SeriesKey): Promise<Inspection> => inspected(context, key),
    details: async (instrument?: string): Promise<readonly SeriesDetail[]> => {
      const keys = await keysIn(dataDir, instrument)
      const found = await Promise.all(keys.map((key) => detailOf(folderFor(context, key), key)))
      return found.filter((detail) => detail !== null)
    },
    remove: (key: SeriesKey): Promise<boolean> => {
      const folder = folderFor(context, key)
      return removeSeriesIn(folder, { waitMs: lockWaitMs, onWait: () => {} }).catch((error: unknown) => {
        throw writeFailure(error, folder)
      })
    },
    close: (): void => context.duck.close(),
  }
}
