// Rules of data, by hand: fill interval, range, slower bars of another market, publication, settlements, benchmark, ruin.
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../../../blocks/engine/columns/evaluate'
import { fundingPlan } from '../../../../blocks/engine/funding'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import type { BarRows, FundingRows, MarketRows } from '../../../../blocks/engine/rows'
import { type Run, run } from '../../../../blocks/engine/run'
import { fillTimeframe } from '../../../../blocks/engine/seats'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { verdictAt } from '../../../../blocks/kit/bits'
import type { LogicType } from '../../../../blocks/kit/logic'
import type { Timeframe } from '../../../../blocks/kit/timeframe'
import { tfMs } from '../../../../blocks/kit/timeframe'
import type { PlayTree } from '../../../../blocks/play/tree'
import { dayMs, marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { flatOf, typesByKey } from '../laws/cases'

const at = (minute: number): number => monday + minute * minuteMs

/** Bars whose prices all are the close; null is a missing bar. */
const flatBars = (closes: readonly (number | null)[], tf: Timeframe = '1m'): BarRows => {
  const present = closes.flatMap((close, k) => (close === null ? [] : [[monday + k * tfMs[tf], close] as const]))
  const price = (): Float64Array => Float64Array.from(present, ([, close]) => close)
  return {
    tf,
    openMs: Float64Array.from(present, ([ms]) => ms),
    open: price(),
    high: price(),
    low: price(),
    close: price(),
    volume: price().fill(1000),
  }
}

const market = (id: string, bars: BarRows, more: Partial<MarketRows> = {}): MarketRows => ({
  instrument: {
    id,
    kind: id.endsWith('.P') ? 'perp' : 'spot',
    tick: '0.1',
    step: '0.001',
    minQty: 0.001,
    minNotional: 5,
    brackets: [],
    source: 'by hand',
  },
  barsOf: id,
  synthetic: false,
  bars,
  funding: null,
  mark: null,
  notices: [],
  ...more,
})

/** Enters on every bar that closes above the one before. */
const climber = (changes: Partial<PlayTree> = {}): PlayTree => ({
  dsl: 1,
  play: 'climber',
  markets: { main: 'x:A' },
  tf: '5m',
  nodes: {
    price: { bars: { market: 'main' } },
    before: { offset: { of: 'price.close', by: 1 } },
    up: { above: ['price.close', 'before'] },
    go: { entry: { when: 'up' } },
    stop: { stop: { by: '5%' } },
    timeout: { time_stop: { after: '2b' } },
  },
  long: { entries: ['go'], exits: ['stop', 'timeout'] },
  short: 'none',
  risk: { size: { quote: 1000 } },
  ...changes,
})

const settings = settingsSchema.parse({
  fees: { maker: 0, taker: 0.001, liquidation: 0 },
  slippage: { model: 'fixed', bps: 0 },
  funding_gaps: 'mark',
})
const runOf = (tree: PlayTree, markets: readonly MarketRows[], range: { fromMs: number; toMs: number }): Run => {
  const made = run({ plays: [flatOf(tree)], workspace: new Workspace(markets), types: typesByKey, settings, ...range })
  if (Array.isArray(made)) throw new Error(JSON.stringify(made))
  return made
}

const steps = (...blocks: readonly (readonly [count: number, close: number | null])[]): (number | null)[] =>
  blocks.flatMap(([count, close]) => Array.from({ length: count }, () => close))

describe('S8 one fill interval', () => {
  it('is the finest that covers all traded markets, and is named when it is not 1m', () => {
    const slow = market('x:B', flatBars(steps([12, 100], [12, 101]), '5m'))
    const fast = market('x:A', flatBars(steps([60, 100], [60, 101])))
    const tree = climber({ markets: { main: ['x:A', 'x:B'] }, tf: '15m' })
    expect(fillTimeframe([flatOf(tree)], new Workspace([fast, slow]))).toBe('5m')
    const both = runOf(tree, [fast, slow], { fromMs: at(0), toMs: at(120) })
    expect(both.seats.map(({ seat }) => seat.fill.tf)).toEqual(['5m', '5m'])
    expect(both.notices.filter(({ code }) => code === 'fill_interval').length).toBe(2)
    // Up at 01:15: both fill at the bar that opens then.
    expect(
      both.facts.open.map(({ entryMs }) => entryMs).concat(both.facts.trades.map(({ entryMs }) => entryMs)),
    ).toEqual([at(75), at(75)])
    const one = runOf(climber(), [fast], { fromMs: at(0), toMs: at(120) })
    expect(one.notices.filter(({ code }) => code === 'fill_interval')).toEqual([])
  })

  it('a Play on faster bars than those stored is refused', () => {
    const slow = market('x:A', flatBars(steps([24, 100]), '15m'))
    const made = run({
      plays: [flatOf(climber())],
      workspace: new Workspace([slow]),
      types: typesByKey,
      settings,
      fromMs: at(0),
      toMs: at(120),
    })
    expect(Array.isArray(made) && made.map(({ code }) => code)).toEqual(['bars_too_slow'])
  })
})

describe('S9 range', () => {
  const data = market('x:A', flatBars(steps([10, 100], [5, 101], [5, 102], [10, 103])))

  it('a position at `to` is marked at the last close, listed and not closed', () => {
    // Up at 00:15: 1000 / 101 in at 102; the 2 bars of the time stop end at 00:25, which is `to`.
    const { facts, pending } = runOf(climber(), [data], { fromMs: at(0), toMs: at(25) })
    expect(facts.trades).toEqual([])
    const [open] = facts.open
    expect([open?.entryMs, open?.entryPrice, open?.qtyBase, open?.exitMs, open?.exitReason]).toEqual([
      at(15),
      102,
      9.9,
      null,
      null,
    ])
    // Marked at 103, less the fee of one fill.
    expect(facts.lastEquity).toBeCloseTo(10_000 + 9.9 * (103 - 102) - 0.001 * 9.9 * 102, 9)
    expect(pending).toEqual([])
  })

  it('decisions at `from` are made, decisions at `to` are not', () => {
    const range = (from: number, to: number) => runOf(climber(), [data], { fromMs: at(from), toMs: at(to) }).facts
    expect(range(15, 25).open.length).toBe(1)
    expect(range(16, 20).open.length).toBe(0)
    expect(range(0, 15).open.length).toBe(0)
    expect(range(0, 16).open.length).toBe(1)
  })

  it('columns reach back before `from`', () => {
    // At 00:15 the bar before is needed: it lies before the range.
    expect(runOf(climber(), [data], { fromMs: at(15), toMs: at(30) }).facts.trades[0]?.entryMs).toBe(at(15))
  })
})

describe('S5 holes', () => {
  it('every condition is unknown in a hole, and a rise across it is none', () => {
    const data = market('x:A', flatBars(steps([5, 100], [5, 101], [5, null], [5, 102], [5, 101], [5, 102])))
    const flat = flatOf(climber())
    const made = evaluate(flat, new Workspace([data]), { binding: { main: 'x:A' }, types: typesByKey })
    const up = made.onDecision(
      flat.nodes.findIndex(({ path }) => path === 'up'),
      '',
    )
    if (up instanceof Float64Array || !('t' in up)) throw new Error('not a condition')
    // Rows: first, up, hole, up from the last close, down, up.
    expect([0, 1, 2, 3, 4, 5].map((i) => verdictAt(up, i))).toEqual([0, 1, 0, 1, -1, 1])
    const { facts, friction } = runOf(climber(), [data], { fromMs: at(0), toMs: at(30) })
    expect([...facts.trades, ...facts.open].length + Object.keys(friction.refused).length).toBe(0)
  })
})

describe('S10 slower bars of another market', () => {
  it('an hour that it has not: the mean of its last existing hour stands', () => {
    const main = market('x:A', flatBars(steps([300, 100])))
    const other = market('x:B', flatBars(steps([60, 10], [60, 20], [60, null], [60, 40], [60, 50])))
    const tree = climber({
      markets: { main: 'x:A', other: 'x:B' },
      tf: '15m',
      nodes: {
        ...climber().nodes,
        hours: { bars: { market: 'other', tf: '1h' } },
        mean: { sma: { of: 'hours.close', length: 2 } },
        rising: { above: ['hours.close', 'mean'] },
        calm: { filter: { allow: 'rising' } },
      },
      long: { filters: ['calm'], entries: ['go'], exits: ['stop', 'timeout'] },
    })
    const flat = flatOf(tree)
    const binding = { main: 'x:A', other: 'x:B' }
    const made = evaluate(flat, new Workspace([main, other]), { binding, types: typesByKey })
    const place = flat.nodes.findIndex(({ path }) => path === 'mean')
    const mean = made.onDecision(place, 'value') as Float64Array
    // Hours: 10, 20, none (a flat bar of 20 for the kernel), 40, 50. Rows 3, 7, 11, 15 and 19 close with an hour.
    expect([3, 7, 10, 11, 14, 15, 19].map((i) => mean[i])).toEqual([Number.NaN, 15, 15, 15, 15, 30, 45])
  })
})

describe('S11 publication', () => {
  it('a rate is known one minute after its settlement, held, and unknown before the first', () => {
    const rows: FundingRows = {
      stampMs: Float64Array.of(at(480) + 13, at(960) - 20),
      rate: Float64Array.of(0.0001, -0.0002),
      intervalMs: null,
    }
    const main = market('x:A.P', flatBars(steps([1000, 100])), { funding: rows })
    const tree = climber({
      markets: { main: 'x:A.P' },
      nodes: {
        ...climber().nodes,
        fees: { funding: { market: 'main' } },
        dear: { above: ['fees.rate', '0.05%'] },
        calm: { filter: { allow: 'dear' } },
      },
      long: { filters: ['calm'], entries: ['go'], exits: ['stop', 'timeout'] },
    })
    const flat = flatOf(tree)
    const made = evaluate(flat, new Workspace([main]), { binding: { main: 'x:A.P' }, types: typesByKey })
    const place = flat.nodes.findIndex(({ path }) => path === 'fees')
    const column = (output: string) => made.onDecision(place, output) as Float64Array
    // Row 95 closes at 08:00, row 96 at 08:05; row 191 at 16:00, row 192 at 16:05.
    expect([94, 95, 96, 97, 191, 192].map((i) => column('rate')[i])).toEqual([
      Number.NaN,
      Number.NaN,
      0.0001,
      0.0001,
      0.0001,
      -0.0002,
    ])
    // The first interval is not known yet; the second is the distance to the one before.
    expect([96, 192].map((i) => column('per_8h')[i])).toEqual([Number.NaN, -0.0002])
  })
})

describe('S38 settlements', () => {
  const perp = (funding: FundingRows, more: Partial<MarketRows> = {}) =>
    market('x:A.P', flatBars(steps([3000, 100])), { funding, ...more })
  const rows = (minutes: readonly number[], intervalMs: number | null = null): FundingRows => ({
    stampMs: Float64Array.from(minutes, at),
    rate: Float64Array.from(minutes, (_, j) => (j + 1) / 10_000),
    intervalMs: intervalMs === null ? null : new Float64Array(minutes.length).fill(intervalMs),
  })
  const range = (from: number, to: number, gaps: 'refuse' | 'mark') => ({ fromMs: at(from), toMs: at(to), gaps })

  it('stamps are rounded to their minute; more than 5 s off, or two in a minute, is a data error', () => {
    const off = (ms: number): FundingRows => ({
      ...rows([480, 960, 1440]),
      stampMs: Float64Array.of(at(480), at(960) + ms, at(1440)),
    })
    expect(fundingPlan(perp(off(5000)), range(0, 1500, 'refuse')).plan?.ms[1]).toBe(at(960))
    expect(fundingPlan(perp(off(-5000)), range(0, 1500, 'refuse')).plan?.ms[1]).toBe(at(960))
    expect(fundingPlan(perp(off(5001)), range(0, 1500, 'refuse')).problem?.code).toBe('funding_stamp')
    expect(fundingPlan(perp(off(-5001)), range(0, 1500, 'mark')).problem?.code).toBe('funding_stamp')
    const twice = { ...rows([480, 960, 1440]), stampMs: Float64Array.of(at(480), at(480) + 900, at(1440)) }
    expect(fundingPlan(perp(twice), range(0, 1500, 'mark')).problem?.code).toBe('funding_stamp')
  })

  it('a settlement that the schedule expects and the file has not is refused, or marked without a rate', () => {
    const gap = perp(rows([480, 960, 1920, 2400]))
    const refused = fundingPlan(gap, range(0, 3000, 'refuse'))
    expect(refused.problem?.code).toBe('funding_missing')
    expect(refused.problem?.message).toContain(String(at(1440)))
    const marked = fundingPlan(gap, range(0, 3000, 'mark'))
    // 00:00 is the start itself and 2880 lies inside: only what the file has not in (0, 3000).
    expect([...(marked.plan?.ms ?? [])]).toEqual([480, 960, 1440, 1920, 2400, 2880].map(at))
    expect([...(marked.plan?.rate ?? [])]).toEqual([0.0001, 0.0002, Number.NaN, 0.0003, 0.0004, Number.NaN])
    expect(marked.missing).toBe(2)
    // Outside the range nothing is missing.
    expect(fundingPlan(gap, range(1500, 2401, 'refuse')).problem).toBeNull()
    expect(fundingPlan(gap, range(1440, 2401, 'refuse')).problem).toBeNull()
    expect(
      fundingPlan(gap, range(1439, 2401, 'refuse')).missing + fundingPlan(gap, range(1439, 2401, 'mark')).missing,
    ).toBe(1)
  })

  it('the interval column of the file comes before distances', () => {
    const told = perp(rows([480, 960, 1440], 4 * 3_600_000))
    expect(fundingPlan(told, range(400, 1500, 'mark')).missing).toBe(2)
    expect(fundingPlan(perp(rows([480, 960, 1440])), range(400, 1500, 'mark')).missing).toBe(0)
  })

  it('without rates a perpetual is refused unless gaps are marked; spot needs none', () => {
    const bare = market('x:A.P', flatBars(steps([100, 100])))
    expect(fundingPlan(bare, range(0, 100, 'refuse')).problem?.code).toBe('funding_missing')
    expect(fundingPlan(bare, range(0, 100, 'mark'))).toEqual({ plan: null, missing: 0, problem: null })
    expect(fundingPlan(market('x:A', flatBars(steps([100, 100]))), range(0, 100, 'refuse'))).toEqual({
      plan: null,
      missing: 0,
      problem: null,
    })
  })

  it('S37 the mark of a settlement is the open of the mark bar that opens then, of any interval', () => {
    const mark = flatBars(steps([8, 90], [8, 91], [8, null], [8, 93]), '1h')
    const plan = fundingPlan(perp(rows([480, 960, 1440]), { mark }), range(0, 1500, 'mark')).plan
    expect([...(plan?.mark ?? [])]).toEqual([91, Number.NaN, 93])
  })

  it('a payment: - side x quantity x mark x rate, on what was held before the minute', () => {
    const closes = steps([475, 100], [5, 101], [520, 101])
    // Up at 08:00, the entry is in the minute of the settlement: it pays nothing then, and at 16:00 it is long gone.
    const data = perp({ ...rows([480, 960], 8 * 3_600_000) }, { bars: flatBars(closes) })
    const tree = climber({ markets: { main: 'x:A.P' } })
    expect(
      runOf(tree, [data], { fromMs: at(0), toMs: at(1000) }).facts.trades.map(({ fundingUsdt }) => fundingUsdt),
    ).toEqual([0])
    const earlier = perp({ ...rows([485, 965], 8 * 3_600_000) }, { bars: flatBars(closes) })
    // Settled at 08:05 on 1000 / 101 = 9.9 base units at 101, rate 0.0001.
    const paid = runOf(tree, [earlier], { fromMs: at(0), toMs: at(1000) }).facts.trades[0]?.fundingUsdt
    expect(paid).toBeCloseTo(-9.9 * 101 * 0.0001, 12)
    expect(paid).toBeLessThan(-0.09)
  })
})

describe('S32 at the fill', () => {
  it('margin and fee must be there: a gap that leaves room for one of them only is refused', () => {
    const dear = settingsSchema.parse({ fees: { taker: 0.01 }, slippage: { model: 'fixed', bps: 0 } })
    const all = climber({ risk: { size: { notional: '100%' } } })
    const gapTo = (price: number): Run => {
      const data = market('x:A', flatBars(steps([10, 99], [5, 100], [20, price])))
      const request = { plays: [flatOf(all)], workspace: new Workspace([data]), types: typesByKey, settings: dear }
      const made = run({ ...request, fromMs: at(0), toMs: at(30) })
      if (Array.isArray(made)) throw new Error(JSON.stringify(made))
      return made
    }
    // 10,000 / (100 x 1.02) = 98.039 units: at 100.9 they cost 9,892.13 + 98.92 of fee, at 101.5 9,950.96 + 99.51.
    expect(
      gapTo(100.9)
        .facts.trades.concat(gapTo(100.9).facts.open)
        .map(({ qtyBase }) => qtyBase),
    ).toEqual([98.039])
    const refused = gapTo(101.5)
    expect(refused.facts.trades.concat(refused.facts.open)).toEqual([])
    expect(refused.friction.refused).toMatchObject({ insufficient_margin: 1 })
  })
})

describe('S41 ruin', () => {
  it('five sizes refused in a row: no entries from then on, CAGR -100 %', () => {
    const saw = steps(...Array.from({ length: 20 }, (_, k) => [5, 100 + (k % 2)] as const))
    const poor = climber({ risk: { size: { quote: 4 } } })
    const { facts, friction } = runOf(poor, [market('x:A', flatBars(saw))], { fromMs: at(0), toMs: at(100) })
    // Nine rises, for the first step up follows an unknown bar; the last closes at `to`. Five refused by size, three by ruin.
    expect(friction.refused).toEqual({ below_minimum: 5, ruined: 3 })
    expect(facts.ruined).toBe(true)
    expect(metricsOf(facts).cagrPct.value).toBe(-100)
  })
})

describe('S47 benchmark', () => {
  it('first open at or after `from`, last existing close before each midnight and before `to`', () => {
    for (let seed = 1; seed <= 19; seed++) {
      const data = marketOf({ seed, id: 'x:A', minutes: 6000, holes: 300 })
      const [fromMs, toMs] = [monday + (700 + 37 * seed) * minuteMs, monday + (5000 + seed) * minuteMs]
      const { facts } = runOf(climber(), [data], { fromMs, toMs })
      const { openMs, open, close } = data.bars
      const [told] = facts.benchmark
      const closeBefore = (ms: number): number => close[openMs.findLastIndex((x) => x < ms)] ?? Number.NaN
      expect(told?.startOpen).toBe(open[openMs.findIndex((x) => x >= fromMs)])
      expect(told?.endClose).toBe(closeBefore(toMs))
      const start = openMs.find((x) => x >= fromMs) ?? Number.NaN
      const sample = (ms: number): number => (start < ms ? closeBefore(ms) : Number.NaN)
      expect([...(told?.daily ?? [])]).toEqual([1, 2, 3].map((day) => sample(monday + day * dayMs)))
    }
  })
})

describe('infinite values', () => {
  it('become unknown and are told, also by the run that takes them from the cache', () => {
    const offset = typesByKey.get('offset@1')
    if (offset === undefined) throw new Error('offset is gone')
    // A kernel with a fault: infinite from the third row on.
    const run3: LogicType['run'] = (...given) => {
      const [, , outputs, , i0, i1] = given
      const { value } = outputs as { value: Float64Array }
      for (let i = i0; i < i1; i++) value[i] = i < 2 ? 1 : i === 2 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    }
    const types = new Map(typesByKey).set('offset@1', { ...offset, run: run3 })
    const data = market('x:A', flatBars(steps([50, 100], [50, 101])))
    const request = {
      plays: [flatOf(climber())],
      workspace: new Workspace([data]),
      types,
      settings,
      fromMs: at(0),
      toMs: at(100),
    }
    const told = [1, 2].map(() => {
      const made = run(request)
      if (Array.isArray(made)) throw new Error(JSON.stringify(made))
      expect(made.facts.trades.length + made.facts.open.length).toBe(0)
      expect(made.seats[0]?.evaluated.findings).toEqual([{ path: 'before', output: 'value', rows: 18, firstRow: 2 }])
      return made.notices.filter(({ code }) => code === 'not_finite')
    })
    expect(told[0]?.length).toBe(1)
    expect(told[1]).toEqual(told[0])
  })
})
