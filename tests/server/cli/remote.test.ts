// Plays in files at a server: every answer and every refusal is that of --local, to the byte; what is given up ends there.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { maxBodyBytes } from '../../../server/api/body'
import { type Context, createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { csv, lines } from '../../fixtures/data/workshop'
import { crossing as play } from '../../fixtures/documents'
import { type Ended, playloom, problemsOf, temporaryFolder } from './command'
import { command } from './inProcess'

const folder = temporaryFolder('remote')
const at = (name: string): string => join(folder.path, name)
const dataDir = at('store')

interface Work {
  readonly ended: Promise<{ readonly ms: number; readonly made: object }>
}
const held: { server?: ReturnType<typeof createHTTPServer>; url: string; readonly works: Work[] } = {
  url: '',
  works: [],
}

/** The server's own ports, and when each computation ended. */
const watched = (context: Context): Context => ({
  ...context,
  runs: {
    report: (...asked) => context.runs.report(...asked),
    compute: (kind, ask, signal) => {
      const made = context.runs.compute(kind, ask, signal)
      held.works.push({ ended: made.then((value) => ({ ms: performance.now(), made: value })) })
      return made
    },
  },
})

const around = (variables: Readonly<Record<string, string>>) => ({ DATA_DIR: dataDir, ...variables })
const run = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  command(args, { cwd: folder.path, variables: around(variables) })
/** As a user has it: the build, in a process of its own. */
const built = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  playloom(args, { cwd: folder.path, env: around(variables) })
const here = (...args: readonly string[]) => run([...args, '--local'])
/** A data folder of its own, and empty: nothing is computed there. */
const there = (...args: readonly string[]) => run([...args, '--url', held.url], { DATA_DIR: at('none') })

/** Times that a run took are no results. */
const timeless = ({ code, out, err }: Ended) => ({
  code,
  err,
  out: out.replace(/"timingMs":\{[^}]*\}/, '"timingMs":{}').replace(/in [\d.,]+ m?s\b.*$/m, 'in a while'),
})

const market = ['--market', 'main=synthetic:BTCUSDT.P']
const where = [...market, '--from', '2023-01-01', '--to', '2023-03-01']
const stored = ['--market', 'main=binance:BTCUSDT']

beforeAll(async () => {
  // Threads of the build, as users have them.
  vi.stubEnv('NODE_ENV', 'production')
  const context = watched(createContext({ DATA_DIR: dataDir }))
  vi.unstubAllEnvs()
  const server = createHTTPServer({ router: appRouter, createContext: () => context, basePath: '/api/trpc/' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  held.server = server
  held.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  writeFileSync(at('cross.yaml'), play)
  writeFileSync(at('minutes.yaml'), play.replace('tf: 1h', 'tf: 5m').replace('short: mirror', 'short: none'))
  writeFileSync(at('wrong.yaml'), play.replace('when: crossed', 'when: crosed').replace('tf: 1h', 'tf: 7m'))
  writeFileSync(at('settings.yaml'), 'equity: 5000\nfees: { maker: 0.01%, taker: 0.04% }\n')
  writeFileSync(at('bars.csv'), csv(lines(3000)))
  const imported = await here('data', 'import', 'bars.csv', '--instrument', 'binance:BTCUSDT', '--tf', '1m')
  expect(imported.code).toBe(0)
  const report = await here('backtest', 'cross.yaml', ...where, '--trace', '2023-01-05', '--json')
  writeFileSync(at('report.json'), report.out)
  writeFileSync(at('altered.json'), report.out.replace(/"netUsdt":-?\d/, '"netUsdt":7'))
  writeFileSync(at('none.json'), '{"playHash":1}')
}, 60_000)
afterAll(() => {
  held.server?.close()
  folder.remove()
})

describe('a server gives what --local gives', () => {
  it.each<readonly [string, number, readonly string[]]>([
    ['backtest', 0, ['cross.yaml', ...where, '--proxy', 'main=synthetic:ETHUSDT.P', '--trace', '2023-01-05', '--json']],
    ['backtest', 0, ['cross.yaml', ...where, '--set', 'fast=5', '--settings', 'settings.yaml', '--fee-bps', '7']],
    ['backtest', 0, ['cross.yaml', 'minutes.yaml', ...where, '--set', 'fast=7', '--json']],
    ['backtest', 0, ['minutes.yaml', ...stored, '--json']],
    ['backtest', 0, ['minutes.yaml', ...stored, '--to', '2024-01-03', '--json', '--quiet']],
    ['series', 0, ['cross.yaml', '--node', 'fast', ...where, '--json']],
    ['series', 0, ['cross.yaml', '--node', 'crossed', ...where]],
    ['series', 0, ['minutes.yaml', '--node', 'slow', ...stored, '--csv', '--quiet']],
    ['explain', 0, ['cross.yaml', '--at', '2023-02-03T12:10', ...where, '--json']],
    ['explain', 0, ['cross.yaml', '--at', '2023-02-03T12:10', ...where]],
    ['verify', 0, ['report.json', '--json']],
    ['verify', 3, ['altered.json']],
    // Problems and refusals, by the same words.
    ['backtest', 3, ['cross.yaml', 'wrong.yaml', ...where, '--json']],
    ['backtest', 2, ['cross.yaml', ...where, '--set', 'fats=5', '--json']],
    ['backtest', 3, ['cross.yaml', '--market', 'main=binance:NOSUCH', '--json']],
    ['backtest', 3, ['cross.yaml', ...market, '--from', '2035-01-01', '--to', '2035-02-01', '--json']],
    ['series', 2, ['cross.yaml', '--node', 'fsat', ...where, '--json']],
    ['explain', 3, ['cross.yaml', '--at', '2001-01-01', ...where, '--json']],
    ['verify', 3, ['none.json', '--json']],
  ])('%s %#: ends with %i', async (name, code, args) => {
    const [local, remote] = await Promise.all([here(name, ...args), there(name, ...args)])
    expect(local.code).toBe(code)
    expect((local.out + local.err).length).toBeGreaterThan(20)
    expect(timeless(remote)).toEqual(timeless(local))
  })

  it('and the same file of trades', async () => {
    const args = ['backtest', 'cross.yaml', ...where, '--quiet', '--trades']
    await here(...args, 'here.csv')
    await built([...args, 'there.csv', '--url', held.url], { DATA_DIR: at('none') })
    const trades = readFileSync(at('there.csv'), 'utf8')
    expect(trades).toBe(readFileSync(at('here.csv'), 'utf8'))
    expect(trades.split('\n').length).toBeGreaterThan(5)
  })
})

describe('what cannot be sent or reached', () => {
  it.each([
    ['backtest', 'cross.yaml'],
    ['series', 'cross.yaml', '--node', 'fast'],
    ['explain', 'cross.yaml', '--at', '2023-02-03'],
    ['verify', 'report.json'],
  ])('%s without a server ends with 5 and what to do', async (...args) => {
    const ended = await run([...args, '--json'], { PLAYLOOM_URL: 'http://127.0.0.1:9' })
    expect([ended.code, problemsOf(ended)]).toEqual([
      5,
      [expect.objectContaining({ code: 'unreachable', hint: expect.stringContaining('--local') })],
    ])
  })

  it('the server of PLAYLOOM_URL is asked, and --url before it', async () => {
    const args = ['explain', 'cross.yaml', '--at', '2023-02-03', ...where, '--json']
    expect((await built(args, { PLAYLOOM_URL: held.url })).code).toBe(0)
    expect((await built([...args, '--url', held.url], { PLAYLOOM_URL: 'http://127.0.0.1:9' })).code).toBe(0)
  })

  it('more than a server takes is told before it is sent', async () => {
    const long = `${play}# ${'x'.repeat(120_000)}\n`
    const files = Array.from({ length: 1 + Math.floor(maxBodyBytes / long.length) }, (_, k) => `long${k}.yaml`)
    for (const file of files) writeFileSync(at(file), long)
    const before = held.works.length
    const ended = await there('backtest', ...files, ...where, '--json')
    expect([ended.code, problemsOf(ended)[0]?.code]).toEqual([3, 'too_large'])
    expect(held.works.length).toBe(before)
  })

  it('a report of gigabytes is not read', async () => {
    writeFileSync(at('huge.json'), '{')
    truncateSync(at('huge.json'), 3 * 1024 ** 3)
    const ended = await there('verify', 'huge.json', '--json')
    expect([ended.code, problemsOf(ended)[0]?.code]).toEqual([3, 'too_large'])
  })

  it('more bars than an answer holds are refused with what to do', async () => {
    writeFileSync(at('year.yaml'), play.replace('tf: 1h', 'tf: 1m'))
    const ended = await there('series', 'year.yaml', '--node', 'price.close', ...market, '--to', '2024-06-01', '--json')
    expect([ended.code, ended.err]).toEqual([2, expect.stringMatching(/more than the 600000 [\s\S]*shorter range/)])
  })
})

it('Ctrl-C ends the command with 130, and the run at the server within two seconds', async () => {
  writeFileSync(at('long.yaml'), play.replace('tf: 1h', 'tf: 1m'))
  const before = held.works.length
  const args = ['backtest', 'long.yaml', ...market, '--to', '2025-01-01', '--json']
  let askedAt = Number.NaN
  const ended = await playloom([...args, '--url', held.url], {
    cwd: folder.path,
    meet: (child) => {
      const timer = setInterval(() => {
        if (held.works.length === before) return
        clearInterval(timer)
        askedAt = performance.now()
        child.kill('SIGINT')
      }, 20)
    },
  })
  expect([ended.code, ended.err]).toEqual([130, expect.stringContaining('Interrupted')])
  const end = await held.works[before]?.ended
  expect(end?.made).toMatchObject({ code: 'cancelled' })
  expect((end?.ms ?? Number.NaN) - askedAt).toBeLessThan(2000)
  // And the next is not kept waiting by it.
  expect((await there('explain', 'cross.yaml', '--at', '2023-02-03', ...where)).code).toBe(0)
})
