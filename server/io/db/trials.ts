// The ledger of looks at data: rows are added, never changed.
import type { TrialStore } from '../../run/stores'
import { type Database, guarded } from './client'

export const createTrialStore = (db: Database): TrialStore => ({
  add: (rows) => guarded(async () => (await db.trial.createMany({ data: [...rows], skipDuplicates: true })).count),
  count: (lineage, datasetHash) => guarded(() => db.trial.count({ where: { lineage, datasetHash } })),
})
