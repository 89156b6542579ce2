// Answers about runs of record. A report is the document of `playloom backtest --json`, whole and as it was written.
import { z } from 'zod'
import type { Explanation, SeriesRows } from '../../../blocks/engine/inspect'
import type { Comparison } from '../../../blocks/engine/report/compare'
import type { Report } from '../../../blocks/engine/report/document'
import type { StoredReport } from '../../run/ports'
import type { ComparedRecords } from '../../run/record/compareRecords'
import type { Queued } from '../../run/record/queueRun'
import type { RunNow, RunRow, RunTwin } from '../../run/stores'
import { as, problem, sha256, timeMs, whole } from './common'

/** Every key of a report goes through; those that callers go by are told. */
const reportKeys = z.looseObject({
  playHash: sha256,
  logicHash: sha256,
  engine: z.string(),
  settingsHash: sha256,
  tradesHash: sha256,
  equityHash: sha256,
  data: z.array(z.looseObject({ instrument: z.string(), kind: z.string(), sha256 })),
  range: z.looseObject({ fromMs: timeMs, toMs: timeMs }),
  settings: z.looseObject({}),
  metrics: z.record(z.string(), z.looseObject({ value: z.number().nullable(), enough: z.boolean() })),
  trades: z.array(z.looseObject({ no: z.int(), instrument: z.string(), netUsdt: z.number() })),
  equity: z.array(z.tuple([timeMs, z.number()])),
})
export const report = whole<Report>(reportKeys)
export const storedReport = whole<StoredReport>(
  reportKeys.extend({
    documents: z.array(z.looseObject({ play: z.string() })),
    blocks: z.array(z.looseObject({ block: z.string(), version: z.int() })).optional(),
    trace: z.array(z.looseObject({ ms: timeMs, instrument: z.string(), did: z.string() })).optional(),
  }),
)

const seen = z.union([z.number(), z.boolean(), z.string(), z.null()])
/** Rows by the hundred thousand: each is told, none is looked at. */
const rows = z.array(z.any()).meta({
  items: {
    type: 'array',
    prefixItems: [{ type: 'number' }, { type: ['number', 'boolean', 'string', 'null'] }, { type: 'boolean' }],
    description: 'Open of the bar (Unix ms), value, known.',
  },
})
export const series = whole<SeriesRows>(z.object({ node: z.string(), tf: z.string(), rows }))
export const explanation = whole<Explanation>(
  z.object({
    timeMs,
    nodes: z.record(z.string(), z.object({ value: seen, known: z.boolean() })),
    decision: z.object({
      did: z.string(),
      side: z.string().nullable(),
      setup: z.string().nullable(),
      reason: z.string().nullable(),
      node: z.string().nullable(),
    }),
  }),
)
export const queued: z.ZodType<Queued> = z.object({ id: z.string(), version: z.int() })
export const comparison = as<Comparison>(
  z.object({ identical: z.boolean(), differences: z.array(z.looseObject({ what: z.string(), message: z.string() })) }),
)

const now = {
  id: z.string(),
  playId: z.string(),
  playVersionId: z.string().nullable(),
  playHash: sha256,
  state: z.enum(['queued', 'running', 'done', 'refused', 'failed', 'cancelled']),
  trades: z.int().nullable(),
  tradesHash: sha256.nullable(),
  fromMs: timeMs,
  toMs: timeMs,
  createdMs: timeMs,
  endedMs: timeMs.nullable(),
  failure: z.string().nullable(),
  progress: z.object({ label: z.string(), share: z.number() }).nullable(),
  cancelling: z.boolean(),
  problems: z.array(problem),
}
export const runNow: z.ZodType<RunNow> = z.object(now)

const rowShape = as<RunRow>(
  z.object({
    ...now,
    title: z.string(),
    version: z.int().nullable(),
    markets: z.array(z.string()),
    tf: z.string().nullable(),
    startedMs: timeMs.nullable(),
    engine: z.string().nullable(),
    equityHash: sha256.nullable(),
    figures: z
      .looseObject({
        metrics: z.record(z.string(), z.looseObject({ value: z.number().nullable(), enough: z.boolean() })),
        range: z.looseObject({ fromMs: timeMs, toMs: timeMs }),
      })
      .nullable(),
  }),
)
export const runRow = rowShape.nullable()
export const runRows = z.array(rowShape) as z.ZodType<readonly RunRow[]>

export const twins: z.ZodType<readonly RunTwin[]> = z.array(
  z.object({
    id: z.string(),
    tradesHash: sha256.nullable(),
    equityHash: sha256.nullable(),
    endedMs: timeMs.nullable(),
  }),
)

const trade = z.looseObject({ no: z.int(), instrument: z.string(), netUsdt: z.number() })
const pair = z.looseObject({ before: z.unknown(), after: z.unknown() })
export const compared = as<ComparedRecords>(
  z.looseObject({
    before: z.looseObject({ id: z.string() }),
    after: z.looseObject({ id: z.string() }),
    same: z.record(z.string(), z.boolean()),
    settings: z.array(pair),
    data: z.array(pair),
    metrics: z.array(pair),
    document: z.array(z.object({ kind: z.string(), what: z.string(), words: z.string() })),
    gained: z.array(trade),
    lost: z.array(trade),
    changed: z.array(z.object({ before: trade, after: trade })),
    kept: z.int(),
  }),
)
