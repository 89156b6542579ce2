// Notices on conditions: counts by words against one bar at a time, and missing bars named where they are the cause.
import { describe, expect, it } from 'vitest'
import { roleNotices } from '../../../blocks/engine/findings'
import type { Condition, Seat, SidePlan } from '../../../blocks/engine/plan'
import type { MarketRows } from '../../../blocks/engine/rows'
import { run } from '../../../blocks/engine/run'
import { isProblems, type PreparedSeat, prepareSeats } from '../../../blocks/engine/seats'
import { settingsSchema } from '../../../blocks/engine/settings'
import { Workspace } from '../../../blocks/engine/workspace'
import { getBit, verdictAt } from '../../../blocks/kit/bits'
import type { PlayTree } from '../../../blocks/play/tree'
import { minuteMs, monday } from '../../fixtures/bars'
import { caseOf, flatOf, patience, prepared, seeds, typesByKey } from './laws/cases'

/** One bar at a time, without warm-up: what the words of a notice must agree with. */
const slowly = ({ decision }: Seat, when: Condition, [i0, i1]: readonly [number, number]) => {
  const count = { bars: 0, trues: 0, falses: 0, unknown: 0 }
  if (!('market' in when)) return count
  for (let i = i0; i < i1; i++) {
    if (getBit(decision.hole, i)) continue
    count.bars += 1
    const verdict = verdictAt(when.market, i)
    count[verdict === 1 ? 'trues' : verdict === -1 ? 'falses' : 'unknown'] += 1
  }
  return count
}

const rolesOf = (plan: SidePlan | null): { path: string; when: Condition; setup: boolean }[] =>
  plan === null
    ? []
    : [
        ...plan.entries.map(({ path, when }) => ({ path, when: { market: when }, setup: true })),
        ...plan.filters.map(({ path, allow }) => ({ path, when: { market: allow }, setup: false })),
        ...[...plan.exitWhen, ...plan.invalidations].map(({ path, when }) => ({ path, when, setup: false })),
      ]

const saidOf = (one: PreparedSeat, rows: readonly [number, number]): Record<string, string[]> => {
  const said: Record<string, string[]> = {}
  for (const { code, message } of roleNotices(one, rows)) {
    const path = message.split(' was ')[0] ?? ''
    said[path] = [...(said[path] ?? []), code]
    said[`${path} ${code}`] = [message]
  }
  return said
}

describe('counts of conditions', () => {
  it(
    'agree with one bar at a time on random Plays, over any rows',
    () => {
      const seen: Record<string, number> = {}
      for (const seed of seeds.slice(0, 60)) {
        for (const one of prepared(caseOf(seed))) {
          const { rows } = one.seat.decision
          const range = [(seed * 13) % 50, rows - ((seed * 7) % 40)] as const
          const said = saidOf(one, range)
          for (const { path, when, setup } of [...rolesOf(one.seat.long), ...rolesOf(one.seat.short)]) {
            const { bars, trues, falses, unknown } = slowly(one.seat, when, range)
            const where = `case ${seed}, ${path}: ${JSON.stringify({ bars, trues, falses, unknown })}`
            const codes = 'market' in when ? (said[path] ?? []) : []
            if (!('market' in when)) continue
            expect(codes.includes('never_known'), where).toBe(trues + falses === 0)
            expect(codes.includes('never_true'), where).toBe(trues === 0 && falses > 0)
            expect(codes.includes('setup_mostly_true'), where).toBe(setup && trues > 0.3 * bars)
            const [told] = said[`${path} unknown_after_warm_up`] ?? []
            const [, some, all] = told?.match(/unknown on (\d+) of (\d+) bars/) ?? []
            // The warm-up itself is not told.
            if (told !== undefined) expect([Number(some) <= unknown, Number(all)], where).toEqual([true, bars])
            for (const code of codes) seen[code] = (seen[code] ?? 0) + 1
          }
        }
      }
      for (const code of ['unknown_after_warm_up', 'never_true', 'setup_mostly_true'])
        expect(seen[code], code).toBeGreaterThan(0)
    },
    patience,
  )
})

const market = (id: string, missing: readonly number[]): MarketRows => {
  const rows = Array.from({ length: 400 }, (_, k) => k).filter((k) => !missing.includes(k))
  const price = (): Float64Array => Float64Array.from(rows, (k) => 100 + ((k * 7) % 11))
  return {
    instrument: {
      id,
      kind: 'spot',
      tick: '0.1',
      step: '0.001',
      minQty: 0.001,
      minNotional: 5,
      brackets: [],
      source: 'by hand',
    },
    barsOf: id,
    synthetic: false,
    bars: {
      tf: '1m',
      openMs: Float64Array.from(rows, (k) => monday + k * minuteMs),
      open: price(),
      high: price(),
      low: price(),
      close: price(),
      volume: price(),
    },
    funding: null,
    mark: null,
    notices: [],
  }
}

/** Row 51 with the prices of row 50. */
const repeated = (made: MarketRows): MarketRows => {
  const { open, high, low, close } = made.bars
  for (const column of [open, high, low, close]) column[51] = column[50] ?? Number.NaN
  return made
}

const tree = (changes: Partial<PlayTree>): PlayTree => ({
  dsl: 1,
  play: 'lately',
  markets: { main: 'x:A', other: 'x:B' },
  tf: '1m',
  nodes: {},
  long: { entries: ['go'], exits: ['stop'] },
  short: 'none',
  risk: { size: { quote: 1000 } },
  ...changes,
})
const roles = { stop: { stop: { by: '5%' } } } as const

const unknownOf = (play: PlayTree, markets: readonly MarketRows[]): string | undefined => {
  const made = prepareSeats({
    plays: [flatOf(play)],
    workspace: new Workspace(markets),
    types: typesByKey,
    settings: settingsSchema.parse({}),
    fromMs: monday,
    toMs: monday + 400 * minuteMs,
  })
  if (isProblems(made) || made[0] === undefined) throw new Error(JSON.stringify(made))
  return roleNotices(made[0], [0, 400]).find(({ code }) => code === 'unknown_after_warm_up')?.message
}

describe('bars of a range', () => {
  it('are those that exist in it, on the fill and on the decision clock', () => {
    const play = tree({
      markets: { main: 'x:A' },
      tf: '5m',
      nodes: {
        price: { bars: { market: 'main' } },
        up: { above: ['price.close', 500] },
        go: { entry: { when: 'up' } },
        ...roles,
      },
    })
    // Minute 10 lies before the range; 100-104 are a whole bar, 203 is a part of one; 399 lies behind the range.
    const data = market('x:A', [10, 100, 101, 102, 103, 104, 203, 399])
    const made = run({
      plays: [flatOf(play)],
      workspace: new Workspace([data]),
      types: typesByKey,
      settings: settingsSchema.parse({}),
      fromMs: monday + 50 * minuteMs,
      toMs: monday + 390 * minuteMs,
    })
    if (Array.isArray(made)) throw new Error(JSON.stringify(made))
    // Bars that close at 50, 55 ... 385, without that of 105.
    expect(made.range).toEqual({ fillBars: 334, decisionBars: 67, holes: 6 })
    expect(made.friction.holes).toBe(6)
  })
})

describe('a condition that is unknown after its warm-up', () => {
  const lately = tree({
    nodes: {
      price: { bars: { market: 'main' } },
      up: { above: ['price.close', 500] },
      was: { occurred: { of: 'up', within: '6b' } },
      go: { entry: { when: 'was' } },
      ...roles,
    },
  })

  it('names missing bars as the cause, as far back as its window sees them', () => {
    // Never above 500: six rows see the hole at 100, of which one is the hole itself.
    expect(unknownOf(lately, [market('x:A', [100]), market('x:B', [])])).toBe(
      'go was unknown on 5 of 399 bars after its warm-up, because bars are missing there or shortly before: nothing acted on it there',
    )
    expect(unknownOf(lately, [market('x:A', []), market('x:B', [])])).toBeUndefined()
  })

  it('missing bars of another market count where its conditions are read', () => {
    const other = tree({
      nodes: {
        price: { bars: { market: 'other' } },
        up: { above: ['price.close', 50] },
        go: { entry: { when: 'up' } },
        ...roles,
      },
    })
    expect(unknownOf(other, [market('x:A', []), market('x:B', [40, 41, 200])])).toMatch(
      /^go was unknown on 3 of 400 bars after its warm-up, because bars are missing there or shortly before:/,
    )
  })

  it('tells how many of the rows bars explain, where others are unknown by themselves', () => {
    const either = tree({
      nodes: {
        price: { bars: { market: 'main' } },
        up: { above: ['price.close', 500] },
        was: { occurred: { of: 'up', within: '6b' } },
        move: { change: { of: 'price.close', over: 1, as: 'difference' } },
        wide: { change: { of: 'price.close', over: 2, as: 'difference' } },
        // Row 51 repeats the price of row 50: x over 0.
        ratio: { div: ['wide', 'move'] },
        steep: { above: ['ratio', 1000] },
        one: { any: ['was', 'steep'] },
        go: { entry: { when: 'one' } },
        ...roles,
      },
    })
    expect(unknownOf(either, [repeated(market('x:A', [100])), market('x:B', [])])).toMatch(
      /^go was unknown on 6 of 399 bars after its warm-up, on 5 of them because bars are missing there or shortly before:/,
    )
    expect(unknownOf(either, [market('x:A', [100]), market('x:B', [])])).toMatch(
      /^go was unknown on 5 of 399 .*up, because/,
    )
    const whole = repeated(market('x:A', []))
    expect(unknownOf(either, [whole, market('x:B', [])])).toBe(
      'go was unknown on 1 of 400 bars after its warm-up: nothing acted on it there',
    )
  })
})
