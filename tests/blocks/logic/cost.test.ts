// What a bar costs, counted in accesses of typed arrays while one bar runs at a time: O(1) amortised, whatever the window.
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../blocks/catalogue'
import { bitsOf, setVerdict } from '../../../blocks/kit/bits'
import type { BarColumns, Column } from '../../../blocks/kit/logic'
import type { Socket } from '../../../blocks/kit/socket'
import { cases, swingKinds, typeOf } from './cases'
import { given, type Input, type Params, type Sockets, socketsOf, start } from './runner'

type Words = Float64Array | Uint32Array | Int32Array

/** Wraps every typed array of a tree so that each element read, written or moved is counted. */
const counted = () => {
  let count = 0
  const wrapArray = <A extends Words>(array: A): A =>
    new Proxy(array, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) {
          count += 1
          return target[Number(key)]
        }
        const found: unknown = Reflect.get(target, key, target)
        if (typeof found !== 'function') return found
        return (...range: number[]) => {
          if (key === 'copyWithin') count += (range[2] ?? target.length) - (range[1] ?? 0)
          else if (key === 'fill') count += (range[2] ?? target.length) - (range[1] ?? 0)
          else throw new Error(`${String(key)} is not counted`)
          return found.apply(target, range)
        }
      },
      set(target, key, value: number) {
        count += 1
        target[Number(key)] = value
        return true
      },
    })
  const wrap = (x: unknown): unknown => {
    if (x instanceof Float64Array || x instanceof Uint32Array || x instanceof Int32Array) return wrapArray(x)
    if (Array.isArray(x)) return x.map(wrap)
    if (x === null || typeof x !== 'object') return x
    return Object.fromEntries(Object.entries(x).map(([k, inner]) => [k, wrap(inner)]))
  }
  return { wrap, count: () => count }
}

// A walk with flat stretches and, every 997 rows, a row that is not known: a full window must refill.
const walk = (rows: number, seed: number): Float64Array => {
  const column = new Float64Array(rows)
  let state = seed
  let x = 1000
  for (let i = 0; i < rows; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    x += (state >>> 29) - 3.5
    column[i] = i % 997 === 996 ? Number.NaN : i % 50 < 10 ? 1000 : x
  }
  return column
}
const inputFor = (socket: Socket, rows: number, seed: number): Input => {
  const values = walk(rows, seed)
  if (socket.letter === 'B') {
    const high = values.map((x, i) => x + (i % 7))
    const low = values.map((x, i) => x - (i % 5))
    return { open: values, high, low, close: values, volume: values } satisfies BarColumns
  }
  if (socket.letter === 'K') return values.map((x) => (x > 1000 ? 1 : 0))
  if (socket.letter !== 'C' && socket.letter !== 'E') return values
  const bits = bitsOf(rows)
  for (let i = 0; i < rows; i++)
    setVerdict(bits, i, Number.isNaN(given(values[i])) ? 0 : given(values[i]) > 1005 ? 1 : -1)
  return bits satisfies Column
}

/** Mean accesses a bar over the last rows, run bar by bar. */
const costOf = (name: string, sockets: Sockets, { rows, params }: { rows: number; params: Params }): number => {
  const type = typeOf(name)
  const inputs = Object.fromEntries(
    Object.entries(sockets).map(([port, wires], p) => [
      port,
      type.inputs[port]?.least === undefined
        ? inputFor(given(wires[0]), rows, p + 1)
        : wires.map((x, k) => inputFor(x, rows, 10 * p + k + 1) as Column),
    ]),
  )
  const going = start({ type, inputs, params, sockets: socketsOf(type, sockets, params), rows })
  going.step(0, 1)
  const meter = counted()
  const memory = meter.wrap(going.memory) as object
  const seen = meter.wrap(inputs) as object
  for (let i = 1; i < rows; i++) type.run?.(memory, seen, going.outputs, params, i, i + 1, 0)
  return meter.count() / (rows - 1)
}

const price: Sockets = { of: [{ letter: 'P', centre: null }] }
const bars: Sockets = { bars: [{ letter: 'B', centre: null }] }
const one: Sockets = { of: [{ letter: 'C', centre: null }] }
const two: Sockets = { of: [...(one.of ?? []), ...(one.of ?? [])] }

/** Every type whose cost could depend on a length: parameters for a length n. */
const windows: readonly (readonly [string, Sockets, (n: number) => Params])[] = [
  ['ema', price, (n) => ({ length: n })],
  ['sma', price, (n) => ({ length: n })],
  ['bbands', price, (n) => ({ length: n, std: 2 })],
  ['macd', price, (n) => ({ fast: n / 2, slow: n, signal: n })],
  ['rsi', price, (n) => ({ length: n })],
  ['atr', bars, (n) => ({ length: n })],
  ['adx', bars, (n) => ({ length: n })],
  ['highest', price, (n) => ({ over: n })],
  ['lowest', price, (n) => ({ over: n })],
  ['offset', price, (n) => ({ by: n })],
  ['offset', one, (n) => ({ by: n })],
  ['offset', { of: [swingKinds] }, (n) => ({ by: n })],
  ['change', price, (n) => ({ over: n, as: 'rate' })],
  ['swing', bars, (n) => ({ left: n / 10, right: n / 10 })],
  ['occurred', one, (n) => ({ within: n })],
  ['holds', one, (n) => ({ for: n })],
  ['sequence', two, (n) => ({ within: n })],
]

describe('O(1) a bar', () => {
  it('is asked of every type with a length', () => {
    const asked = new Set([...windows.map(([name]) => name), 'percentile'])
    const lengths = logicTypes
      .filter((x) => x.run !== undefined && Object.values(x.params).some((p) => p.kind === 'bars'))
      .map((x) => x.type)
    expect(lengths.filter((x) => !asked.has(x))).toEqual([])
    expect(cases.length).toBeGreaterThan(0)
  })
  for (const [name, sockets, params] of windows) {
    it(`${name} of ${given(Object.values(sockets)[0]?.[0]).letter}: a window of 500 costs what one of 20 costs`, () => {
      const small = costOf(name, sockets, { rows: 5000, params: params(20) })
      const large = costOf(name, sockets, { rows: 5000, params: params(500) })
      // Accesses a bar; the largest are bbands (two windows) and swing (two queues).
      expect(small).toBeLessThan(26)
      expect(large).toBeLessThan(small * 1.25 + 1)
    })
  }
  it('percentile: at most 8 sqrt(n) + 60 accesses a bar', () => {
    for (const n of [100, 900, 4000])
      expect(costOf('percentile', price, { rows: 9000, params: { over: n } })).toBeLessThan(8 * Math.sqrt(n) + 60)
  })
})
