// Published figures come in: what files tell of themselves, what is asked for, and every row that is refused.
import { describe, expect, it } from 'vitest'
import { importFiles } from '../../../server/run/data/importFiles'
import {
  clock,
  dailyFile,
  metricsAt,
  metricsFile,
  metricsHeader,
  metricsLines,
  publishedShop,
  told,
} from '../../fixtures/data/published'
import { minute, openWorkshop, start, zip } from '../../fixtures/data/workshop'

const perp = 'binance:BTCUSDT.P'
const day = 1440 * minute

describe('Binance metrics', () => {
  it('give open interest and the ratio of accounts, to the bit, stamped at the end of their five minutes', async () => {
    const { took, file, rows, store } = publishedShop()
    const archive = zip({ 'BTCUSDT-metrics-2024-01-01.csv': metricsFile(288) })
    const { series } = await took({ files: [file('BTCUSDT-metrics-2024-01-01.zip', archive)] })
    const published = { source: 'binance', delayMs: minute, maxAgeMs: 15 * minute }
    const range = { fromMs: start + 5 * minute, toMs: start + day + 5 * minute, rows: 288, gaps: 0, tf: '5m' }
    expect(series.map(({ info }) => info)).toMatchObject([
      { ...range, instrument: perp, kind: 'open-interest', published: { ...published, unit: 'base and quote units' } },
      { ...range, instrument: perp, kind: 'long-short', published: { ...published, unit: 'ratio' } },
    ])
    const stamps = Array.from({ length: 288 }, (_, i) => start + (i + 1) * 5 * minute)
    expect(await rows({ instrument: perp, kind: 'open-interest', tf: '5m' })).toEqual(
      stamps.map((ms, i) => [ms, metricsAt(i).base, metricsAt(i).quote]),
    )
    expect(await rows({ instrument: perp, kind: 'long-short', tf: '5m' })).toEqual(
      stamps.map((ms, i) => [ms, Number(metricsAt(i).ratio.toFixed(8))]),
    )
    // What opens at or after the end is not handed out.
    const key = { instrument: perp, kind: 'open-interest', tf: '5m' } as const
    expect((await store.published(key, start + 20 * minute)).timeMs).toHaveLength(3)
  })

  it('one kind alone on request; the same file again adds nothing', async () => {
    const { took, file } = publishedShop()
    const files = [file('m.csv', metricsFile(20))]
    expect((await took({ files, kind: 'long-short', instrument: perp })).series).toMatchObject([
      { added: 20, info: { kind: 'long-short' } },
    ])
    expect((await took({ files, instrument: perp })).series).toMatchObject([
      { added: 20, info: { kind: 'open-interest' } },
      { added: 0, duplicates: 20, info: { kind: 'long-short' } },
    ])
  })

  it('an open interest of nothing, half a row and a time off the grid are refused by line', async () => {
    const { refused, file } = publishedShop()
    const lines = metricsLines(30)
    const bad = lines.with(3, (lines[3] ?? '').replace(/BTCUSDT,[\d.]+/, 'BTCUSDT,0'))
    bad[7] = (bad[7] ?? '').split(',').slice(0, 4).join(',')
    bad[9] = (bad[9] ?? '').replace(':00,', ':17,')
    const failure = await refused({
      files: [file('m.csv', [metricsHeader, ...bad].join('\n'))],
      kind: 'open-interest',
      instrument: perp,
    })
    expect(told(failure)).toEqual([
      ['row_columns', 9],
      ['row_off_grid', 11],
      ['row_amount', 5],
    ])
  })

  /** A day of it labelled from 00:00 to 23:55, or from 00:05 to 00:00. */
  const dayFile = (text: string, label: 'start' | 'end', rows = 288): string =>
    metricsFile(rows, Date.parse(`${text}T00:00Z`) - (label === 'start' ? 5 * minute : 0))

  it('whole days labelled by the beginning are stored at the moments of their snapshots: the days join', async () => {
    const { took, file, rows } = publishedShop()
    const files = [
      file('BTCUSDT-metrics-2024-03-01.csv', dayFile('2024-03-01', 'end')),
      file('BTCUSDT-metrics-2024-03-02.csv', dayFile('2024-03-02', 'start')),
    ]
    const { series } = await took({ files, kind: 'open-interest' })
    const fromMs = Date.parse('2024-03-01T00:05Z')
    expect(series).toMatchObject([
      { added: 576, duplicates: 0, info: { gaps: 0, fromMs, published: { delayMs: minute } } },
    ])
    const stored = await rows({ instrument: perp, kind: 'open-interest', tf: '5m' })
    expect(stored[288]).toEqual([Date.parse('2024-03-02T00:05Z'), metricsAt(0).base, metricsAt(0).quote])
  })

  it.each([
    ['2024-06-24', '2024-06-24T00:05Z'],
    // Rows of before 25 June 2026 are labelled by the end, later ones by the beginning.
    ['2026-06-24', '2026-06-24T00:05Z'],
    ['2026-06-25', '2026-06-25T00:10Z'],
  ])('a part of a day is of the labels of its time: %s', async (text, first) => {
    const { store, files, file } = openWorkshop()
    const path = file('BTCUSDT-metrics-part.csv', dayFile(text, 'end', 100))
    const after = Date.parse('2026-08-01T00:00Z')
    const result = await importFiles({ files: [path], kind: 'long-short' }, { store, files, nowMs: () => after })
    expect(result).toMatchObject({ series: [{ info: { fromMs: Date.parse(first), rows: 100 } }] })
  })

  it.each(['BTCUSD_PERP', 'BTCUSDT_260327'])('of %s count contracts: they are not read', async (symbol) => {
    const { refused, file } = publishedShop()
    const files = [file('metrics.csv', metricsFile(20).replaceAll('BTCUSDT', symbol))]
    expect((await refused({ files })).code).toBe('layout_refused')
    expect((await refused({ files, instrument: `binance:${symbol}.P` })).code).toBe('layout_refused')
  })

  it('fields left empty say nothing; the ratio of that moment is known all the same', async () => {
    const { took, file } = publishedShop()
    const lines = metricsLines(30)
    const empty = lines.with(4, (lines[4] ?? '').replace(/BTCUSDT,[\d.]+,[\d.]+/, 'BTCUSDT,,'))
    const { series } = await took({ files: [file('m.csv', [metricsHeader, ...empty].join('\n'))], instrument: perp })
    expect(series.map(({ info: { rows, gaps } }) => [rows, gaps])).toEqual([
      [29, 1],
      [30, 0],
    ])
  })
})

describe('open interest of others', () => {
  const value = (n: number) => dailyFile(Array.from({ length: n }, (_, i) => 1000 + i))

  it('asks for unit and delay where a file tells neither, and takes them', async () => {
    const { took, refused, file, rows } = publishedShop()
    const of = { files: [file('oi.csv', value(20))], kind: 'open-interest', instrument: perp } as const
    expect((await refused(of)).hint).toMatch(/--unit base/)
    expect((await refused({ ...of, unit: 'base' })).hint).toMatch(/--delay.*1m where.*end of 1d, 1d1m where/)
    const { series } = await took({ ...of, unit: 'base', delay: '1m' })
    expect(series[0]?.info).toMatchObject({ rows: 20, published: { unit: 'base', delayMs: minute, maxAgeMs: 3 * day } })
    expect((await rows({ instrument: perp, kind: 'open-interest', tf: '1d' }))[1]).toEqual([start + day, 1001, NaN])
    // The same rows as notional would be another figure.
    expect((await refused({ ...of, unit: 'USD', delay: '1m' })).message).toMatch(
      /stored with unit base, not with unit USD/,
    )
    expect((await refused({ ...of, unit: 'base', delay: '1d1m' })).message).toMatch(/delay 1m, not with delay 1d1m/)
  })

  it('of bars the close counts, known when the bar is over', async () => {
    const { took, file, rows } = publishedShop()
    const bars = Array.from({ length: 12 }, (_, i) =>
      [clock(start + i * 240 * minute), 5 + i, 9 + i, 4 + i, 7 + i].join(','),
    )
    const files = [file('oi.csv', ['timestamp,open,high,low,close', ...bars].join('\n'))]
    const { series } = await took({ files, kind: 'open-interest', instrument: 'coinglass:BTCUSD.P', unit: 'USD' })
    const delayMs = 241 * minute
    expect(series[0]?.info.published).toEqual({
      ...{ name: 'open-interest', source: 'coinglass', unit: 'USD', delayMs, maxAgeMs: 720 * minute },
    })
    expect((await rows({ instrument: 'coinglass:BTCUSD.P', kind: 'open-interest', tf: '4h' }))[2]).toEqual([
      ...[start + 480 * minute, Number.NaN, 9],
    ])
  })

  it('belongs to a perpetual', async () => {
    const { refused, file } = publishedShop()
    const failure = await refused({ files: [file('m.csv', metricsFile(20))], instrument: 'binance:BTCUSDT' })
    expect(failure.hint).toBe('give --instrument binance:BTCUSDT.P')
  })
})

describe('liquidations', () => {
  const header =
    'time,side,order_type,time_in_force,original_quantity,price,average_price,order_status,last_fill_quantity,accumulated_fill_quantity'
  const event = (ms: number, side: string, [price, quantity]: readonly [number, number]): string =>
    `${start + ms},${side},LIMIT,IOC,${quantity * 2},${price + 5},${price},FILLED,1,${quantity}`
  const events = [
    event(10, 'SELL', [40_000, 0.5]),
    event(5 * minute - 1, 'SELL', [39_000, 1]),
    event(5 * minute - 1, 'SELL', [39_000, 1]),
    event(5 * minute, 'BUY', [41_000, 2]),
    event(23 * 60 * minute, 'SELL', [38_000, 0.25]),
  ]
  const five = { instrument: perp, kind: 'liquidations', tf: '5m' } as const

  it('one by one become sums per side: a sell order closes a long; a day without one in an interval had none', async () => {
    const { took, file, rows, refused } = publishedShop()
    const name = 'BTCUSDT-liquidationSnapshot-2024-01-01'
    const files = [file(`${name}.zip`, zip({ [`${name}.csv`]: [header, ...events].join('\n') }))]
    expect((await refused({ files })).hint).toMatch(/--tf/)
    const { series } = await took({ files, tf: '5m' })
    expect(series).toMatchObject([
      { added: 288, duplicates: 1, info: { fromMs: start, toMs: start + day, published: { delayMs: 6 * minute } } },
    ])
    const all = await rows(five)
    expect([all[0], all[1], all[2], all[276]]).toEqual([
      [start, 20_000 + 39_000, 0],
      [start + 5 * minute, 0, 82_000],
      [start + 10 * minute, 0, 0],
      [start + 23 * 60 * minute, 9500, 0],
    ])
  })

  it('of another day than the name of the file refuse it: they make no day of nothing', async () => {
    const { took, file, refused } = publishedShop()
    const wrong = file('BTCUSDT-liquidationSnapshot-2024-01-02.csv', [header, ...events].join('\n'))
    const failure = await refused({ files: [wrong], tf: '5m' })
    expect(told(failure)).toEqual([['row_day', 2]])
    expect(failure.message).toContain('5 rows with a time outside of the day')
    const last = event(day, 'BUY', [41_000, 2])
    const mixed = [file('BTCUSDT-liquidationSnapshot-2024-01-01.csv', [header, ...events, last].join('\n'))]
    expect(told(await refused({ files: mixed, tf: '5m' }))).toEqual([['row_day', 7]])
    expect((await took({ files: mixed, tf: '5m', skipBad: true })).series).toMatchObject([{ added: 288, skipped: 1 }])
  })

  it('of a day that is not over speak for what lies before the last of them', async () => {
    const { store, files, file } = openWorkshop()
    const path = file('BTCUSDT-liquidationSnapshot-2024-01-01.csv', [header, ...events.slice(0, 4)].join('\n'))
    const importAt = (nowMs: number) => importFiles({ files: [path], tf: '5m' }, { store, files, nowMs: () => nowMs })
    expect(await importAt(start + 10 * 60 * minute)).toMatchObject({ series: [{ added: 1, info: { rows: 1 } }] })
    expect(await importAt(start + day)).toMatchObject({ series: [{ added: 287 }] })
  })

  it.each([
    ['binance:BTCUSDT.P', 'BUY', 'SELL'],
    ['bybit:BTCUSDT.P', 'Sell', 'Buy'],
    ['okx:BTCUSDT.P', 'short', 'Long'],
  ])('of %s: %s closes a short, %s a long', async (instrument, short, long) => {
    const { took, file, rows } = publishedShop()
    const lines = ['time,side,price,qty', `${start},${long},1,1`, `${start + 6 * minute},${long},40000,1`]
    lines.push(`${start + 7 * minute},${short},41000,2`, `${start + 10 * minute},${long},1,1`)
    await took({ files: [file('e.csv', lines.join('\n'))], tf: '5m', instrument, kind: 'liquidations' })
    expect(await rows({ ...five, instrument })).toEqual([[start + 5 * minute, 40_000, 82_000]])
  })

  it('buy and sell of a venue that may mean either are refused: long and short are asked for', async () => {
    const { refused, file } = publishedShop()
    const files = [file('e.csv', ['time,side,price,qty', `${start},long,1,1`, `${start + 1},buy,1,1`].join('\n'))]
    const failure = await refused({ files, tf: '5m', instrument: 'okx:BTCUSDT.P', kind: 'liquidations' })
    expect([failure.code, failure.hint]).toEqual([
      'option_wrong',
      'write long or short, the position that was closed, into its side column',
    ])
  })

  it('of an interval are known when it is over, whatever delay is asked for', async () => {
    const { took, refused, file } = publishedShop()
    const of = { files: [file('events.csv', [header, ...events].join('\n'))], tf: '1h', instrument: perp }
    expect((await refused({ ...of, delay: '1m' })).message).toContain('--delay 1m is shorter than the 1h')
    expect((await refused({ ...of, delay: '59m' })).code).toBe('option_wrong')
    const { series } = await took({ ...of, delay: '1h' })
    expect(series).toMatchObject([{ info: { published: { delayMs: 60 * minute } } }])
  })

  it('of a file without a day the intervals at its ends may be cut: they are left out', async () => {
    const { took, file, rows } = publishedShop()
    const files = [file('events.csv', [header, ...events].join('\n'))]
    await took({ files, tf: '1h', instrument: perp })
    const all = await rows({ ...five, tf: '1h' })
    expect([all.length, all[0], all[21]]).toEqual([22, [start + 60 * minute, 0, 0], [start + 22 * 60 * minute, 0, 0]])
  })

  it('sums by interval are taken as they are; below zero they cannot be', async () => {
    const { took, refused, file, rows } = publishedShop()
    const line = (i: number, long: number): string => `${clock(start + i * 240 * minute)},${long},${i}`
    const of = { kind: 'liquidations', instrument: perp } as const
    const lines = Array.from({ length: 12 }, (_, i) => line(i, i * 10))
    const header = 'timestamp,long_usd,short_usd'
    await took({ ...of, files: [file('l.csv', [header, ...lines].join('\n'))] })
    expect((await rows({ ...five, tf: '4h' }))[3]).toEqual([start + 720 * minute, 30, 3])
    const bad = await refused({ ...of, files: [file('b.csv', [header, ...lines.with(5, line(5, -1))].join('\n'))] })
    expect(told(bad)[0]).toEqual(['row_amount', 7])
  })

  it('an event without a side, a price or a quantity refuses the file', async () => {
    const { refused, file } = publishedShop()
    const bad = [events[0], event(99, 'HOLD', [40_000, 1]), event(120, 'BUY', [0, 1]), events[3]]
    const failure = await refused({ files: [file('e.csv', [header, ...bad].join('\n'))], tf: '5m', instrument: perp })
    expect(told(failure)).toEqual([
      ['row_text', 3],
      ['row_amount', 4],
    ])
  })
})
