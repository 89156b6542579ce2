// How far a comparison is from true, and since when a value stands; worked by hand on a few bars.
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../../blocks/engine/look/values'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { isProblems, type PreparedSeat, prepareSeats } from '../../../../blocks/engine/seats'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { flatOf, typesByKey } from '../laws/cases'

const id = 'binance:BTCUSDT'

/** Minutes with these closes; each opens where the one before closed. */
const closes = [100, 104, 103, 107, 107, 101, 99, 100, 108, 108]
const market: MarketRows = (() => {
  const made = marketOf({ seed: 1, id, minutes: closes.length })
  const close = Float64Array.from(closes)
  const open = Float64Array.from(closes, (x, k) => closes[k - 1] ?? x)
  const high = close.map((x, k) => Math.max(x, open[k] ?? x))
  const low = close.map((x, k) => Math.min(x, open[k] ?? x))
  const openMs = close.map((_, k) => monday + k * minuteMs)
  return { ...made, bars: { tf: '1m', openMs, open, high, low, close, volume: close.map(() => 1) } }
})()

const seatOf = (nodes: string): PreparedSeat => {
  const { tree, problems } = parseDocument(`dsl: 1
play: gaps
markets: { main: ${id} }
tf: 1m
nodes:
  price: { bars: { market: main } }
  level: { offset: { of: price.close, by: 1b } }
${nodes}
  buy: { entry: { when: it } }
  stop: { stop: { by: 2% } }
long: { entries: [buy], exits: [stop] }
short: none
risk: { size: { risk: 1% }, leverage: { max: 1 } }
`)
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  const made = prepareSeats({
    plays: [flatOf(tree)],
    workspace: new Workspace([market]),
    types: typesByKey,
    settings: settingsSchema.parse({}),
    fromMs: monday,
    toMs: monday + closes.length * minuteMs,
  })
  if (isProblems(made) || made[0] === undefined) throw new Error(JSON.stringify(made))
  return made[0]
}

const told = (nodes: string): (readonly [verdict: string, sides: unknown, short: number | null])[] => {
  const seat = seatOf(nodes)
  const place = seat.evaluated.flat.nodes.findIndex(({ path }) => path === 'it')
  return closes.map((_, i) => {
    const reader = new Reader(seat, i)
    const { sides, short } = reader.comparison(place) ?? { sides: 'none', short: null }
    return [reader.verdict(place, ''), sides, short]
  })
}

describe('what a comparison lacks', () => {
  it('above: the rest of the way up; equal lacks nothing and is not true', () => {
    const rows = told('  it: { above: [price.close, level] }')
    expect(rows[0]).toEqual(['unknown', null, null])
    expect(rows[1]).toEqual(['true', [104, 100], 0])
    expect(rows[2]).toEqual(['false', [103, 104], 1])
    expect(rows[4]).toEqual(['false', [107, 107], 0])
    expect(rows[5]).toEqual(['false', [101, 107], 6])
  })

  it('at_most: the way down', () => {
    const rows = told('  it: { at_most: [price.close, level] }')
    expect(rows[1]).toEqual(['false', [104, 100], 4])
    expect(rows[4]).toEqual(['true', [107, 107], 0])
  })

  it('a cross: what is missing below the line; above it nothing can be said', () => {
    const rows = told('  it: { crosses_above: [price.close, level] }')
    expect(rows[3]).toEqual(['true', [107, 103], 0])
    expect(rows[5]).toEqual(['false', [101, 107], 6])
    expect(rows[7]).toEqual(['true', [100, 99], 0])
    expect(rows[8]).toEqual(['false', [108, 100], null])
  })

  it('between: held against the nearer end', () => {
    const rows = told(
      '  low: { sub: [level, 2] }\n  high: { add: [level, 2] }\n  it: { between: { of: price.close, low: low, high: high } }',
    )
    expect(rows[1]).toEqual(['false', [104, 102], 2])
    expect(rows[2]).toEqual(['true', [103, 102], 0])
    expect(rows[5]).toEqual(['false', [101, 105], 4])
  })

  it('near, by a share of the second value', () => {
    const rows = told('  it: { near: { of: price.close, to: level, share: 1% } }')
    expect(rows[1]).toEqual(['false', [104, 100], 3])
    expect(rows[2]).toEqual(['true', [103, 104], 0])
  })

  it('a condition of conditions compares no numbers', () => {
    const rows = told('  up: { above: [price.close, level] }\n  it: { holds: { of: up, for: 2b } }')
    expect(rows[3]).toEqual(['false', 'none', null])
  })
})

describe('since when', () => {
  const since = (nodes: string, name: string): (number | null)[] => {
    const seat = seatOf(nodes)
    return closes.map((_, i) => {
      const ms = new Reader(seat, i).values()[name]?.sinceMs ?? null
      return ms === null ? null : (ms - monday) / minuteMs - 1
    })
  }

  it('a condition: the bar on which it became what it is', () => {
    // Closes above the one before: ? T F T F F F T T F
    expect(since('  it: { above: [price.close, level] }', 'it')).toEqual([null, 1, 2, 3, 4, 4, 4, 7, 7, 9])
  })

  it('a number: the bar that gave it first', () => {
    expect(since('  it: { above: [price.close, level] }', 'level.value')).toEqual([null, 1, 2, 3, 4, 4, 6, 7, 8, 9])
    const level = '  it: { below: [price.close, top] }\n  top: { highest: { of: price.close, over: 4b } }'
    // 100 104 104 107 | the highest of the last four: 107 107 107 107 108 108
    expect(since(level, 'top.value')).toEqual([null, null, null, 3, 3, 3, 3, 3, 8, 8])
  })
})
