// Answers about market data.
import { z } from 'zod'
import type { Dataset } from '../../../blocks/engine/dataset'
import { seriesKinds } from '../../core/series'
import type { CheckReport } from '../../run/data/checkSeries'
import type { CheckedOne, DescribedSeries, StoreDescription } from '../../run/data/describeStore'
import type { DownloadFollowed, DownloadNow } from '../../run/data/downloadJob'
import type { ImportResult } from '../../run/data/importFiles'
import type { listSeries } from '../../run/data/listSeries'
import type { Removal } from '../../run/data/removeSeries'
import { as, problem, sha256, timeMs, whole } from './common'

const key = { instrument: z.string(), kind: z.enum(seriesKinds), tf: z.string().nullable() }

/** As `playloom data list --json`; market facts are rows too. */
export const listed = as<Awaited<ReturnType<typeof listSeries>>>(
  z.object({
    series: z.array(
      z.looseObject({
        ...key,
        kind: z.string(),
        fromMs: timeMs,
        toMs: timeMs,
        rows: z.int(),
        gaps: z.int(),
        sha256,
        source: z.array(z.string()),
        quality: z.string(),
      }),
    ),
    problems: z.array(problem),
  }),
)

const info = z.looseObject({ ...key, fromMs: timeMs, toMs: timeMs, rows: z.int(), gaps: z.int(), sha256 })
const stored = {
  ...key,
  info: info.nullable(),
  quality: z.string(),
  damage: z.string().nullable(),
  bytes: z.number(),
}

export const store = as<StoreDescription>(
  z.object({
    series: z.array(z.object(stored)),
    practice: z.array(info),
    facts: z.array(z.looseObject({ venue: z.string(), file: z.string() })),
    troubles: z.array(z.string()),
    disk: z.object({
      folder: z.string(),
      seriesBytes: z.number(),
      cacheBytes: z.number(),
      freeBytes: z.number(),
      writable: z.boolean(),
    }),
  }),
)

const range = z.looseObject({ fromMs: timeMs, toMs: timeMs })
export const described = as<DescribedSeries>(
  z.object({
    ...stored,
    files: z.array(z.looseObject({ period: z.string(), rows: z.int(), bytes: z.number(), sha256 })),
    sources: z.array(z.looseObject({ name: z.string(), rows: z.int() })),
    gaps: z.array(range),
    holes: z.array(range),
  }),
)

export const checked = as<CheckedOne>(
  z.object({
    sha256: sha256.nullable(),
    sound: z.boolean(),
    quality: z.string(),
    findings: z.array(z.looseObject({ kind: z.string(), count: z.int(), words: z.string() })),
  }),
)

const gap = z.looseObject({ fromMs: timeMs, toMs: timeMs })
/** As `playloom data check --json`. */
export const report = whole<CheckReport>(
  z.object({
    series: z.array(
      z.object({
        key: z.object(key),
        info: info.nullable(),
        sound: z.boolean(),
        quality: z.string(),
        gaps: z.array(gap),
        findings: z.array(z.looseObject({ kind: z.string(), count: z.int() })),
      }),
    ),
    problems: z.array(problem),
  }),
)

const files = z.looseObject({
  hash: sha256,
  rows: z.int(),
  columns: z.array(z.object({ name: z.string(), bytes: z.number(), sha256 })),
})
/** Each column is a file at `/frames/<hash>/<name>`: little-endian Float64, from the first stored row to the last. */
export const dataset = as<Dataset>(
  z.looseObject({
    fromMs: timeMs,
    toMs: timeMs,
    lockboxMs: timeMs,
    pastLockbox: z.boolean(),
    span: z.object({ firstMs: timeMs, endMs: timeMs }),
    markets: z.array(
      z.looseObject({
        instrument: z.looseObject({ id: z.string() }),
        bars: files,
        funding: files.nullable(),
        mark: files.nullable(),
      }),
    ),
  }),
)

export const asked = z.object({ id: z.string(), joined: z.boolean() })

export const downloads = as<readonly DownloadNow[]>(
  z.array(
    z.looseObject({
      id: z.string(),
      instrument: z.string(),
      kind: z.string(),
      tf: z.string().nullable(),
      fromMs: timeMs.nullable(),
      toMs: timeMs.nullable(),
      state: z.enum(['waiting', 'taken', 'done', 'failed', 'cancelled']),
      failure: z.string().nullable(),
      cancelling: z.boolean(),
      createdMs: timeMs,
      endedMs: timeMs.nullable(),
    }),
  ),
)

const step = z.object({ label: z.string(), share: z.number(), rows: z.int(), pages: z.int(), untilMs: timeMs })
const outcome = z.union([
  z.object({
    result: z.looseObject({
      series: info.nullable(),
      fromMs: timeMs,
      toMs: timeMs,
      added: z.int(),
      pages: z.int(),
      holes: z.array(gap),
      notes: z.array(z.string()),
      markets: z.int(),
    }),
  }),
  z.object({ refused: z.object({ code: z.string(), message: z.string(), problems: z.array(problem) }) }),
])
/** `outcome`: as `playloom data download --json`, or why there is none. */
export const followed = whole<DownloadFollowed | null>(
  z
    .object({
      state: z.enum(['waiting', 'taken', 'done', 'failed', 'cancelled']),
      failure: z.string().nullable(),
      step: step.nullable(),
      outcome: outcome.nullable(),
    })
    .nullable(),
)

/** As `playloom data import --json`. */
export const imported = whole<ImportResult>(
  z.object({
    series: z.array(z.looseObject({ info, added: z.int(), duplicates: z.int(), skipped: z.int() })),
    facts: z.array(
      z.object({ venue: z.string(), what: z.string(), asOfMs: timeMs, source: z.string(), markets: z.int() }),
    ),
  }),
)

/** Of a file that is given away: the series that is in it. */
export const exported = z.object({
  kind: z.enum(seriesKinds),
  tf: z.string().nullable(),
  synthetic: z.boolean(),
  rows: z.int(),
})

export const removal = as<Removal>(
  z.object({
    dryRun: z.boolean(),
    series: z.array(z.object({ ...key, rows: z.int().nullable(), bytes: z.number(), sha256: sha256.nullable() })),
    bytes: z.number(),
    uses: z.looseObject({}).nullable(),
    recorded: z.boolean(),
  }),
)
