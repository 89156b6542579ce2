// Use-case: a run of record once more, and whether it came out the same: of one document, data and engine it must.
import { type Comparison, compareReports } from '../../../blocks/engine/report/compare'
import type { Actor, RunStore } from '../stores'
import { keptReport, noSuchRun } from './compareRecords'

/** Queues what was run, exactly; gives the new run's id. Throws Failure where there is none. */
export const repeatRun = async (
  runs: Pick<RunStore, 'source' | 'queue'>,
  id: string,
  actor: Actor,
): Promise<string> => {
  const source = await runs.source(id)
  if (source === null) throw noSuchRun()
  return runs.queue({ ...source, actor })
}

/** Every hash and figure of two reports as kept; what differs names the first trade and the first day. */
export const checkRecords = async (
  runs: Pick<RunStore, 'report'>,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<Comparison> => compareReports(await keptReport(runs, first), await keptReport(runs, second))
