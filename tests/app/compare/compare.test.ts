// Two runs beside each other on the page: no difference of what is no figure, both equities on the same days and scale.
import { describe, expect, it } from 'vitest'
import { type Compared, comparedEquity, groundWords, metricLines } from '../../../app/compare/compare'
import { compareRuns } from '../../../server/core/compareRuns'
import { report, t0 } from '../results/sample'

const dayMs = 86_400_000
type Run = Compared['before']

// Only these keys are looked into, so what they stand in is forced to be whole; times carry no brand here.
const as = <T>(value: unknown): T => value as T
const run = (change: Partial<Run> = {}): Run =>
  as({ trades: 40, engine: '1', figures: null, start: 10_000, equity: [], ...change })
const metric = (value: number | null, enough = true) => ({
  value,
  enough,
  ...(value === null ? { why: 'no losses' } : {}),
})
const compared = (change: Partial<Compared> = {}): Compared =>
  as({
    ...compareRuns(as({ ...report(), settings: {} }), as({ ...report(), settings: {} })),
    document: [],
    before: run(),
    after: run(),
    ...change,
  })

describe('figures of two runs', () => {
  const lineOf = (before: Compared['metrics'][number]['before'], after: Compared['metrics'][number]['after']) =>
    metricLines(compared({ metrics: [{ name: 'sharpe', before, after }] })).find(({ label }) => label === 'Sharpe')

  it('differ by after less before', () => {
    expect(lineOf(metric(0.5), metric(1.25))).toMatchObject({
      before: { text: '0.50' },
      after: { text: '1.25' },
      difference: '+0.75',
    })
  })

  it.each([
    ['too small a sample', metric(3, false), 'Not enough data.'],
    ['an undefined value', metric(null), 'no losses'],
    ['an unknown name', null, 'That engine did not know this figure.'],
  ])('of %s have neither figure nor difference', (_, other, about) => {
    const line = lineOf(metric(0.5), other)
    expect(line).toMatchObject({ after: { text: '\u2013', about }, difference: '\u2013', before: { text: '0.50' } })
    expect(lineOf(other, metric(0.5))).toMatchObject({ before: { text: '\u2013' }, difference: '\u2013' })
  })

  it('profit stays grey until it is earned', () => {
    const [lines] = [metricLines(compared())]
    const quiet = lines.filter(({ before }) => before.quiet).map(({ label }) => label)
    expect(quiet).toEqual(['Net profit', 'Return', 'A year (CAGR)', 'Per trade'])
  })

  it.each([
    [0, 'There are 0 trades: at least 30 are needed.'],
    [1, 'There is 1 trade: at least 30 are needed.'],
    [29, 'There are 29 trades: at least 30 are needed.'],
  ])('of profit are none beside %d trades, whatever was earned', (trades, about) => {
    const metrics: Compared['metrics'] = [
      { name: 'netProfitUsdt', before: metric(812.4), after: metric(1204.1) },
      { name: 'maxDrawdownPct', before: metric(3), after: metric(4) },
    ]
    const linesOf = (before: number, after: number) => {
      const lines = metricLines(compared({ metrics, before: run({ trades: before }), after: run({ trades: after }) }))
      return Object.fromEntries(lines.map((line) => [line.label, line]))
    }
    const after = linesOf(30, trades)
    expect(after['Net profit']).toMatchObject({
      before: { text: '812.40', about: '' },
      after: { text: '\u2013', about, quiet: true },
      difference: '\u2013',
    })
    expect(after['Max drawdown']).toMatchObject({ after: { text: '4.0' }, difference: '+1.0' })
    expect(linesOf(trades, 30)['Net profit']).toMatchObject({ before: { about }, difference: '\u2013' })
    expect(linesOf(30, 30)['Net profit']).toMatchObject({ after: { text: '1,204.10' }, difference: '+391.70' })
  })

  it('count closed trades', () => {
    const [trades] = metricLines(compared({ before: run({ trades: 1200 }), after: run({ trades: 1000 }) }))
    expect(trades).toMatchObject({ before: { text: '1,200' }, after: { text: '1,000' }, difference: '\u2212200' })
  })
})

describe('equity of two runs', () => {
  it('stands on the days of either, the one before scaled to begin with as much', () => {
    const before = run({
      start: 5000,
      equity: as([
        [t0, 5000],
        [t0 + dayMs, 5500],
      ]),
    })
    const days = [
      [t0 + dayMs, 10_000],
      [t0 + 2 * dayMs, 12_000],
      [t0 + 3 * dayMs, 9000],
    ]
    const after = run({ start: 10_000, equity: as(days) })
    const lines = comparedEquity(before, after)
    expect(lines.dayMs).toEqual([0, 1, 2, 3].map((n) => t0 + n * dayMs))
    expect(lines.equity).toEqual([Number.NaN, 10_000, 12_000, 9000])
    expect(lines.holding).toEqual([10_000, 11_000, Number.NaN, Number.NaN])
    expect(lines.underwater).toEqual([Number.NaN, 0, 0, -0.25])
  })

  it('of runs shorter than a day is none', () => {
    expect(comparedEquity(run(), run()).dayMs).toEqual([])
  })
})

describe('the ground of a comparison', () => {
  const words = (same: Partial<Compared['same']>): string | null =>
    groundWords(compared({ same: { ...compared().same, ...same } }))

  it('says first what makes it none', () => {
    expect(words({})).toBeNull()
    expect(words({ play: false, trades: false, equity: false })).toBeNull()
    expect(words({ data: false })).toContain('different data')
    expect(words({ range: false })).toContain('different ranges')
    expect(words({ data: false, range: false })).toContain('another range and on other data')
    expect(words({ engine: false, trades: false })).toContain('engine')
    expect(words({ data: false, engine: false })).toContain('data')
  })

  it('of the same with other results is a bug', () => {
    expect(words({ trades: false })).toContain('bug')
    expect(words({ equity: false })).toContain('bug')
    expect(words({ equity: false, settings: false })).toBeNull()
  })
})
