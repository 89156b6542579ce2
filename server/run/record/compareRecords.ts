// Use-case: two runs of record beside each other, from their reports as kept and the documents that they ran.
import type { Report } from '../../../blocks/engine/report/document'
import { type Change, diff } from '../../../blocks/play/diff'
import type { PlayTree } from '../../../blocks/play/tree'
import { compareRuns, type RunComparison } from '../../core/compareRuns'
import { Failure } from '../../core/failure'
import type { PageRun } from '../ports'
import type { RunRow, RunStore } from '../stores'

export interface ComparedRun extends RunRow {
  /** USDT at the begin. */
  readonly start: number
  readonly equity: Report['equity']
}

export interface ComparedRecords extends RunComparison {
  readonly before: ComparedRun
  readonly after: ComparedRun
  /** What an editor did to the Play between them. */
  readonly document: readonly Pick<Change, 'kind' | 'what' | 'words'>[]
}

export const noSuchRun = (): Failure =>
  new Failure('file_not_found', 'there is no such run', { hint: 'look it up in the list of runs' })

const noReport = (): Failure =>
  new Failure('file_not_found', 'there is no report of this run', {
    hint: 'only a run that ended well has one; the list of runs says how each ended',
  })

/** The report as it is kept, byte for byte. Throws Failure where there is none. */
export const keptText = async (runs: Pick<RunStore, 'report'>, id: string): Promise<string> => {
  const text = await runs.report(id)
  if (text === null) throw noReport()
  return text
}

export const keptReport = async (runs: Pick<RunStore, 'report'>, id: string): Promise<Report> =>
  JSON.parse(await keptText(runs, id)) as Report

type Ports = Pick<RunStore, 'report' | 'rows' | 'request'>

const side = async (runs: Ports, id: string) => {
  const [row] = await runs.rows([id])
  if (row === undefined) throw noSuchRun()
  const report = await keptReport(runs, id)
  // It was checked before it was queued.
  const { tree } = (await runs.request(id)) as PageRun
  const compared: ComparedRun = { ...row, start: report.settings.equity, equity: report.equity }
  return { report, tree: tree as PlayTree, compared }
}

/** Throws Failure where one of them is not there or has no report. */
export const compareRecords = async (runs: Ports, ids: { before: string; after: string }): Promise<ComparedRecords> => {
  const [before, after] = [await side(runs, ids.before), await side(runs, ids.after)]
  return {
    ...compareRuns(before.report, after.report),
    before: before.compared,
    after: after.compared,
    document: diff(before.tree, after.tree).map(({ kind, what, words }) => ({ kind, what, words })),
  }
}
