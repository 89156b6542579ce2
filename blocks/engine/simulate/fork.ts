// The other run of the ambiguity band (semantics.md S16) differs only from the first ambiguous exit on: it begins at the
// last midnight before it at which every desk was flat.
import type { Sim } from './desk'
import { beginState, type State } from './state'

/**
 * What a flat simulation must know at midnight to go on trading as it would have: its money and the last exits; the
 * counts of the day begin anew. Trades, ledger, samples and figures of the time before are left behind, so only its equity
 * can be read at the end.
 */
export const flatCopy = ({ fromMs, settings, state }: Pick<Sim, 'fromMs' | 'settings' | 'state'>): State => {
  const copy = beginState({
    minute: state.minute,
    fromMs,
    equity: settings.equity,
    seats: state.books.length,
    plays: state.days.length,
  })
  follow(copy, state)
  return copy
}

/** Brings a copy, of which nothing has been run, to where the flat state stands now. */
const follow = (copy: State, state: State): void => {
  const { wallet, books } = state
  copy.minute = state.minute
  copy.wallet.balance = wallet.balance
  copy.wallet.sum = wallet.sum
  copy.wallet.absolute = wallet.absolute
  for (let j = 0; j < books.length; j++) copy.books[j].lastExit = books[j].lastExit
  copy.dayEquity = state.dayEquity
  copy.equity = state.equity
  copy.ruined = state.ruined
  copy.sizeRefusals = state.sizeRefusals
  const last = state.sampleMs.length - 1
  if (last < 0) return
  copy.sampleMs[0] = state.sampleMs[last]
  copy.sampleEquity[0] = state.sampleEquity[last]
}

const unambiguous = ({ state }: Sim): boolean => {
  for (const { ambiguousExits } of state.counts) if (ambiguousExits > 0) return false
  return true
}

/** Moves the fork to this moment, at which every desk is flat, unless an exit has been ambiguous already. */
export const moveFork = (sim: Sim): void => {
  if (sim.fork !== null && unambiguous(sim)) follow(sim.fork, sim.state)
}
