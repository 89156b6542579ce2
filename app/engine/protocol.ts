// What the page and its engine worker say to each other. Plain data; columns travel as transferred buffers.
import type { Dataset } from '../../blocks/engine/dataset'
import type { Report } from '../../blocks/engine/report/document'
import type { Settings } from '../../blocks/engine/settings'
import type { Side } from '../../blocks/engine/trade'
import type { Problem } from '../../blocks/kit/problem'
import type { Timeframe } from '../../blocks/kit/timeframe'
import type { PlayTree, Scalar } from '../../blocks/play/tree'

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

/** Bars of the visible window, one row a bar; ascending. All columns have the same length. */
export interface CandleWindow {
  readonly tf: Timeframe
  readonly openMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** First and last bar that there is on this timeframe, Unix ms. */
  readonly firstMs: number
  readonly lastMs: number
}

export interface WindowAsk {
  readonly instrument: string
  readonly fromMs: number
  readonly toMs: number
  /** The finest timeframe that stays below is taken, never finer than `tf`. */
  readonly maxBars: number
  readonly tf: Timeframe
}

/** Values of one node's output over a window. Of conditions 1, 0 and NaN for true, false and unknown. */
export interface SeriesWindow {
  readonly node: string
  readonly output: string
  /** Close of the bar that a value became known at, Unix ms. */
  readonly knownMs: Float64Array
  readonly values: Float64Array
  /** Names of a kind's codes. */
  readonly kinds: readonly string[] | null
}

export type Verdict = 'true' | 'false' | 'unknown'

/** One node's output at the time cursor. */
export interface NodeValue {
  /** `id` or `id.output`. */
  readonly name: string
  readonly number: number | null
  readonly verdict: Verdict | null
  readonly kind: string | null
  /** Of a comparison: both sides, so that the node can say by how much. */
  readonly sides: readonly [left: number, right: number] | null
  /** Close of the bar that the value stems from, Unix ms; earlier than the cursor on slower clocks and held levels. */
  readonly sinceMs: number | null
}

export interface CursorValues {
  /** Close of the decision bar under the cursor. */
  readonly timeMs: number
  readonly values: Readonly<Record<string, NodeValue>>
}

export type DecisionWord = 'entry' | 'add' | 'exit' | 'refused' | 'cancelled' | 'expired' | 'nothing'

/** One condition on the way to an entry, in the author's order: filters first, then the setup's operands. */
export interface ConditionLine {
  readonly node: string
  readonly verdict: Verdict
  /** What was compared, e.g. 17.5 and 18; null where there is nothing to compare. */
  readonly sides: readonly [left: number, right: number] | null
  /** How far from true, in the unit of the left side; 0 when true; null when it cannot be said. */
  readonly short: number | null
  readonly sinceMs: number | null
}

/** Why there is an entry at a bar, or why there is none. */
export interface WhyAnswer extends CursorValues {
  readonly side: Side
  readonly setup: string | null
  readonly did: DecisionWord
  /** `in_trade`, `no_setup`, `no_rise`, a drop reason with its detail, or null. */
  readonly reason: string | null
  /** The first that said no, or the node that blocked. */
  readonly node: string | null
  readonly lines: readonly ConditionLine[]
}

/** Bars that are still in after each step, in order; and how many each step alone stopped. */
export interface FunnelStep {
  /** Node path, or one of `all`, `warm`, `flat`, `rise`, `limits`, `orders`. */
  readonly step: string
  readonly left: number
  readonly stopped: number
  /** Bars that only this step stopped: without it they would have passed. */
  readonly onlyIt: number | null
}

export interface Funnel {
  readonly side: Side
  readonly setup: string
  readonly steps: readonly FunnelStep[]
}

/** Structure marks of a `swing` node: a pivot at the bar where it formed, known at a later one. */
export interface PivotMark {
  readonly node: string
  readonly kind: 'high' | 'low'
  readonly formedMs: number
  readonly knownMs: number
  readonly price: number
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
