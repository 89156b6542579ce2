// `playloom data ...` at a server: every answer, refusal and file is that of --local, to the byte.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Context, createContext } from '../../../server/api/context'
import { csv, lines, minute, snapshot, start, visionHeader, visionLines, zip } from '../../fixtures/data/workshop'
import { type Ended, temporaryFolder } from './command'
import { type DataServer, startDataServer } from './dataServer'
import { command } from './inProcess'

const folder = temporaryFolder('data-remote')
const at = (...names: readonly string[]): string => join(folder.path, ...names)
const stores = { here: at('here'), there: at('there') }
const held: { server?: DataServer; context?: Context; url: string } = { url: '' }

const here = (...args: readonly string[]) =>
  command(['data', ...args, '--local'], { variables: { DATA_DIR: stores.here } })
/** A data folder of its own that nothing is to touch. */
const there = (...args: readonly string[]) =>
  command(['data', ...args, '--url', held.url], { variables: { DATA_DIR: at('none') } })

/** Both ways; gives what both said. */
const both = async (...args: readonly string[]): Promise<Ended> => {
  const local = await here(...args)
  const remote = await there(...args)
  expect(remote).toEqual(local)
  expect(snapshot(stores.there)).toEqual(snapshot(stores.here))
  return local
}

const rows = lines(600)
const changed = (place: number, column: number, value: string | number) =>
  rows.map((row, i) => (i === place ? row.map((x, k) => (k === column ? value : x)) : row))
const vision = (list: typeof rows): string => csv(visionLines(list), visionHeader)
const funding = [
  'calc_time,funding_interval_hours,last_funding_rate',
  ...[0, 1, 2, 3].map((k) => `${start + k * 28_800_000},8,0.0001`),
]
const fear = ['time,value', ...[30, 15, 40].map((value, k) => `${start + k * 86_400_000},${value}`)]
const exchangeInfo = {
  serverTime: start,
  symbols: [
    {
      ...{ symbol: 'BTCUSDT', contractType: 'PERPETUAL', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT' },
      filters: [
        { filterType: 'PRICE_FILTER', tickSize: '0.10' },
        { filterType: 'LOT_SIZE', minQty: '0.001', stepSize: '0.001' },
        { filterType: 'MIN_NOTIONAL', notional: '100' },
      ],
    },
  ],
}

const files: Readonly<Record<string, string | Uint8Array>> = {
  'BTCUSDT-1m-2024-01.csv': vision(rows.filter((_, i) => i < 200 || i >= 230)),
  'BTCUSDT-1m-2024-02.zip': zip({ 'BTCUSDT-1m-2024-02.csv': csv(visionLines(lines(60, start + 600 * minute)), null) }),
  'more.csv': vision(lines(30, start + 5000 * minute)),
  'text.csv': vision(changed(7, 2, 'n/a')),
  'low.csv': vision(changed(9, 2, 1)),
  'conflict.csv': vision(changed(20, 4, 120.75)),
  'columns.csv': 'a,b,c\n1,2,3\n',
  'cut.zip': zip({ 'BTCUSDT-1m-2024-03.csv': vision(lines(500)) }).slice(0, 900),
  'empty.csv': '',
  'words.csv': 'this is no table of anything\n',
  'what.exe': 'MZ',
  "it's ä file.csv": vision(lines(20, start + 7000 * minute)),
  '[1].csv': vision(lines(20, start + 7000 * minute)),
  // What they are is told by their folders alone.
  'futures/um/monthly/ETHUSDT-1m-2024-01.csv': vision(lines(50)),
  'spot/monthly/ETHUSDT-1m-2024-01.csv': vision(lines(50)),
  'BTCUSDT-fundingRate-2024-01.csv': `${funding.join('\n')}\n`,
  'fng.csv': `${fear.join('\n')}\n`,
  'binance-exchangeInfo.json': JSON.stringify(exchangeInfo),
}

beforeAll(async () => {
  mkdirSync(at('passing'))
  vi.stubEnv('TMPDIR', at('passing'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at('files', name)), { recursive: true })
    writeFileSync(at('files', name), content)
  }
  mkdirSync(at('files', 'folder.csv'))
  const context = createContext({ DATA_DIR: stores.there })
  held.context = context
  held.server = await startDataServer(() => context)
  held.url = held.server.url
})
afterAll(async () => {
  held.server?.close()
  ;(await held.context?.data())?.close()
  vi.unstubAllEnvs()
  folder.remove()
})

const file = (name: string): string => at('files', name)
const spot = ['--instrument', 'binance:BTCUSDT'] as const
/** Nothing of what passed is left on the server. */
const passedBy = () => expect([held.server?.open, readdirSync(at('passing'))]).toEqual([0, []])
const patience = { timeout: 20_000 } as const

describe('a server gives what --local gives', () => {
  it('where nothing is stored', async () => {
    expect((await both('list', '--json')).out).toBe('[]\n')
    expect((await both('check')).code).toBe(0)
    const [local, remote] = [await here('list'), await there('list')]
    expect(local.out).toContain(stores.here)
    expect(remote.out).toBe(local.out.replace(stores.here, stores.there))
  })

  it.each<readonly [number, readonly string[]]>([
    [0, [file('BTCUSDT-1m-2024-01.csv'), ...spot]],
    [0, [file('BTCUSDT-1m-2024-01.csv'), file('BTCUSDT-1m-2024-02.zip'), ...spot, '--json']],
    [0, [file('futures/um/monthly/ETHUSDT-1m-2024-01.csv'), '--instrument', 'binance:ETHUSDT.P', '--json']],
    [2, [file('futures/um/monthly/ETHUSDT-1m-2024-01.csv'), '--instrument', 'binance:ETHUSDT', '--json']],
    [0, [file('spot/monthly/ETHUSDT-1m-2024-01.csv'), '--instrument', 'binance:ETHUSDT']],
    [0, [file('BTCUSDT-fundingRate-2024-01.csv'), '--instrument', 'binance:BTCUSDT.P', '--json']],
    [0, [file("it's ä file.csv"), ...spot, '--tf', '1m', '--json']],
    [0, [file('binance-exchangeInfo.json'), '--json']],
    [0, [file('text.csv'), '--instrument', 'bybit:BTCUSDT', '--tf', '1m', '--skip-bad', '--json']],
    [
      0,
      [
        ...[
          file('fng.csv'),
          '--kind',
          'series',
          '--name',
          'fear_greed',
          '--source',
          'alternative.me',
          '--unit',
          'index',
        ],
        ...['--interval', '1d', '--delay', '1h', '--max-age', '2d'],
      ],
    ],
    // Refused whole, by the same words and lines; a good file beside it does not get in either.
    ...[
      'text.csv',
      'low.csv',
      'conflict.csv',
      'columns.csv',
      'cut.zip',
      'empty.csv',
      'words.csv',
      '[1].csv',
      'what.exe',
    ]
      .concat('folder.csv', 'absent.csv')
      .map((name): readonly [number, readonly string[]] => [
        3,
        [file('more.csv'), file(name), ...spot, '--tf', '1m', '--json'],
      ]),
    [3, [file('text.csv'), ...spot, '--tf', '1m']],
    [2, [file('BTCUSDT-1m-2024-01.csv'), '--json']],
    [2, [file('BTCUSDT-1m-2024-01.csv'), '--instrument', 'BTC', '--json']],
    [2, [file('absent.csv'), ...spot, '--kind', 'rumours', '--json']],
    [2, [file('more.csv'), ...spot, '--tf', '1m', '--interval', '5m', '--json']],
    [2, [file('fng.csv'), '--kind', 'series', '--name', 'x', '--source', 'y', '--unit', 'z', '--json']],
  ])('import %#: ends with %i', async (code, args) => {
    const before = snapshot(stores.there)
    expect((await both('import', ...args)).code).toBe(code)
    if (code > 0) expect(snapshot(stores.there)).toEqual(before)
    await vi.waitFor(passedBy, patience)
  })

  it('list, in words and as JSON', async () => {
    expect((await both('list')).out.split('\n').length).toBeGreaterThan(6)
    expect(JSON.parse((await both('list', '--json')).out)).toHaveLength(7)
  })

  it.each<readonly [number, readonly string[]]>([
    [0, ['binance:BTCUSDT']],
    [0, ['--json']],
    [3, ['binance:BTCUSD', '--json']],
    [3, ['../../etc/passwd', '--json']],
  ])('check %#: ends with %i', async (code, args) => {
    expect((await both('check', ...args)).code).toBe(code)
  })

  it.each<readonly [number, string, readonly string[]]>([
    [0, 'all.csv', ['binance:BTCUSDT', '--json']],
    [0, 'some.csv', ['binance:BTCUSDT', '--from', '2024-01-01T00:05', '--to', '2024-01-01T01:00']],
    [0, 'bars.parquet', ['binance:ETHUSDT.P', '--json']],
    [0, 'new/folder/funding.csv', ['binance:BTCUSDT.P', '--kind', 'funding', '--json']],
    [0, 'index.csv', ['alternativeme:FEAR_GREED', '--json']],
    [0, 'made.csv', ['synthetic:BTCUSDT.P', '--to', '2023-01-03']],
    [3, 'none.csv', ['binance:BTCUSDT', '--from', '2030-01-01', '--json']],
    [2, 'none.csv', ['binance:BTCUSDT', '--from', '2024-01-02', '--to', '2024-01-01', '--json']],
    [3, 'none.csv', ['binance:BTCUSDT', '--tf', '4h', '--json']],
    [3, 'none.csv', ['binance:NOPE', '--json']],
    [3, 'none.csv', ['../../etc/passwd', '--json']],
  ])('export %#: ends with %i and the file %s', async (code, name, args) => {
    const local = await here('export', ...args, '--out', at('out', name))
    const written = code === 0 ? readFileSync(at('out', name)) : null
    const remote = await there('export', ...args, '--out', at('out', name))
    expect([local.code, remote]).toEqual([code, local])
    if (written !== null) expect(readFileSync(at('out', name)).equals(written)).toBe(true)
    else expect(readdirSync(at('out'))).not.toContain(name)
    await vi.waitFor(passedBy, patience)
  })

  it('and no file in place of a folder', async () => {
    mkdirSync(at('out', 'taken.csv'))
    const [local, remote] = [
      await here('export', 'binance:BTCUSDT', '--out', at('out', 'taken.csv')),
      await there('export', 'binance:BTCUSDT', '--out', at('out', 'taken.csv')),
    ]
    expect([local.code, remote.code]).toEqual([4, 4])
    expect(readdirSync(at('out')).filter((name) => /tmp/.test(name))).toEqual([])
    await vi.waitFor(passedBy, patience)
  })

  it.each<readonly [number, readonly string[]]>([
    [4, ['binance:ETHUSDT']],
    [0, ['binance:ETHUSDT', '--dry-run', '--json']],
    [0, ['binance:ETHUSDT', '--kind', 'klines', '--tf', '1m', '--yes', '--json']],
    [3, ['binance:ETHUSDT', '--yes', '--json']],
    [3, ['../../etc/passwd', '--yes', '--json']],
    [0, ['bybit:BTCUSDT', '--yes']],
  ])('delete %#: ends with %i', async (code, args) => {
    expect((await both('delete', ...args)).code).toBe(code)
  })

  it('damage: exit code 3 and every damaged series named', async () => {
    for (const store of Object.values(stores)) {
      const series = join(store, 'series/binance_BTCUSDT/klines/1m')
      const name = readdirSync(series).find((one) => one.endsWith('.parquet')) ?? ''
      const bytes = readFileSync(join(series, name))
      writeFileSync(join(series, name), bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1))
    }
    // The one thing that differs: each names its own file.
    const named = ({ code, out, err, ...rest }: Ended): Ended => {
      const plain = (text: string): string => text.replaceAll(stores.there, stores.here)
      return { ...rest, code, out: plain(out), err: plain(err) }
    }
    for (const args of [
      ['check', '--json'],
      ['export', 'binance:BTCUSDT', '--out', at('out', 'none.csv'), '--json'],
    ]) {
      const told = await here(...args)
      expect([told.code, told.err]).toEqual([3, expect.stringContaining('binance:BTCUSDT klines 1m')])
      expect(named(await there(...args))).toEqual(told)
    }
    expect((await both('delete', 'binance:BTCUSDT', '--yes')).code).toBe(0)
  })
})

describe('without a server', () => {
  it.each([
    ['list'],
    ['check'],
    ['import', file('more.csv'), ...spot],
    ['export', 'binance:BTCUSDT', '--out', at('files', 'never.csv')],
    ['delete', 'binance:BTCUSDT', '--yes'],
    ['download', 'binance:BTCUSDT.P', '--tf', '1m', '--from', '2024-01-01'],
  ])('%s ends with 5 and what to do', async (...args) => {
    const variables = { PLAYLOOM_URL: 'http://127.0.0.1:9', DATA_DIR: at('none') }
    const { code, out } = await command(['data', ...args, '--json'], { variables })
    const [problem] = JSON.parse(out).problems
    expect([code, problem.code, problem.hint]).toEqual([5, 'unreachable', expect.stringMatching(/npm start.*--local/)])
    expect(readdirSync(at('files'))).not.toContain('never.csv')
    expect(readdirSync(folder.path)).not.toContain('none')
  })
})
