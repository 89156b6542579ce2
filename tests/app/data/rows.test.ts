// The store as rows: groups and their order, what a filter finds, lengths and times in words.
import { describe, expect, it } from 'vitest'
import type { SeriesKey, Store } from '../../../app/data/api'
import {
  countsText,
  found,
  groupsOf,
  lengthText,
  nothingOdd,
  practiceMarkets,
  rowsOf,
  seriesHref,
  seriesWord,
  sourceText,
  timeText,
} from '../../../app/data/rows'

type Info = NonNullable<Store['series'][number]['info']>
/** `binance:BTCUSDT klines 1m`, as series are named. */
const keyOf = (name: string): SeriesKey => {
  const [instrument = '', kind, tf = null] = name.split(' ')
  return { instrument, kind, tf } as SeriesKey
}
const info = ({ instrument, kind, tf }: SeriesKey, synthetic = false): Info => ({
  ...{ instrument, kind, tf, fromMs: 0, toMs: 60_000, rows: 1, gaps: 0, missing: 0, duplicates: 0, skipped: {} },
  ...{ sha256: 'ab12', source: ['file.csv'], synthetic },
})
const stored = (name: string, damage: string | null = null) => ({
  ...{ ...keyOf(name), info: damage === null ? info(keyOf(name)) : null, bytes: 1024 },
  ...{ quality: damage === null ? 'clean' : 'damaged', damage },
})
const store: Pick<Store, 'series' | 'practice'> = {
  series: [
    stored('binance:ETHUSDT.P klines 1m'),
    stored('binance:BTCUSDT.P funding'),
    stored('binance:BTCUSDT.P klines 15m'),
    stored('binance:BTCUSDT.P klines 5m'),
    stored('bybit:BTCUSDT.P klines 1h', 'its file is cut'),
  ],
  practice: [info(keyOf('synthetic:BTCUSDT klines 1m'), true)],
}
const rows = rowsOf(store)
const names = (typed: string) => found(rows, typed).map(({ instrument, kind, tf }) => `${instrument} ${kind} ${tf}`)

describe('rows of the store', () => {
  it('stand by instrument: damage first, bars before funding, short intervals first', () => {
    const groups = groupsOf(rows)
    expect(groups.map(({ instrument }) => instrument)).toEqual([
      'bybit:BTCUSDT.P',
      'binance:BTCUSDT.P',
      'binance:ETHUSDT.P',
    ])
    expect(groups[1]?.rows.map(seriesWord)).toEqual(['Bars 5m', 'Bars 15m', 'Funding'])
    expect(groups[1]?.bytes).toBe(3072)
  })

  it('say by form how far they are to be trusted', () => {
    expect(rows.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail'])
    const gaps = rowsOf({
      ...store,
      series: [{ ...stored('a:B klines 1m'), quality: '3 bars missing in 1 gap' }],
    })
    expect(gaps[0]?.verdict).toBe('unclear')
  })

  it('are found by every word that is typed, whatever it is a part of', () => {
    expect(names('btcusdt funding')).toEqual(['binance:BTCUSDT.P funding null'])
    expect(names('bybit')).toEqual(['bybit:BTCUSDT.P klines 1h'])
    expect(names('damaged')).toHaveLength(1)
    expect(names('nothing like it')).toEqual([])
    expect(names('  ')).toHaveLength(5)
  })

  it('leave the made-up markets to themselves, and find those too', () => {
    expect(practiceMarkets(store, '')).toEqual(['synthetic:BTCUSDT'])
    expect(practiceMarkets(store, ' Practice')).toEqual(['synthetic:BTCUSDT'])
    expect(practiceMarkets(store, 'btc')).toEqual(['synthetic:BTCUSDT'])
    expect(practiceMarkets(store, 'eth')).toEqual([])
  })

  it('count what is stored', () => {
    expect(countsText(rows)).toBe('5 series of 3 markets, 5 KB')
    expect(countsText([])).toBe('0 series of 0 markets, 0 B')
  })

  it('have a page of their own', () => {
    expect(seriesHref({ instrument: 'binance:BTCUSDT.P', kind: 'funding', tf: null })).toBe(
      '/data/binance%3ABTCUSDT.P/funding/all',
    )
  })
})

describe('words', () => {
  it('tell lengths by their two largest units', () => {
    expect(lengthText(60_000)).toBe('1 min')
    expect(lengthText(2 * 86_400_000 + 3 * 3_600_000 + 60_000)).toBe('2 d 3 h')
    expect(lengthText(86_400_000 + 60_000)).toBe('1 d 1 min')
    expect(lengthText(250)).toBe('250 ms')
  })
  it('tell times in UTC, small parts only where there are some', () => {
    expect(timeText(Date.UTC(2024, 0, 1, 8, 30))).toBe('2024-01-01 08:30')
    expect(timeText(Date.UTC(2024, 0, 1, 8, 30, 5))).toBe('2024-01-01 08:30:05')
    expect(timeText(Date.UTC(2024, 0, 1, 8, 0, 0, 3))).toBe('2024-01-01 08:00:00.003')
  })
  it('claim of a series only what was looked for in its kind', () => {
    expect(nothingOdd('klines')).toContain('No bar without volume')
    for (const kind of ['mark', 'funding', 'open-interest', 'long-short', 'liquidations', 'series'])
      expect(nothingOdd(kind)).not.toContain('volume')
    expect(nothingOdd('funding')).not.toContain('price')
  })
  it('tell sources by the first', () => {
    expect(sourceText(['a.csv'])).toBe('a.csv')
    expect(sourceText(['a.csv', 'b.csv', 'c.csv'])).toBe('a.csv, 2 more')
    expect(sourceText([])).toBe('')
  })
})
