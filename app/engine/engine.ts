// The engine as the page sees it: one module speaks to the worker (client.ts), everybody else to this interface.
import type { Report } from '../../blocks/engine/report/document'
import type { Ambiguity } from '../../blocks/engine/report/input'
import type {
  CandleWindow,
  CursorValues,
  EngineStatus,
  Funnel,
  NearMiss,
  PivotMark,
  RunOutcome,
  RunRequest,
  RunResult,
  SeriesWindow,
  TradeLevels,
  WhyAnswer,
  WindowAsk,
} from './protocol'
import type { SparksAsk } from './wire'

/** Where a difference between the page's run and the server's lies. */
export interface Verification {
  readonly identical: boolean
  /** Hashes and figures that differ: name, here, there. */
  readonly differences: readonly (readonly [name: string, here: string, there: string])[]
  readonly serverMs: number
  /** The run of the page, and what came of the same on the server. */
  readonly here: Report
  readonly there: Report
}

/**
 * All answers refer to the newest run that ended. A question that a newer one of the same kind overtakes gives null:
 * superseded work is dropped, never queued. Rejects only with an Error whose message is a sentence for the reader.
 */
export interface Engine {
  /** Fetches what is missing of the dataset, runs, and keeps the run for the questions below. */
  readonly run: (request: RunRequest) => Promise<RunOutcome>
  readonly cancel: () => void
  /**
   * The ambiguity band of the run of this report, whose first figures came without its other end. Null where another run
   * has come.
   */
  readonly band: (report: Report) => Promise<Ambiguity | null>
  readonly candles: (ask: WindowAsk) => Promise<CandleWindow | null>
  readonly series: (ask: WindowAsk & { readonly node: string; readonly output: string }) => Promise<SeriesWindow | null>
  /** Short stretches of several outputs at once, for the lines on nodes. */
  readonly sparks: (ask: SparksAsk) => Promise<readonly SeriesWindow[] | null>
  readonly pivots: (ask: WindowAsk) => Promise<readonly PivotMark[] | null>
  /** Every node's value at the last decision close at or before `ms`. Cheap enough for every move of the mouse. */
  readonly at: (ms: number) => Promise<CursorValues | null>
  /** `trade`: number of a trade of the run; the decision that sent its entry, whenever that was filled. */
  readonly why: (ask: {
    readonly ms: number
    readonly instrument: string
    readonly trade?: number
  }) => Promise<WhyAnswer | null>
  /** Of one market; the first that is traded where none is named. */
  readonly funnel: (instrument?: string) => Promise<readonly Funnel[] | null>
  /** A run that nobody keeps, over the data that are there: all answers stay those of the newest run. */
  readonly tryOut: (request: RunRequest) => Promise<RunOutcome | null>
  /** Where stop and targets of a trade of the run stood from minute to minute. */
  readonly levels: (trade: number) => Promise<TradeLevels | null>
  /** Bars of a stretch at which all conditions but one were true. */
  readonly nearMisses: (ask: WindowAsk) => Promise<readonly NearMiss[] | null>
  /** The same request on the server, compared with the newest run here. */
  /** `there`: another way to run it on the server than the plain one, such as for the record. */
  readonly verify: (there?: (request: RunRequest) => Promise<Report>) => Promise<Verification>
  readonly status: () => EngineStatus
  /** Gives back how to stop listening. */
  readonly onStatus: (listener: (status: EngineStatus) => void) => () => void
  /** The newest run that ended, if any. */
  readonly latest: () => RunResult | null
  readonly close: () => void
}
