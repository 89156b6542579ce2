// Which Play the guided first backtest is about, and whether home shows it alive or as a card. Pure.
import type { Guided } from './guide'

export interface First {
  readonly id: string
  /** The graph, the chart and the steps stand on home itself; else a card that leads there. */
  readonly live: boolean
  /** There is a Play of it already. */
  readonly begun: boolean
}

export interface FirstFacts {
  readonly kept: Guided | null
  /** Plays of this browser. */
  readonly ids: ReadonlySet<string>
  /** For a Play that is not there yet. */
  readonly freshId: string
}

/** Alive for who never saw the program and for who is in the middle of it; a card for who left it or went another way. */
export const firstOf = ({ kept, ids, freshId }: FirstFacts): First => {
  const begun = kept !== null && ids.has(kept.id)
  if (kept !== null && begun) return { id: kept.id, live: !kept.left, begun }
  return { id: freshId, live: ids.size === 0 && kept?.left !== true, begun }
}
