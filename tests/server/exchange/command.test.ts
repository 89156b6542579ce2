// `playloom data download --local` as a user runs it: words, JSON, exit codes, Ctrl-C, and kill -9 in the middle.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBarStore } from '../../../server/io/bars/barStore'
import { minute, start } from '../../fixtures/data/workshop'
import { openVenue, type Venue } from '../../fixtures/venue/venue'
import { documentOf, playloom, problemsOf, temporaryFolder } from '../cli/command'
import { command } from '../cli/inProcess'

const minutes = 40_000
const folder = temporaryFolder('download')
let venue: Venue
beforeAll(async () => {
  venue = await openVenue({ fromMs: start, minutes })
})
afterAll(async () => {
  await venue.close()
  folder.remove()
})

const perp = 'binance:BTCUSDT.P'
const dataDir = (name: string): string => join(folder.path, name)
const variablesOf = (store: string) => ({ DATA_DIR: dataDir(store), VENUE_URL: venue.url })
const wordsOf = (args: readonly string[]): readonly string[] => ['data', 'download', ...args, '--local']
const run = (store: string, args: readonly string[]) =>
  command(wordsOf(args), { cwd: folder.path, variables: variablesOf(store) })
/** As a user has it: the build, in a process of its own. */
const built = (store: string, args: readonly string[], meet?: Parameters<typeof playloom>[1]) =>
  playloom(wordsOf(args), { cwd: folder.path, env: variablesOf(store), ...meet })
const klineRequests = (): number => venue.log.filter(({ path }) => path.endsWith('/klines')).length
const filesOf = (store: string): string[] =>
  existsSync(dataDir(store)) ? readdirSync(dataDir(store), { recursive: true }).map(String) : []

/** Stored rows, every byte verified, against what the venue has: the first `rows` bars and no other. */
const storedPrefix = async (store: string): Promise<number> => {
  const bars = createBarStore({ dataDir: dataDir(store) })
  try {
    for (const { damage } of await bars.inspect()) expect(damage).toEqual([])
    const { openMs, close, volume } = await bars.bars({ instrument: perp, kind: 'klines', tf: '1m' }, Infinity)
    const toMs = start + openMs.length * minute
    const told = venue.history.bars({ tf: '1m', mark: false, fromMs: start, toMs, nowMs: Infinity })
    expect(Array.from(openMs).join()).toBe(told.map((bar) => bar[0]).join())
    expect(Array.from(close).join()).toBe(told.map((bar) => Number(bar[4])).join())
    expect(Array.from(volume).join()).toBe(told.map((bar) => Number(bar[5])).join())
    return openMs.length
  } finally {
    bars.close()
  }
}

describe('data download', () => {
  it('of published figures says what the venue does not have', async () => {
    const figures = ['--kind', 'open-interest', '--tf', '1h', '--from', '2024-01-01', '--to', '2024-01-03'] as const
    const ended = await run('figures', ['bybit:BTCUSDT.P', ...figures])
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toBe(
      'bybit:BTCUSDT.P open-interest 1h: 47 new rows in 3 pages; nothing is missing from 2024-01-01 00:00 to 2024-01-03 00:00, but\n' +
        '  the venue has none from 2024-01-01 00:00 to 2024-01-01 01:00\n',
    )
    const old = await run('figures', [perp, ...figures, '--json'])
    expect([old.code, problemsOf(old)[0]?.code]).toEqual([3, 'range_empty'])
    expect(problemsOf(old)[0]?.message).toMatch(/keeps open-interest of the last 30d alone/)
  })

  it('says what it did, and the list names the source', async () => {
    const args = [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-02']
    const ended = await built('words', args)
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toBe(
      'binance:BTCUSDT.P klines 1m: 1,440 new rows in 2 pages; nothing is missing from 2024-01-01 00:00 to 2024-01-02 00:00\n',
    )
    const listed = await playloom(['data', 'list', '--json', '--local'], { env: { DATA_DIR: dataDir('words') } })
    expect(listed.out).toMatch(/binance GET \/fapi\/v1\/klines by http:\/\/127\.0\.0\.1:\d+, fetched \d{4}-\d\d-\d\d/)
    const again = await run('words', [...args, '--json'])
    expect(documentOf(again)).toMatchObject({
      instrument: perp,
      kind: 'klines',
      tf: '1m',
      added: 0,
      pages: 0,
      holes: [],
    })
  })

  it('takes funding and market facts', async () => {
    const funding = await run('words', [
      perp,
      '--kind',
      'funding',
      '--from',
      '2024-01-01',
      '--to',
      '2024-01-20',
      '--json',
    ])
    expect(documentOf(funding)).toMatchObject({ kind: 'funding', tf: null, added: 57 })
    const facts = await built('words', [perp, '--kind', 'instruments'])
    expect(facts.out).toMatch(/^binance: facts of 2 markets as of /)
  })

  it('names the stretches that the venue does not have', async () => {
    venue.history.holes.push({ fromMs: start + 60 * minute, toMs: start + 70 * minute })
    const ended = await run('holes', [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-01T06:00'])
    venue.history.holes.pop()
    expect(ended.out).toMatch(/, but\n {2}the venue has none from 2024-01-01 01:00 to 2024-01-01 01:10\n$/)
  })

  it.each([
    [[perp, '--tf', '1m'], 2, 'option_missing'],
    [[perp, '--tf', '9m', '--from', '2024-01-01'], 2, 'option_wrong'],
    [['BTC', '--tf', '1m', '--from', '2024-01-01'], 2, 'option_wrong'],
    [[perp, '--tf', '1m', '--from', '2024-01-02', '--to', '2024-01-02'], 2, 'usage'],
    [['binance:NOPEUSDT.P', '--tf', '1m', '--from', '2024-01-01'], 3, 'market_unknown'],
  ])('%j ends with %i', async (args, code, name) => {
    const ended = await run('usage', [...args, '--json'])
    expect(ended.code).toBe(code)
    expect(problemsOf(ended)).toMatchObject([{ code: name }])
  })

  it('4 when the venue refuses this address, 5 when it is not reachable', async () => {
    const args = [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-02', '--json']
    venue.fail(/exchangeInfo/, { kind: 'status', status: 451, body: { code: 0, msg: 'restricted location' } })
    const refused = await run('codes', args)
    expect([refused.code, problemsOf(refused)[0]?.code]).toEqual([4, 'venue_refused'])
    const variables = { DATA_DIR: dataDir('codes'), VENUE_URL: 'http://127.0.0.1:1' }
    const away = await command(wordsOf(args), { variables })
    expect([away.code, problemsOf(away)[0]?.code]).toEqual([5, 'venue_unreachable'])
    expect(filesOf('codes').filter((name) => name.endsWith('.parquet'))).toEqual([])
  })

  it('Ctrl-C while the venue hangs: 130 within two seconds, whole pages stay, nothing else', async () => {
    const hangs = { path: /klines/, fault: { kind: 'hang' }, times: 9, skip: 3 } as const
    venue.scripts.push({ ...hangs })
    let interruptedMs = 0
    const before = klineRequests()
    const ended = await built('interrupted', [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-20'], {
      meet: (child) => {
        const timer = setInterval(() => {
          if (klineRequests() < before + 4) return
          clearInterval(timer)
          interruptedMs = performance.now()
          child.kill('SIGINT')
        }, 20)
      },
    })
    venue.scripts.length = 0
    expect(performance.now() - interruptedMs).toBeLessThan(2000)
    expect(ended.code).toBe(130)
    expect(ended.err).toMatch(/Interrupted: nothing was left half-written/)
    expect(await storedPrefix('interrupted')).toBe(2998)
    expect(filesOf('interrupted').filter((name) => /tmp-|lock/.test(name))).toEqual([])
  })
})

describe('two commands at once', () => {
  it('store the same bars once', async () => {
    const args = [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-04', '--json']
    const ended = await Promise.all([built('both', args), built('both', args)])
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    const added = ended.map((one) => Number(documentOf(one).added))
    expect((added[0] ?? 0) + (added[1] ?? 0)).toBe(3 * 1440)
    expect(await storedPrefix('both')).toBe(3 * 1440)
  })
})

describe('a download that is killed', () => {
  it('loses at most the page in flight, however often', { timeout: 300_000 }, async () => {
    const chance = xoroshiro128plus(41)
    const args = [perp, '--tf', '1m', '--from', '2024-01-01', '--to', '2024-01-28']
    const wanted = 27 * 1440
    const before = klineRequests()
    let kills = 0
    let rows = 0
    for (;;) {
      const killAt = klineRequests() + 1 + ((chance.next() >>> 0) % 5)
      const lateMs = (chance.next() >>> 0) % 60
      const ended = await built('killed', args, {
        meet: (child) => {
          const timer = setInterval(() => {
            if (kills >= 10 || klineRequests() < killAt) return
            clearInterval(timer)
            setTimeout(() => child.kill('SIGKILL'), lateMs)
          }, 1)
          child.once('exit', () => clearInterval(timer))
        },
      })
      const now = await storedPrefix('killed')
      expect(now).toBeGreaterThanOrEqual(rows)
      rows = now
      if (ended.code === 0) break
      expect(ended.signal).toBe('SIGKILL')
      kills++
    }
    expect(rows).toBe(wanted)
    expect(kills).toBeGreaterThan(5)
    // Pages overlap by one bar; each kill may cost the one page that was on its way.
    expect(klineRequests() - before).toBeLessThanOrEqual(Math.ceil(wanted / 998) + kills)
    expect(filesOf('killed').filter((name) => /tmp-|lock/.test(name))).toEqual([])
    expect(venue.violations).toEqual([])
    console.info(`kills: ${kills}; requests: ${klineRequests() - before} for ${Math.ceil(wanted / 998)} pages`)
  })
})
