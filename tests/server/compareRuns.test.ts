// Two runs beside each other: every trade is gained, lost, changed or kept, and none twice.
import { describe, expect, it } from 'vitest'
import type { Report, TradeRow } from '../../blocks/engine/report/document'
import { compareRuns } from '../../server/core/compareRuns'

const trade = (entryMs: number, more: object = {}): TradeRow =>
  ({
    instrument: 'a:B',
    side: 'long',
    setup: 's',
    entryMs,
    entryPrice: 100,
    qtyBase: 1,
    exitMs: entryMs + 5,
    exitPrice: 110,
    exitReason: 'target',
    netUsdt: 10,
    ...more,
  }) as TradeRow

// Only these keys are looked into.
const report = (trades: readonly TradeRow[], more: Record<string, unknown> = {}): Report =>
  ({
    playHash: 'p',
    settingsHash: 's',
    tradesHash: 't',
    equityHash: 'e',
    engine: '1',
    settings: {},
    range: { fromMs: 0, toMs: 9 },
    data: [
      { instrument: 'a:B', kind: 'klines', tf: '1m', sha256: 'x' },
      { instrument: 'a:B', kind: 'funding', tf: null, sha256: 'y' },
    ],
    metrics: { sharpe: { value: 1, enough: true } },
    open: null,
    trades,
    ...more,
  }) as unknown as Report

const entries = (trades: readonly TradeRow[]): readonly number[] => trades.map(({ entryMs }) => entryMs)

describe('compareRuns', () => {
  it('tells what came, went and changed', () => {
    const before = report([trade(1), trade(2), trade(3)])
    const after = report([trade(2, { exitReason: 'stop', netUsdt: -5 }), trade(3), trade(4)])
    const { gained, lost, changed, kept } = compareRuns(before, after)
    expect([entries(gained), entries(lost), kept]).toEqual([[4], [1], 1])
    expect(changed.map(({ before: b, after: a }) => [b.netUsdt, a.netUsdt])).toEqual([[10, -5]])
  })

  it.each([
    ['side', { side: 'short' as const }],
    ['market', { instrument: 'a:C' }],
    ['setup', { setup: 'other' }],
    ['Play', { play: 1 }],
  ])('of another %s is another trade', (_, other) => {
    const { gained, lost, kept } = compareRuns(report([trade(1)]), report([trade(1, other)]))
    expect([gained.length, lost.length, kept]).toEqual([1, 1, 0])
  })

  it.each([{ entryPrice: 101 }, { qtyBase: 2 }, { exitMs: 7 }, { exitPrice: 111 }, { netUsdt: 11 }])(
    '%j is the same trade, changed',
    (other) => {
      const { changed, kept } = compareRuns(report([trade(1)]), report([trade(1, other)]))
      expect([changed.length, kept]).toEqual([1, 0])
    },
  )

  it('pairs twins in their order, and takes one that was open for the one that was closed later', () => {
    const twins = compareRuns(report([trade(1), trade(1)]), report([trade(1)]))
    expect([twins.kept, twins.lost.length]).toEqual([1, 1])
    const open = trade(8, { exitMs: null, exitPrice: null, exitReason: null })
    const one = compareRuns(report([], { open }), report([trade(8)]))
    expect([one.changed.length, one.gained.length, one.lost.length]).toEqual([1, 0, 0])
    const list = compareRuns(report([], { open: [open] }), report([], { open: [open] }))
    expect([list.kept, list.changed.length]).toEqual([1, 0])
  })

  it('says what both have in common, whatever the order of their data', () => {
    const before = report([])
    const turned = report([], { data: [...before.data].reverse() })
    expect(Object.values(compareRuns(before, turned).same).every(Boolean)).toBe(true)
    const other = compareRuns(before, report([], { settingsHash: 'z', range: { fromMs: 0, toMs: 8 } })).same
    expect(other).toMatchObject({ play: true, data: true, settings: false, range: false })
  })

  it('puts a figure that one of them lacks beside nothing', () => {
    const { metrics } = compareRuns(report([]), report([], { metrics: { dsr: { value: 0.5, enough: true } } }))
    expect(metrics).toEqual([
      { name: 'sharpe', before: { value: 1, enough: true }, after: null },
      { name: 'dsr', before: null, after: { value: 0.5, enough: true } },
    ])
  })

  it('names each setting and each series that differs, and none that does not', () => {
    const settings = { equity: 10_000, fees: { maker: 0.0002, taker: 0.0005 }, markets: { main: ['a:B'] } }
    const before = report([], { settings })
    const other = { ...settings, fees: { maker: 0.0002 }, markets: { main: ['a:B', 'a:C'] }, margin: 'cross' }
    const [klines] = before.data
    const data = [
      { ...klines, sha256: 'z' },
      { instrument: 'a:B', kind: 'mark', tf: '1m', sha256: 'm' },
    ]
    const compared = compareRuns(before, report([], { settings: other, data }))
    expect(compared.settings).toEqual([
      { what: 'fees.taker', before: '0.0005', after: null },
      { what: 'markets.main', before: '["a:B"]', after: '["a:B","a:C"]' },
      { what: 'margin', before: null, after: 'cross' },
    ])
    expect(compared.data).toEqual([
      { series: 'a:B klines 1m', before: 'x', after: 'z' },
      { series: 'a:B funding', before: 'y', after: null },
      { series: 'a:B mark 1m', before: null, after: 'm' },
    ])
    expect(compared.same.data).toBe(false)
    const equal = compareRuns(before, before)
    expect([equal.settings, equal.data]).toEqual([[], []])
  })
})
