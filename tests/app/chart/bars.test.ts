// Windows of the engine on the grid of the chart: nothing slips by a bar, nothing is known before it was.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsOn, gridOf, holesOf, placesOf, stintsOf, valuesOn } from '../../../app/chart/bars'
import { closeOf, type Grid } from '../../../app/chart/grid'
import type { CandleWindow, SeriesWindow } from '../../../app/engine/protocol'
import { rowOf, tfMs } from '../../../blocks/kit/timeframe'

const hour = tfMs['1h']
const t0 = Date.UTC(2024, 0, 1)
const nan = Number.NaN

const candles = (hours: readonly number[]): CandleWindow => {
  const column = Float64Array.from(hours, (h) => 100 + h)
  return {
    tf: '1h',
    openMs: Float64Array.from(hours, (h) => t0 + h * hour),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
    firstMs: t0,
    lastMs: t0 + 1000 * hour,
  }
}

const grid: Grid = { tf: '1h', row0: rowOf('1h', t0), rows: 6 }

const series = (known: readonly (readonly [hours: number, value: number])[]): SeriesWindow => ({
  node: 'n',
  output: 'value',
  knownMs: Float64Array.from(known, ([h]) => t0 + h * hour),
  values: Float64Array.from(known, ([, value]) => value),
  kinds: null,
})

describe('bars on the grid', () => {
  it('keep the room of a hole', () => {
    const window = candles([0, 1, 4, 5, 9])
    const made = gridOf(window)
    expect(made).toEqual({ tf: '1h', row0: rowOf('1h', t0), rows: 10 })
    const places = placesOf(window, made)
    expect([...places]).toEqual([0, 1, -1, -1, 2, 3, -1, -1, -1, 4])
    expect(holesOf(places)).toEqual([
      { from: 2, to: 3 },
      { from: 6, to: 8 },
    ])
  })

  it('of an empty window are none', () => {
    expect(gridOf(candles([])).rows).toBe(0)
    expect(holesOf(new Int32Array(0))).toEqual([])
  })
})

describe('values on the grid', () => {
  it('stand on the bar at whose close they became known', () => {
    expect([
      ...valuesOn(
        series([
          [1, 10],
          [2, 20],
          [4, 40],
        ]),
        grid,
      ),
    ]).toEqual([10, 20, 20, 40, 40, 40])
  })

  it('that were known before the first bar hold on it; unknown stays unknown', () => {
    expect([
      ...valuesOn(
        series([
          [-3, 7],
          [3, nan],
          [5, 1],
        ]),
        grid,
      ),
    ]).toEqual([7, 7, nan, nan, 1, 1])
    expect([...valuesOn(series([[4, 7]]), grid)]).toEqual([nan, nan, nan, 7, 7, 7])
  })

  it('are never those of a later close', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5, max: 10 }), { maxLength: 12 }), (hours) => {
        const sorted = hours.sort((a, b) => a - b)
        const on = valuesOn(series(sorted.map((h) => [h, h])), grid)
        on.forEach((value, i) => {
          const closed = (closeOf(grid, i) - t0) / hour
          const last = sorted.filter((h) => h <= closed).at(-1)
          expect(value).toBe(last ?? nan)
        })
      }),
    )
  })
})

describe('events on the grid', () => {
  it('are true on their own bar alone', () => {
    expect([
      ...eventsOn(
        series([
          [1, 0],
          [2, 1],
          [3, 0],
          [4, 0],
        ]),
        grid,
      ),
    ]).toEqual([0, 1, 0, 0, 0, 0])
  })

  it('of finer bars count for the coarse bar that holds them', () => {
    const coarse: Grid = { tf: '4h', row0: rowOf('4h', t0), rows: 2 }
    expect([
      ...eventsOn(
        series([
          [1, 0],
          [2, 1],
          [3, 0],
          [4, 0],
          [5, 0],
          [8, 0],
        ]),
        coarse,
      ),
    ]).toEqual([1, 0])
  })

  it('before anything is known are unknown, and one that fired before the first bar does not fire on it', () => {
    expect([...eventsOn(series([[3, 1]]), grid)]).toEqual([nan, nan, 1, 0, 0, 0])
    expect([...eventsOn(series([[-1, 1]]), grid)]).toEqual([0, 0, 0, 0, 0, 0])
    expect([...eventsOn(series([]), grid)]).toEqual([nan, nan, nan, nan, nan, nan])
  })
})

describe('stints', () => {
  it('join equal neighbours, unknown with unknown, and cover the stretch without gap', () => {
    const values = Float64Array.from([1, 1, nan, nan, 0, 1])
    expect(stintsOf(values, { from: -4, to: 99 })).toEqual([
      { from: 0, to: 1, value: 1 },
      { from: 2, to: 3, value: nan },
      { from: 4, to: 4, value: 0 },
      { from: 5, to: 5, value: 1 },
    ])
    expect(stintsOf(values, { from: 1, to: 2 })).toEqual([
      { from: 1, to: 1, value: 1 },
      { from: 2, to: 2, value: nan },
    ])
  })
})
