// The list of runs: news find their rows, nothing comes twice or is lost; no profit is shown that is not earned.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chosenWith,
  comparisonOf,
  drawdownFigure,
  netFigure,
  type RunRow,
  sharpeFigure,
  stepOf,
  tookText,
  whyNone,
  withNews,
} from '../../../app/runs/runs'
import { report } from '../results/sample'

const row = (n: number, change: Partial<RunRow> = {}): RunRow => ({
  id: `run-${String(n).padStart(3, '0')}`,
  playId: 'a',
  playVersionId: 'v',
  playHash: 'p',
  state: 'done',
  trades: 40,
  tradesHash: 't',
  equityHash: 'e',
  engine: '1',
  fromMs: 0,
  toMs: 1,
  createdMs: n,
  startedMs: n,
  endedMs: n,
  failure: null,
  progress: null,
  cancelling: false,
  problems: [],
  title: 'A',
  version: 1,
  markets: ['binance:BTCUSDT.P'],
  tf: '1h',
  figures: null,
  ...change,
})
const ids = (pages: readonly (readonly RunRow[])[]): string[] => pages.flat().map(({ id }) => id)

describe('news of runs', () => {
  it('change known rows where they stand, bring new ones to the top, and leave older ones to their page', () => {
    const pages = [[row(8), row(7)], [row(5)]]
    const news = [row(5, { state: 'failed' }), row(3), row(9), row(10), row(11, { playId: 'b' })]
    const next = withNews(pages, news, 'a')
    expect(next.map((page) => page.map(({ id }) => id))).toEqual([
      ['run-010', 'run-009', 'run-008', 'run-007'],
      ['run-005'],
    ])
    expect(next[1]?.[0]?.state).toBe('failed')
    expect(ids(withNews(pages, news, null))[0]).toBe('run-011')
    expect(ids(withNews([[]], [row(1)], null))).toEqual(['run-001'])
  })

  it('never show a run twice nor out of order, whatever comes in which order', () => {
    const batch = fc.array(
      fc.integer({ min: 0, max: 30 }).map((n) => row(n)),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const start: RunRow[][] = [[row(20), row(18)], [row(12)]]
        const shown = ids(batches.reduce((pages, news) => withNews(pages, news, null), start))
        expect(new Set(shown).size).toBe(shown.length)
        expect([...shown].sort().reverse()).toEqual(shown)
        for (const { id, createdMs } of batches.flat()) if (createdMs > 20) expect(shown).toContain(id)
      }),
    )
  })
})

describe('figures of a run', () => {
  const { metrics, provenance, range, ambiguity } = report({ metrics: { returnPct: 12.34, costsOfGrossPct: 10 } })
  const figures = { metrics, provenance, range, ambiguity }

  it('profit is grey until every cell is earned, and is none below the least sample', () => {
    expect(netFigure(figures, 30)).toMatchObject({ text: '+12.3 %', quiet: true })
    expect(netFigure(figures, 30).about).toContain('Unseen data')
    expect(netFigure(figures, 29).text).toBe('\u2013')
    expect(netFigure(figures, 29).about).toContain('at least 30')
  })

  it('what has no sample or no value is no number, and says which', () => {
    const thin = { ...metrics, sharpe: { value: 2, enough: false }, maxDrawdownPct: { value: 13.3, enough: true } }
    expect(sharpeFigure({ ...figures, metrics: thin })).toMatchObject({ text: '\u2013', quiet: true })
    expect(drawdownFigure({ ...figures, metrics: thin }).text).toBe('\u221213.3 %')
    const none = { ...metrics, sharpe: { value: null, enough: true, why: 'no day differs' } }
    expect(sharpeFigure({ ...figures, metrics: none }).about).toBe('no day differs')
    expect(
      drawdownFigure({ ...figures, metrics: { ...metrics, maxDrawdownPct: { value: 0, enough: true } } }).text,
    ).toBe('0.0 %')
  })
})

describe('words of a run', () => {
  const problem = { code: 'x', severity: 'error' as const, where: {}, message: 'no bars', fixes: [] }

  it('say what it is at, and why there is nothing', () => {
    expect(stepOf(row(1, { state: 'queued' }))).toBe('waits for its turn')
    expect(stepOf(row(1, { state: 'running', progress: { label: 'simulate', share: 0.4 } }))).toBe('simulate')
    expect(stepOf(row(1, { state: 'running', cancelling: true }))).toBe('is being cancelled')
    expect(whyNone(row(1, { state: 'refused', problems: [problem, problem, problem] }))).toBe('no bars, and 2 more')
    expect(whyNone(row(1, { state: 'failed', failure: 'a bug' }))).toBe('a bug')
    expect(whyNone(row(1, { state: 'cancelled' }))).toContain('cancelled')
  })

  it('say how long it took, and nothing before its end', () => {
    expect(tookText({ startedMs: 1000, endedMs: 2400 })).toBe('1.4 s')
    expect(tookText({ startedMs: 0, endedMs: 125_000 })).toBe('2 min 5 s')
    expect(tookText({ startedMs: 5, endedMs: null })).toBe('\u2013')
    expect(tookText({ startedMs: null, endedMs: 9 })).toBe('\u2013')
  })
})

describe('two runs to compare', () => {
  it('are the last two chosen, the older one before', () => {
    expect(chosenWith(['a', 'b'], 'c')).toEqual(['b', 'c'])
    expect(chosenWith(['a', 'b'], 'a')).toEqual(['b'])
    const rows = [row(9), row(5), row(2)]
    expect(comparisonOf(rows, ['run-009', 'run-002'])).toBe('/compare/run-002/run-009')
    expect(comparisonOf(rows, ['run-009'])).toBeNull()
  })
})
