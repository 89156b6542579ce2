// Kernels against their definitions, computed the slow and plain way: whole windows looked at again for every row.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bits, bitsOf, setVerdict, type Verdict, verdictAt } from '../../../blocks/kit/bits'
import { rankMemory, stepRank } from '../../../blocks/kit/kernels/rank'
import type { BarColumns, Column } from '../../../blocks/kit/logic'
import { condition, price } from '../../../blocks/kit/socket'
import { typeOf } from './cases'
import { inputFor, type Taste } from './columns'
import { given, type Input, type Params, runWhole, socketsOf } from './runner'

const rows = 200
const rough: Taste = { rows, unknown: 0.06, wild: true }
const grid: Taste = { rows, unknown: 0.06, wild: false }
const isKnown = Number.isFinite

/** Parameters, and the absolute row of the first bar. */
type Settings = Params & { readonly row0?: number }

const run = (name: string, inputs: Readonly<Record<string, Input>>, { row0 = 0, ...params }: Settings) => {
  const type = typeOf(name)
  const wires = (input: Input) =>
    Array.isArray(input) ? input.map(() => condition) : [input instanceof Float64Array ? price : condition]
  const sockets = Object.fromEntries(Object.entries(inputs).map(([port, x]) => [port, wires(x)]))
  return runWhole({ type, inputs, params, sockets: socketsOf(type, sockets, params), rows, row0 })
}
const value = (name: string, of: Column, settings: Settings) => run(name, { of }, settings).value as Float64Array
const verdictsOf = (bits: Column): readonly Verdict[] =>
  Array.from({ length: rows }, (_, i) => verdictAt(bits as Bits, i))
const draw = (letter: 'P' | 'C' | 'B', taste: Taste) => inputFor({ letter, centre: null }, taste)
const lengths = fc.integer({ min: 1, max: 40 })
const everyRow = (check: (i: number) => number, column: Float64Array) =>
  expect(Array.from(column)).toEqual(Array.from({ length: rows }, (_, i) => check(i)))

/** The last n values, or null while there are fewer or one is not finite. */
const windowAt = (of: Float64Array, i: number, n: number): Float64Array | null => {
  const window = of.subarray(Math.max(0, i - n + 1), i + 1)
  return window.length === n && window.every(isKnown) ? window : null
}

describe('windows', () => {
  it('sma: rows before b downwards, rows from b upwards, the two added last, then / n; b = row - row mod n', () => {
    fc.assert(
      fc.property(draw('P', rough), lengths, fc.nat(3_000_000), (input, n, row0) => {
        const of = input as Float64Array
        everyRow(
          (i) => {
            if (windowAt(of, i, n) === null) return Number.NaN
            const row = row0 + i
            const b = row - (row % n)
            let down = 0
            for (let r = b - 1; r > row - n; r--) down += given(of[r - row0])
            let up = 0
            for (let r = b; r <= row; r++) up += given(of[r - row0])
            return (down + up) / n
          },
          value('sma', of, { length: n, row0 }),
        )
      }),
    )
  })
  it('highest, lowest and percentile', () => {
    fc.assert(
      fc.property(draw('P', rough), fc.integer({ min: 10, max: 60 }), fc.nat(1000), (input, n, row0) => {
        const of = input as Float64Array
        const plain = (pick: (window: Float64Array, x: number) => number) => (i: number) => {
          const window = windowAt(of, i, n)
          return window === null ? Number.NaN : pick(window, given(of[i]))
        }
        everyRow(
          plain((window) => Math.max(...window) + 0),
          value('highest', of, { over: n, row0 }),
        )
        everyRow(
          plain((window) => Math.min(...window) + 0),
          value('lowest', of, { over: n, row0 }),
        )
        everyRow(
          plain((window, x) => {
            const below = window.filter((y) => y < x).length
            const equal = window.filter((y) => y === x).length
            return 100 * ((below + equal / 2) / n)
          }),
          value('percentile', of, { over: n, row0 }),
        )
      }),
    )
  })
  it('percentile over long windows, many equal values, buckets split and emptied', () => {
    const long = 3000
    const of = new Float64Array(long)
    let state = 7
    for (let i = 0; i < long; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      // Rising, then falling, then three values only, then one only.
      const noise = state >>> 24
      of[i] = i < 900 ? i + noise / 8 : i < 1800 ? 1800 - i - noise / 8 : i < 2600 ? noise % 3 : 5
    }
    for (const n of [10, 64, 700]) {
      const type = typeOf('percentile')
      const sockets = { value: price }
      const outputs = runWhole({ type, inputs: { of }, params: { over: n }, sockets, rows: long })
      for (let i = n - 1; i < long; i++) {
        const window = of.subarray(i - n + 1, i + 1)
        const x = given(of[i])
        let twice = 0
        for (const y of window) twice += y < x ? 2 : y === x ? 1 : 0
        if ((outputs.value as Float64Array)[i] !== 100 * (twice / 2 / n)) throw new Error(`row ${i} of window ${n}`)
      }
    }
  })
  it('percentile where each window leaves one value behind in every old bucket: they stay few', () => {
    for (const n of [100, 200, 400]) {
      const memory = rankMemory(n)
      const seen: number[] = []
      for (let w = 0; w < 400; w++) {
        const kept = Math.min(w, n - 18)
        for (let j = 0; j < n; j++) {
          const x = j < kept ? (((w - 1 - j) * 37) % 1000) * 1000 + (w % 7) : ((w * 37) % 1000) * 1000 + j / 100
          seen.push(x)
          const rank = stepRank(memory, x, n)
          if (memory.used > memory.count.length) throw new Error(`${memory.used} buckets of ${memory.count.length}`)
          if (seen.length < n || seen.length % 61 !== 0) continue
          const window = seen.slice(-n)
          const below = window.filter((y) => y < x).length
          expect(rank).toBe((below + window.filter((y) => y === x).length / 2) / n)
        }
      }
    }
  })
  it('bbands: the population deviation of the window, in two passes, also far from 0', () => {
    fc.assert(
      fc.property(draw('P', grid), fc.integer({ min: 2, max: 40 }), fc.nat(1000), (input, n, row0) => {
        const of = (input as Float64Array).map((x) => x + 100_000)
        const { lower, upper, middle } = run('bbands', { of }, { length: n, std: 2, row0 })
        for (let i = 0; i < rows; i++) {
          const window = windowAt(of, i, n)
          const [low, high, mean] = [lower, upper, middle].map((x) => given((x as Float64Array)[i]))
          if (window === null) {
            expect([low, high, mean]).toEqual([Number.NaN, Number.NaN, Number.NaN])
            continue
          }
          const centre = window.reduce((sum, x) => sum + (x - 100_000), 0) / n
          const sd = Math.sqrt(window.reduce((sum, x) => sum + (x - 100_000 - centre) ** 2, 0) / n)
          expect(Math.abs(given(mean) - 100_000 - centre)).toBeLessThan(1e-9)
          expect(Math.abs((given(high) - given(low)) / 4 - sd)).toBeLessThan(1e-9)
        }
      }),
    )
  })
})

describe('swing: every window looked at again', () => {
  it('levels, rows, events and kinds', () => {
    const side = fc.integer({ min: 1, max: 6 })
    const shape = fc.record({ left: side, right: side, coarse: fc.boolean() })
    fc.assert(
      fc.property(draw('B', { rows, unknown: 0.01, wild: false }), shape, (input, { left, right, coarse }) => {
        // In steps of 3 many highs and lows are equal, near and far.
        const round = (column: Float64Array) => column.map((x) => (coarse ? 3 * Math.round(x / 3) : x))
        const drawn = input as BarColumns
        const bars = { ...drawn, high: round(drawn.high), low: round(drawn.low) }
        const type = typeOf('swing')
        const sockets = { bars: [{ letter: 'B', centre: null }] } as const
        const params = { left, right }
        const outputs = runWhole({
          type,
          inputs: { bars },
          params,
          sockets: socketsOf(type, sockets, params),
          rows,
          row0: 50,
        })
        let start = 0
        let [high, low, highRow, lowRow, kind] = Array.from({ length: 5 }, () => Number.NaN)
        for (let i = 0; i < rows; i++) {
          const at = (name: string) => (outputs[name] as Float64Array)[i]
          if (!isKnown(given(bars.high[i]))) {
            start = i + 1
            ;[high, low, highRow, lowRow, kind] = Array.from({ length: 5 }, () => Number.NaN)
          }
          const p = i - right
          const warm = p - left >= start
          const others = [...Array(left + right + 1).keys()].map((k) => p - left + k).filter((k) => k !== p)
          const isHigh = warm && others.every((k) => given(bars.high[k]) < given(bars.high[p]))
          const isLow = warm && others.every((k) => given(bars.low[k]) > given(bars.low[p]))
          if (isHigh) [high, highRow] = [given(bars.high[p]), 50 + p]
          if (isLow) [low, lowRow] = [given(bars.low[p]), 50 + p]
          if (isHigh !== isLow) kind = isHigh ? 0 : 1
          expect([at('high_level'), at('low_level'), at('high_idx'), at('low_idx'), at('last_kind')]).toEqual([
            high,
            low,
            highRow,
            lowRow,
            kind,
          ])
          expect(verdictAt(outputs.high_new as Bits, i)).toBe(warm ? (isHigh ? 1 : -1) : 0)
          expect(verdictAt(outputs.low_new as Bits, i)).toBe(warm ? (isLow ? 1 : -1) : 0)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('S1, S3: conditions over time, every window looked at again', () => {
  const draws = draw('C', grid)
  const endingAt = (verdicts: readonly Verdict[], i: number, n: number): readonly Verdict[] =>
    Array.from({ length: n }, (_, k) => verdicts[i - k] ?? 0)
  it('occurred, holds and the rise', () => {
    fc.assert(
      fc.property(draws, lengths, (input, n) => {
        const of = verdictsOf(input as Bits)
        const occurred = verdictsOf(given(run('occurred', { of: input }, { within: n })['']))
        const holds = verdictsOf(given(run('holds', { of: input }, { for: n })['']))
        const rise = verdictsOf(given(run('becomes_true', { of: input }, {})['']))
        for (let i = 0; i < rows; i++) {
          const window = endingAt(of, i, n)
          expect(occurred[i]).toBe(window.includes(1) ? 1 : window.every((x) => x === -1) ? -1 : 0)
          expect(holds[i]).toBe(window.includes(-1) ? -1 : window.every((x) => x === 1) ? 1 : 0)
          const last = of[i - 1] ?? 0
          expect(rise[i]).toBe(of[i] === -1 || last === 1 ? -1 : of[i] === 1 && last === -1 ? 1 : 0)
        }
      }),
    )
  })
  it('sequence of two to four steps', () => {
    const steps = fc.integer({ min: 2, max: 4 }).chain((k) => fc.tuple(...Array.from({ length: k }, () => draws)))
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (inputs, n) => {
        let reached = verdictsOf(given(inputs[0]) as Bits)
        for (const input of inputs.slice(1)) {
          const now = verdictsOf(input as Bits)
          const soFar = reached
          reached = now.map((x, i) => {
            const window = endingAt(soFar, i - 1, n)
            if (x === -1 || window.every((y) => y === -1)) return -1
            return x === 1 && window.includes(1) ? 1 : 0
          })
        }
        expect(verdictsOf(given(run('sequence', { of: inputs as Column[] }, { within: n })['']))).toEqual(reached)
      }),
    )
  })
  it('k of n, all and any', () => {
    const several = fc.integer({ min: 2, max: 7 }).chain((n) => fc.tuple(...Array.from({ length: n }, () => draws)))
    fc.assert(
      fc.property(several, fc.nat(6), (inputs, drawn) => {
        const n = inputs.length
        const k = 1 + (drawn % n)
        const columns = inputs.map((x) => verdictsOf(x as Bits))
        const least = verdictsOf(given(run('k_of_n', { of: inputs as Column[] }, { k })['']))
        const all = verdictsOf(given(run('all', { of: inputs as Column[] }, {})['']))
        const any = verdictsOf(given(run('any', { of: inputs as Column[] }, {})['']))
        for (let i = 0; i < rows; i++) {
          const yes = columns.filter((x) => x[i] === 1).length
          const no = columns.filter((x) => x[i] === -1).length
          const judge = (m: number) => (yes >= m ? 1 : no >= n - m + 1 ? -1 : 0)
          expect([least[i], all[i], any[i]]).toEqual([judge(k), judge(n), judge(1)])
        }
      }),
    )
  })
  it('comparisons, row by row, in words and beside them', () => {
    fc.assert(
      fc.property(draw('P', rough), draw('P', { ...rough, unknown: 0 }), (a, b) => {
        const [x, y] = [a as Float64Array, b as Float64Array]
        const table = {
          above: (p: number, q: number) => p > q,
          below: (p: number, q: number) => p < q,
          at_least: (p: number, q: number) => p >= q,
          at_most: (p: number, q: number) => p <= q,
        }
        for (const [name, holds] of Object.entries(table)) {
          const got = verdictsOf(given(run(name, { a, b }, {})['']))
          const expected = Array.from(x, (p, i) => {
            const q = given(y[i])
            return isKnown(p) && isKnown(q) ? (holds(p, q) ? 1 : -1) : 0
          })
          expect(got, name).toEqual(expected)
        }
      }),
    )
  })
  it('a condition that is never drawn as unknown is not what is tested', () => {
    const bits = bitsOf(rows)
    for (let i = 0; i < rows; i++) setVerdict(bits, i, i % 3 === 0 ? 0 : i % 3 === 1 ? 1 : -1)
    expect(new Set(verdictsOf(bits))).toEqual(new Set([0, 1, -1]))
    const [sample] = fc.sample(draws, { numRuns: 1, seed: 3 })
    expect(new Set(verdictsOf(given(sample) as Bits))).toEqual(new Set([0, 1, -1]))
  })
})
