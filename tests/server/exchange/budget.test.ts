// The budget of requests: half of what the venue allows in any stretch of time, pauses kept, others made room for.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../../server/io/exchange/budget'
import { backoffMs } from '../../../server/io/exchange/transport'
import { virtualClock } from '../../fixtures/venue/scene'

const limits = { weight: { windowMs: 60_000, weight: 100 }, other: { windowMs: 300_000, weight: 10 } }

describe('a budget', () => {
  it('never spends more than half of the limit in any window, and never waits without need', () => {
    const steps = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 20 }), idleMs: fc.nat(20_000) }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(steps, (all) => {
        const clock = virtualClock(1_700_000_000_000)
        const budget = createBudget(limits, clock)
        const spent: { ms: number; weight: number }[] = []
        const inWindow = (endMs: number): number =>
          spent.filter(({ ms }) => ms > endMs - 60_000).reduce((sum, { weight }) => sum + weight, 0)
        for (const { weight, idleMs } of all) {
          clock.move(idleMs)
          const waitMs = budget.take({ limit: 'weight', weight })
          if (waitMs > 0) {
            // One ms earlier it would have been too much.
            expect(inWindow(clock.nowMs() + waitMs - 1) + weight).toBeGreaterThan(50)
            clock.move(waitMs)
            expect(budget.take({ limit: 'weight', weight })).toBe(0)
          }
          spent.push({ ms: clock.nowMs(), weight })
          expect(inWindow(clock.nowMs())).toBeLessThanOrEqual(50)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('counts each limit apart', () => {
    const budget = createBudget(limits, virtualClock(0))
    for (let n = 0; n < 5; n++) expect(budget.take({ limit: 'other', weight: 1 })).toBe(0)
    expect(budget.take({ limit: 'other', weight: 1 })).toBe(300_000)
    expect(budget.take({ limit: 'weight', weight: 50 })).toBe(0)
  })

  it('keeps the longest pause that was ordered, for all limits', () => {
    const clock = virtualClock(1000)
    const budget = createBudget(limits, clock)
    budget.pause(31_000)
    budget.pause(11_000)
    expect(budget.take({ limit: 'weight', weight: 1 })).toBe(30_000)
    clock.move(29_999)
    expect(budget.take({ limit: 'other', weight: 1 })).toBe(1)
    clock.move(1)
    expect(budget.take({ limit: 'weight', weight: 1 })).toBe(0)
  })

  it('steps aside when others use more than 80 % of the address, not for its own weight', () => {
    const budget = createBudget(limits, virtualClock(0))
    expect(budget.take({ limit: 'weight', weight: 40 })).toBe(0)
    budget.told('weight', 80)
    expect(budget.take({ limit: 'weight', weight: 1 })).toBe(0)
    budget.told('weight', 81)
    expect(budget.take({ limit: 'weight', weight: 1 })).toBe(10_000)
  })

  it('does not freeze when the clock is set back', () => {
    const clock = virtualClock(10_000_000)
    const budget = createBudget(limits, clock)
    expect(budget.take({ limit: 'weight', weight: 50 })).toBe(0)
    clock.move(-5_000_000)
    expect(budget.take({ limit: 'weight', weight: 50 })).toBe(0)
  })
})

describe('the wait before another try', () => {
  it('doubles up to a minute, half of it by chance', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 20].map((retry) => backoffMs(retry, () => 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ])
    expect(backoffMs(3, () => 0)).toBe(4000)
  })
})
