// The page of a report as a terminal shows it. The snapshots were read as a trader would before they were stored.
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../blocks/engine/report/build'
import type { ReportInput } from '../../../blocks/engine/report/input'
import { renderComparison } from '../../../server/cli/render/comparison'
import { renderReport } from '../../../server/cli/render/report'
import { plain, styleFor } from '../../../server/cli/render/table'
import { dayMs, factsOf, newYear } from '../../blocks/engine/metrics/facts'
import { sampleInput } from '../../blocks/engine/report/sample'

const page = (over: Partial<ReportInput> = {}): string => renderReport(buildReport(sampleInput(over)))
/** Lines of one section, its head left out. */
const section = (text: string, head: string): string[] => {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.startsWith(head))
  const length = lines.slice(from).indexOf('')
  return lines.slice(from + 1, length < 0 ? lines.length : from + length)
}

const synthetic: Partial<ReportInput> = {
  markets: [
    {
      instrument: 'synthetic:BTCUSDT.P',
      barsOf: 'synthetic:BTCUSDT.P',
      synthetic: true,
      step: '0.001',
      fillTf: '1m',
      source: 'made up',
    },
  ],
  facts: factsOf([10_000, 10_000, 10_000]),
  pending: [],
  notices: [],
  friction: { capped: 0, refused: {}, partialBars: 0, lateFills: 0, staleFills: 0, holes: 0 },
  range: { fillBars: 2880, decisionBars: 192, holes: 0 },
  ambiguity: { exits: 0, netPessimisticUsdt: 0, netOptimisticUsdt: 0 },
  lockboxMs: newYear + dayMs,
}

describe('a report of 60 trades on a price proxy', () => {
  it('reads like this', async () => {
    await expect(page()).toMatchFileSnapshot('pages/proxy.txt')
  })
})

describe('a report on made-up data without a trade', () => {
  it('reads like this', async () => {
    await expect(page(synthetic)).toMatchFileSnapshot('pages/synthetic.txt')
  })
  it('says SYNTHETIC in its title and at every head', () => {
    const lines = page(synthetic).split('\n')
    const heads = lines.filter((_, i) => i === 0 || lines[i - 1] === '')
    expect(heads.length).toBeGreaterThan(6)
    for (const head of heads) expect(head).toContain('SYNTHETIC')
    expect(lines[1]).toBe('ema_pullback (15m) on synthetic:BTCUSDT.P  SYNTHETIC')
    expect(page()).not.toContain('SYNTHETIC')
  })
})

describe('trust', () => {
  it('stands before any profit', () => {
    const text = page()
    for (const label of ['Price proxy', 'Missing', 'Either way', 'Costs', 'Lockbox']) {
      expect(text.indexOf(label), label).toBeGreaterThan(0)
      expect(text.indexOf(label), label).toBeLessThan(text.indexOf('Net profit'))
    }
    expect(text.startsWith('PRICE PROXY')).toBe(true)
  })
  it('says when the range goes past the lockbox line', () => {
    expect(page()).toContain('at or before the line of 2025-05-15')
    expect(page({ lockboxMs: newYear + 100 * dayMs })).toContain('goes PAST the line of 2024-04-10')
    expect(page({ lockboxMs: newYear + 425 * dayMs })).toContain('at or before the line of 2025-03-01')
    expect(page({ lockboxMs: null })).toContain('not known for this data')
  })
  it('tells other notices as notes, and none twice', () => {
    const notices = ['price_proxy', 'funding_on_open'].map((code) => ({ code, message: `About ${code}.` }))
    expect(page({ notices })).toMatch(/Note {12}About funding_on_open\./)
    expect(page({ notices })).not.toContain('About price_proxy')
  })
  it('says when a run was ruined', () => {
    expect(page({ facts: { ...sampleInput().facts, ruined: true } })).toMatch(/Ruined {10}yes/)
    expect(page()).not.toContain('Ruined')
  })
  it('shows "not enough data" instead of a ratio from few days or trades', () => {
    const { facts } = sampleInput()
    const few = section(page({ facts: { ...facts, trades: facts.trades.slice(0, 29) } }), 'Result')
    expect(few.join('\n')).toMatch(/Profit factor +not enough data/)
    expect(few.join('\n')).toMatch(/Sharpe +0\.68/)
    expect(few[0]).toMatch(/Net profit USDT +997\.24/)
  })
})

describe('layout', () => {
  const several = page({
    plays: [...sampleInput().plays, { name: 'fade', playHash: 'e'.repeat(64), logicHash: 'f'.repeat(64), tf: '1h' }],
    bindings: [...sampleInput().bindings, { markets: {}, params: {} }],
    markets: [...sampleInput().markets, ...(synthetic.markets ?? [])],
  })

  it('keeps to 100 columns and leaves no space at line ends', () => {
    const { facts } = sampleInput()
    const few = page({ facts: { ...facts, trades: facts.trades.slice(0, 9) } })
    for (const text of [page(), page(synthetic), several, few]) {
      for (const line of text.split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(100)
        expect(line).toBe(line.trimEnd())
      }
    }
  })
  it('names the market of each trade and the part of each Play where there are several', () => {
    expect(section(several, 'Last trades')[1]).toMatch(/^ {2}51 {2}2024-10-27 08:12 {2}BTCUSDT\.P {2}short/)
    expect(section(several, 'Plays').map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      'Play',
      'ema_pullback (15m)',
      'fade (1h)',
    ])
  })
  it('is the same text with colour, and colours only a terminal without NO_COLOR', () => {
    const report = buildReport(sampleInput())
    const coloured = renderReport(report, styleFor({}, true))
    expect(coloured).toContain('\u001b[')
    expect(stripVTControlCharacters(coloured)).toBe(renderReport(report))
    expect(styleFor({ NO_COLOR: '1' }, true)).toEqual(plain)
    expect(styleFor({ NO_COLOR: '' }, true).colour).toBe(true)
    expect(styleFor({}, false)).toEqual(plain)
  })
  it('orders refusals by count and puts limits under theirs', () => {
    expect(section(page(), 'Signals').map((line) => line.trim().split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'Count Why',
      '14 cooling down after a trade',
      '6 a limit of the Play was reached',
      '6 - of these by the limit: trades per day',
      "2 the size was below the venue's minimum",
      '3 taken with a size reduced to what margin allows',
    ])
  })
})

describe('a comparison', () => {
  it('is one line when identical, else a list', () => {
    expect(renderComparison({ identical: true, differences: [] })).toBe(
      'Identical: the same trades, equity and figures.',
    )
    const differences = [{ what: 'engine', message: 'The engine version differs: 1 and 2.' }]
    expect(renderComparison({ identical: false, differences })).toBe(
      'Not identical:\n- The engine version differs: 1 and 2.',
    )
  })
})
