// Two runs beside each other as lines: no profit of a few trades, and a difference that must not be is a bug.
import { describe, expect, it } from 'vitest'
import { type ComparedText, renderCompared } from '../../../server/cli/render/runs'
import { plain } from '../../../server/cli/render/table'

const figure = (value: number | null, enough = true) => ({ value, enough })
const same = { data: true, range: true, engine: true, play: false, settings: true, trades: false, equity: false }
const none = { document: [], settings: [], data: [], gained: [], lost: [], changed: [], kept: 0 }
const metrics: ComparedText['metrics'] = [
  { name: 'netProfitUsdt', before: figure(812.4), after: figure(1204.1) },
  { name: 'returnPct', before: figure(8.124), after: figure(12.041) },
  { name: 'feesUsdt', before: figure(3), after: figure(4) },
]
const told = (change: Partial<ComparedText>): string =>
  renderCompared({ ...none, same, metrics, before: { trades: 30 }, after: { trades: 30 }, ...change }, plain)

describe('figures of two runs', () => {
  it('are shown where they differ', () => {
    expect(told({})).toMatch(/netProfitUsdt +812\.40? +1[, ]?204\.10?\n/)
    expect(told({ metrics: [{ name: 'sharpe', before: figure(1), after: figure(1) }] })).toContain('Every figure is')
  })

  it('have no profit of fewer than 30 trades', () => {
    const few = told({ before: { trades: 3 }, after: { trades: 29 } })
    expect(few).not.toMatch(/netProfitUsdt|returnPct|812|204/)
    expect(few).toMatch(/feesUsdt +3\S* +4/)
    expect(told({ after: { trades: 29 } })).toMatch(/netProfitUsdt +812\S* +-/)
  })

  it('that differ behind too small a sample are not said to be the same', () => {
    const hidden = told({ metrics: metrics.slice(0, 2), before: { trades: 3 }, after: { trades: 3 } })
    expect(hidden).toContain('No figure that has enough trades or days behind it differs.')
    expect(hidden).not.toContain('Every figure is the same')
  })
})

describe('the ground of a comparison', () => {
  it('of the same with other results is a bug, and nothing else is', () => {
    const alike = { ...same, play: true }
    expect(told({ same: alike })).toMatch(/^Play, settings, data and engine are the same .* bug in Playloom/)
    expect(told({ same: { ...alike, trades: true } })).toContain('bug')
    expect(told({ same: { ...alike, equity: true } })).toContain('bug')
    expect(told({ same: { ...alike, trades: true, equity: true } })).not.toContain('bug')
    for (const key of ['data', 'range', 'engine', 'play', 'settings'] as const)
      expect([key, told({ same: { ...alike, [key]: false } })]).toEqual([key, expect.not.stringContaining('bug')])
  })
})
