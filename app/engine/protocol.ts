// What the page and its engine worker say to each other. Plain data; columns travel as transferred buffers.
import type { Dataset } from '../../blocks/engine/dataset'
import type { WindowAsk as StretchAsk } from '../../blocks/engine/look/window'
import type { Report } from '../../blocks/engine/report/document'
import type { Settings } from '../../blocks/engine/settings'
import type { Problem } from '../../blocks/kit/problem'
import type { OwnBlocks } from '../../blocks/play/own'
import type { PlayTree, Scalar } from '../../blocks/play/tree'

// What a look into a run answers is the engine's own to say.
export type { Funnel, FunnelStep, NearMiss } from '../../blocks/engine/look/funnel'
export type { TradeLevels } from '../../blocks/engine/look/levels'
export type { ConditionLine } from '../../blocks/engine/look/lines'
export type { CursorValues } from '../../blocks/engine/look/look'
export type { NodeValue, Verdict } from '../../blocks/engine/look/values'
export type { DecisionWord, WhyAnswer } from '../../blocks/engine/look/why'
export type { CandleWindow, PivotMark, SeriesWindow } from '../../blocks/engine/look/window'

/** Data and settings of the runs of one open Play; the tree itself comes with each run. */
export interface RunSetup {
  readonly dataset: Dataset
  readonly settings: Settings
  /** [from, to), Unix ms. `to` stops at the lockbox line unless the trader says otherwise. */
  readonly fromMs: number
  readonly toMs: number
}

export interface RunRequest extends RunSetup {
  readonly tree: PlayTree
  /** Own Blocks that the tree stands on: the worker has no list of its own. */
  readonly blocks: OwnBlocks
  /** Values in place of the Play's own parameters. */
  readonly sets: Readonly<Record<string, Scalar>>
}

/** A run that ended: the same document as the command line prints, of which every hash can be compared. */
export interface RunResult {
  readonly report: Report
  /** Warnings of the checker. */
  readonly problems: readonly Problem[]
  /** Time inside the engine, ms: from the tree to the report. */
  readonly engineMs: number
}

export type RunOutcome =
  | { readonly kind: 'ran'; readonly result: RunResult }
  /** The Play or its data cannot run: nothing was computed. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** A newer edit came first: the caller forgets this one. */
  | { readonly kind: 'superseded' }

export interface WindowAsk extends StretchAsk {
  readonly instrument: string
}

export interface LoadProgress {
  /** What is being fetched or computed, in words. */
  readonly label: string
  readonly done: number
  readonly total: number
}

export type EngineStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress }
  | { readonly kind: 'running'; readonly sinceMs: number }
  /** The worker died and a new one was started; the Play is as it was. */
  | { readonly kind: 'restarted'; readonly message: string }
  /** Beyond the budget of the page: runs go to the server. */
  | { readonly kind: 'too_much_data'; readonly bytes: number; readonly budget: number }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | null }
