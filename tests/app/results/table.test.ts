// The trades table without its drawing: widths of whole words, filters, and the file for a spreadsheet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnNeed, type FittedColumn, fittedColumns, textWidth, tracksOf } from '../../../app/results/columnWidths'
import { columnsFor, tradeColumns } from '../../../app/results/tradeColumns'
import { everything, filtered, filterParts, matches, reasonsIn } from '../../../app/results/tradeFilter'
import { trade } from './sample'

const context = { barMs: 3_600_000, tickOf: () => '0.01' }
const column = (id: string) => {
  const found = tradeColumns.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no column ${id}`)
  return found
}

describe('widths of columns', () => {
  it('hold every cell, whichever trade is the widest', () => {
    const one = fc.record({
      no: fc.integer({ min: 1, max: 99_999 }),
      netUsdt: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      r: fc.option(fc.double({ min: -99, max: 99, noNaN: true })),
      entryPrice: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      exitReason: fc.constantFrom('stop', 'trailing', 'invalidation', 'target', 'break_even'),
      held: fc.integer({ min: 0, max: 4000 }),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 30 }), (rows) => {
        const trades = rows.map(({ no, held, exitReason, ...rest }) => {
          const { entryMs } = trade(1)
          return trade(no, { ...rest, exitReason: exitReason as 'stop', entryMs, exitMs: entryMs + held * 3_600_000 })
        })
        for (const each of tradeColumns) {
          const need = columnNeed(trades, each, context)
          // One figure of a column of numbers may be narrower than another by a comma at most: no letter counts.
          for (const row of trades) expect(textWidth(each.text(row, context), 12) + 12).toBeLessThanOrEqual(need + 4)
          expect(textWidth(each.title, 11) + 12).toBeLessThanOrEqual(need)
        }
      }),
      { numRuns: 40 },
    )
  })
  it('give way by how much they matter, in their order, and one always stays', () => {
    const all: FittedColumn[] = tradeColumns.map((one) => ({ column: one, needPx: 60 }))
    const ids = (width: number) => fittedColumns(all, width).map(({ column: { id } }) => id)
    expect(ids(420)).toEqual(['no', 'opened', 'entry', 'left', 'bars', 'r', 'net'])
    expect(ids(419)).toEqual(['no', 'opened', 'entry', 'left', 'r', 'net'])
    expect(ids(359)).toEqual(['no', 'opened', 'left', 'r', 'net'])
    expect(ids(120)).toEqual(['r', 'net'])
    expect(ids(0)).toEqual(['r'])
    expect(tracksOf(fittedColumns(all, 120))).toBe('minmax(60px, 60fr) minmax(60px, 60fr)')
  })
  it('tell the market only where there are several', () => {
    expect(columnsFor([trade(1), trade(2)]).map(({ id }) => id)).not.toContain('market')
    const two = columnsFor([trade(1), trade(2, { instrument: 'binance:ETHUSDT.P' })])
    expect(two.map(({ id }) => id).slice(0, 3)).toEqual(['no', 'market', 'opened'])
    expect(two[1]?.text(trade(2, { instrument: 'binance:ETHUSDT.P' }), context)).toBe('ETHUSDT perp')
  })
  it('have whole minutes, without seconds', () => {
    expect(column('opened').text(trade(1, { entryMs: Date.UTC(2024, 7, 7, 1, 15, 59) }), context)).toBe(
      '07 Aug 24 01:15',
    )
  })
})

describe('filters', () => {
  const at = (iso: string): number => Date.parse(iso)
  const trades = [
    trade(1, { side: 'long', exitReason: 'target', netUsdt: 30, exitMs: at('2024-01-31T23:59:00Z') }),
    trade(2, { side: 'short', exitReason: 'stop', netUsdt: -10, exitMs: at('2024-02-01T00:00:00Z') }),
    trade(3, { side: 'short', exitReason: 'stop', netUsdt: 0, exitMs: at('2023-02-10T00:00:00Z') }),
    trade(4, { side: 'long', exitReason: null, netUsdt: -1, exitMs: null }),
  ]
  const nos = (change: Partial<typeof everything>) => filtered(trades, { ...everything, ...change }).map(({ no }) => no)
  it('show all where there is none', () => {
    expect(filtered(trades, everything)).toBe(trades)
  })
  it('are side, end, result and the month in which the money was made', () => {
    expect(nos({ side: 'short' })).toEqual([2, 3])
    expect(nos({ reason: 'stop' })).toEqual([2, 3])
    expect(nos({ outcome: 'win' })).toEqual([1])
    expect(nos({ outcome: 'loss' })).toEqual([2])
    expect(nos({ outcome: 'breakeven' })).toEqual([3])
    expect(nos({ stretch: { year: 2024, month: 1 } })).toEqual([1])
    expect(nos({ stretch: { year: 2024, month: 2 } })).toEqual([2])
    expect(nos({ stretch: { year: 2024, month: null } })).toEqual([1, 2])
  })
  it('are all asked at once', () => {
    expect(nos({ side: 'short', outcome: 'loss', stretch: { year: 2024, month: null } })).toEqual([2])
    expect(nos({ side: 'long', reason: 'stop' })).toEqual([])
  })
  it('have a chip each', () => {
    expect(filterParts(everything)).toEqual([])
    const parts = filterParts({
      side: 'long',
      reason: 'break_even',
      outcome: 'loss',
      stretch: { year: 2024, month: 8 },
      r: { low: null, high: -1 },
    })
    expect(parts.map(({ label }) => label)).toEqual(['Aug 2024', 'Long', 'Lost', 'Break-even', 'below \u22121 R'])
    for (const { key } of parts) expect(matches(trade(1), { ...everything, [key]: null })).toBe(true)
  })
  it('offer what there is, the most frequent first', () => {
    expect(reasonsIn(trades)).toEqual(['stop', 'target'])
  })
})
