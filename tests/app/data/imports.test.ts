// Files on their way: one after the other, with what was said of each and nothing else.
import { describe, expect, it } from 'vitest'
import {
  factsSent,
  type ImportItem,
  type ImportState,
  importedText,
  nextOf,
  noFacts,
  unsettled,
} from '../../../app/data/imports'

const item = (id: number, kind: ImportState['kind']): ImportItem => ({
  ...{ id, file: new File(['x'], `${id}.csv`), facts: noFacts, skipBad: false },
  // Only its kind is looked at here.
  state: { kind } as ImportState,
})

describe('files on their way', () => {
  it('are sent one after the other, in the order in which they came', () => {
    expect(nextOf([item(1, 'imported'), item(2, 'waiting'), item(3, 'waiting')])?.id).toBe(2)
    expect(nextOf([item(1, 'waiting'), item(2, 'sending')])).toBeNull()
    expect(nextOf([item(1, 'refused'), item(2, 'cancelled')])).toBeNull()
  })
  it('stay on the list while somebody has to look at them', () => {
    const items = (['imported', 'refused', 'cancelled', 'waiting', 'sending'] as const).map((kind, i) => item(i, kind))
    expect(unsettled(items).map(({ state }) => state.kind)).toEqual(['refused', 'waiting', 'sending'])
  })
  it('are sent with what was said of them, figures of others only where they are such', () => {
    expect(factsSent(noFacts)).toEqual({})
    const told = { ...noFacts, instrument: ' binance:BTCUSDT ', tf: '1m', unit: 'ratio', delay: '48h' }
    expect(factsSent(told)).toEqual({ instrument: 'binance:BTCUSDT', tf: '1m' })
    expect(factsSent({ ...told, kind: 'series', series: 'MVRV' })).toEqual({
      ...{ kind: 'series', tf: '1m', series: 'MVRV', unit: 'ratio', delay: '48h' },
    })
  })
  it('say what came of them', () => {
    const one = { instrument: 'a:B', kind: 'klines', tf: '1m', fromMs: 0, toMs: 1, added: 1200 }
    expect(importedText({ ...one, duplicates: 0, skipped: 0, gaps: 0 })).toBe('Bars 1m: 1,200 new rows')
    expect(importedText({ ...one, added: 1, duplicates: 2, skipped: 3, gaps: 1 })).toBe(
      'Bars 1m: 1 new row, 2 known already, 3 left out, 1 gap in the series',
    )
  })
})
