// Downloads in words, and what is asked for out of what was typed.
import { describe, expect, it } from 'vitest'
import type { DownloadNow } from '../../../app/data/api'
import {
  asksOf,
  type DownloadForm,
  dayMs,
  downloadWord,
  endText,
  formFaults,
  isServed,
  newest,
  repairOf,
  stepText,
  symbolOf,
  venueFor,
} from '../../../app/data/downloads'

const form: DownloadForm = {
  ...{ venue: 'binance-perp', symbol: 'btcusdt', kinds: ['klines', 'funding'], tf: '5m', sampledTf: '1h' },
  ...{ from: '2024-01-01', to: '2024-01-31' },
}
const day = 86_400_000
const start = Date.UTC(2024, 0, 1)
const now = (more: Partial<DownloadNow> = {}): DownloadNow => ({
  ...{ id: '1', instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '1m', fromMs: start, toMs: null, state: 'taken' },
  ...{ failure: null, cancelling: false, createdMs: 0, endedMs: null },
  ...more,
})
const step = { label: 'binance:BTCUSDT.P klines 1m', share: 0.5, rows: 12_345, pages: 13, untilMs: start + day }
const summary = { added: 10, rows: 20, gaps: 0, fromMs: start, toMs: start + day, pages: 1, markets: 0 }

describe('what is asked for', () => {
  it('is one download a kind, the last day included, a timeframe where the kind has one', () => {
    const range = { fromMs: start, toMs: start + 31 * day }
    expect(asksOf({ ...form, kinds: ['klines', 'funding', 'open-interest', 'instruments'] })).toEqual([
      { instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '5m', ...range },
      { instrument: 'binance:BTCUSDT.P', kind: 'funding', tf: null, ...range },
      { instrument: 'binance:BTCUSDT.P', kind: 'open-interest', tf: '1h', ...range },
      { instrument: 'binance:BTCUSDT.P', kind: 'instruments', tf: null, fromMs: null, toMs: null },
    ])
    expect(asksOf({ ...form, venue: 'binance-spot', to: '' })[0]).toMatchObject({
      instrument: 'binance:BTCUSDT',
      toMs: null,
    })
    expect(asksOf({ ...form, venue: 'bybit-perp' })[0]?.instrument).toBe('bybit:BTCUSDT.P')
  })
  it('takes a symbol however it is written', () => {
    for (const typed of ['btcusdt', ' BTC/USDT ', 'binance:BTCUSDT.P']) expect(symbolOf(typed)).toBe('BTCUSDT')
  })
  it('is refused field by field', () => {
    expect(formFaults(form)).toEqual({})
    expect(Object.keys(formFaults({ ...form, symbol: '', kinds: [], from: '2024-02-30', to: 'soon' }))).toEqual([
      ...['symbol', 'kinds', 'from', 'to'],
    ])
    expect(formFaults({ ...form, to: '2023-12-31' })).toEqual({ to: 'It lies before the first day.' })
    expect(formFaults({ ...form, to: '2024-01-01' })).toEqual({})
    expect(formFaults({ ...form, kinds: ['instruments'], from: '' })).toEqual({})
  })
  it('has days that exist', () => {
    expect(dayMs('2024-02-29')).toBe(Date.UTC(2024, 1, 29))
    for (const text of ['2023-02-29', '2024-1-1', '', '2024-01-01T00:00']) expect(dayMs(text)).toBeNull()
  })
  it('fills gaps of what has a venue', () => {
    const key = { instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m' } as const
    expect(repairOf(key, { fromMs: 1, toMs: 2 })).toEqual({ ...key, fromMs: 1, toMs: 2 })
    expect(venueFor('binance:BTCUSDT')?.id).toBe('binance-spot')
    expect(venueFor('bybit:BTCUSDT.P')?.id).toBe('bybit-perp')
    expect(isServed({ instrument: 'bybit:BTCUSDT.P', kind: 'klines' })).toBe(true)
    expect(isServed({ instrument: 'binance:BTCUSDT.P', kind: 'liquidations' })).toBe(false)
    expect(isServed({ instrument: 'binance:BTCUSDT', kind: 'funding' })).toBe(false)
    expect(venueFor('bybit:BTCUSDT')).toBeNull()
    expect(venueFor('kraken:BTCUSD')).toBeNull()
  })
})

describe('a download in words', () => {
  it('has a name', () => {
    expect(downloadWord(now())).toBe('BTCUSDT perp, Bars 1m')
    expect(downloadWord(now({ kind: 'instruments', tf: null }))).toBe('Binance USD-M perpetuals, market facts')
  })
  it('says how far it is, and what it waits for', () => {
    expect(stepText(now({ state: 'waiting' }))).toBe('Waits for the worker')
    expect(stepText(now())).toBe('Asks the venue which markets it has')
    expect(stepText(now({ step }))).toBe('12,345 new rows, up to 2024-01-02')
    const waiting = { ...step, label: 'binance allows only so many requests: waiting 12 s' }
    expect(stepText(now({ step: waiting }))).toBe('Binance allows only so many requests: waiting 12 s.')
    expect(stepText(now({ state: 'waiting', failure: 'binance could not be reached' }))).toBe('Is tried again soon')
    expect(stepText(now({ step, cancelling: true }))).toBe('Being cancelled')
  })
  it('stands with the open ones, or as the last of its series', () => {
    const spot = { instrument: 'binance:BTCUSDT', state: 'failed' } as const
    const all = [
      now({ id: 'open' }),
      now({ id: 'before', state: 'failed', endedMs: 9 }),
      now({ id: 'older', ...spot, endedMs: 3 }),
      now({ id: 'newer', ...spot, endedMs: 4 }),
      now({ id: 'other', ...spot, tf: '5m', endedMs: 2 }),
    ]
    expect(newest(all, 5).map(({ id }) => id)).toEqual(['open', 'newer', 'other'])
    expect(newest(all, 1).map(({ id }) => id)).toEqual(['open', 'newer'])
  })
  it('says what came of it', () => {
    const done = { ...summary, holes: [], holeCount: 0, notes: [] }
    expect(endText(now({ state: 'done', summary: done }))).toBe('20 rows are stored, 10 of them came last.')
    expect(endText(now({ state: 'done', summary: { ...done, added: 0, notes: ['it keeps 30 days'] } }))).toBe(
      '20 rows are stored. It keeps 30 days.',
    )
    const holed = { ...done, holes: [{ fromMs: start, toMs: start + 3_600_000 }], holeCount: 3 }
    expect(endText(now({ state: 'done', summary: holed }))).toBe(
      '20 rows are stored, 10 of them came last. The venue itself has nothing from 2024-01-01 00:00 for 1 h and in 2 more stretches.',
    )
    expect(endText(now({ state: 'done', summary: { ...done, rows: null, markets: 524 } }))).toContain('524 markets')
    const trouble = { code: 'x', message: 'binance refuses', hint: 'try later', details: [] }
    expect(endText(now({ state: 'failed', failure: 'binance refuses', trouble }))).toBe('Binance refuses. Try later.')
    expect(endText(now({ state: 'cancelled', step }))).toContain('goes on from there')
    expect(endText(now({ state: 'cancelled' }))).toBe(
      'Cancelled. Whatever had come is stored; the same download goes on from there.',
    )
  })
})
