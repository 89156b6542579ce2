// `playloom data ... --local`: imports refused whole, the store unchanged, lists, checks, exports, Ctrl-C.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, lines, minute, snapshot, start, visionHeader, visionLines, zip } from '../../fixtures/data/workshop'
import { documentOf, playloom, problemsOf, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('data')
afterAll(folder.remove)
const at = (name: string): string => join(folder.path, name)
const dataDir = at('store')
const on = (store: string, ...args: readonly string[]) =>
  command(['data', ...args, '--local'], { variables: { DATA_DIR: store } })
const run = (...args: readonly string[]) => on(dataDir, ...args)
const spot = ['--instrument', 'binance:BTCUSDT'] as const

const rows = lines(600)
const without = rows.filter((_, i) => i < 200 || i >= 230)
const changed = (place: number, column: number, value: string | number) =>
  rows.map((row, i) => (i === place ? row.map((x, k) => (k === column ? value : x)) : row))
const vision = (list: typeof rows): string => csv(visionLines(list), visionHeader)

const files: Readonly<Record<string, string | Uint8Array>> = {
  'BTCUSDT-1m-2024-01.csv': vision(without),
  'BTCUSDT-1m-2024-02.zip': zip({ 'BTCUSDT-1m-2024-02.csv': csv(visionLines(lines(60, start + 600 * minute)), null) }),
  'text.csv': vision(changed(7, 2, 'n/a')),
  'low.csv': vision(changed(9, 2, 1)),
  'grid.csv': vision(changed(11, 0, start + 11 * minute + 13)),
  'conflict.csv': vision(changed(20, 4, 120.75)),
  'columns.csv': 'a,b,c\n1,2,3\n',
  'cut.zip': zip({ 'BTCUSDT-1m-2024-03.csv': vision(lines(500)) }).slice(0, 900),
  'empty.csv': '',
  'header.csv': `${visionHeader}\n`,
  'words.csv': 'this is no table of anything\n',
}

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content)
  mkdirSync(at('folder.csv'))
  const first = await run('import', at('BTCUSDT-1m-2024-01.csv'), ...spot)
  expect(first).toMatchObject({ code: 0, err: '' })
})

describe('data import', () => {
  it('says what was added, and takes the same rows once', async () => {
    const again = await run('import', at('BTCUSDT-1m-2024-01.csv'), at('BTCUSDT-1m-2024-02.zip'), ...spot, '--json')
    expect([again.code, again.err]).toEqual([0, ''])
    expect(documentOf(again)).toMatchObject({
      series: [{ added: 60, duplicates: 570, skipped: 0, info: { rows: 630, gaps: 1 } }],
    })
  })

  it.each([
    ['text.csv', 'row_text', 9],
    ['low.csv', 'row_high_low', 11],
    ['grid.csv', 'row_off_grid', 13],
    ['conflict.csv', 'row_conflict', 22],
    ['columns.csv', undefined, undefined],
    ['cut.zip', 'file_truncated', undefined],
    ['empty.csv', 'file_empty', undefined],
    ['header.csv', undefined, undefined],
    ['words.csv', undefined, undefined],
    ['folder.csv', 'file_unreadable', undefined],
    ['absent.csv', 'file_not_found', undefined],
  ] as const)('%s is refused whole: exit code 3, the file named, the store unchanged', async (name, code, line) => {
    const before = snapshot(dataDir)
    // A good file beside it must not get in either.
    writeFileSync(at('more.csv'), vision(lines(30, start + 5000 * minute)))
    const ended = await run('import', at('more.csv'), at(name), ...spot, '--tf', '1m', '--json')
    expect(ended.code).toBe(3)
    const problem = problemsOf(ended).find(({ where }) => where.file === at(name))
    expect(problem, JSON.stringify(problemsOf(ended))).toMatchObject({
      severity: 'error',
      ...(code === undefined ? {} : { code }),
      where: line === undefined ? { file: at(name) } : { file: at(name), line },
    })
    expect(ended.err).not.toMatch(/This is a bug/)
    expect(snapshot(dataDir)).toEqual(before)
  })

  it('asks for what a file does not tell: exit code 2, the option named', async () => {
    const ended = await run('import', at('BTCUSDT-1m-2024-01.csv'), '--json')
    expect(ended.code).toBe(2)
    expect(ended.err).toMatch(/--instrument/)
    expect((await run('import', at('BTCUSDT-1m-2024-01.csv'), '--instrument', 'BTC')).code).toBe(2)
    expect((await run('import', at('x.csv'), ...spot, '--kind', 'rumours')).code).toBe(2)
  })

  it('with --skip-bad takes the good rows and keeps the counts', async () => {
    const other = at('skipped')
    const ended = await on(other, 'import', at('text.csv'), ...spot, '--tf', '1m', '--skip-bad', '--json')
    expect(documentOf(ended)).toMatchObject({ series: [{ added: 599, skipped: 1 }] })
    const listed = JSON.parse((await on(other, 'list', '--json')).out)
    expect(listed).toMatchObject([{ rows: 599, quality: expect.stringMatching(/left out: 1 /) }])
  })
})

describe('data list', () => {
  it('has the keys of its document and nothing else', async () => {
    const ended = await run('list', '--json')
    const listed = JSON.parse(ended.out)
    expect(listed.map((row: object) => Object.keys(row))).toEqual([
      ['instrument', 'kind', 'tf', 'fromMs', 'toMs', 'rows', 'gaps', 'sha256', 'source', 'quality'],
    ])
    expect(listed[0]).toMatchObject({ instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m', fromMs: start, gaps: 1 })
    expect((await run('list')).out).toMatch(/binance:BTCUSDT +klines +1m +2024-01-01 00:00/)
  })

  it('says so when there is nothing', async () => {
    const ended = await on(at('nothing'), 'list')
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/Nothing is stored/) })
    expect(readdirSync(folder.path)).not.toContain('nothing')
  })
})

describe('data check', () => {
  it('names the gap', async () => {
    const ended = await run('check', 'binance:BTCUSDT')
    expect(ended.code).toBe(0)
    expect(ended.out).toMatch(/binance:BTCUSDT klines 1m: sound/)
    expect(ended.out).toMatch(/gap of 30 bars, 2024-01-01 03:20 to 2024-01-01 03:50/)
  })

  it('finds a byte that changed: exit code 3, one JSON document', async () => {
    const store = at('tampered')
    await on(store, 'import', at('BTCUSDT-1m-2024-01.csv'), ...spot)
    const series = join(store, 'series/binance_BTCUSDT/klines/1m')
    const name = readdirSync(series).find((file) => file.endsWith('.parquet')) ?? ''
    const bytes = readFileSync(join(series, name))
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
    writeFileSync(join(series, name), bytes)
    const ended = await on(store, 'check', '--json')
    expect(ended.code).toBe(3)
    expect(problemsOf(ended)[0]).toMatchObject({ code: 'store_damaged', severity: 'error' })
    expect(ended.err).toMatch(/store_damaged|binance:BTCUSDT/)
  })

  it('of a market that is not there: exit code 3 and what is', async () => {
    const ended = await run('check', 'binance:BTCUSD')
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(/near to it: binance:BTCUSDT/)
  })
})

describe('data export', () => {
  it('writes what was imported', async () => {
    const args = ['binance:BTCUSDT', '--to', '2024-01-01T00:05', '--out', at('out.csv'), '--json']
    const ended = await run('export', ...args)
    expect(documentOf(ended)).toMatchObject({ rows: 5, format: 'csv', synthetic: false })
    const [head, ...body] = readFileSync(at('out.csv'), 'utf8').trimEnd().split('\n')
    expect(head).toBe('open_time,open,high,low,close,volume')
    expect(body.map((line) => line.split(',').map(Number))).toEqual(rows.slice(0, 5).map((row) => row.map(Number)))
  })

  it('labels a synthetic series, and writes Parquet by its name', async () => {
    const args = ['synthetic:BTCUSDT.P', '--to', '2023-01-02', '--out', at('made.parquet')]
    const ended = await run('export', ...args)
    expect(ended.out).toMatch(/1,440 rows of synthetic:BTCUSDT\.P \(SYNTHETIC\)/)
    expect(readFileSync(at('made.parquet')).subarray(0, 4).toString()).toBe('PAR1')
  })

  it.each([
    [['--from', '2030-01-01'], 3, /no row in the range/],
    [['--from', '2024-01-02', '--to', '2024-01-01'], 2, /range is empty/],
    [['--tf', '7m'], 2, /not a timeframe/],
    [['--tf', '4h'], 3, /stored: 1m/],
  ] as const)('%j ends with %i', async (args, code, sentence) => {
    const ended = await run('export', 'binance:BTCUSDT', '--out', at('never.csv'), ...args)
    expect(ended.code).toBe(code)
    expect(ended.err).toMatch(sentence)
    expect(readdirSync(folder.path)).not.toContain('never.csv')
  })
})

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s in the middle of an import: exit code 130, the store unchanged',
    async (signal) => {
      const many = Array.from({ length: 12 }, (_, k) => {
        const name = `many${k}.csv`
        writeFileSync(at(name), vision(lines(40_000, start + (100_000 + 40_000 * k) * minute)))
        return name
      })
      const before = snapshot(dataDir)
      // The program is to be past its own start, however slow this machine is just now.
      const begun = performance.now()
      await playloom(['--version'])
      const startMs = performance.now() - begun
      const ended = await playloom(['data', 'import', ...many, ...spot, '--tf', '1m', '--json', '--local'], {
        cwd: folder.path,
        env: { DATA_DIR: dataDir },
        meet: (child) => setTimeout(() => child.kill(signal), 400 + startMs),
      })
      expect([ended.code, ended.signal]).toEqual([130, null])
      expect(problemsOf(ended)).toMatchObject([{ code: 'interrupted' }])
      expect(ended.err).toMatch(/Interrupted/)
      expect(snapshot(dataDir)).toEqual(before)
      expect(documentOf(await run('import', at(many[0] ?? ''), ...spot, '--tf', '1m', '--json')).series).toHaveLength(1)
    },
  )
})
