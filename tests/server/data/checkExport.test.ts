// What check finds odd, what list says, and what leaves the store as a file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { barFindings, fundingFindings } from '../../../server/core/quality'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { createTableWriter } from '../../../server/io/bars/tableWriter'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { exportSeries } from '../../../server/run/data/exportSeries'
import { listSeries } from '../../../server/run/data/listSeries'
import {
  csv,
  csvOf,
  type Line,
  lines,
  minute,
  minutes,
  openWorkshop,
  start,
  storedRows,
  temporaryFolder,
} from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const hour = 60 * minute

const tableOf = (rows: readonly Line[]) => ({
  timeMs: Float64Array.from(rows, (row) => Number(row[0])),
  values: [1, 2, 3, 4, 5].map((k) => Float64Array.from(rows, (row) => Number(row[k]))),
})
/** Quiet bars around 100 with a range of 0.2. */
const quiet = (n: number): Line[] =>
  Array.from({ length: n }, (_, i) => [start + i * minute, 100, 100.1, 99.9, 100 + 0.01 * (i % 2), 5])

describe('findings', () => {
  it('quiet bars have none', () => {
    expect(barFindings(tableOf(quiet(500)))).toEqual([])
  })

  it('zero-volume runs: rows, runs and the longest', () => {
    const rows = quiet(60).map((row, i) => ([7, 20, 21, 22, 40, 41].includes(i) ? [...row.slice(0, 5), 0] : row))
    expect(barFindings(tableOf(rows))).toEqual([
      { kind: 'zero_volume', count: 6, runs: 3, worst: { fromMs: start + 20 * minute, rows: 3, size: 3 } },
    ])
  })

  it('flat stretches count from five bars on', () => {
    const still =
      (from: number, n: number) =>
      (row: Line, i: number): Line =>
        i >= from && i < from + n ? [row[0] ?? 0, 101, 101, 101, 101, 5] : row
    expect(barFindings(tableOf(quiet(60).map(still(10, 5)))).filter(({ kind }) => kind === 'flat')).toEqual([])
    expect(barFindings(tableOf(quiet(60).map(still(10, 6)))).filter(({ kind }) => kind === 'flat')).toEqual([
      { kind: 'flat', count: 5, runs: 1, worst: { fromMs: start + 11 * minute, rows: 5, size: 5 } },
    ])
  })

  it('a jump of 20 times the usual range and over 1 % is an outlier, one below is not', () => {
    const jump = (high: number) =>
      quiet(300).map((row, i) => (i === 200 ? [row[0] ?? 0, 100, high, 99.9, 100, 5] : row))
    expect(barFindings(tableOf(jump(105)))).toMatchObject([
      { kind: 'outlier', count: 1, worst: { fromMs: start + 200 * minute, size: expect.closeTo(0.051, 3) } },
    ])
    expect(barFindings(tableOf(jump(103)))).toEqual([])
  })

  it('the first hundred bars only teach what is usual: a listing day is wild', () => {
    const early = quiet(300).map((row, i) => (i === 50 ? [row[0] ?? 0, 100, 150, 99.9, 100, 5] : row))
    expect(barFindings(tableOf(early))).toEqual([])
  })

  it('late stamps and missing settlements', () => {
    const stamps = [0, 1, 2, 3, 6, 7, 8].map((k) => start + k * 8 * hour + (k === 2 ? 3000 : 10))
    const table = { timeMs: Float64Array.from(stamps), values: [Float64Array.from(stamps, () => 0.0001)] }
    expect(fundingFindings(table)).toEqual([
      { kind: 'late_stamp', count: 1, runs: 1, worst: { fromMs: start + 16 * hour + 3000, rows: 1, size: 3000 } },
      { kind: 'settlement_missing', count: 2, runs: 1, worst: { fromMs: start + 24 * hour + 10, rows: 2, size: 2 } },
    ])
  })

  it('check reports them with the gaps', async () => {
    const { took, file, store } = openWorkshop()
    const rows = quiet(60)
      .filter((_, i) => i < 30 || i > 34)
      .map((row, i) => (i === 5 ? [...row.slice(0, 5), 0] : row))
    await took({ files: [file('a.csv', csv(rows))], instrument: spot })
    expect(await checkSeries(undefined, store)).toMatchObject({
      problems: [],
      series: [
        {
          sound: true,
          quality: '5 bars missing in 1 gap',
          gaps: [{ fromMs: start + 30 * minute, missing: 5 }],
          findings: [{ kind: 'zero_volume', count: 1 }],
        },
      ],
    })
  })
})

describe('list', () => {
  it('one row a series, in the words of the command line', async () => {
    const { took, file, store } = openWorkshop()
    await took({
      files: [file('a.csv', csv([...lines(30).filter((_, i) => i !== 3), ['x', 1, 1, 1, 1, 1]]))],
      instrument: spot,
      skipBad: true,
    })
    await took({ files: [file('b.csv', csv(lines(10, start, hour)))], instrument: 'binance:ETHUSDT' })
    const { series, problems } = await listSeries(store)
    expect(problems).toEqual([])
    expect(series).toEqual([
      {
        instrument: spot,
        kind: 'klines',
        tf: '1m',
        fromMs: start,
        toMs: start + 30 * minute,
        rows: 29,
        gaps: 1,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        source: ['a.csv'],
        quality: '1 bar missing in 1 gap; left out: 1 with no number (or no time) where one belongs',
      },
      {
        instrument: 'binance:ETHUSDT',
        kind: 'klines',
        tf: '1h',
        fromMs: start,
        toMs: start + 10 * hour,
        rows: 10,
        gaps: 0,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        source: ['b.csv'],
        quality: 'clean',
      },
    ])
    expect(new Set(series.map(({ sha256 }) => sha256)).size).toBe(2)
  })
})

describe('export', () => {
  it.each(['csv', 'parquet'] as const)('%s comes back bit for bit', async (format) => {
    const { took, file, store, folder } = openWorkshop()
    await took({ files: [file('a.csv', csvOf(minutes(3000)))], instrument: spot })
    const tables = createTableWriter()
    const path = join(folder, `out.${format}`)
    const result = await exportSeries({ instrument: spot, path, format }, { bars: store, tables })
    expect(result).toMatchObject({ rows: 3000, series: { instrument: spot, tf: '1m' } })
    await took({ files: [path], instrument: 'binance:COPY' })
    expect(await storedRows(store, 'binance:COPY')).toEqual(await storedRows(store, spot))
    tables.close()
  })

  it('a range, funding with its interval, mark bars, the synthetic market', async () => {
    const { took, file, store, folder } = openWorkshop()
    const tables = createTableWriter()
    const ports = { bars: store, tables }
    await took({ files: [file('a.csv', csv(lines(50)))], instrument: perp })
    await took({
      files: [
        file(
          'BTCUSDT-fundingRate-2024.csv',
          csv(
            [
              [start + 3, 8, 0.0001],
              [start + 8 * hour, 8, -0.0002],
            ],
            'calc_time,funding_interval_hours,last_funding_rate',
          ),
        ),
      ],
    })
    const path = join(folder, 'out.csv')
    expect(
      await exportSeries(
        { instrument: perp, path, format: 'csv', fromMs: start + 10 * minute, toMs: start + 12 * minute },
        ports,
      ),
    ).toMatchObject({ rows: 2 })
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 2)).toEqual([
      'open_time,open,high,low,close,volume',
      `${start + 10 * minute},110.0,111.0,109.0,110.5,20.0`,
    ])
    await exportSeries({ instrument: perp, kind: 'funding', path, format: 'csv' }, ports)
    expect(readFileSync(path, 'utf8')).toBe(
      `funding_time,funding_rate,funding_interval_hours\n${start + 3},0.0001,8.0\n${start + 8 * hour},-0.0002,8.0\n`,
    )
    const made = { bars: syntheticMarket({ days: 2 }), tables }
    expect(await exportSeries({ instrument: 'synthetic:RANGE', path, format: 'csv' }, made)).toMatchObject({
      rows: 2880,
      series: { synthetic: true },
    })
    expect(await exportSeries({ instrument: perp, kind: 'mark', path, format: 'csv' }, ports)).toMatchObject({
      code: 'series_missing',
    })
    expect(await exportSeries({ instrument: perp, tf: '1h', path, format: 'csv' }, ports)).toMatchObject({
      code: 'series_missing',
      message: expect.stringContaining('stored: 1m'),
    })
    expect(await exportSeries({ instrument: perp, path, format: 'csv', fromMs: start + hour }, ports)).toMatchObject({
      code: 'range_empty',
    })
    tables.close()
  })

  it('a target that cannot be written is a sentence', async () => {
    const folder = temporaryFolder()
    const tables = createTableWriter()
    const path = join(folder, 'blocked')
    const { mkdirSync, writeFileSync } = await import('node:fs')
    mkdirSync(path)
    writeFileSync(join(path, 'inside'), 'x')
    const result = await exportSeries(
      { instrument: 'synthetic:RANGE', path, format: 'csv' },
      { bars: syntheticMarket({ days: 1 }), tables },
    )
    expect(result).toMatchObject({ code: 'write_failed' })
    tables.close()
  })
})
