// The manifest of a series: which immutable files it consists of. Renaming a new one into place is the commit.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hashOf, sha256Hex } from '../../../blocks/kit/hash'
import { tfMs, timeframes } from '../../../blocks/kit/timeframe'
import { intersect, lengthMs } from '../../core/downloadRanges'
import { Failure } from '../../core/failure'
import {
  type FaultCounts,
  faultKinds,
  isPublished,
  type SeriesInfo,
  type SeriesKey,
  seriesKinds,
  seriesName,
} from '../../core/series'
import { isMissing, readFailure, replaceFile } from './files'

export const manifestName = 'manifest.json'
/** Version of the importer: what it reads and how it judges. */
export const importerVersion = '1'

const count = z.number().int().min(0)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const fileSchema = z.strictObject({
  /** The month (2023-01) or year (2023) that the file holds. */
  period: z.string().regex(/^\d{4}(-\d{2})?$/),
  name: z.string().regex(/^[0-9a-z-]+\.parquet$/),
  rows: count.min(1),
  /** Times of the first and the last row. */
  firstMs: z.number(),
  lastMs: z.number(),
  bytes: count,
  sha256: hash,
})

const sourceSchema = z.strictObject({
  name: z.string(),
  sha256: hash,
  rows: count,
  duplicates: count,
  skipped: z.partialRecord(z.enum(faultKinds), count),
  /** Of rows that a venue answered with: when the last of them did. Its pages of one day are one source. */
  fetchedMs: z.number().optional(),
})

const manifestSchema = z.strictObject({
  format: z.literal(1),
  importer: z.string(),
  instrument: z.string(),
  kind: z.enum(seriesKinds),
  tf: z.enum(timeframes).nullable(),
  rows: count.min(1),
  /** Open of the first bar and close of the last (funding: first and last stamp). */
  fromMs: z.number(),
  toMs: z.number(),
  gaps: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number(), missing: count.min(1) })),
  /** Of published figures. */
  published: z
    .strictObject({ name: z.string(), source: z.string(), unit: z.string(), delayMs: count, maxAgeMs: count.min(1) })
    .optional(),
  /** Stretches for which the venue itself has no rows, as it said twice. */
  holes: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number() })).optional(),
  files: z.array(fileSchema).min(1),
  sources: z.array(sourceSchema).min(1),
})

export type Manifest = z.output<typeof manifestSchema>
export type PartFile = z.output<typeof fileSchema>
export type SourceFile = z.output<typeof sourceSchema>

export const damaged = (key: SeriesKey, what: string, cause?: unknown): Failure =>
  new Failure('store_damaged', `the stored series ${seriesName(key)} is damaged: ${what}`, {
    hint: `run playloom data check; delete it (playloom data delete ${key.instrument}), then import or download it again`,
    cause,
  })

/** What the manifest says against itself, or null. */
const contradiction = (key: SeriesKey, manifest: Manifest): string | null => {
  const { files, rows } = manifest
  if (manifest.instrument !== key.instrument || manifest.kind !== key.kind || manifest.tf !== key.tf) {
    return `its manifest names ${seriesName(manifest)}`
  }
  const sum = files.reduce((n, file) => n + file.rows, 0)
  if (sum !== rows) return `its manifest counts ${rows} rows, its files hold ${sum}`
  if (files[0]?.firstMs !== manifest.fromMs) return 'its manifest begins at another time than its first file'
  const overlap = files.some((file, i) => i > 0 && file.firstMs <= (files[i - 1]?.lastMs ?? Infinity))
  if (overlap) return 'its files are not in order of time'
  return isPublished(key.kind) === (manifest.published !== undefined) ? null : 'it does not tell when it is known'
}

/** Null when there is none. Throws store_damaged. */
export const readManifest = async (folder: string, key: SeriesKey): Promise<Manifest | null> => {
  const path = join(folder, manifestName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw readFailure(error, path)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw damaged(key, `${path} is no JSON`, error)
  }
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) throw damaged(key, `${path}: ${z.prettifyError(parsed.error).split('\n')[0]}`)
  const wrong = contradiction(key, parsed.data)
  if (wrong !== null) throw damaged(key, wrong)
  return parsed.data
}

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  replaceFile(join(folder, manifestName), async (temporary) => {
    await writeFile(temporary, `${JSON.stringify(manifestSchema.parse(manifest), null, 1)}\n`)
    return undefined
  })

const skippedOf = (sources: readonly SourceFile[]): FaultCounts => {
  const total: Partial<Record<(typeof faultKinds)[number], number>> = {}
  for (const { skipped } of sources) {
    for (const kind of faultKinds) if (skipped[kind]) total[kind] = (total[kind] ?? 0) + skipped[kind]
  }
  return total
}

/** Bars of the gaps that lie in holes of the venue. */
const missingAtVenue = ({ gaps, holes = [], tf }: Manifest): number =>
  tf === null ? 0 : lengthMs(intersect(gaps, holes)) / tfMs[tf]

/** When published values are known decides what a run sees of them: it belongs to the content. */
const contentHash = ({ files, published }: Manifest): string => {
  const parts = files.map((file) => `${file.sha256}\n`).join('')
  return sha256Hex(published === undefined ? parts : `${parts}${hashOf(published)}\n`)
}

export const infoOf = (manifest: Manifest): SeriesInfo => ({
  instrument: manifest.instrument,
  kind: manifest.kind,
  tf: manifest.tf,
  fromMs: manifest.fromMs,
  toMs: manifest.toMs,
  rows: manifest.rows,
  gaps: manifest.gaps.length,
  missing: manifest.gaps.reduce((sum, gap) => sum + gap.missing, 0),
  ...(missingAtVenue(manifest) > 0 ? { missingAtVenue: missingAtVenue(manifest) } : {}),
  duplicates: manifest.sources.reduce((sum, source) => sum + source.duplicates, 0),
  skipped: skippedOf(manifest.sources),
  sha256: contentHash(manifest),
  source: manifest.sources.map((source) => source.name),
  synthetic: false,
  ...(manifest.published === undefined ? {} : { published: manifest.published }),
})
