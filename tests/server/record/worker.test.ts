// Runs of record by the real worker process on the real queue: the hashes of the command line, cancelled in time,
// taken again after a kill, ended once.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { settingsSchema } from '../../../blocks/engine/settings'
import { printDocument } from '../../../blocks/play/text/print'
import type { PageRun } from '../../../server/run/ports'
import { example } from '../../app/engine/pageData'
import { query, testDatabase } from '../../fixtures/database'
import { endWorker, startWorker as workerOn } from '../../fixtures/workerProcess'
import { documentOf, playloom, temporaryFolder } from '../cli/command'

const database = testDatabase()
const folder = temporaryFolder('worker')
afterAll(folder.remove)
const dataDir = join(folder.path, 'store')

const started: ChildProcess[] = []
afterEach(async () => {
  for (const child of started.splice(0)) await endWorker(child)
})
beforeAll(() => build().then(() => undefined), 60_000)

const startWorker = async (): Promise<ChildProcess> => {
  const child = await workerOn({ databaseUrl: database.url, dataDir })
  started.push(child)
  return child
}

const year: PageRun = {
  tree: example('ema_pullback'),
  sets: {},
  settings: settingsSchema.parse({}),
  fromMs: Date.UTC(2023, 0, 1),
  toMs: Date.UTC(2023, 1, 1),
}

const queue = async (request: PageRun): Promise<string> => {
  const { stores } = database
  const playId = `p${Math.random()}`
  await stores.plays.save({
    playId,
    seen: 0,
    title: '',
    yaml: '',
    sidecar: {},
    loose: null,
    origin: '',
    actor: 'local',
  })
  const window = { fromMs: request.fromMs, toMs: request.toMs }
  return stores.runs.queue({
    playId,
    playVersionId: null,
    playHash: 'p',
    logicHash: 'l',
    ...window,
    request,
    actor: 'local',
  })
}
const stateOf = async (id: string) => (await database.stores.runs.get(id))?.state
const ends = (id: string, state: string) => expect.poll(() => stateOf(id), { timeout: 40_000 }).toBe(state)

describe('the worker', () => {
  it('computes what the command line computes', async () => {
    await startWorker()
    const id = await queue(year)
    await ends(id, 'done')
    const file = join(folder.path, 'play.yaml')
    writeFileSync(file, printDocument(year.tree as never))
    const range = ['--from', '2023-01-01', '--to', '2023-02-01']
    const printed = documentOf(
      await playloom(['backtest', file, '--local', '--json', ...range], { env: { DATA_DIR: dataDir } }),
    )
    const stored = JSON.parse((await database.stores.runs.report(id)) ?? 'null')
    const { tradesHash, equityHash, playHash, trades } = printed as Record<string, unknown>
    expect(stored).toMatchObject({ tradesHash, equityHash, playHash, trades })
    expect(stored.trades.length).toBeGreaterThan(10)
  })

  it('says what a Play lacks, and that ends the run', async () => {
    await startWorker()
    const id = await queue({ ...year, tree: { play: 'nothing' } })
    await ends(id, 'refused')
    const [row] = await query(database.url, 'SELECT problems FROM run WHERE id = $1', [id])
    expect(row?.problems).toEqual(expect.arrayContaining([expect.objectContaining({ severity: 'error' })]))
  })

  it('is killed in the middle: the run is taken again and has one result', async () => {
    const id = await queue({ ...year, toMs: Date.UTC(2024, 0, 1) })
    const first = await startWorker()
    await ends(id, 'running')
    first.kill('SIGKILL')
    await once(first, 'close')
    // The dead one's lease need not be waited for here.
    await query(database.url, "UPDATE job SET lease_until = now() WHERE state = 'taken'")
    await startWorker()
    await ends(id, 'done')
    const [job] = await query(database.url, 'SELECT attempts, state FROM job WHERE key = $1', [`run:${id}`])
    expect(job).toEqual({ attempts: 2, state: 'done' })
    const [rows] = await query(
      database.url,
      'SELECT count(*)::int AS n, count(DISTINCT no)::int AS d FROM trade WHERE run_id = $1',
      [id],
    )
    expect(rows?.n).toBe(rows?.d)
  })

  it('stops when asked, and leaves the run to the next one', async () => {
    const id = await queue({ ...year, toMs: Date.UTC(2024, 0, 1) })
    const first = await startWorker()
    await ends(id, 'running')
    first.kill('SIGTERM')
    expect(await once(first, 'close')).toEqual([0, null])
    expect(await stateOf(id)).toBe('running')
    const [job] = await query(database.url, 'SELECT state, failure FROM job WHERE key = $1', [`run:${id}`])
    expect(job).toEqual({ state: 'waiting', failure: 'the worker was stopped' })
  })

  it('gives up what is cancelled', async () => {
    await startWorker()
    const id = await queue({ ...year, toMs: Date.UTC(2024, 0, 1) })
    await ends(id, 'running')
    expect(await database.stores.runs.cancel(id)).toBe(true)
    await ends(id, 'cancelled')
  })

  it('does not take for ever what ends it each time', async () => {
    const id = await queue(year)
    await query(database.url, 'UPDATE job SET attempts = 20 WHERE key = $1', [`run:${id}`])
    await startWorker()
    await ends(id, 'failed')
    expect((await database.stores.runs.get(id))?.failure).toBe(
      'This run was begun 20 times, and its worker ended each time.',
    )
  })
})
