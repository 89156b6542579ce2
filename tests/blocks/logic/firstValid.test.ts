// What a type says of its warm-up is what its kernel does.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsOf, verdictAt } from '../../../blocks/kit/bits'
import type { Column } from '../../../blocks/kit/logic'
import { isLogical } from '../../../blocks/kit/socket'
import { type Case, cases, nameOf } from './cases'
import { inputsFor, mapColumns, type Taste } from './columns'
import { given, type Input, type Params, runWhole, socketsOf } from './runner'

const rows = 120
const known: Taste = { rows, unknown: 0, wild: false }

const firstKnown = (column: Column): number => {
  for (let i = 0; i < rows; i++)
    if (column instanceof Float64Array ? !Number.isNaN(column[i]) : verdictAt(column, i) !== 0) return i
  return Infinity
}
/** The first `lead` rows unknown. */
const led = (column: Column, lead: number): Column => {
  if (column instanceof Float64Array) return column.map((x, i) => (i < lead ? Number.NaN : x))
  const bits = { t: column.t.slice(), f: column.f.slice() }
  for (let i = 0; i < lead; i++)
    for (const words of [bits.t, bits.f]) words[i >>> 5] = given(words[i >>> 5]) & ~(1 << (i & 31))
  return bits
}
type Drawn = readonly [inputs: Readonly<Record<string, Input>>, params: Params]
const run = (one: Case, [inputs, params]: Drawn, row0 = 0) =>
  runWhole({ type: one.type, inputs, params, sockets: socketsOf(one.type, one.sockets, params), rows, row0 })
const isList = (one: Case) => (port: string) => one.type.inputs[port]?.least !== undefined

interface Lengths {
  readonly slow: number
  readonly signal: number
  readonly length: number
}
/** Outputs that are known later than the first of the type, in rows after the first known input. */
const later: Readonly<Record<string, (params: Lengths) => number>> = {
  'macd.signal': ({ slow, signal }) => slow + signal - 2,
  'macd.histogram': ({ slow, signal }) => slow + signal - 2,
  'adx.adx': ({ length }) => 2 * length - 1,
  'adx.adxr': ({ length }) => 3 * length - 2,
}
/** These wait for something in the data. */
const depends = new Set(['swing.high_level', 'swing.low_level', 'swing.high_idx', 'swing.low_idx', 'swing.last_kind'])
/** A bar that is not above decides at once: these are known one bar earlier then. */
const early = new Set(['crosses_above.', 'crosses_below.'])
/** Unknown where their own values say so: flat windows, divisions by zero. */
const gaps = new Set(['bbands.percent_b', 'change.value', 'div.value', 'bbands.bandwidth'])

const numeric = (one: Case) => !Object.values(one.sockets).some((wires) => wires.some((x) => isLogical(x.letter)))

describe('firstValid: numbers, kinds and comparisons', () => {
  for (const one of cases.filter((x) => x.type.firstValid !== undefined && numeric(x))) {
    it(`${nameOf(one)} is known from there on, and not before`, () => {
      const waits = new Set<number>()
      fc.assert(
        fc.property(
          inputsFor(one.sockets, isList(one), known),
          one.params,
          fc.tuple(fc.integer({ min: 0, max: 40 }), fc.nat(1000)),
          (inputs, params, [lead, row0]) => {
            const outputs = run(one, [mapColumns(inputs, (x) => led(x, lead)), params], row0)
            const first = one.type.firstValid?.(params) ?? Number.NaN
            for (const [name, column] of Object.entries(outputs)) {
              const key = `${one.type.type}.${name}`
              const wait = later[key]?.(params as Partial<Lengths> as Lengths) ?? first
              const found = firstKnown(column)
              waits.add(found - lead - wait)
              if (early.has(key)) expect([lead, lead + wait]).toContain(found)
              else if (depends.has(key) || gaps.has(key)) expect(found, key).toBeGreaterThanOrEqual(lead + wait)
              else expect(found, key).toBe(lead + wait)
            }
          },
        ),
        { numRuns: 40 },
      )
      expect(waits).toContain(0)
    })
  }
})

describe('firstValid: conditions', () => {
  const conditions = cases.filter((x) => x.type.firstValid !== undefined && !numeric(x))
  const constant = (t: boolean) => {
    const bits = bitsOf(rows)
    ;(t ? bits.t : bits.f).fill(0xffffffff)
    return bits
  }
  /** `sequence` of more than two steps says what the last of them waits at least. */
  const exact = (one: Case) => one.type.type !== 'sequence' || one.sockets.of?.length === 2

  for (const one of conditions.filter(exact)) {
    it(`${nameOf(one)} is known from there on whatever its inputs, and may be unknown just before`, () => {
      fc.assert(
        fc.property(inputsFor(one.sockets, isList(one), known), one.params, (inputs, params) => {
          const first = one.type.firstValid?.(params) ?? Number.NaN
          const latest = (x: Readonly<Record<string, Input>>) => {
            const [column] = Object.values(run(one, [x, params]))
            return firstKnown(given(column))
          }
          expect(latest(inputs)).toBeLessThanOrEqual(first)
          const both = [true, false].map((t) => latest(mapColumns(inputs, () => constant(t))))
          const mixed = one.type.type === 'sequence' ? [latest({ of: [constant(false), constant(true)] })] : []
          expect(Math.max(...both, ...mixed)).toBe(first)
        }),
        { numRuns: 30 },
      )
    })
  }
})

describe('settled', () => {
  it('is never before firstValid', () => {
    for (const one of cases) {
      for (const params of fc.sample(one.params, { numRuns: 5, seed: 2 })) {
        const first = one.type.firstValid?.(params)
        const settled = one.type.settled?.(params)
        if (first !== undefined && settled !== undefined) expect(settled).toBeGreaterThanOrEqual(first)
      }
    }
  })
})
