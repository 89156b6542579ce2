// The newest run and what it replaced: results, problems, and whether they are still those of the Play on the canvas.
import { create } from 'zustand'
import type { Dataset } from '../../blocks/engine/dataset'
import type { Ambiguity } from '../../blocks/engine/report/input'
import type { Problem } from '../../blocks/kit/problem'
import type { EngineStatus, RunResult } from '../engine/protocol'

export interface RunState {
  readonly status: EngineStatus
  /** Of the newest run that ended. Kept, and shown as stale, while a newer one is on its way or the Play has errors. */
  readonly result: RunResult | null
  /** The ambiguity band of `result`, once its other end has run; null: as the report has it. */
  readonly band: Ambiguity | null
  /** The run before, for the differences of the last edit. */
  readonly previous: RunResult | null
  /** Label of the edit that the result belongs to. */
  readonly label: string | null
  /** What the checker says of the Play as it stands, errors first. */
  readonly problems: readonly Problem[]
  /** The result is not that of the Play on the canvas. */
  readonly stale: boolean
  /** Data that the Play's markets stand for; null while they are looked for or cannot be had. */
  readonly dataset: Dataset | null
  /** Why there are no data, and what to do. */
  readonly dataProblem: { readonly message: string; readonly hint: string | null } | null
}

export const useRun = create<RunState>()(() => ({
  status: { kind: 'idle' },
  result: null,
  band: null,
  previous: null,
  label: null,
  problems: [],
  stale: false,
  dataset: null,
  dataProblem: null,
}))
