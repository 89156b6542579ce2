// What the eye is on: selection, time cursor, the trade or bar that is explained. Never saved, never in the history.
import { create } from 'zustand'
import type { TradeRow } from '../../blocks/engine/report/document'

/** How the Play is shown. */
export type Face = 'graph' | 'text' | 'words'
/** The lower part of the evidence column. */
export type EvidenceTab = 'trades' | 'equity' | 'distribution' | 'funnel' | 'months' | 'costs'

/** A trade or a bar under the question "why". */
export type Question =
  | { readonly kind: 'trade'; readonly no: number; readonly ms: number }
  | { readonly kind: 'bar'; readonly ms: number; readonly instrument?: string }

export interface View {
  readonly face: Face
  readonly evidence: EvidenceTab
  /** The evidence is pulled out, where the window has no room for it beside the Play. */
  readonly drawer: boolean
  /** Ids of selected nodes, sinks included. */
  readonly selected: readonly string[]
  /** The instant of the time cursor, Unix ms; null: the last decision of the run. */
  readonly cursorMs: number | null
  /** Node under the mouse, on the canvas or in a list: its series is shown on the chart. */
  readonly hovered: string | null
  readonly question: Question | null
  /** The trade that the bar in question would have opened, of a run that was only tried out. */
  readonly whatIf: TradeRow | null
  /** Block instances that are opened, outermost first: breadcrumbs. Empty: the Play itself. */
  readonly inside: readonly string[]
  /** Node that the canvas must bring into sight; null inside: all of the Play. A new object each time. */
  readonly reveal: { readonly node: string | null } | null
  /** Nodes that a guide has not come to yet: what they lack is no fault, and is not shown as one. */
  readonly awaited: readonly string[]
  /** Instant that the chart must bring into sight. */
  readonly goTo: { readonly ms: number } | null
}

const start: View = {
  face: 'graph',
  evidence: 'trades',
  drawer: false,
  selected: [],
  cursorMs: null,
  hovered: null,
  question: null,
  whatIf: null,
  inside: [],
  reveal: null,
  awaited: [],
  goTo: null,
}

/** `useView.setState({ cursorMs })` from anywhere; components select what they draw. */
export const useView = create<View>()(() => start)

/** Looks at a trade: cursor at its decision, chart and canvas follow. */
export const askTrade = (trade: { readonly no: number; readonly entryMs: number }): void =>
  useView.setState({
    question: { kind: 'trade', no: trade.no, ms: trade.entryMs },
    whatIf: null,
    cursorMs: trade.entryMs,
    goTo: { ms: trade.entryMs },
    drawer: true,
  })

/** Looks at a bar without a trade; of a basket, at that of the market that is shown. */
export const askBar = (ms: number, instrument?: string): void =>
  useView.setState({
    question: { kind: 'bar', ms, ...(instrument === undefined ? {} : { instrument }) },
    whatIf: null,
    cursorMs: ms,
    drawer: true,
  })

export const leaveQuestion = (): void => useView.setState({ question: null, whatIf: null })

export const resetView = (): void => useView.setState(start)
