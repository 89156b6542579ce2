// The other run of the ambiguity band (semantics.md S16) differs only from the first ambiguous exit on: it begins at the
// last midnight before it at which every desk was flat.
import type { Sim } from './desk'
import { beginState, type State } from './state'

/**
 * What a flat simulation must know at midnight to go on trading as it would have: its money and the last exits; the
 * counts of the day begin anew. Trades, ledger, samples and figures of the time before are left behind, so only its equity
 * can be read at the end.
 */
export const flatCopy = ({ fromMs, settings, state }: Sim): State => {
  const { wallet, days, books } = state
  const { balance, sum, absolute } = wallet
  const blank = beginState({
    minute: state.minute,
    fromMs,
    equity: settings.equity,
    seats: books.length,
    plays: days.length,
  })
  return {
    ...blank,
    wallet: { balance, entries: [], sum, absolute },
    books: books.map(({ lastExit }) => ({ pending: null, position: null, lastExit })),
    dayEquity: state.dayEquity,
    equity: state.equity,
    ruined: state.ruined,
    sizeRefusals: state.sizeRefusals,
    sampleMs: state.sampleMs.slice(-1),
    sampleEquity: state.sampleEquity.slice(-1),
  }
}

const unambiguous = ({ state }: Sim): boolean => {
  for (const { ambiguousExits } of state.counts) if (ambiguousExits > 0) return false
  return true
}

/** Moves the fork to this moment, at which every desk is flat, unless an exit has been ambiguous already. */
export const moveFork = (sim: Sim): void => {
  if (sim.fork !== null && unambiguous(sim)) sim.fork = flatCopy(sim)
}
