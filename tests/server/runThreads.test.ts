// The run of a page once more on the server: in a thread, with the hashes of the command line, refused in sentences.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../bin/build.mjs'
import type { Report } from '../../blocks/engine/report/document'
import { settingsSchema } from '../../blocks/engine/settings'
import { printDocument } from '../../blocks/play/text/print'
import type { PlayTree } from '../../blocks/play/tree'
import { createContext } from '../../server/api/context'
import { appRouter } from '../../server/api/router'
import { Failure } from '../../server/core/failure'
import { createRunThreads } from '../../server/io/threads/runThreads'
import { pageRunSchema } from '../../server/run/backtest/verify'
import type { PageRun, RunPort } from '../../server/run/ports'
import { example } from '../app/engine/pageData'
import { documentOf, playloom, temporaryFolder } from './cli/command'

const root = join(import.meta.dirname, '../..')
const folder = temporaryFolder('threads')
afterAll(folder.remove)
const dataDir = join(folder.path, 'store')

const run: PageRun = {
  tree: example('ema_pullback'),
  sets: { fast: 13 },
  settings: settingsSchema.parse({ equity: 5000 }),
  fromMs: Date.UTC(2023, 0, 1),
  toMs: Date.UTC(2023, 1, 1),
}

const never = (): AbortSignal => new AbortController().signal
const threads = (development: boolean): RunPort => createRunThreads({ dataDir, root, development })

const reportOf = async (port: RunPort, asked: PageRun): Promise<Report> => {
  const made = await port.report(asked, never())
  if (made instanceof Failure || Array.isArray(made)) throw new Error(JSON.stringify(made))
  return made
}

const hashesOf = ({ playHash, logicHash, settingsHash, data, tradesHash, equityHash, metrics }: Report) =>
  JSON.parse(JSON.stringify({ playHash, logicHash, settingsHash, data, tradesHash, equityHash, metrics }))

let told: Report
beforeAll(async () => {
  await build()
  writeFileSync(join(folder.path, 'play.yaml'), printDocument(run.tree as PlayTree))
  const range = ['--from', '2023-01-01', '--to', '2023-02-01', '--set', 'fast=13', '--equity', '5000']
  const ended = await playloom(['backtest', 'play.yaml', '--local', ...range, '--json'], {
    cwd: folder.path,
    env: { DATA_DIR: dataDir },
  })
  expect([ended.code, ended.err]).toEqual([0, ''])
  told = documentOf(ended) as unknown as Report // the document of a backtest
}, 120_000)

describe('a run in a thread', () => {
  it.each([
    ['of the build', false],
    ['of the sources', true],
  ])('%s gives what the command line gives', async (_, development) => {
    const report = await reportOf(threads(development), run)
    expect(report.trades.length).toBeGreaterThan(5)
    expect(hashesOf(report)).toEqual(hashesOf(told))
  })

  it('of a Play with errors gives its problems', async () => {
    const made = await threads(false).report({ ...run, tree: { ...run.tree, nodes: {} } }, never())
    expect(Array.isArray(made) && made.length > 0).toBe(true)
  })

  it('on a market that is not stored is refused with what to do', async () => {
    const made = await threads(false).report(
      { ...run, tree: { ...run.tree, markets: { main: 'binance:BTCUSDT.P' } } },
      never(),
    )
    expect(made).toMatchObject({ name: 'Failure', code: 'market_unknown', hint: expect.stringContaining('import') })
  })

  it.each([
    ['no document', { a: 1 }],
    ['lists in lists', { play: 'x', nodes: { a: [[[1]]] }, markets: 3 }],
    ['far too long', { ...run.tree, about: 'x'.repeat(200_000) }],
  ])('of what is none (%s) is refused, and the next one runs', async (_, tree) => {
    const port = threads(false)
    const made = await port.report({ ...run, tree }, never())
    expect(made instanceof Failure || (Array.isArray(made) && made.length > 0)).toBe(true)
    expect(hashesOf(await reportOf(port, run)).tradesHash).toBe(told.tradesHash)
  })

  it('ends when the page goes away, and those behind it run', async () => {
    const port = threads(false)
    const controller = new AbortController()
    const given = port.report(run, controller.signal)
    const next = reportOf(port, run)
    controller.abort()
    expect(await given).toMatchObject({ code: 'cancelled' })
    expect((await next).tradesHash).toBe(told.tradesHash)
  })

  it('more than can wait are refused at once', async () => {
    const port = threads(false)
    const controller = new AbortController()
    const many = Array.from({ length: 10 }, () => port.report(run, controller.signal))
    const last = await many.at(-1)
    expect(last).toMatchObject({ code: 'store_busy' })
    controller.abort()
    expect((await Promise.all(many)).filter((made) => made instanceof Failure)).toHaveLength(10)
  })
})

describe('run.verify', () => {
  // Threads of the build, as users have them.
  const runs = createRunThreads({ dataDir, root, development: false })
  const caller = appRouter.createCaller({ ...createContext({ DATA_DIR: dataDir }), runs })

  it('gives the whole report', async () => {
    const { tree, sets, settings, fromMs, toMs } = run
    expect(hashesOf(await caller.run.verify({ tree, sets, settings, fromMs, toMs }))).toEqual(hashesOf(told))
  })

  it('tells problems as such', async () => {
    const asked = { ...run, tree: { ...run.tree, tf: '7m' } }
    await expect(caller.run.verify(asked)).rejects.toMatchObject({ code: 'UNPROCESSABLE_CONTENT' })
  })

  it.each([
    ['a range that is none', { fromMs: 'now' }],
    ['settings of no run', { settings: { equity: -1 } }],
    ['more values than parameters', { sets: Object.fromEntries(Array.from({ length: 501 }, (_, k) => [`p${k}`, 1])) }],
    ['something else besides', { file: '/etc/passwd' }],
    ['a list for a Play', { tree: [] }],
  ])('refuses %s', (_, change) => {
    expect(pageRunSchema.safeParse({ ...run, ...change }).success).toBe(false)
    expect(pageRunSchema.safeParse(run).success).toBe(true)
  })
})
