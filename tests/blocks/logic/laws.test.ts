// The chunk law and its kin over every type with a kernel, on random columns.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../blocks/catalogue'
import { type Bits, bitsOf, getBit, setVerdict, verdictAt } from '../../../blocks/kit/bits'
import { decodeMemory, encodeMemory } from '../../../blocks/kit/codec'
import type { Column } from '../../../blocks/kit/logic'
import { effort } from '../../fixtures/effort'
import { type Case, cases, nameOf } from './cases'
import { inputsFor, mapColumns, sliceInputs, type Taste } from './columns'
import { blankOutputs, given, type Input, type Params, runWhole, socketsOf, start } from './runner'

const rows = 150
const rough: Taste = { rows, unknown: 0.12, wild: true }
const runsEach = effort(25, 1250)

const isList = (one: Case) => (port: string) => one.type.inputs[port]?.least !== undefined
type Drawn = readonly [inputs: Readonly<Record<string, Input>>, params: Params]
const jobOf = (one: Case, [inputs, params]: Drawn, row0 = 0) => ({
  type: one.type,
  inputs,
  params,
  sockets: socketsOf(one.type, one.sockets, params),
  rows,
  row0,
})
const drawn = (one: Case, taste: Taste) => fc.tuple(inputsFor(one.sockets, isList(one), taste), one.params)

/** First row at which two columns differ in a bit (NaN is one value, 0 and -0 are two), -1 when nowhere. */
const firstDifference = (a: Column, b: Column): number => {
  for (let i = 0; i < rows; i++) {
    if (a instanceof Float64Array) {
      if (!Object.is(a[i], (b as Float64Array)[i])) return i
    } else if (getBit(a.t, i) !== getBit((b as Bits).t, i) || getBit(a.f, i) !== getBit((b as Bits).f, i)) return i
  }
  return -1
}
const sameBits = (a: Readonly<Record<string, Column>>, b: Readonly<Record<string, Column>>) => {
  for (const name of Object.keys(a)) {
    const row = firstDifference(given(a[name]), given(b[name]))
    if (row >= 0) throw new Error(`${name || 'itself'} differs at row ${row}`)
  }
}

const cuts = fc
  .array(fc.integer({ min: 0, max: rows }), { maxLength: 8 })
  .map((places) => [...new Set([0, ...places, rows])].sort((a, b) => a - b))

const chunksOf = (places: readonly number[]): readonly (readonly [number, number])[] =>
  places.slice(1).map((i1, k) => [given(places[k]), i1])

const copyRow = (from: Column, into: Column, [i, j]: readonly [number, number]): void => {
  if (from instanceof Float64Array) (into as Float64Array)[j] = given(from[i])
  else setVerdict(into as Bits, j, verdictAt(from, i))
}

describe('every type with a kernel is held to the laws', () => {
  it('no type is left out', () => {
    const held = new Set(cases.map((x) => x.type.type))
    const kernels = logicTypes.filter((x) => x.run !== undefined).map((x) => x.type)
    // Funding reads a series that is not on the grid: sources.test.ts holds it to the same laws.
    expect(kernels.filter((x) => !held.has(x))).toEqual(['funding'])
    expect(logicTypes).toHaveLength(54)
  })
})

describe('run(a, c) = run(a, b) then run(b, c), bit for bit', () => {
  for (const one of cases) {
    it(`${nameOf(one)}: any cuts, memory through the codec, rows before and after out of reach`, () => {
      fc.assert(
        fc.property(drawn(one, rough), cuts, fc.nat(10_000_000), ([inputs, params], places, row0) => {
          const job = jobOf(one, [inputs, params], row0)
          const whole = runWhole(job)
          const joined = blankOutputs(job.sockets, rows)
          let memory: object | null = null
          for (const [i0, i1] of chunksOf(places)) {
            const part = { ...job, inputs: sliceInputs(inputs, i0, i1), rows: i1 - i0, row0: row0 + i0 }
            const going = start(part)
            if (memory !== null) going.memory = decodeMemory(encodeMemory(memory))
            going.step(0, i1 - i0)
            memory = going.memory
            for (const [name, column] of Object.entries(joined))
              for (let i = i0; i < i1; i++) copyRow(given(going.outputs[name]), column, [i - i0, i])
          }
          sameBits(whole, joined)
        }),
        { numRuns: runsEach },
      )
    })
    it(`${nameOf(one)}: bar after bar in one array, no other row is written`, () => {
      fc.assert(
        fc.property(drawn(one, rough), cuts, ([inputs, params], places) => {
          const job = jobOf(one, [inputs, params])
          const whole = runWhole(job)
          const going = start(job)
          const expected = blankOutputs(job.sockets, rows)
          const step = (i0: number, i1: number) => {
            going.step(i0, i1)
            for (const [name, column] of Object.entries(expected))
              for (let i = i0; i < i1; i++) copyRow(given(whole[name]), column, [i, i])
            sameBits(expected, going.outputs)
          }
          for (const [i0, i1] of chunksOf(places)) step(i0, i1)
          const single = start(job)
          for (let i = 0; i < rows; i++) single.step(i, i + 1)
          sameBits(whole, single.outputs)
        }),
        { numRuns: 8 },
      )
    })
  }
})

describe('S1 unknown is not false', () => {
  const recursive = new Set(['ema', 'macd', 'rsi', 'atr', 'adx', 'swing', 'value_when'])
  for (const one of cases.filter((x) => !recursive.has(x.type.type))) {
    it(`${nameOf(one)}: what is known while inputs are unknown stays so whatever they turn out to be`, () => {
      fc.assert(
        fc.property(
          drawn(one, { rows, unknown: 0.25, wild: false }),
          fc.infiniteStream(fc.integer({ min: 0, max: 60 })),
          ([inputs, params], stream) => {
            const isKind = Object.values(one.sockets).some((wires) => wires.some((x) => x.letter === 'K'))
            const draw = () => Number(stream.next().value)
            const filled = mapColumns(inputs, (column) => fill(column, () => (isKind ? draw() % 2 : draw() / 8 - 3)))
            const before = runWhole(jobOf(one, [inputs, params]))
            const after = runWhole(jobOf(one, [filled, params]))
            for (const [name, column] of Object.entries(before))
              for (let i = 0; i < rows; i++) {
                if (column instanceof Float64Array) {
                  const x = (after[name] as Float64Array)[i]
                  if (!Number.isNaN(column[i]) && x !== column[i]) throw new Error(`${name} row ${i}`)
                } else {
                  const verdict = verdictAt(column, i)
                  if (getBit(column.t, i) && getBit(column.f, i)) throw new Error(`${name} row ${i} is both`)
                  if (verdict !== 0 && verdictAt(after[name] as Bits, i) !== verdict)
                    throw new Error(`${name} row ${i}`)
                }
              }
          },
        ),
        { numRuns: runsEach },
      )
    })
  }
})

const fill = (column: Column, draw: () => number): Column => {
  if (column instanceof Float64Array) return column.map((x) => (Number.isNaN(x) ? draw() : x))
  const bits = bitsOf(rows)
  for (let i = 0; i < rows; i++) setVerdict(bits, i, verdictAt(column, i) || (draw() > 1.5 ? 1 : -1))
  return bits
}

describe('the absolute row matters only where the type is anchored to it', () => {
  const anchored = new Set(['sma', 'bbands'])
  for (const one of cases) {
    it(`${nameOf(one)} from another row`, () => {
      fc.assert(
        fc.property(
          drawn(one, { rows, unknown: 0.12, wild: false }),
          fc.nat(5000),
          fc.nat(5000),
          ([inputs, params], here, there) => {
            const a = runWhole(jobOf(one, [inputs, params], here))
            const b = runWhole(jobOf(one, [inputs, params], there))
            for (const [name, column] of Object.entries(a)) {
              const moved = name.endsWith('_idx') ? there - here : 0
              if (!(column instanceof Float64Array) || (moved === 0 && !anchored.has(one.type.type))) {
                expect(firstDifference(column, given(b[name])), name).toBe(-1)
                continue
              }
              for (let i = 0; i < rows; i++) {
                const x = given((b[name] as Float64Array)[i])
                const y = given(column[i])
                if (moved !== 0) expect(x).toBe(y + moved)
                // percent_b of a flat window is unknown wherever the block begins: the variance is exactly 0.
                else if (Number.isNaN(y)) expect(x).toBeNaN()
                else expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(y)))
              }
            }
          },
        ),
        { numRuns: 12 },
      )
    })
  }
})

describe('what a look ahead in a trade builds on', () => {
  for (const one of cases) {
    it(`${nameOf(one)}: an empty memory stays empty, a constant type keeps its first row`, () => {
      fc.assert(
        fc.property(drawn(one, rough), ([inputs, params]) => {
          const going = start(jobOf(one, [inputs, params]))
          const empty = Object.keys(going.memory).length === 0
          going.step(0, 1)
          const first = encodeMemory(going.memory)
          going.step(1, rows)
          if (empty) expect(Object.keys(going.memory)).toEqual([])
          if (one.type.constant !== true) return
          expect(encodeMemory(going.memory)).toBe(first)
          for (const column of Object.values(going.outputs))
            for (let i = 1; i < rows; i++)
              if (column instanceof Float64Array) expect(column[i]).toBe(column[0])
              else expect(verdictAt(column, i)).toBe(verdictAt(column, 0))
        }),
        { numRuns: runsEach },
      )
    })
  }
  it('there is a constant type', () => expect(logicTypes.filter((type) => type.constant).length).toBeGreaterThan(0))
})
