// Every layout that an import reads: what it takes from it, and what it asks for when the file does not tell.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  csv,
  lines,
  minute,
  openWorkshop,
  parquet,
  start,
  storedRows,
  visionHeader,
  visionLines,
  zip,
} from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const numbers = (n: number, fromMs = start): number[][] => lines(n, fromMs).map((line) => line.map(Number))

describe('klines', () => {
  const cases: [string, string, () => string | Uint8Array][] = [
    ['Vision csv with header', 'BTCUSDT-1m-2024-01.csv', () => csv(visionLines(lines(30)), visionHeader)],
    ['Vision csv without header', 'BTCUSDT-1m-2024-01.csv', () => csv(visionLines(lines(30)), null)],
    ['Vision csv in microseconds', 'BTCUSDT-1m-2025-01.csv', () => csv(visionLines(lines(30), 1000), null)],
    [
      'Vision csv in microseconds with header',
      'BTCUSDT-1m-2025-01.csv',
      () => csv(visionLines(lines(30), 1000), visionHeader),
    ],
    [
      'Vision zip',
      'BTCUSDT-1m-2024-01.zip',
      () => zip({ 'BTCUSDT-1m-2024-01.csv': csv(visionLines(lines(30)), null) }),
    ],
    ['gzip', 'BTCUSDT-1m-2024-01.csv.gz', () => gzipSync(csv(visionLines(lines(30)), visionHeader))],
    ['plain in milliseconds', 'bars.csv', () => csv(lines(30))],
    [
      'Windows line ends, byte order mark, blank line, quotes',
      'bars.csv',
      () =>
        `\uFEFF"open_time","open","high","low","close","volume"\r\n\r\n${lines(30)
          .map((line) => line.map((x) => `"${x}"`).join(','))
          .join('\r\n')}\r\n`,
    ],
    ['semicolons', 'bars.csv', () => csv(lines(30)).replaceAll(',', ';')],
    [
      'seconds, column named timestamp, other order',
      'bars.csv',
      () =>
        csv(
          lines(30).map(([ms, o, h, l, c, v]) => [v ?? 0, c ?? 0, l ?? 0, h ?? 0, o ?? 0, Number(ms) / 1000]),
          'Volume,Close,Low,High,Open,Timestamp',
        ),
    ],
    [
      'ISO text with Z',
      'bars.csv',
      () =>
        csv(
          lines(30).map(([ms, ...rest]) => [new Date(Number(ms)).toISOString(), ...rest]),
          'date,open,high,low,close,volume',
        ),
    ],
    [
      'ISO text without zone is UTC',
      'bars.csv',
      () =>
        csv(
          lines(30).map(([ms, ...rest]) => [
            new Date(Number(ms)).toISOString().slice(0, 19).replace('T', ' '),
            ...rest,
          ]),
          'time,open,high,low,close,volume',
        ),
    ],
    ['unsorted rows', 'bars.csv', () => csv([...lines(30)].reverse())],
  ]
  it.each(cases)('%s', async (_, name, content) => {
    const { took, file, store } = openWorkshop()
    const { series } = await took({ files: [file(name, content())], instrument: spot })
    expect(
      series.map(({ info, added, duplicates, skipped }) => [
        info.instrument,
        info.kind,
        info.tf,
        info.rows,
        added,
        duplicates,
        skipped,
      ]),
    ).toEqual([[spot, 'klines', '1m', 30, 30, 0, 0]])
    expect(series[0]?.info).toMatchObject({
      fromMs: start,
      toMs: start + 30 * minute,
      gaps: 0,
      missing: 0,
      synthetic: false,
    })
    expect(await storedRows(store, spot)).toEqual(numbers(30))
  })

  it('a zone in ISO text is honoured', async () => {
    const { took, file, store } = openWorkshop()
    const rows = lines(12).map(([ms, ...rest]) => [
      `${new Date(Number(ms) + 2 * 60 * minute).toISOString().slice(0, 19)}+02:00`,
      ...rest,
    ])
    await took({ files: [file('bars.csv', csv(rows, 'date,open,high,low,close,volume'))], instrument: spot })
    expect(await storedRows(store, spot)).toEqual(numbers(12))
  })

  it('ms and us files of one market fit together', async () => {
    const { took, file, store } = openWorkshop()
    const a = file('BTCUSDT-1m-2024-12.csv', csv(visionLines(lines(20)), visionHeader))
    const b = file('BTCUSDT-1m-2025-01.csv', csv(visionLines(lines(20, start + 20 * minute), 1000), null))
    await took({ files: [b, a], instrument: spot })
    expect((await storedRows(store, spot)).map(([ms]) => ms)).toEqual(lines(40).map(([ms]) => ms))
  })

  it('six columns without a header are read when that layout is named, and refused otherwise', async () => {
    const { took, refused, file, store } = openWorkshop()
    const path = file('bars.csv', csv(lines(15), null))
    const failure = await refused({ files: [path], instrument: spot })
    expect(failure.code).toBe('layout_unknown')
    expect(failure.message).toContain('open_time,open,high,low,close,volume')
    await took({ files: [path], instrument: spot, layout: 'ohlcv' })
    expect(await storedRows(store, spot)).toEqual(numbers(15))
  })

  it('LEAN minute zips count from midnight of the day in their name', async () => {
    const { took, refused, file, store } = openWorkshop()
    const rows = lines(20).map(([ms, ...rest]) => [Number(ms) - start, ...rest])
    const path = file('btcusdt-20240101_trade.zip', zip({ '20240101_btcusdt_minute_trade.csv': csv(rows, null) }))
    await took({ files: [path], instrument: spot })
    expect(await storedRows(store, spot)).toEqual(numbers(20))
    const other = file('x_trade.zip', zip({ '20240101_btcusdt_hour_trade.csv': csv(rows, null) }))
    expect((await refused({ files: [other], instrument: spot })).message).toContain('LEAN hour file')
  })

  it.each([
    ['BIGINT ms', `epoch_ms(t)`],
    ['TIMESTAMP', `t`],
    ['TIMESTAMP WITH TIME ZONE', `t::TIMESTAMPTZ`],
    ['TIMESTAMP_NS', `t::TIMESTAMP_NS`],
    ['VARCHAR', `strftime(t, '%Y-%m-%dT%H:%M:%SZ')`],
    ['BIGINT us', `epoch_us(t)`],
    ['DOUBLE s', `epoch(t)`],
  ])('Parquet with %s', async (_, time) => {
    const { took, folder, store } = openWorkshop()
    const path = await parquet(
      `${folder}/bars.parquet`,
      `SELECT ${time} AS timestamp, 100.0 + i AS open, (101 + i)::DECIMAL(10,2) AS high, 99.0 + i AS low, (100.5 + i)::VARCHAR AS close, 10 + i AS volume
       FROM (SELECT i, TIMESTAMP '2024-01-01 00:00:00' + INTERVAL (i) MINUTE AS t FROM range(30) r(i))`,
    )
    await took({ files: [path], instrument: spot })
    expect(await storedRows(store, spot)).toEqual(numbers(30))
  })

  it('a file of several symbols gives the one that is asked for', async () => {
    const { took, refused, file, store } = openWorkshop()
    const rows = lines(12).flatMap((line) => [
      ['BTCUSDT', ...line],
      ['ETHUSDT', line[0] ?? 0, 1, 2, 1, 2, 3],
    ])
    const path = file('many.csv', csv(rows, 'symbol,open_time,open,high,low,close,volume'))
    const failure = await refused({ files: [path] })
    expect([failure.code, failure.message.includes('BTCUSDT, ETHUSDT')]).toEqual(['option_missing', true])
    expect((await refused({ files: [path], instrument: 'binance:SOLUSDT' })).code).toBe('option_wrong')
    await took({ files: [path], instrument: spot })
    expect(await storedRows(store, spot)).toEqual(numbers(12))
  })
})

describe('what a file tells', () => {
  const vision = csv(visionLines(lines(20)), visionHeader)
  it('the folders of the archive tell spot from perpetual', async () => {
    const { took, file } = openWorkshop()
    const a = file('data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01.csv', vision)
    const b = file('data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01-01.csv', vision)
    const c = file('data/futures/um/daily/markPriceKlines/BTCUSDT/1m/BTCUSDT-1m-2024-01-01.csv', vision)
    const { series } = await took({ files: [a, b, c] })
    expect(series.map(({ info }) => [info.instrument, info.kind, info.tf])).toEqual([
      [spot, 'klines', '1m'],
      [perp, 'klines', '1m'],
      [perp, 'mark', '1m'],
    ])
  })

  it('microseconds tell a spot archive', async () => {
    const { took, file } = openWorkshop()
    const { series } = await took({ files: [file('BTCUSDT-1m-2025-01.csv', csv(visionLines(lines(20), 1000), null))] })
    expect(series[0]?.info.instrument).toBe(spot)
  })

  it.each([
    [
      'BTCUSDT-1m-2024-01.csv',
      vision,
      'option_missing',
      '--instrument binance:BTCUSDT (spot) or binance:BTCUSDT.P (perpetual)',
    ],
    ['bars.csv', csv(lines(20)), 'option_missing', '--instrument venue:SYMBOL (spot) or venue:SYMBOL.P (perpetual)'],
    ['BTCUSDT-PERP-1m-2024.csv', csv(lines(20)), 'option_missing', '--instrument venue:BTCUSDT.P'],
  ])('%s asks for the instrument by name', async (...[name, text, code, hint]) => {
    const { refused, file } = openWorkshop()
    const failure = await refused({ files: [file(name, text)] })
    expect([failure.code, failure.hint]).toEqual([code, `give ${hint}`])
  })

  it.each([
    ['the symbol of the name', 'ETHUSDT-1m-2024-01.csv', { instrument: spot }, 'ETHUSDT'],
    ['the market of the name', 'BTCUSDT-PERP-1m-2024.csv', { instrument: spot }, 'binance:BTCUSDT.P'],
    ['the timeframe of the name', 'BTCUSDT-1m-2024-01.csv', { instrument: spot, tf: '5m' }, '1m'],
    ['the distance of the bars', 'bars.csv', { instrument: spot, tf: '5m' }, '1m'],
    ['an id', 'bars.csv', { instrument: 'BTCUSDT' }, 'venue:SYMBOL'],
    ['a timeframe', 'bars.csv', { instrument: spot, tf: '7m' }, '7m'],
    ['a kind', 'bars.csv', { instrument: spot, kind: 'ticks' }, 'ticks'],
    ['a kind of spot', 'bars.csv', { instrument: spot, kind: 'mark' }, 'perpetual'],
    ['facts', 'bars.csv', { instrument: spot, kind: 'instruments' }, 'rows'],
  ])('what contradicts it is refused: %s', async (...[, name, request, word]) => {
    const { refused, file } = openWorkshop()
    const failure = await refused({ files: [file(name, csv(lines(20)))], ...request })
    expect(failure.code).toBe('option_wrong')
    expect(`${failure.message} ${failure.hint}`).toContain(word)
  })

  it('the timeframe comes from the distance of the bars when no name tells it', async () => {
    const { took, refused, file } = openWorkshop()
    const { series } = await took({ files: [file('bars.csv', csv(lines(20, start, 15 * minute)))], instrument: spot })
    expect(series[0]?.info).toMatchObject({ tf: '15m', toMs: start + 300 * minute })
    expect((await refused({ files: [file('one.csv', csv(lines(1)))], instrument: spot })).code).toBe('option_missing')
    expect(
      (await refused({ files: [file('odd.csv', csv(lines(20, start, 7 * minute)))], instrument: spot })).code,
    ).toBe('option_missing')
  })

  it.each([
    ['no ending that is read', 'bars.xlsx', 'x', 'layout_unknown'],
    ['words', 'bars.csv', 'hello world\nthis is text\n', 'layout_unknown'],
    ['other columns', 'book.csv', 'time,symbol,best_bid\n2024-01-01,BTCUSDT,5\n', 'layout_unknown'],
    [
      'no volume',
      'oi.csv',
      csv(
        lines(5).map((line) => line.slice(0, 5)),
        'timestamp,open,high,low,close',
      ),
      'option_missing',
    ],
    ['nothing', 'bars.csv', '', 'file_empty'],
    ['blank lines', 'bars.csv', '\n\n  \n', 'file_empty'],
    ['a header alone', 'bars.csv', csv([]), 'file_empty'],
    ['zero bytes', 'bars.csv', '\0\0\0\0', 'layout_unknown'],
    ['no archive', 'bars.zip', 'PK not really', 'file_truncated'],
    ['no Parquet', 'bars.parquet', 'PAR1 nonsense', 'file_truncated'],
    ['no JSON', 'info.json', '{"symbols": [', 'file_truncated'],
    ['other JSON', 'info.json', '{"hello": 1}', 'layout_unknown'],
  ])('%s is refused', async (...[, name, content, code]) => {
    const { refused, file } = openWorkshop()
    const path = file(name, content)
    const failure = await refused({ files: [path], instrument: spot })
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(path)
  })

  it('a file that is not there, a folder, no file at all', async () => {
    const { refused, folder } = openWorkshop()
    expect((await refused({ files: [`${folder}/none.csv`], instrument: spot })).code).toBe('file_not_found')
    expect((await refused({ files: [folder], instrument: spot })).code).toBe('file_unreadable')
    expect((await refused({ files: [] })).code).toBe('option_missing')
  })
})

describe('archives', () => {
  const whole = zip({ 'BTCUSDT-1m-2024-01.csv': csv(visionLines(lines(500)), visionHeader) })
  it.each([0.1, 0.5, 0.9, 0.99])('cut at %f of its length is refused', async (share) => {
    const { refused, file } = openWorkshop()
    const failure = await refused({
      files: [file('BTCUSDT-1m-2024-01.zip', whole.slice(0, Math.floor(whole.length * share)))],
      instrument: spot,
    })
    expect(failure.code).toBe('file_truncated')
  })

  it('a changed byte in the packed rows is seen', async () => {
    const { refused, file } = openWorkshop()
    for (const at of [200, 1000, 5000]) {
      const bytes = whole.slice()
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      const failure = await refused({ files: [file('BTCUSDT-1m-2024-01.zip', bytes)], instrument: spot })
      expect(failure.code).toBe('file_truncated')
    }
  })

  it('two files in one, an empty one, a cut gzip', async () => {
    const { refused, file } = openWorkshop()
    const two = zip({ 'a.csv': csv(lines(5)), 'b.csv': csv(lines(5)) })
    expect((await refused({ files: [file('two.zip', two)], instrument: spot })).code).toBe('layout_refused')
    expect((await refused({ files: [file('none.zip', zip({ 'a.csv': '' }))], instrument: spot })).code).toBe(
      'file_empty',
    )
    expect(
      (await refused({ files: [file('a.csv.gz', gzipSync(csv(lines(50))).subarray(0, 60))], instrument: spot })).code,
    ).toBe('file_truncated')
  })

  it('a cut Parquet file is refused', async () => {
    const { refused, folder, file } = openWorkshop()
    const { readFileSync } = await import('node:fs')
    const path = await parquet(
      `${folder}/a.parquet`,
      'SELECT 1704067200000 + i * 60000 AS open_time, 1.0 AS open, 1.0 AS high, 1.0 AS low, 1.0 AS close, 1.0 AS volume FROM range(5000) r(i)',
    )
    const bytes = readFileSync(path)
    const failure = await refused({
      files: [file('cut.parquet', bytes.subarray(0, bytes.length - 100))],
      instrument: spot,
    })
    expect(failure.code).toBe('file_truncated')
  })
})

describe('funding and mark price', () => {
  const hour = 60 * minute
  const settlements = (n: number): number[][] =>
    Array.from({ length: n }, (_, i) => [start + i * 8 * hour + (i % 32), 0.0001 * (i - 3)])

  it('stamp and rate as published', async () => {
    const { took, file, store } = openWorkshop()
    const rows = settlements(20).map(([ms, rate]) => ['BTCUSDT', ms ?? 0, rate ?? 0])
    const { series } = await took({
      files: [file('BTCUSDT-funding-2024.csv', csv(rows, 'symbol,funding_time,funding_rate'))],
      instrument: perp,
    })
    expect(series[0]?.info).toMatchObject({
      instrument: perp,
      kind: 'funding',
      tf: null,
      rows: 20,
      fromMs: start,
      toMs: start + 152 * hour + 19,
    })
    const funding = await store.funding(perp, Infinity)
    expect(Array.from(funding.stampMs, (ms, i) => [ms, funding.rate[i]])).toEqual(settlements(20))
    expect(funding.intervalMs).toBeNull()
    expect((await store.funding(perp, start + 8 * hour + 1)).rate).toHaveLength(1)
  })

  it('the archive of Binance tells venue, symbol and interval', async () => {
    const { took, file, store } = openWorkshop()
    const rows = settlements(6).map(([ms, rate]) => [ms ?? 0, 8, rate ?? 0])
    await took({
      files: [file('BTCUSDT-fundingRate-2024-01.csv', csv(rows, 'calc_time,funding_interval_hours,last_funding_rate'))],
    })
    const funding = await store.funding(perp, Infinity)
    expect([...(funding.intervalMs ?? [])]).toEqual(Array(6).fill(8 * hour))
    expect([...funding.rate]).toEqual(settlements(6).map(([, rate]) => rate))
  })

  it('asks for the venue, refuses a spot market', async () => {
    const { refused, file } = openWorkshop()
    const path = file('BTCUSDT-funding-2024.csv', csv(settlements(5), 'funding_time,funding_rate'))
    expect((await refused({ files: [path] })).hint).toBe('give --instrument venue:BTCUSDT.P')
    expect((await refused({ files: [path], instrument: spot })).code).toBe('option_wrong')
  })

  it('mark bars need no volume', async () => {
    const { took, file, store } = openWorkshop()
    const rows = lines(20, start, 8 * hour).map((line) => line.slice(0, 5))
    const { series } = await took({
      files: [file('BTCUSDT-mark-8h-2024.csv', csv(rows, 'open_time,open,high,low,close'))],
      instrument: perp,
    })
    expect(series[0]?.info).toMatchObject({ kind: 'mark', tf: '8h', rows: 20 })
    const mark = await store.bars({ instrument: perp, kind: 'mark', tf: '8h' }, Infinity)
    expect([...mark.close]).toEqual(rows.map((line) => Number(line[4])))
    expect([...mark.volume]).toEqual(Array(20).fill(0))
  })
})
