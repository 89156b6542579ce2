// A run is a function of its Plays, data and settings: looking on, order of loading and company change nothing.
import { describe, expect, it } from 'vitest'
import { explainAt } from '../../../../blocks/engine/inspect'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { isClosed } from '../../../../blocks/engine/metrics/outcome'
import type { Seat, SidePlan } from '../../../../blocks/engine/plan'
import { equityHash, tradesHash } from '../../../../blocks/engine/report/hashes'
import { type Run, type RunRequest, run } from '../../../../blocks/engine/run'
import { isProblems } from '../../../../blocks/engine/seats'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { DecisionRecord, Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, openTrades } from '../../../../blocks/engine/simulate/simulate'
import type { Trade } from '../../../../blocks/engine/trade'
import { Workspace } from '../../../../blocks/engine/workspace'
import type { PlayTree } from '../../../../blocks/play/tree'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, flatOf, plays, prepared, requestOf } from './cases'
import { difference } from './difference'
import { hold } from './must'

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
const plainOf = (seed: number): Plain => {
  const one = caseOf(seed)
  return { one, result: runOf(requestOf(one)) }
}

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

const tracing = ({ one, result }: Plain): number => {
  let heard = 0
  const traced = runOf({ ...requestOf(one), trace: () => void heard++ })
  expect(difference(resultOf(traced), resultOf(result)), `case ${one.seed}`).toEqual([])
  return heard
}

const orderOfLoading = ({ one, result }: Plain): number => {
  const flats = one.trees.map((tree) => flatOf(shuffled(tree)))
  const again = runOf(requestOf({ ...one, markets: [...one.markets].reverse(), flats }))
  expect(difference(hashesOf(again), hashesOf(result)), `case ${one.seed}`).toEqual([])
  return result.facts.trades.length
}

/** A single seat runs through quiet minutes in a loop of its own; in company it does not. */
const company = ({ one }: Plain): number => {
  const mute = (plan: SidePlan | null): SidePlan | null => (plan === null ? null : { ...plan, entries: [] })
  const seats = seatsOf(one)
  const [first] = seats
  if (first === undefined) return 0
  const play = 1 + Math.max(...seats.map((seat) => seat.play))
  const quiet: Seat = { ...first, play, long: mute(first.long), short: mute(first.short) }
  const [alone, accompanied] = [simOf(one, seats), simOf(one, [...seatsOf(one), quiet])]
  const { counts: _, books: ownBooks, days: __, ...own } = alone.state
  const { counts: ___, books, days: ____, ...theirs } = accompanied.state
  expect(difference(theirs, own), `case ${one.seed}`).toEqual([])
  expect(difference(books.slice(0, seats.length), ownBooks), `case ${one.seed}`).toEqual([])
  return own.trades.length
}

/** Counts the runs that do come apart: a target too small to close a step flags an exit and changes nothing. */
const band = ({ one, result }: Plain): number => {
  const [main, other] = [simOf(one, seatsOf(one)), simOf(one, seatsOf(one), true)]
  const flagged = [...main.state.trades, ...openTrades(main)].filter((trade) => trade.ambiguous)
  expect(flagged.length > 0, `case ${one.seed}`).toBe(result.ambiguity.exits > 0)
  expect(result.ambiguity.netPessimisticUsdt).toBe(main.state.equity - one.settings.equity)
  expect(result.ambiguity.netOptimisticUsdt).toBe(other.state.equity - one.settings.equity)
  const differences = difference(other.state, main.state)
  if (flagged.length === 0) {
    expect(differences, `case ${one.seed}`).toEqual([])
    return 0
  }
  const exits = flagged.map(({ legs }) => legs.find(({ reason }) => reason !== 'entry' && reason !== 'add'))
  const firstMs = Math.min(...exits.map((leg) => leg?.ms ?? Number.NaN))
  const earlier = (sim: Sim): Trade[] => sim.state.trades.filter(({ exitMs }) => (exitMs ?? firstMs) < firstMs)
  expect(difference(earlier(other), earlier(main)), `case ${one.seed}`).toEqual([])
  return differences.length
}

const oneWorkspace = ({ one, result }: Plain): number => {
  const workspace = new Workspace(one.markets)
  runOf(requestOf(one, workspace))
  expect(difference(resultOf(runOf(requestOf(one, workspace))), resultOf(result)), `case ${one.seed}`).toEqual([])
  return result.facts.trades.length
}

/** Words of a fill's minute, and of orders that end by the clock: explain stops before them or tells them first. */
const notOfTheDecision = /^(expired|cancelled|data_gap|post_only|insufficient_margin|position_changed)/

const explaining = ({ one }: Plain): number => {
  const records: DecisionRecord[] = []
  runOf({ ...requestOf(one), trace: (record) => records.push(record) })
  const seats = prepared(one)
  const dice = new Dice(one.seed)
  let told = 0
  for (let turn = 0; turn < 4; turn++) {
    const picked = dice.pick(records)
    const seat = seats.findIndex(
      (own) => own.seat.play === picked?.play && own.seat.instrument.id === picked.instrument,
    )
    const own = records.filter(
      ({ ms, play, instrument }) => ms === picked?.ms && play === picked.play && instrument === picked.instrument,
    )
    if (picked === undefined || own.some(({ reason }) => notOfTheDecision.test(reason ?? ''))) continue
    // Whoever asks about a decision that turned a trade round asks about the entry.
    const wanted =
      own.find(({ did }) => did === 'entry' || did === 'add') ?? own.find(({ did }) => did !== 'refused') ?? own[0]
    const found = explainAt(seats, one, { atMs: picked.ms + dice.int(0, 59_999), seat })
    const { did, side, setup, reason, node } = wanted ?? picked
    expect([found?.timeMs, found?.decision], `case ${one.seed}`).toEqual([
      picked.ms,
      { did, side, setup, reason, node },
    ])
    told += 1
  }
  return told
}

describe(`${plays} random runs`, () => {
  hold(
    {
      'explain says of a decision what the run did there': explaining,
      'tracing changes no result': tracing,
      'data loaded and documents written in another order: the same hashes': orderOfLoading,
      'a company that never trades changes no trade, ledger or figure': company,
      'S16 the two runs of the band differ only from the first ambiguous exit on': band,
      'two runs over one workspace, and a fresh one, tell the same to the last word': oneWorkspace,
    },
    plainOf,
  )
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
