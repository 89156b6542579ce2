// What the panels of a result say, from the report: nothing that it does not tell, and nothing out of too little.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costSteps, extentOf } from '../../../app/results/costSteps'
import { headlines } from '../../../app/results/headline'
import { heat, monthGrid, strongestOf } from '../../../app/results/monthGrid'
import { tradeColumns } from '../../../app/results/tradeColumns'
import { tradeSteps, tradeSums } from '../../../app/results/tradeSteps'
import { allTrades, barMsOf, barsHeld, beside, tradeChange, tradeNo } from '../../../app/results/trades'
import { isEarned, trustCells } from '../../../app/results/trust'
import { leg, report, t0, trade } from './sample'

const hour = 3_600_000
const cell = (label: string, made = report()) => {
  const found = trustCells(made).find((one) => one.label === label)
  if (found === undefined) throw new Error(`no cell ${label}`)
  return found
}

describe('the trust strip', () => {
  it('tells made-up bars from real ones', () => {
    // Of a venue whether they were imported or downloaded: the report does not tell which.
    expect(cell('Data')).toMatchObject({ value: 'real', verdict: 'pass', about: 'All bars are of a venue.' })
    expect(cell('Data', report({ provenance: { synthetic: true } }))).toMatchObject({
      value: 'SYNTHETIC',
      verdict: 'fail',
    })
  })
  it('names the market that lends its prices', () => {
    const [market] = report().provenance.instruments
    if (market === undefined) throw new Error('no market')
    const lent = report({ provenance: { instruments: [{ ...market, barsOf: 'binance:BTCUSDT' }] } })
    expect(cell('Prices', lent)).toMatchObject({ value: 'of BTCUSDT', verdict: 'unclear' })
    expect(cell('Prices')).toMatchObject({ value: 'own', verdict: 'pass' })
  })
  it('counts holes, and their share of all bars', () => {
    const holed = cell('Data gaps', report({ range: { fillBars: 900, holes: 100 } }))
    expect(holed).toMatchObject({ value: '100', verdict: 'unclear' })
    expect(holed.about).toContain('10.00 %')
  })
  it('judges the order of fills by what it could change', () => {
    const band = (exits: number, least: number, most: number) =>
      cell(
        'Fill order',
        report({
          metrics: { netProfitUsdt: least },
          ambiguity: { exits, netPessimisticUsdt: least, netOptimisticUsdt: most },
        }),
      ).verdict
    expect(band(0, 100, 100)).toBe('pass')
    expect(band(3, 100, 105)).toBe('pass')
    expect(band(3, 100, 150)).toBe('unclear')
    expect(band(3, -10, 10)).toBe('fail')
    const begun = { exits: 3, netPessimisticUsdt: 100, netOptimisticUsdt: null }
    const open = report({ metrics: { netProfitUsdt: 100 }, ambiguity: begun })
    expect(cell('Fill order', open)).toMatchObject({ value: '3 open', verdict: 'wait' })
    const known = trustCells(open, { ...begun, netOptimisticUsdt: 105 })
    expect(known.find(({ label }) => label === 'Fill order')).toMatchObject({ value: '3 open', verdict: 'pass' })
  })
  it('judges the share of costs', () => {
    const costs = (value: number | null) => trustCells(report({ metrics: { costsOfGrossPct: value } }))[5]
    expect(costs(43)).toMatchObject({ label: 'Costs of gross', value: '43 %', verdict: 'pass' })
    expect(costs(50)?.verdict).toBe('pass')
    expect(costs(51)?.verdict).toBe('unclear')
    expect(costs(100)?.verdict).toBe('fail')
    expect(costs(null)).toMatchObject({ value: 'no profit', verdict: 'fail' })
  })
  it('says whether unseen data are still unseen, and is not earned by keeping them', () => {
    expect(cell('Unseen data')).toMatchObject({ value: 'kept', verdict: 'wait' })
    const past = report({ provenance: { lockboxMs: t0 + 60 * 24 * hour - 1 } })
    expect(cell('Unseen data', past)).toMatchObject({ value: 'used', verdict: 'fail' })
    expect(cell('Unseen data', report({ provenance: { lockboxMs: null } })).verdict).toBe('unclear')
    expect(isEarned(trustCells(report({ metrics: { costsOfGrossPct: 10 } })))).toBe(false)
  })
})

describe('the six figures', () => {
  const of = (label: string, made = report()) => headlines(made).find((one) => one.label === label)
  it('stand on samples that are named', () => {
    const made = report({
      metrics: { returnPct: 20.14, netProfitUsdt: 2014.3, maxDrawdownPct: 13.3, drawdownDays: 342.4, sharpe: 0.812 },
    })
    expect(of('Net profit', made)).toMatchObject({ value: '+20.1 %', note: '+2,014 USDT', profit: true })
    expect(of('Max drawdown', made)).toMatchObject({ value: '\u221213.3 %', note: '342 days long' })
    expect(of('Sharpe', made)?.value).toBe('0.81')
    expect(of('Trades', made)).toMatchObject({ value: '40', note: '0 ambiguous' })
  })
  it('carry the interval of their sample, and where there is none its count', () => {
    // Equity that gains 3 % and loses 1 % in turn for forty days: worked by hand in intervals.test.ts.
    let usdt = 1000
    const equity = Array.from({ length: 41 }, (_, i) => {
      if (i > 0) usdt *= i % 2 ? 1.03 : 0.99
      return [t0 + i * 24 * hour, usdt] as const
    })
    const trades = Array.from({ length: 30 }, (_, i) => trade(i + 1, { r: i < 15 ? 2 : -1 }))
    const made = report({ equity, trades, metrics: { sharpe: 9.43, expectancyR: 0.5 } })
    expect(of('Sharpe', made)).toMatchObject({ note: '3.4 to 15.4' })
    expect(of('Sharpe', made)?.about).toContain('40 daily returns')
    expect(of('Expectancy', made)).toMatchObject({ value: '+0.50 R', note: '±0.57' })
    expect(of('Expectancy', made)?.about).toContain('30 trades')
    expect(of('Expectancy', made)?.about).toContain('\u22120.07 to +1.07 R')
    const still = report({ equity: Array.from({ length: 61 }, (_, i) => [t0 + i * 24 * hour, 1000] as const) })
    expect(of('Sharpe', still)?.note).toBe('of 60 days')
  })
  it('S46 are "not enough data" under thirty', () => {
    const few = report({ trades: Array.from({ length: 29 }, (_, i) => trade(i + 1)) })
    expect(of('Net profit', few)).toMatchObject({ value: null, note: 'not enough data' })
    expect(of('Net profit')?.value).not.toBeNull()
    const made = report()
    const short = { ...made, metrics: { ...made.metrics, sharpe: { value: 2.5, enough: false } } }
    expect(of('Sharpe', short)).toMatchObject({ value: null, note: 'not enough data' })
  })
  it('are a dash with the reason where they are undefined', () => {
    expect(of('Profit factor', report({ metrics: { profitFactor: null } }))).toMatchObject({
      value: '\u2013',
      note: 'undefined',
      about: 'there is none',
    })
  })
})

describe('costs', () => {
  it('lead from the profit before them to the net, whatever the figures', () => {
    const amount = fc.double({ min: 0, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -1e5, max: 1e5, noNaN: true }), amount, amount, amount),
        ([net, fees, slip, funding]) => {
          const steps = costSteps(
            report({ metrics: { netProfitUsdt: net, feesUsdt: fees, slippageUsdt: slip, fundingPaidUsdt: funding } }),
          )
          const [gross, ...rest] = steps
          const last = rest.pop()
          expect(gross?.usdt).toBeCloseTo(net + fees + slip + funding, 6)
          expect(rest.map(({ usdt }) => usdt + 0)).toEqual([0 - fees, 0 - slip, 0 - funding])
          for (const { from, to, usdt } of rest) expect(to - from).toBeCloseTo(usdt, 6)
          expect(rest.at(-1)?.to).toBeCloseTo(net, 6)
          expect(last).toMatchObject({ label: 'Net', usdt: net })
          const { low, high } = extentOf(steps)
          for (const { from, to } of steps) {
            expect(Math.min(from, to)).toBeGreaterThanOrEqual(low)
            expect(Math.max(from, to)).toBeLessThanOrEqual(high)
          }
          expect(high).toBeGreaterThan(low)
        },
      ),
    )
  })
})

describe('months', () => {
  const month = ([year, at]: readonly [number, number], returnPct: number | null, partial = false) => ({
    year,
    month: at,
    returnPct,
    partial,
  })
  it('compound to the year and leave out what the run does not touch', () => {
    const [year] = monthGrid([month([2023, 11], 10), month([2023, 12], -10)])
    expect(year?.returnPct).toBeCloseTo(-1, 10)
    expect(year?.cells.map((one) => one?.returnPct ?? null)).toEqual([...Array(10).fill(null), 10, -10])
    expect(year?.partial).toBe(true)
    const whole = monthGrid(Array.from({ length: 12 }, (_, i) => month([2024, i + 1], 1)))
    expect(whole[0]).toMatchObject({ year: 2024, partial: false })
  })
  it('have no year where one of them is undefined', () => {
    expect(monthGrid([month([2023, 1], 5), month([2023, 2], null)])[0]?.returnPct).toBeNull()
  })
  it('are as strong as their share of the strongest', () => {
    const rows = [month([2023, 1], -8), month([2023, 2], 4), month([2023, 3], null)]
    expect(strongestOf(rows)).toBe(8)
    expect(heat(4, 8)).toBe(0.5)
    expect(heat(-8, 8)).toBe(1)
    expect(heat(0, 0)).toBe(0)
  })
})

describe('trades', () => {
  it('of a report are those that ended and those still open', () => {
    const open = trade(41, { exitMs: null, exitPrice: null, exitReason: null })
    expect(allTrades(report()).length).toBe(40)
    expect(allTrades(report({ open })).at(-1)).toBe(open)
    expect(allTrades(report({ open: [open, open] })).length).toBe(42)
    expect(tradeNo(report({ open }), 41)).toBe(open)
    expect(tradeNo(report(), 41)).toBeNull()
  })
  it('touch the bars in which they began and ended', () => {
    const bars = (ms: number) => barsHeld(trade(1, { exitMs: trade(1).entryMs + ms }), hour)
    expect([bars(1), bars(hour), bars(hour + 1)]).toEqual([1, 1, 2])
    expect(barsHeld(trade(1, { exitMs: null }), hour)).toBeNull()
    expect(barMsOf(report())).toBe(hour)
  })
  it('have neighbours except at the ends', () => {
    const trades = [trade(1), trade(2), trade(3)]
    expect(beside(trades, 2, 1)?.no).toBe(3)
    expect(beside(trades, 2, -1)?.no).toBe(1)
    expect(beside(trades, 3, 1)).toBeNull()
    expect(beside(trades, 1, -1)).toBeNull()
    expect(beside(trades, 9, 1)).toBeNull()
  })
  it('that an edit gained and lost are told by entry, side and market', () => {
    const before = report({ trades: [trade(1), trade(2), trade(3)] })
    const now = report({ trades: [trade(1, { no: 7 }), trade(2, { side: 'short' }), trade(3), trade(4)] })
    expect(tradeChange(now, before)).toEqual({ gained: 2, lost: 1 })
    expect(tradeChange(before, before)).toEqual({ gained: 0, lost: 0 })
  })
  it('of other data or another range are not compared', () => {
    expect(tradeChange(report(), report({ range: { toMs: 1 } }))).toBeNull()
    const [series] = report().data
    if (series === undefined) throw new Error('no series')
    expect(tradeChange(report(), report({ data: [{ ...series, sha256: 'b'.repeat(64) }] }))).toBeNull()
  })
  it('stand in the table with sign and tick', () => {
    const row = trade(3, { netUsdt: -125.84, r: -1.09, exitReason: 'stop', entryPrice: 67785.8 })
    const context = { barMs: hour, tickOf: () => '0.10' }
    const texts = tradeColumns.map(({ text }) => text(row, context))
    expect(texts).toEqual(['3', '04 Jan 24 00:00', '67,785.8', 'Stop', '2', '\u22121.09', '\u2212125.8'])
    const tones = tradeColumns.flatMap(({ tone }) => (tone === undefined ? [] : [tone(row)]))
    expect(tones).toEqual([-1, -1])
    const open = trade(4, { exitMs: null, exitReason: null, r: null })
    expect(tradeColumns.map(({ sort }) => sort(open, context)).filter((key) => key === undefined).length).toBe(2)
  })
})

describe('the path of an order', () => {
  const writing = { tick: '0.1', step: '0.001' }
  it('goes from the decision over every fill, with the stop that R tells of', () => {
    const made = trade(1, {
      legs: [
        leg('entry', { referencePrice: 99.9, price: 100 }),
        leg('target', { ms: t0 + hour, qtyBase: 0.5, price: 110, referencePrice: 110, maker: true }),
        leg('target', { ms: t0 + hour, qtyBase: 0.5, price: 120, referencePrice: 120 }),
        leg('break_even', { ms: t0 + 2 * hour, qtyBase: 1, price: 100.1, referencePrice: 100.2 }),
      ],
    })
    const steps = tradeSteps({ trade: made, decidedMs: made.entryMs, levels: null, writing })
    expect(steps.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Decided and sent to fill at once',
      'Filled at 100.0',
      // 30 USDT are 1.5 R: 20 USDT at risk on two coins are 10 below the entry.
      'Stop placed at 90.0',
      'Target 1 at 110.0',
      'Target 2 at 120.0',
      'Break-even at 100.1',
    ])
    expect(steps[1]?.detail).toBe('buy 2.000, fee 0.10, slippage 0.20')
    expect(steps[3]?.detail).toBe('sell 0.500 (25 %), fee 0.10, maker')
    expect(steps[5]?.detail).toBe('the stop had moved to break-even; sell 1.000 (50 %), fee 0.10, slippage 0.10')
  })
  it('tells where stop and targets stood and when the stop moved, in order with the fills', () => {
    const minute = 60_000
    const made = trade(1, {
      entryMs: t0,
      legs: [
        leg('entry', { ms: t0 }),
        leg('target', { ms: t0 + 10 * minute, qtyBase: 1, price: 110, referencePrice: 110 }),
        leg('trailing', { ms: t0 + 30 * minute, qtyBase: 1, price: 104, referencePrice: 104 }),
      ],
    })
    const stand = (minutes: number, at: number, by: 'stop' | 'break_even' | 'trailing') => ({
      fromMs: t0 + minutes * minute,
      price: at,
      by,
    })
    const levels = {
      risk: 8,
      stops: [
        stand(0, 92, 'stop'),
        stand(10, 100, 'break_even'),
        stand(12, 101, 'trailing'),
        stand(13, 103, 'trailing'),
        stand(30, 104, 'trailing'),
      ],
      targets: [
        { price: 110, rung: 1, share: 0.5, fromMs: t0, doneMs: t0 + 10 * minute },
        { price: 120, rung: 2, share: null, fromMs: t0, doneMs: null },
      ],
    }
    const steps = tradeSteps({ trade: made, decidedMs: null, levels, writing })
    expect(steps.map(({ title, text, detail }) => `${title} ${text} | ${detail}`)).toEqual([
      'Filled at 100.0 | buy 2.000, fee 0.10',
      // As the run had it, not as R tells it.
      'Stop placed at 92.0 | 8.00 % away, 1 R',
      'Targets placed  | 50 % at 110.0, the rest at 120.0',
      'Stop to break-even to 100.0 | from 92.0',
      'Target 1 at 110.0 | sell 1.000 (50 %), fee 0.10',
      'Stop trailed to 104.0 | from 100.0, in 3 steps',
      'Trailing stop at 104.0 | sell 1.000 (50 %), fee 0.10',
    ])
    expect(steps.map(({ ms }) => (ms - t0) / minute)).toEqual([0, 0, 0, 10, 10, 30, 30])
    const open = trade(2, { entryMs: t0, exitMs: null, legs: [leg('entry', { ms: t0 })] })
    const running = tradeSteps({ trade: open, decidedMs: null, levels: { ...levels, targets: [] }, writing })
    expect(running.map(({ title }) => title)).toEqual(['Filled', 'Stop placed', 'Stop to break-even', 'Stop trailed'])
  })
  it('puts the stop of a short above, and tells of a wait', () => {
    const short = trade(1, { side: 'short', netUsdt: -20, r: -1, legs: [leg('entry', { side: 'sell' })] })
    const steps = tradeSteps({ trade: short, decidedMs: short.entryMs - 60_000, levels: null, writing })
    expect(steps[0]?.text).toBe('order waits')
    expect(steps[2]?.text).toBe('at 110.0')
  })
  it('says nothing of a stop that the run does not tell', () => {
    const titles = tradeSteps({ trade: trade(1, { r: null }), decidedMs: null, levels: null, writing }).map(
      ({ title }) => title,
    )
    expect(titles).toEqual(['Filled', 'Target 1'])
  })
  it('sums what it cost, slippage apart', () => {
    const made = trade(1, { legs: [leg('entry', { referencePrice: 99.5 }), leg('stop', { referencePrice: 100.25 })] })
    const sums = Object.fromEntries(tradeSums(made).map(({ label, text }) => [label, text]))
    expect(sums).toMatchObject({
      Net: '+30.00 USDT, +1.50 R',
      Fees: '\u22120.20 USDT',
      Slippage: '\u22121.50 USDT',
      Funding: '\u22120.10 USDT',
      'Worst moment': '\u22120.40 R',
    })
  })
})
