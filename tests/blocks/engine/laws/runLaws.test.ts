// A run is a function of its Plays, data and settings: looking on, order of loading and company change nothing.
import { beforeAll, describe, expect, it } from 'vitest'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { isClosed } from '../../../../blocks/engine/metrics/outcome'
import type { Seat, SidePlan } from '../../../../blocks/engine/plan'
import { equityHash, tradesHash } from '../../../../blocks/engine/report/hashes'
import { type Run, type RunRequest, run } from '../../../../blocks/engine/run'
import { isProblems } from '../../../../blocks/engine/seats'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, openTrades } from '../../../../blocks/engine/simulate/simulate'
import type { Trade } from '../../../../blocks/engine/trade'
import { Workspace } from '../../../../blocks/engine/workspace'
import type { PlayTree } from '../../../../blocks/play/tree'
import { type Case, caseOf, flatOf, prepared, requestOf, seeds } from './cases'
import { difference } from './difference'

const runOf = (request: RunRequest): Run => {
  const made = run(request)
  if (Array.isArray(made)) throw new Error(JSON.stringify(made))
  return made
}
const hashesOf = (made: Run): object => {
  const steps = new Map(made.seats.map(({ seat }) => [seat.instrument.id, seat.instrument.step]))
  return {
    trades: tradesHash(made.facts.trades.filter(isClosed), steps),
    equity: equityHash(made.facts.sampleEquity),
    metrics: metricsOf(made.facts),
  }
}
/** All that a report is made of. */
const resultOf = ({ facts, pending, friction, ambiguity, range, notices }: Run): object => ({
  facts,
  pending,
  friction,
  ambiguity,
  range,
  notices,
})

const simOf = (one: Case, seats: readonly Seat[], targetsFirst = false): Sim => {
  const { settings, fromMs, toMs } = one
  const sim = begin({ seats, settings, fromMs, toMs, targetsFirst })
  advance(sim, sim.endMinute)
  return sim
}
const seatsOf = (one: Case): Seat[] => prepared(one).map(({ seat }) => seat)

interface Plain {
  readonly one: Case
  readonly result: Run
}
let all: readonly Plain[] = []
beforeAll(() => {
  all = seeds.map((seed) => {
    const one = caseOf(seed)
    return { one, result: runOf(requestOf(one)) }
  })
}, 600_000)

const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).reverse())
const turned = (side: PlayTree['long']): PlayTree['long'] =>
  typeof side === 'string'
    ? side
    : { ...side, exits: [...side.exits].reverse(), filters: [...(side.filters ?? [])].reverse() }
const shuffled = (tree: PlayTree): PlayTree => ({
  ...tree,
  markets: reversed(tree.markets),
  nodes: reversed(tree.nodes),
  long: turned(tree.long),
  short: turned(tree.short),
})

describe(`${seeds.length} random runs`, () => {
  it('tracing changes no result', () => {
    let heard = 0
    for (const { one, result } of all) {
      const traced = runOf({ ...requestOf(one), trace: () => void heard++ })
      expect(difference(resultOf(traced), resultOf(result)), `case ${one.seed}`).toEqual([])
    }
    expect(heard).toBeGreaterThan(all.length)
  })

  it('the same data loaded in another order, the same document written in another order: the same hashes', () => {
    for (const { one, result } of all) {
      const turnedOver = {
        ...one,
        markets: [...one.markets].reverse(),
        flats: one.trees.map((tree) => flatOf(shuffled(tree))),
      }
      const again = runOf(requestOf(turnedOver))
      expect(difference(hashesOf(again), hashesOf(result)), `case ${one.seed}`).toEqual([])
    }
  })

  it('a company that never trades changes no trade, ledger or figure', () => {
    const mute = (plan: SidePlan | null): SidePlan | null => (plan === null ? null : { ...plan, entries: [] })
    let held = 0
    for (const { one } of all) {
      const seats = seatsOf(one)
      const [first] = seats
      if (first === undefined) continue
      const quiet: Seat = {
        ...first,
        play: 1 + Math.max(...seats.map(({ play }) => play)),
        long: mute(first.long),
        short: mute(first.short),
      }
      const [alone, accompanied] = [simOf(one, seats), simOf(one, [...seatsOf(one), quiet])]
      const { counts: _, books: ownBooks, days: __, ...own } = alone.state
      const { counts: ___, books, days: ____, ...theirs } = accompanied.state
      expect(difference(theirs, own), `case ${one.seed}`).toEqual([])
      expect(difference(books.slice(0, seats.length), ownBooks), `case ${one.seed}`).toEqual([])
      held += own.trades.length
    }
    expect(held).toBeGreaterThan(all.length)
  })

  it('S16 the two runs of the band differ only from the first ambiguous exit on', () => {
    let [ambiguous, apart] = [0, 0]
    for (const { one, result } of all) {
      const [main, other] = [simOf(one, seatsOf(one)), simOf(one, seatsOf(one), true)]
      const flagged = [...main.state.trades, ...openTrades(main)].filter((trade) => trade.ambiguous)
      expect(flagged.length > 0, `case ${one.seed}`).toBe(result.ambiguity.exits > 0)
      ambiguous += result.ambiguity.exits
      expect(result.ambiguity.netPessimisticUsdt).toBe(main.state.equity - one.settings.equity)
      if (flagged.length === 0) {
        expect(difference(other.state, main.state), `case ${one.seed}`).toEqual([])
        continue
      }
      expect(result.ambiguity.netOptimisticUsdt).toBe(other.state.equity - one.settings.equity)
      const exits = flagged.map(({ legs }) => legs.find(({ reason }) => reason !== 'entry' && reason !== 'add'))
      const firstMs = Math.min(...exits.map((leg) => leg?.ms ?? Number.NaN))
      const earlier = (sim: Sim): Trade[] => sim.state.trades.filter(({ exitMs }) => (exitMs ?? firstMs) < firstMs)
      expect(difference(earlier(other), earlier(main)), `case ${one.seed}`).toEqual([])
      // An unfilled target too small to close a step flags the exit and changes nothing.
      apart += difference(other.state, main.state).length > 0 ? 1 : 0
    }
    expect(Math.min(ambiguous, apart)).toBeGreaterThan(0)
  })

  it('two runs over one workspace, and a fresh one, tell the same to the last word', () => {
    for (const { one, result } of all) {
      const workspace = new Workspace(one.markets)
      runOf(requestOf(one, workspace))
      expect(difference(resultOf(runOf(requestOf(one, workspace))), resultOf(result)), `case ${one.seed}`).toEqual([])
    }
  })
})

describe('S9', () => {
  it('a range without bars and an empty one are refused in words', () => {
    const one = caseOf(1)
    for (const range of [
      { fromMs: one.toMs, toMs: one.toMs },
      { fromMs: 0, toMs: 86_400_000 },
    ]) {
      const made = run({ ...requestOf(one), ...range })
      expect(Array.isArray(made) && isProblems(made) && made[0]?.code).toBe('range_empty')
    }
  })
})
