// The engine's own simulation in the shape of the second one, so that both can be held against vectors and each other.
import { advance } from '../../blocks/engine/simulate/advance'
import type { Sim } from '../../blocks/engine/simulate/desk'
import { begin, closedTrades, factsOf, openTrades, pendingOrders } from '../../blocks/engine/simulate/simulate'
import { equityAt } from '../../blocks/engine/simulate/wallet'
import { getBit } from '../../blocks/kit/bits'
import { difference } from '../blocks/engine/laws/difference'
import type { Account, Input, LedgerEntry, Result } from './types'

const accounts: Readonly<Record<string, Account>> = {
  realised: 'realised',
  maker_fee: 'fee',
  taker_fee: 'fee',
  liquidation_fee: 'liquidation',
  funding: 'funding',
  insurance: 'insurance',
}

const ledgerOf = (sim: Sim): LedgerEntry[] =>
  sim.state.wallet.entries.map(({ ms, account, usdt, trade }) => ({
    ms,
    account: accounts[account] ?? 'realised',
    amount: usdt,
    what: String(trade),
  }))

/** Minute by minute, so that the equity of each fill bar can be read. */
const equities = (sim: Sim): [number, number][] => {
  const rows: [number, number][] = []
  while (sim.state.minute < sim.endMinute) {
    const k = sim.state.minute
    advance(sim, k + 1)
    if (!getBit(sim.absent, k)) rows.push([sim.originMs + k * sim.stepMs, equityAt(sim, k + 1)])
  }
  return rows
}

/** Plays without anything to tell are left out, as the second simulator does. */
const byPlay = <T extends object | number>(sim: Sim, of: (play: number) => T): Record<number, T> =>
  Object.fromEntries(
    sim.state.counts
      .map((_, play): [number, T] => [play, of(play)])
      .filter(([, told]) => (typeof told === 'number' ? told !== 0 : Object.keys(told).length > 0)),
  )

const total = (sim: Sim, of: (play: number) => number): number =>
  sim.state.counts.reduce((sum, _, play) => sum + of(play), 0)

/** Minutes run one by one, in one go with all its leaps, and without any: one state. */
const mustAgree = (input: Input, minuteByMinute: Sim): void => {
  for (const plain of [false, true]) {
    const sim = begin({ ...input, plain })
    advance(sim, sim.endMinute)
    const found = difference(sim.state, minuteByMinute.state)
    if (found.length > 0)
      throw new Error(`in one go${plain ? ', plainly' : ''}, the run ends otherwise: ${found.join(', ')}`)
  }
}

/** The same question as the second simulator's `simulate`. */
export const simulateWithEngine = (input: Input): Result => {
  const sim = begin(input)
  const equity = equities(sim)
  mustAgree(input, sim)
  const facts = factsOf(sim, { fromMs: input.fromMs, toMs: input.toMs, benchmark: [] })
  const counts = (play: number) => {
    const found = sim.state.counts[play]
    if (found === undefined) throw new Error(`no counts of play ${play}`)
    return found
  }
  return {
    trades: closedTrades(sim),
    open: openTrades(sim),
    pending: pendingOrders(sim),
    drops: byPlay(sim, (play) => counts(play).drops),
    capped: byPlay(sim, (play) => counts(play).capped),
    partialBars: total(sim, (play) => counts(play).partialBars),
    lateFills: total(sim, (play) => counts(play).lateFills),
    staleFills: total(sim, (play) => counts(play).staleFills),
    ambiguous: total(sim, (play) => counts(play).ambiguousExits),
    liquidations: sim.state.figures.liquidations,
    reachedTogether: sim.state.figures.jointExtremes,
    ruined: sim.state.ruined,
    ledger: ledgerOf(sim),
    equity,
    daily: Array.from(facts.sampleMs, (ms, i): [number, number] => [ms, facts.sampleEquity[i] ?? Number.NaN]),
  }
}
