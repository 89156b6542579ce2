// Figures that a run keeps beside its trades, against hand-worked numbers: stress, gap loss, accounts of fees, exposure.
import { describe, expect, test } from 'vitest'
import type { RunFacts } from '../../../../blocks/engine/facts'
import { advance } from '../../../../blocks/engine/simulate/advance'
import { begin, factsOf } from '../../../../blocks/engine/simulate/simulate'
import { run } from '../../../oracle/build'
import type { Input } from '../../../oracle/types'

const factsAfter = (input: Input): RunFacts => {
  const sim = begin(input)
  advance(sim, sim.endMinute)
  return factsOf(sim, { fromMs: input.fromMs, toMs: input.toMs, benchmark: [] })
}

// Decisions every 3 minutes; `FT` fires at 00:06. 10 at 100 with leverage 20: M = 50, maintenance 1 % of the notional.
const long = { when: 'FT', stop: { by: 30 } } as const
const leveraged = { leverage: 20 } as const

describe('nearness to liquidation', () => {
  // Liquidation at (1000 - 50) / 9.9 = 95.9596. Worst close 97: distance (97 - 95.9596) / 97; margin 50 - 30 = 20 over
  // maintenance 9.7.
  const closest = (97 - 950 / 9.9) / 97
  const ratio = 20 / 9.7

  test('an open position is measured at its worst close', () => {
    const facts = factsAfter(run({ minutes: '100*7 | 97 98 97 97 | 99*3', long, risk: leveraged }))
    expect(facts.closestLiquidationShare).toBeCloseTo(closest, 12)
    expect(facts.lowestMarginRatio).toBeCloseTo(ratio, 12)
  })

  test('a low that the close takes back does not count, and a closed trade is remembered', () => {
    const minutes = '100*7 | 97 98 96.5 97 | 99*2 | 99*6'
    const facts = factsAfter(run({ minutes, long: { ...long, exitWhen: ['FFFT'] }, risk: leveraged }))
    expect(facts.trades).toHaveLength(1)
    expect(facts.closestLiquidationShare).toBeCloseTo(closest, 12)
    expect(facts.lowestMarginRatio).toBeCloseTo(ratio, 12)
  })

  test('a short, mirrored: liquidation at 1050 / 10.1, worst close 103', () => {
    const short = { when: 'FT', stop: { by: 30 } }
    const facts = factsAfter(run({ minutes: '100*7 | 103 103 102 103 | 99*3', short, risk: leveraged }))
    expect(facts.closestLiquidationShare).toBeCloseTo((1050 / 10.1 - 103) / 103, 12)
    expect(facts.lowestMarginRatio).toBeCloseTo(20 / 10.3, 12)
  })

  test('cross margin: the whole wallet stands behind it', () => {
    const input = run(
      { minutes: '100*7 | 97 98 97 97 | 99*3', long, risk: leveraged },
      { settings: { margin: 'cross', equity: 1000 } },
    )
    const facts = factsAfter(input)
    const quantity = facts.open[0]?.qtyBase ?? Number.NaN
    const level = (quantity * 100 - 1000) / (quantity * 0.99)
    expect(facts.lowestMarginRatio).toBeCloseTo((1000 - 3 * quantity) / (0.97 * quantity), 9)
    if (level > 0) expect(facts.closestLiquidationShare).toBeCloseTo((97 - level) / 97, 9)
    else expect(facts.closestLiquidationShare).toBeNull()
  })

  test('never in a trade: nothing to tell', () => {
    const facts = factsAfter(run({ minutes: '100*12', long: { ...long, when: 'FF' }, risk: leveraged }))
    expect([facts.closestLiquidationShare, facts.lowestMarginRatio]).toEqual([null, null])
    expect(facts.exposure.leverageMean).toBeNull()
  })
})

describe('costs', () => {
  test('what a gap loses beyond the stop is told apart: stop 95, open 80, quantity 10', () => {
    const facts = factsAfter(run({ minutes: '100*7 | 80*3', long: { when: 'FT', stop: { by: 5 } } }))
    const [trade] = facts.trades
    expect(trade?.exitPrice).toBe(80)
    expect(facts.costs.gapLossUsdt).toBe(15 * (trade?.qtyBase ?? Number.NaN))
  })

  test('a short loses its gap upwards', () => {
    const facts = factsAfter(run({ minutes: '100*7 | 120*3', short: { when: 'FT', stop: { by: 5 } } }))
    expect(facts.costs.gapLossUsdt).toBe(15 * (facts.trades[0]?.qtyBase ?? Number.NaN))
  })

  test('maker and taker fees stand in their own accounts, a rebate is a negative fee', () => {
    const input = run(
      {
        minutes: '100*7 | 100 111 100 110 | 110*3',
        long: { when: 'FT', stop: { by: 10 }, targets: [{ at: 110, close: 1 }] },
      },
      { settings: { fees: { maker: -0.0001, taker: 0.001, liquidation: 0 } } },
    )
    const { costs, trades } = factsAfter(input)
    const quantity = trades[0]?.qtyBase ?? Number.NaN
    expect(trades[0]?.exitReason).toBe('target')
    expect(costs.takerFeesUsdt).toBeCloseTo(quantity * 100 * 0.001, 10)
    expect(costs.makerFeesUsdt).toBeCloseTo(-quantity * 110 * 0.0001, 10)
    expect(costs.liquidationFeesUsdt).toBe(0)
  })
})

describe('exposure', () => {
  test('means run over every existing bar, the leverage over bars in a position alone', () => {
    // 12 bars; 10 at 100 from 00:06 on: six snapshots of notional 1000 over equity 10,000.
    const { exposure } = factsAfter(run({ minutes: '100*12', long, risk: leveraged }))
    expect(exposure.timeShare).toBe(6 / 12)
    expect(exposure.grossMean).toBeCloseTo(0.5 * 0.1, 12)
    expect(exposure.netMax).toBeCloseTo(0.1, 12)
    expect(exposure.leverageMean).toBeCloseTo(0.1, 12)
    expect(exposure.equityMean).toBe(10_000)
  })

  test('a hole is no snapshot', () => {
    const { exposure } = factsAfter(run({ minutes: '100*9 | - | 100*2', long, risk: leveraged }))
    expect(exposure.timeShare).toBe(5 / 11)
  })

  test('a run without a single bar has no exposure and keeps its equity', () => {
    const { exposure, lastEquity } = factsAfter(run({ minutes: '-*12', long, risk: leveraged }))
    expect([exposure.timeShare, exposure.grossMean, exposure.equityMean, lastEquity]).toEqual([0, 0, 10_000, 10_000])
  })
})
