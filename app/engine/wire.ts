// The wire between page and worker: numbered calls and their answers, and a word on what the engine is at.
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
  SeriesWindow,
  TradeLevels,
  WhyAnswer,
  WindowAsk,
} from './protocol'

/** What can be asked, by name. An answer is null where nothing has run yet. */
export interface Calls {
  readonly run: (ask: RunRequest) => Promise<RunOutcome>
  readonly candles: (ask: WindowAsk) => CandleWindow | null
  readonly series: (ask: SeriesAsk) => SeriesWindow | null
  readonly sparks: (ask: SparksAsk) => readonly SeriesWindow[] | null
  readonly pivots: (ask: WindowAsk) => readonly PivotMark[] | null
  readonly at: (ask: AtAsk) => CursorValues | null
  readonly why: (ask: WhyAsk) => WhyAnswer | null
  /** The ambiguity band of the run of these hashes; null where another run has come. */
  readonly band: (ask: RunName) => Promise<Ambiguity | null>
  readonly funnel: (ask: FunnelAsk) => readonly Funnel[] | null
  readonly levels: (ask: { readonly trade: number }) => TradeLevels | null
  readonly nearMisses: (ask: WindowAsk) => readonly NearMiss[] | null
  readonly tryOut: (ask: RunRequest) => RunOutcome
}
export type CallName = keyof Calls
export type AskOf<N extends CallName> = Parameters<Calls[N]>[0]
export type AnswerOf<N extends CallName> = Awaited<ReturnType<Calls[N]>>

export interface SeriesAsk extends WindowAsk {
  readonly node: string
  readonly output: string
}
/** Several outputs at once, of the market whose values stand on the nodes. */
export interface SparksAsk extends Omit<WindowAsk, 'instrument'> {
  readonly lines: readonly { readonly node: string; readonly output: string }[]
}
/** What tells one run from every other. */
export type RunName = Pick<Report, 'playHash' | 'settingsHash' | 'tradesHash' | 'equityHash'>
export interface AtAsk {
  readonly ms: number
}
export interface WhyAsk {
  readonly ms: number
  readonly instrument: string
  /** Number of a trade: the decision that sent its entry, whenever that was filled. */
  readonly trade?: number
}

export interface FunnelAsk {
  /** Null: the first market that is traded. */
  readonly instrument: string | null
}

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly ask: unknown }
  | { readonly kind: 'cancel' }

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string; readonly expected: boolean }
  | { readonly kind: 'status'; readonly status: EngineStatus }

/** An end that is no fault of the program: its message is a sentence for the reader. */
export class Told extends Error {
  override readonly name = 'Told'
}

/** Buffers of an answer that move instead of being copied. */
export const transfersOf = (answer: unknown): ArrayBuffer[] => {
  if (typeof answer !== 'object' || answer === null) return []
  return Object.values(answer).flatMap((value: unknown) =>
    value instanceof Float64Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  )
}
