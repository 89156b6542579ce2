// Series that anybody publishes come in: what is asked for, what is refused, and a past that was changed.
import { mkdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dailyFile, publishedShop, told } from '../../fixtures/data/published'
import { minute, parquet, start } from '../../fixtures/data/workshop'

const day = 1440 * minute
const fng = {
  kind: 'series',
  name: 'fear_greed',
  source: 'alternative.me',
  unit: 'index',
  delay: '1h',
  maxAge: '2d',
} as const
const fngKey = { instrument: 'alternativeme:FEAR_GREED', kind: 'series', tf: '1d' } as const

describe('a series', () => {
  it.each(['kind', 'name', 'source', 'unit', 'delay', 'maxAge'] as const)('needs its %s', async (option) => {
    const { refused, file } = publishedShop()
    const { [option]: _, ...rest } = fng
    const failure = await refused({ files: [file('fng.csv', dailyFile([30, 15, 40]))], ...rest, tf: '1d' })
    expect(failure.code).toBe(option === 'kind' ? 'layout_unknown' : 'option_missing')
    if (option !== 'kind') expect(failure.hint).toContain(`--${option === 'maxAge' ? 'max-age' : option}`)
  })

  it('is stored as it was published, addressed by source and name', async () => {
    const { took, file, rows } = publishedShop()
    const { series } = await took({ files: [file('fng.csv', dailyFile([30, 15, 40]))], ...fng, tf: '1d' })
    expect(series[0]?.info).toMatchObject({
      ...{ ...fngKey, fromMs: start, toMs: start + 3 * day, rows: 3 },
      published: { name: 'value', source: 'alternative.me', unit: 'index', delayMs: 60 * minute, maxAgeMs: 2 * day },
    })
    expect(await rows(fngKey)).toEqual([30, 15, 40].map((value, i) => [start + i * day, value]))
  })

  it('when it is known belongs to its hash', async () => {
    const hashes = await Promise.all(
      [{}, { delay: '2h' }, { maxAge: '3d' }, { unit: 'points' }].map(async (other) => {
        const { took, file } = publishedShop()
        const { series } = await took({ files: [file('fng.csv', dailyFile([30, 15]))], ...fng, tf: '1d', ...other })
        return series[0]?.info.sha256
      }),
    )
    expect(new Set(hashes).size).toBe(4)
  })

  it.each([
    ['out of order', ['2024-01-01,1', '2024-01-03,3', '2024-01-02,2', '2024-01-04,4'], 'row_order', 4],
    ['contradicting itself', ['2024-01-01,1', '2024-01-02,2', '2024-01-02,3'], 'row_conflict', 3],
    ['NaN', ['2024-01-01,1', '2024-01-02,NaN'], 'row_text', 3],
    ['infinite', ['2024-01-01,1', '2024-01-02,inf'], 'row_text', 3],
    ['text', ['2024-01-01,1', '2024-01-02,12 %'], 'row_text', 3],
    ['no time', ['2024-01-01,1', 'yesterday,2'], 'row_text', 3],
    ['still to come', ['2024-01-01,1', '2025-06-01,2'], 'row_future', 3],
    ['off its interval', ['2024-01-01,1', '2024-01-02 07:00,2'], 'row_off_grid', 3],
  ])('%s is refused by line', async (...[, lines, code, line]) => {
    const { refused, file } = publishedShop()
    const files = [file('fng.csv', ['time,value', ...lines].join('\n'))]
    expect(told(await refused({ files, ...fng, tf: '1d' }))[0]).toEqual([code, line])
  })

  it('newest first is an order as well, and a row twice is one row', async () => {
    const { took, file, rows } = publishedShop()
    const lines = ['time,value', '2024-01-03,3', '2024-01-02,2', '2024-01-02,2', '2024-01-01,1']
    const { series } = await took({ files: [file('fng.csv', lines.join('\n'))], ...fng, tf: '1d' })
    expect(series).toMatchObject([{ added: 3, duplicates: 1 }])
    expect((await rows(fngKey)).map(([, value]) => value)).toEqual([1, 2, 3])
  })

  it('a source that changes its past is told as such; the stored value stays', async () => {
    const { took, refused, file, rows } = publishedShop()
    await took({ files: [file('a.csv', dailyFile([30, 15, 40]))], ...fng, tf: '1d' })
    const later = [file('b.csv', dailyFile([30, 16, 40, 41]))]
    const failure = await refused({ files: later, ...fng, tf: '1d' })
    expect(told(failure)).toEqual([['row_revised', 3]])
    expect(failure.message).toMatch(/its past was changed/)
    const { series } = await took({ files: later, ...fng, tf: '1d', skipBad: true })
    expect(series).toMatchObject([{ added: 1, skipped: 1, info: { skipped: { revised: 1 } } }])
    expect((await rows(fngKey)).map(([, value]) => value)).toEqual([30, 15, 40, 41])
  })

  it('a table of several is as many series, each without its empty fields', async () => {
    const { took, refused, file, rows } = publishedShop()
    const table = 'date,asset,CapMVRVCur,FeeTotNtv\n2024-01-01,btc,1.5,8\n2024-01-02,btc,,9\n2024-01-03,btc,1.75,7.5\n'
    const of = { kind: 'series', source: 'Coin Metrics', unit: 'native', delay: '48h', maxAge: '3d', tf: '1d' } as const
    const files = [file('btc.csv', table)]
    const { series } = await took({ ...of, name: 'btc', files })
    expect(
      series.map(({ info: { instrument, rows, gaps, published } }) => [instrument, rows, gaps, published?.name]),
    ).toEqual([
      ['coinmetrics:BTC_CAPMVRVCUR', 2, 1, 'CapMVRVCur'],
      ['coinmetrics:BTC_FEETOTNTV', 3, 0, 'FeeTotNtv'],
    ])
    expect(await rows({ instrument: 'coinmetrics:BTC_CAPMVRVCUR', kind: 'series', tf: '1d' })).toEqual([
      [start, 1.5],
      [start + 2 * day, 1.75],
    ])
    const one = await took({ ...of, name: 'mvrv', column: 'CapMVRVCur', files })
    expect(one.series.map(({ info }) => info.instrument)).toEqual(['coinmetrics:MVRV'])
    const bad = table.replace('9', 'n/a')
    const failure = await refused({ ...of, name: 'btc', files: [file('bad.csv', bad)] })
    expect(failure.problems[0]).toMatchObject({
      code: 'row_text',
      where: { line: 3 },
      message: expect.stringMatching(/^FeeTotNtv: /),
    })
    expect((await refused({ ...of, name: 'btc', column: 'MVRV', files })).hint).toBe('it has CapMVRVCur, FeeTotNtv')
  })

  it('without a grid has no gaps; with a maximum age below its delay it would never be seen', async () => {
    const { took, refused, file } = publishedShop()
    const files = [file('votes.csv', 'time,value\n2024-01-01 03:17,1\n2024-01-09 11:00,2\n2024-01-10 12:30:05,3\n')]
    const { series } = await took({ files, ...fng, tf: 'none' })
    expect(series[0]?.info).toMatchObject({ tf: null, gaps: 0, rows: 3, toMs: Date.parse('2024-01-10T12:30:05Z') })
    expect((await refused({ files, ...fng, tf: 'none', delay: '48h' })).message).toMatch(/would never be seen/)
    expect((await refused({ files, ...fng, tf: '1d' })).problems[0]?.code).toBe('row_off_grid')
  })

  it.each([
    [
      'alternative.me',
      {
        name: 'x',
        data: [
          { value: '15', value_classification: 'Fear', timestamp: '1704153600', time_until_update: '9' },
          { value: '30', value_classification: 'Fear', timestamp: '1704067200', time_until_update: '' },
        ],
      },
      'value',
    ],
    [
      'blockchain.info',
      {
        status: 'ok',
        values: [
          { x: 1_704_067_200, y: 30 },
          { x: 1_704_153_600, y: 15 },
        ],
      },
      undefined,
    ],
    [
      'pairs',
      [
        [1_704_067_200_000, 30],
        [1_704_153_600_000, 15],
      ],
      undefined,
    ],
    [
      'Coin Metrics',
      {
        data: [
          { asset: 'btc', time: '2024-01-01T00:00:00.000000000Z', Value: '30' },
          { asset: 'btc', time: '2024-01-02T00:00:00.000000000Z', Value: '15' },
        ],
      },
      undefined,
    ],
  ])('from the JSON of %s', async (_, json, column) => {
    const { took, file, rows } = publishedShop()
    await took({ files: [file('a.json', JSON.stringify(json))], ...fng, tf: '1d', column })
    expect(await rows(fngKey)).toEqual([
      [start, 30],
      [start + day, 15],
    ])
  })

  it('JSON is judged row by row', async () => {
    const { refused, file } = publishedShop()
    const json = JSON.stringify([{ time: '2024-01-01', value: 1 }, { time: '2024-01-02', value: 'NaN' }, 'row'])
    const failure = await refused({ files: [file('a.json', json)], ...fng, tf: '1d' })
    expect(told(failure)).toEqual([['row_text', 2]])
    expect(failure.problems[0]?.message).toMatch(/^2 rows/)
    expect((await refused({ files: [file('b.json', json.slice(0, 40))], ...fng, tf: '1d' })).code).toBe(
      'file_truncated',
    )
    expect((await refused({ files: [file('c.json', '{"a":1}')], ...fng, tf: '1d' })).code).toBe('layout_unknown')
  })

  it('from Parquet: no value is none, NaN is refused; half a file is no file', async () => {
    const { took, refused, folder, file, rows } = publishedShop()
    mkdirSync(folder, { recursive: true })
    const days = (values: string) =>
      `SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) DAY AS time, v AS value FROM (SELECT unnest([0,1,2]) AS i, unnest([${values}]) AS v)`
    await took({ files: [await parquet(`${folder}/a.parquet`, days('30.5::DOUBLE, NULL, 40'))], ...fng, tf: '1d' })
    expect(await rows(fngKey)).toEqual([
      [start, 30.5],
      [start + 2 * day, 40],
    ])
    const bad = await parquet(`${folder}/b.parquet`, days("30.5::DOUBLE, 'nan', 40"))
    expect(told(await refused({ files: [bad], ...fng, tf: '1d' }))[0]).toEqual(['row_text', 2])
    const cut = file('c.parquet', 'PAR1 and then nothing')
    expect((await refused({ files: [cut], ...fng, tf: '1d' })).code).toBe('file_truncated')
  })
})
