// The mirror law: on reflected bars the mirrored node gives the mirrored output (engine.md).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bits, verdictAt } from '../../../blocks/kit/bits'
import { type BarColumns, type Column, isRefusal, type Mirror } from '../../../blocks/kit/logic'
import type { Socket } from '../../../blocks/kit/socket'
import { type Case, cases, nameOf, swingKinds, typeOf } from './cases'
import { inputsFor, type Taste } from './columns'
import { given, type Input, type Params, runWhole, type Sockets, socketsOf } from './runner'

const rows = 120
const taste: Taste = { rows, unknown: 0.04, wild: false }
/** Prices reflect about this level. */
const centre = 95

const pairOf = (code: number): number => {
  const { kinds = [], mirrored = {} } = swingKinds
  return kinds.indexOf(given(mirrored[given(kinds[code])]))
}

const reflectColumn = (column: Column, socket: Socket): Column => {
  if (!(column instanceof Float64Array)) return column
  if (socket.letter === 'K') return column.map((x) => (Number.isNaN(x) ? x : pairOf(x)))
  if (socket.letter === 'P') return column.map((x) => 2 * centre - x)
  return socket.centre === null ? column : column.map((x) => 2 * (socket.centre ?? 0) - x)
}
const reflectBars = ({ open, high, low, close, volume }: BarColumns): BarColumns => {
  const turn = (column: Float64Array) => column.map((x) => 2 * centre - x)
  return { open: turn(open), high: turn(low), low: turn(high), close: turn(close), volume }
}
const reflect = (input: Input, wires: readonly Socket[]): Input => {
  if (Array.isArray(input)) return input.map((x: Column, k) => reflectColumn(x, given(wires[k])))
  const socket = given(wires[0])
  return socket.letter === 'B' ? reflectBars(input as BarColumns) : reflectColumn(input as Column, socket)
}

const exchange = <T>(ports: Readonly<Record<string, T>>, swap: Mirror['swap']): Record<string, T> =>
  swap === undefined ? { ...ports } : { ...ports, [swap[0]]: given(ports[swap[1]]), [swap[1]]: given(ports[swap[0]]) }

const recipeOf = (one: Case, params: Params) => one.type.mirror?.({ sockets: one.sockets, params }) ?? {}

/** Infinity is unknown as NaN is: which of the two a kernel leaves is the same to whoever keeps its columns. */
const within = (a: number, b: number): boolean =>
  (!Number.isFinite(a) && !Number.isFinite(b)) || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a))

/** The rows at which the two sides differ by more than rounding; conditions must not differ at all. */
const difference = (expected: Column, got: Column): readonly number[] => {
  const places = Array.from({ length: rows }, (_, i) => i)
  return expected instanceof Float64Array
    ? places.filter((i) => !within(given(expected[i]), given((got as Float64Array)[i])))
    : places.filter((i) => verdictAt(expected, i) !== verdictAt(got as Bits, i))
}

type Drawn = readonly [inputs: Readonly<Record<string, Input>>, params: Params]
const mirroredRun = (one: Case, [inputs, params]: Drawn, recipe: Mirror) => {
  const type = typeOf(recipe.type ?? one.type.type)
  const turned = Object.fromEntries(
    Object.entries(inputs).map(([port, x]) => [port, reflect(x, given(one.sockets[port]))]),
  )
  const sockets: Sockets = exchange(one.sockets, recipe.swap)
  const own = recipe.params?.(params) ?? params
  return runWhole({
    type,
    inputs: exchange(turned, recipe.swap),
    params: own,
    sockets: socketsOf(type, sockets, own),
    rows,
  })
}

describe('mirror law', () => {
  for (const one of cases.filter((x) => !x.noMirror)) {
    const held = Object.keys(one.type.outputs).filter((name) => !one.formula.includes(name))
    if (held.length === 0) continue
    it(nameOf(one), () => {
      let told = 0
      fc.assert(
        fc.property(
          inputsFor(one.sockets, (port) => one.type.inputs[port]?.least !== undefined, taste),
          one.params,
          (inputs, params) => {
            const recipe = recipeOf(one, params)
            if (isRefusal(recipe)) throw new Error(recipe.message)
            const sockets = socketsOf(one.type, one.sockets, params)
            const plain = runWhole({ type: one.type, inputs, params, sockets, rows })
            const turned = mirroredRun(one, [inputs, params], recipe)
            for (const name of held.filter((x) => x in plain)) {
              const expected = reflectColumn(given(plain[name]), given(sockets[name]))
              expect(difference(expected, given(turned[recipe.outputs?.[name] ?? name])), name || 'itself').toEqual([])
              if (
                expected instanceof Float64Array
                  ? expected.some((x) => !Number.isNaN(x))
                  : expected.t.some((x) => x !== 0)
              )
                told += 1
            }
          },
        ),
        { numRuns: 60 },
      )
      expect(told, 'something was known').toBeGreaterThan(0)
    })
  }
})

describe('no mirror is a refusal with a reason', () => {
  for (const one of cases.filter((x) => x.noMirror)) {
    it(nameOf(one), () => {
      const params = given(fc.sample(one.params, { numRuns: 1, seed: 1 })[0])
      const recipe = recipeOf(one, params)
      expect(isRefusal(recipe) && recipe.refuse).toMatch(/^(no_mirror|uneven_sides|sided_distance)$/)
      expect(isRefusal(recipe) && recipe.message.length).toBeGreaterThan(20)
    })
  }
})

describe('the mirror of the mirror is the type itself', () => {
  for (const one of cases.filter((x) => !x.noMirror)) {
    it(nameOf(one), () => {
      const params = given(fc.sample(one.params, { numRuns: 1, seed: 1 })[0])
      const once = recipeOf(one, params)
      if (isRefusal(once)) throw new Error(once.message)
      const sockets = exchange(one.sockets, once.swap)
      const own = once.params?.(params) ?? params
      const twice = typeOf(once.type ?? one.type.type).mirror?.({ sockets, params: own }) ?? {}
      if (isRefusal(twice)) throw new Error(twice.message)
      expect(twice.type ?? once.type ?? one.type.type).toBe(one.type.type)
      expect(twice.params?.(own) ?? own).toEqual(params)
      for (const [from, to] of Object.entries(once.outputs ?? {})) expect(once.outputs?.[to]).toBe(from)
    })
  }
})
