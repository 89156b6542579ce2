// What `verify` finds between two reports: causes by name, and the first trade and day that differ.
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../../blocks/engine/report/build'
import { checkReport, compareReports } from '../../../../blocks/engine/report/compare'
import type { Report } from '../../../../blocks/engine/report/document'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { sampleInput } from './sample'

const input = sampleInput()
const report = buildReport(input)
const read = (): Report => JSON.parse(JSON.stringify(report))
const whats = (other: Report) => compareReports(report, other).differences.map(({ what }) => what)
const messages = (other: Report) => compareReports(report, other).differences.map(({ message }) => message)

/** The sample with one trade changed. */
const withTrade = (place: number, change: object): Report =>
  buildReport(
    sampleInput({
      facts: {
        ...input.facts,
        trades: input.facts.trades.map((trade, i) => (i === place ? { ...trade, ...change } : trade)),
      },
    }),
  )

describe('compareReports', () => {
  it('finds a report that was written and read back identical, whatever time it took', () => {
    const other = { ...read(), timingMs: { ...report.timingMs, simulate: 99_999 } }
    expect(compareReports(report, other)).toEqual({ identical: true, differences: [] })
  })

  it('names the first trade and field that differ, and what follows from it', () => {
    const other = withTrade(3, { exitPrice: 41_000.5, exitReason: 'stop' })
    expect(whats(other)).toEqual(expect.arrayContaining(['tradesHash', 'trades[3].exitPrice']))
    const told = messages(other).find((message) => message.startsWith('The first trade'))
    expect(told).toMatch(
      /^The first trade that differs is trade 4 \((long|short) binance:BTCUSDT\.P, entered 2024-01-\d\d \d\d:\d\d UTC\): exitPrice is [\d.]+ and 41000\.5\.$/,
    )
    expect(compareReports(report, other).identical).toBe(false)
  })

  it('sees into legs', () => {
    const legs = input.facts.trades[0]?.legs.map((leg, i) => (i === 1 ? { ...leg, maker: true } : leg))
    expect(whats(withTrade(0, { legs }))).toEqual(['trades[0].legs[1].maker'])
  })

  it('tells a trade that one report alone has', () => {
    const other = buildReport(sampleInput({ facts: { ...input.facts, trades: input.facts.trades.slice(0, 59) } }))
    expect(messages(other)).toContainEqual(
      expect.stringMatching(/^60 and 59 trades; the first that one report alone has is trade 60 .* in the first\.$/),
    )
  })

  it('names causes before effects', () => {
    const other = buildReport(
      sampleInput({
        engine: '1.1.0',
        settings: settingsSchema.parse({ equity: 5000 }),
        data: input.data.map((series) => ({ ...series, sha256: '0'.repeat(64) })).slice(0, 1),
      }),
    )
    expect(messages(other).slice(0, 4)).toEqual([
      'The engine version differs: 1.0.0 and 1.1.0.',
      `The run settings differ: ${report.settingsHash} and ${other.settingsHash}.`,
      `The rows of binance:BTCUSDT klines 1m differ: ${'c'.repeat(64)} and ${'0'.repeat(64)}.`,
      'Only the first report reads binance:BTCUSDT.P funding.',
    ])
    expect(whats(other)).toContain('settings.equity')
  })

  it('names the first day whose equity differs', () => {
    const sampleEquity = input.facts.sampleEquity.map((equity, i) => (i === 31 ? equity + 1 : equity))
    const other = buildReport(sampleInput({ facts: { ...input.facts, sampleEquity } }))
    expect(whats(other)).toEqual(expect.arrayContaining(['equityHash', 'equity[31]', 'metrics.volatilityPct.value']))
    expect(messages(other)).toContainEqual(
      expect.stringMatching(/^The first daily equity that differs is that of 2024-02-01: /),
    )
  })

  it('compares what no hash covers', () => {
    const other = { ...read(), friction: { ...report.friction, capped: 4 } }
    expect(compareReports(report, other).differences).toEqual([
      { what: 'friction.capped', message: 'friction.capped is 3 and 4.' },
    ])
  })
})

describe('checkReport', () => {
  it('accepts a document as it was written', () => {
    expect(checkReport(read())).toEqual([])
  })
  it.each([
    ['tradesHash', { trades: report.trades.slice(1) }],
    ['equityHash', { equity: report.equity.slice(1) }],
    ['settingsHash', { settings: { ...report.settings, equity: 1 } }],
  ] as const)('finds that what %s covers was altered', (what, change) => {
    const [found, ...others] = checkReport({ ...read(), ...change })
    expect([found?.what, others]).toEqual([what, []])
    expect(found?.message).toMatch(/was altered\.$/)
  })
})
