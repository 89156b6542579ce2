// `playloom data download` at a server: done by its worker, followed to its end; the answers and refusals of --local.
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { type Context, createContext } from '../../../server/api/context'
import { minute, start } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { openVenue, type Venue } from '../../fixtures/venue/venue'
import { endWorker, startWorker } from '../../fixtures/workerProcess'
import { type Ended, temporaryFolder } from './command'
import { type DataServer, startDataServer } from './dataServer'
import { command } from './inProcess'

const database = testDatabase()
const folder = temporaryFolder('data-download')
const stores = { here: join(folder.path, 'here'), there: join(folder.path, 'there') }
const held: { worker?: ChildProcess; server?: DataServer; context?: Context; url: string } = { url: '' }
let venue: Venue
const patience = { timeout: 30_000 } as const

beforeAll(async () => {
  await build()
  venue = await openVenue({ fromMs: start, minutes: 20_000 })
  held.worker = await startWorker({ databaseUrl: database.url, dataDir: stores.there, venueUrl: venue.url })
  const context = createContext({ DATABASE_URL: database.url, DATA_DIR: stores.there })
  held.context = context
  held.server = await startDataServer(() => context)
  held.url = held.server.url
}, 60_000)
afterAll(async () => {
  if (held.worker !== undefined) await endWorker(held.worker)
  held.server?.close()
  await (await held.context?.stores())?.close()
  ;(await held.context?.data())?.close()
  await venue.close()
  folder.remove()
})

const here = (...args: readonly string[]) =>
  command(['data', 'download', ...args, '--local'], { variables: { DATA_DIR: stores.here, VENUE_URL: venue.url } })
const there = (args: readonly string[], signal?: AbortSignal) =>
  command(['data', 'download', ...args, '--url', held.url], signal === undefined ? {} : { signal })

/** When rows were fetched is no result. */
const timeless = ({ code, out, err, ...rest }: Ended): Ended => ({
  ...rest,
  code,
  err,
  out: out.replaceAll(/fetched [\d-]+/g, 'fetched'),
})

const perp = 'binance:BTCUSDT.P'
const spot = 'binance:BTCUSDT'
const day = ['--from', '2024-01-01', '--to', '2024-01-02'] as const
const states = async (): Promise<readonly unknown[]> =>
  (await query(database.url, "SELECT state FROM job WHERE kind = 'download' ORDER BY id")).map(({ state }) => state)

describe('a server gives what --local gives', () => {
  it('with more holes at the venue than a job tells the page', async () => {
    for (let k = 0; k < 25; k++)
      venue.history.holes.push({ fromMs: start + (40 + 20 * k) * minute, toMs: start + (43 + 20 * k) * minute })
    const args = [perp, '--tf', '1m', ...day] as const
    const local = await here(...args, '--json')
    const remote = await there([...args, '--json'])
    venue.history.holes.length = 0
    expect(JSON.parse(local.out).holes).toHaveLength(25)
    expect(timeless(remote)).toEqual(timeless(local))
    // And once more, when nothing is missing.
    const words = await here(...args)
    expect(words.out).toContain('0 new rows in 0 pages')
    expect(words.out).toContain('in 20 more stretches')
    expect(await there(args)).toEqual(words)
  })

  it.each<readonly [number, readonly string[]]>([
    [0, [perp, '--kind', 'funding', '--from', '2024-01-01', '--to', '2024-01-05', '--json']],
    [2, [perp, '--tf', '1m', '--json']],
    [2, [perp, '--tf', '9m', ...day, '--json']],
    [2, [perp, ...day, '--json']],
    [2, [spot, '--kind', 'mark', '--tf', '1m', ...day, '--json']],
    [2, ['BTC', '--tf', '1m', ...day, '--json']],
    [2, ['../../etc/passwd', '--tf', '1m', ...day, '--json']],
    [2, [perp, '--kind', 'rumours', '--tf', '1m', ...day, '--json']],
    [2, [perp, '--tf', '1m', '--from', '1970-01-01', '--json']],
    [2, [perp, '--tf', '1m', '--from', '2024-01-02', '--to', '2024-01-02', '--json']],
    [3, ['kraken:BTCUSDT', '--tf', '1m', ...day, '--json']],
    [3, ['binance:NOPEUSDT.P', '--tf', '1m', ...day, '--json']],
    [3, [perp, '--tf', '1m', '--from', '2099-01-01', '--json']],
  ])('%i %j', async (code, args) => {
    const local = await here(...args)
    expect([local.code, timeless(await there(args))]).toEqual([code, timeless(local)])
  })

  it('of market facts', async () => {
    const facts = await there([perp, '--kind', 'instruments'])
    expect([facts.code, facts.out]).toEqual([0, expect.stringMatching(/^binance: facts of 2 markets as of /)])
  })

  it('when the venue refuses this address', async () => {
    venue.fail(/exchangeInfo/, { kind: 'status', status: 451, body: { code: 0, msg: 'restricted location' } }, 2)
    const args = ['binance:ETHUSDT', '--tf', '1m', ...day, '--json']
    const local = await here(...args)
    venue.scripts.length = 0
    venue.fail(/exchangeInfo/, { kind: 'status', status: 451, body: { code: 0, msg: 'restricted location' } }, 2)
    const remote = await there(args)
    venue.scripts.length = 0
    expect([local.code, remote]).toEqual([4, local])
  })
})

describe('an interruption', () => {
  it('cancels the download within two seconds: 130, and its worker is free', async () => {
    venue.fail(/\/kline$/, { kind: 'hang' }, { times: 9, skip: 1 })
    const stop = new AbortController()
    const before = venue.log.length
    const ended = there(['bybit:BTCUSDT.P', '--tf', '1m', ...day], stop.signal)
    await vi.waitFor(() => expect(venue.log.slice(before).some(({ path }) => /kline/.test(path))).toBe(true), patience)
    const askedMs = performance.now()
    stop.abort()
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('Interrupted') })
    expect(performance.now() - askedMs).toBeLessThan(2000)
    venue.scripts.length = 0
    expect((await states()).at(-1)).toBe('cancelled')
  })

  it('of who joined another leaves that one alone; who stays goes on with his own range', async () => {
    // A worker that stands still: all is waiting.
    held.worker?.kill('SIGSTOP')
    const narrow = ['bybit:BTCUSDT.P', '--tf', '5m', ...day, '--json'] as const
    const wide = ['bybit:BTCUSDT.P', '--tf', '5m', '--from', '2024-01-01', '--to', '2024-01-03', '--json'] as const
    const count = (await states()).length
    const first = there(narrow)
    await vi.waitFor(async () => expect((await states()).length).toBe(count + 1), patience)
    const stop = new AbortController()
    stop.abort()
    const [left, staying] = [there(wide, stop.signal), there(wide)]
    expect((await left).code).toBe(130)
    expect(await states()).toHaveLength(count + 1)
    expect((await states()).at(-1)).toBe('waiting')
    held.worker?.kill('SIGCONT')
    expect(JSON.parse((await first).out)).toMatchObject({ added: 288 })
    const stayed = await staying
    expect(stayed.err).toContain('on its way already')
    expect(JSON.parse(stayed.out)).toMatchObject({ added: 288, toMs: start + 2 * 1440 * minute })
  }, 60_000)

  it('of a download that waits for the worker ends it too', async () => {
    held.worker?.kill('SIGSTOP')
    const stop = new AbortController()
    const count = (await states()).length
    const ended = there(['bybit:BTCUSDT.P', '--tf', '15m', ...day], stop.signal)
    await vi.waitFor(async () => expect((await states()).length).toBe(count + 1), patience)
    stop.abort()
    expect((await ended).code).toBe(130)
    expect((await states()).at(-1)).toBe('cancelled')
    held.worker?.kill('SIGCONT')
  })
})

it('a server without a database says so and refuses', async () => {
  const context = createContext({ DATA_DIR: stores.there })
  const server = await startDataServer(() => context)
  const told = await command(['data', 'download', perp, '--tf', '1m', ...day, '--json', '--url', server.url])
  server.close()
  expect([told.code, JSON.parse(told.out).problems[0].code]).toEqual([4, 'database_away'])
})
