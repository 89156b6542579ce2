// The cache of columns saves time and changes nothing; an edit computes what lies downstream of it and no more.
import { describe, expect, it, vi } from 'vitest'
import { evaluate } from '../../../../blocks/engine/columns/evaluate'
import { run } from '../../../../blocks/engine/run'
import { Workspace } from '../../../../blocks/engine/workspace'
import { verdictAt } from '../../../../blocks/kit/bits'
import type { Flat, FlatNode, Operand } from '../../../../blocks/play/flat'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, patience, prepared, requestOf, seeds, typesByKey } from './cases'
import { difference } from './difference'

const facts = (one: Case, workspace: Workspace): object => {
  const made = run(requestOf(one, workspace))
  if (Array.isArray(made)) throw new Error(JSON.stringify(made))
  const { facts: found, friction, pending, notices } = made
  return { found, friction, pending, notices }
}

/** Some nodes are never computed: role makers and what hangs on the trade. */
const hasColumns = (node: FlatNode): boolean =>
  node.scope === 'market' && typesByKey.get(`${node.type}@${node.major}`)?.part === undefined

const wires = (node: FlatNode): Operand[] => Object.values(node.inputs).flat()

/** Places that read `place`, itself included, however far down. */
const downstream = (flat: Flat, place: number): Set<number> => {
  const seen = new Set([place])
  flat.nodes.forEach((node, j) => {
    if (wires(node).some((operand) => 'node' in operand && seen.has(operand.node))) seen.add(j)
  }, patience)
  return seen
}

interface Edit {
  readonly place: number
  readonly flat: Flat
}

/** One length longer, or one constant a little larger than anybody would write. */
const edits = (flat: Flat): Edit[] =>
  flat.nodes.flatMap((node, place): Edit[] => {
    if (!hasColumns(node)) return []
    const put = (changed: FlatNode): Edit => ({ place, flat: { ...flat, nodes: flat.nodes.with(place, changed) } })
    const { length } = node.params
    const longer = typeof length === 'number' ? [put({ ...node, params: { ...node.params, length: length + 61 } })] : []
    const lifted = Object.entries(node.inputs).flatMap(([port, list]): Edit[] => {
      const at = list.findIndex((operand) => 'constant' in operand)
      const operand = list[at]
      if (operand === undefined || 'node' in operand) return []
      const constant = { ...operand, constant: operand.constant + 0.123456789 }
      return [put({ ...node, inputs: { ...node.inputs, [port]: list.with(at, constant) } })]
    })
    return [...longer, ...lifted]
  }, patience)

describe(`${seeds.length} random runs`, () => {
  it(
    'a cache of any size changes no result',
    () => {
      for (const seed of seeds) {
        const one = caseOf(seed)
        const roomy = facts(one, new Workspace(one.markets))
        for (const budget of [0, 200_000]) {
          const workspace = new Workspace(one.markets, budget)
          for (const turn of ['first', 'second'])
            expect(difference(facts(one, workspace), roomy), `case ${seed}, ${budget} bytes, ${turn} run`).toEqual([])
        }
      }
    },
    patience,
  )

  it(
    'Plays that share a workspace do not disturb each other',
    () => {
      let pairs = 0
      for (const seed of seeds) {
        const [first, other] = [caseOf(seed), caseOf(seed + seeds.length)]
        const { markets, settings, fromMs, toMs } = first
        const known = new Set(markets.map(({ instrument }) => instrument.id))
        if (!other.markets.every(({ instrument }) => known.has(instrument.id))) continue
        const second = { ...other, markets, settings, fromMs, toMs }
        const shared = new Workspace(markets)
        const made = [first, second, first].map((one) => facts(one, shared))
        expect(difference(made[1], facts(second, new Workspace(markets))), `case ${seed}`).toEqual([])
        expect(difference(made[2], facts(first, new Workspace(markets))), `case ${seed}`).toEqual([])
        pairs += 1
      }
      expect(pairs).toBeGreaterThan(seeds.length / 10)
    },
    patience,
  )

  it(
    'each symbol of a basket has the columns that it has alone',
    () => {
      let baskets = 0
      for (const seed of seeds) {
        const one = caseOf(seed)
        const seats = prepared(one)
        if (seats.length === 1) continue
        baskets += 1
        for (const { evaluated } of seats) {
          const { flat, binding, types } = evaluated
          const alone = evaluate(flat, new Workspace(one.markets), { binding, types })
          flat.nodes.forEach((node, place) => {
            for (const [output, column] of Object.entries(alone.nodes[place]?.outputs ?? {})) {
              if (!(column instanceof Float64Array) && !('t' in column)) continue
              const [here, there] = [evaluated.onDecision(place, output), alone.onDecision(place, output)]
              for (let i = 0; i < evaluated.decision.rows; i++) {
                const same =
                  here instanceof Float64Array && there instanceof Float64Array
                    ? Object.is(here[i], there[i])
                    : 't' in here && 't' in there && verdictAt(here, i) === verdictAt(there, i)
                if (!same) expect.fail(`case ${seed}: ${node.path}.${output} of ${binding.main} differs at row ${i}`)
              }
            }
          })
        }
      }
      expect(baskets).toBeGreaterThan(seeds.length / 20)
    },
    patience,
  )

  it(
    'an edit computes what lies downstream of it, once, and nothing else',
    () => {
      let edited = 0
      for (const seed of seeds) {
        const one = caseOf(seed)
        const dice = new Dice(seed)
        const [flat] = one.flats
        const main = flat?.markets.main?.[0]
        const edit = flat === undefined ? undefined : dice.pick(edits(flat))
        if (flat === undefined || main === undefined || edit === undefined) continue
        const binding = {
          ...Object.fromEntries(Object.entries(flat.markets).map(([name, ids]) => [name, ids[0] ?? ''])),
          main,
        }
        const workspace = new Workspace(one.markets)
        const computed = vi.spyOn(workspace.columns, 'set')
        evaluate(flat, workspace, { binding, types: typesByKey })
        expect(computed).toHaveBeenCalledTimes(flat.nodes.filter(hasColumns).length)
        computed.mockClear()
        evaluate(flat, workspace, { binding, types: typesByKey })
        expect(computed).not.toHaveBeenCalled()
        evaluate(edit.flat, workspace, { binding, types: typesByKey })
        const wanted = [...downstream(flat, edit.place)].filter((place) => hasColumns(flat.nodes[place] as FlatNode))
        expect(computed, `case ${seed}: ${flat.nodes[edit.place]?.path}`).toHaveBeenCalledTimes(wanted.length)
        edited += 1
      }
      expect(edited).toBeGreaterThan(seeds.length / 2)
    },
    patience,
  )
})
