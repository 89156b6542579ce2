// Nothing looks ahead: what a run or a column says of its past never changes when more data arrive (semantics.md S5, S9).
import { expect, test } from 'vitest'
import { evaluate } from '../../../../blocks/engine/columns/evaluate'
import type { AnyColumn } from '../../../../blocks/engine/columns/store'
import type { PreparedSeat } from '../../../../blocks/engine/seats'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { DecisionRecord } from '../../../../blocks/engine/simulate/desk'
import { begin, factsOf, pendingOrders } from '../../../../blocks/engine/simulate/simulate'
import { Workspace } from '../../../../blocks/engine/workspace'
import { verdictAt } from '../../../../blocks/kit/bits'
import { closeMsOf } from '../../../../blocks/kit/timeframe'
import { minuteMs, until } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, patience, prepared, seeds } from './cases'
import { difference } from './difference'

/** A minute's end that every series has reached: what is cut off there is in mid-bar on any slower timeframe. */
const cutOf = (one: Case, dice: Dice): number => {
  const stored = one.markets.map(({ bars }) => new Set(bars.openMs))
  const from = Math.ceil(one.fromMs / minuteMs) + 60
  const to = Math.floor(one.toMs / minuteMs)
  for (;;) {
    const ms = dice.int(from, to) * minuteMs
    if (stored.every((times) => times.has(ms - minuteMs))) return ms
  }
}

const short = (one: Case, ms: number): Case => ({ ...one, markets: one.markets.map((market) => until(market, ms)) })

/** All that a run tells of [from, to). */
const told = (one: Case, toMs: number): object => {
  const { settings, fromMs } = one
  const decisions: DecisionRecord[] = []
  const seats = prepared({ ...one, toMs }).map(({ seat }) => seat)
  const sim = begin({ seats, settings, fromMs, toMs, trace: (record) => decisions.push(record) })
  advance(sim, sim.endMinute)
  const facts = factsOf(sim, { fromMs, toMs, benchmark: [] })
  return { facts, decisions, pending: pendingOrders(sim), counts: sim.state.counts, ledger: sim.state.wallet }
}

test(
  `${seeds.length} random runs over data that end at \`to\` and data that go on`,
  () => {
    let decided = 0
    for (const seed of seeds) {
      const one = caseOf(seed)
      const toMs = cutOf(one, new Dice(seed))
      const [cut, whole] = [told(short(one, toMs), toMs), told(one, toMs)]
      expect(difference(cut, whole), `case ${seed}`).toEqual([])
      decided += 'decisions' in whole && Array.isArray(whole.decisions) ? whole.decisions.length : 0
    }
    expect(decided).toBeGreaterThan(5 * seeds.length)
  },
  patience,
)

const readings = ({ evaluated }: PreparedSeat): { path: string; column: AnyColumn }[] =>
  evaluated.flat.nodes.flatMap((node, place) =>
    evaluated.nodes[place] === null
      ? []
      : Object.keys(evaluated.nodes[place]?.outputs ?? {})
          .filter((output) => node.type !== 'bars' || output !== '')
          .map((output) => ({ path: `${node.path}.${output}`, column: evaluated.onDecision(place, output) })),
  )

/** The first decision row up to `rows` at which two columns differ, or -1. */
const firstChange = (a: AnyColumn, b: AnyColumn, rows: number): number => {
  for (let i = 0; i < rows; i++) {
    if (a instanceof Float64Array && b instanceof Float64Array) {
      if (!Object.is(a[i], b[i])) return i
    } else if ('t' in a && 't' in b && verdictAt(a, i) !== verdictAt(b, i)) return i
  }
  return -1
}

/** Unlike a run, the columns know of nothing but bars: every node, at every decision that the cut data can make. */
test(
  `every column of ${seeds.length} random Plays over growing data`,
  () => {
    let compared = 0
    for (const seed of seeds) {
      const one = caseOf(seed)
      const dice = new Dice(seed + 17)
      const whole = prepared(one)
      for (const toMs of [cutOf(one, dice), cutOf(one, dice)]) {
        const workspace = new Workspace(short(one, toMs).markets)
        whole.forEach((seat) => {
          const { flat, binding, types, decision } = seat.evaluated
          const again = evaluate(flat, workspace, { binding, types })
          let rows = 0
          while (rows < decision.rows && closeMsOf(flat.tf, decision.row0 + rows) <= toMs) rows += 1
          const late = readings({ ...seat, evaluated: again })
          readings(seat).forEach(({ path, column }, j) => {
            const found = late[j]
            if (found === undefined) throw new Error(`${path} is gone`)
            expect(firstChange(column, found.column, rows), `case ${seed}: ${path} at ${toMs}`).toBe(-1)
            compared += 1
          })
        })
      }
    }
    expect(compared).toBeGreaterThan(20 * seeds.length)
  },
  patience,
)
