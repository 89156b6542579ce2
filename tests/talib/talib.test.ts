// The kernels against TA-Lib: a stored table of its values over a seeded synthetic series (compare.py writes it).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { typeOf } from '../blocks/logic/cases'
import { given, type Params, runWhole, type Sockets, socketsOf } from '../blocks/logic/runner'

/** Largest allowed |ours - theirs| / max(1e-6 of a price, |theirs|). */
const tolerance = 1e-9

interface Stored {
  readonly type: string
  readonly params: Params
  readonly firstKnown?: Readonly<Record<string, number>>
  readonly rows: readonly number[]
  readonly values: Readonly<Record<string, readonly number[]>>
}
interface Table {
  readonly from: { readonly library: string; readonly seed: number; readonly rows: number }
  readonly series: Readonly<Record<'open' | 'high' | 'low' | 'close', readonly number[]>>
  readonly rsiOfFlat: number
  readonly cases: readonly Stored[]
}
const table: Table = JSON.parse(readFileSync(new URL('table.json', import.meta.url), 'utf8'))
const stored = table.cases

const { series } = table
const { rows } = table.from
const column = (hundredths: readonly number[]) => Float64Array.from(hundredths, (x) => x / 100)
const bars = {
  open: column(series.open),
  high: column(series.high),
  low: column(series.low),
  close: column(series.close),
  volume: new Float64Array(rows),
}

const compute = ({ type: name, params }: Stored, row0 = 0) => {
  const type = typeOf(name)
  const onBars = 'bars' in type.inputs
  const sockets: Sockets = onBars ? { bars: [{ letter: 'B', centre: null }] } : { of: [{ letter: 'P', centre: null }] }
  const inputs = onBars ? { bars } : { of: bars.close }
  return runWhole({ type, inputs, params, sockets: socketsOf(type, sockets, params), rows, row0 })
}

const apart = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.max(1e-6, Math.abs(theirs))
describe(`against ${table.from.library}`, () => {
  it('holds every indicator that TA-Lib has too', () => {
    expect(Object.values(series).map((x) => x.length)).toEqual([rows, rows, rows, rows])
    expect(new Set(stored.map((x) => x.type))).toEqual(
      new Set(['sma', 'ema', 'rsi', 'atr', 'bbands', 'macd', 'adx', 'highest', 'lowest', 'change']),
    )
  })
  it('differs knowingly: the RSI of a series that never moves is 50, theirs 0', () => {
    expect(table.rsiOfFlat).toBe(0)
    const of = new Float64Array(60).fill(2500)
    const job = { type: typeOf('rsi'), inputs: { of }, params: { length: 14 }, rows: 60 }
    const outputs = runWhole({ ...job, sockets: { value: { letter: 'O', centre: 50 } } })
    expect(Array.from((outputs.value as Float64Array).subarray(14))).toEqual(Array.from({ length: 46 }, () => 50))
  })
  for (const one of stored) {
    it(`${one.type} ${JSON.stringify(one.params)}: ${Object.keys(one.values).join(', ')}`, () => {
      expect(one.rows.length).toBeGreaterThanOrEqual(10)
      // Anchored windows may stand anywhere in their block.
      for (const row0 of [0, 17, 1_893_455]) {
        const outputs = compute(one, row0)
        for (const [name, values] of Object.entries(one.values)) {
          const ours = outputs[name] as Float64Array
          let worst = 0
          one.rows.forEach((i, k) => {
            const gap = apart(given(ours[i]), given(values[k]))
            // Not `>`: a NaN must fail.
            if (!(gap <= worst)) worst = gap
          })
          expect(worst).toBeLessThanOrEqual(tolerance)
          const first = one.firstKnown?.[name]
          if (first !== undefined) expect(ours.findIndex((x) => !Number.isNaN(x))).toBe(first)
        }
      }
    })
  }
})
