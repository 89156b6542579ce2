// What health says of each part, in trouble and out of it, from what its ports tell.
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../server/core/failure'
import { readEnv } from '../../server/env'
import { type HealthPorts, healthOf } from '../../server/run/health'
import type { StoreHealth } from '../../server/run/stores'
import { stateOf } from '../../server/wire'

const minute = 60_000
const nowMs = Date.UTC(2026, 10, 23)
const much = 50 * 1024 ** 3

const store: StoreHealth = {
  version: '18.4',
  waiting: 0,
  taken: 0,
  silent: 0,
  oldestMs: null,
  lastEndMs: nowMs - 5 * minute,
  workers: 1,
  bytes: 10 * 1024 ** 2,
  ms: 1.4,
}
const ports = (more: Partial<HealthPorts> = {}): HealthPorts => ({
  store: { overview: () => Promise.resolve({ series: [], facts: [], damaged: [] }) },
  disk: () => Promise.resolve({ freeBytes: much, writable: true }),
  databaseDisk: () => Promise.resolve({ freeBytes: much, writable: true }),
  database: () => Promise.resolve(store),
  hot: () => Promise.resolve({ version: '7.0.15', ms: 0.3 }),
  backups: () => Promise.resolve({ count: 7, newestMs: nowMs - 20 * 60 * minute }),
  temporal: null,
  nowMs: () => nowMs,
  ...more,
})
const kept = (more: Partial<StoreHealth>) => ports({ database: () => Promise.resolve({ ...store, ...more }) })
const rowOf = async (name: string, given: HealthPorts) => {
  const { state, word, hint } = (await healthOf(given)).find((row) => row.name === name) ?? { state: 'none' }
  return [state, word, hint]
}

describe('health', () => {
  it('looks at the disk of a database that is on this machine, as its start tells', () => {
    const DATABASE_URL = 'postgresql://u:p@db.example:5432/playloom'
    expect(stateOf(readEnv({ DATABASE_URL, STATE_DIR: '/tmp' })).disk).toBeNull()
    expect(stateOf(readEnv({ DATABASE_URL, DATABASE_DIR: '/tmp' })).disk).not.toBeNull()
  })

  it('asks a Temporal that is named whether it takes connections', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const asked = (TEMPORAL_ADDRESS: string) => stateOf(readEnv({ TEMPORAL_ADDRESS })).temporal?.answers()
    expect(await asked(`127.0.0.1:${port}`)).toBe(true)
    await new Promise((resolve) => server.close(resolve))
    expect(await asked(`127.0.0.1:${port}`)).toBe(false)
    expect(await asked('no address')).toBe(false)
    expect(stateOf(readEnv({ TEMPORAL_ADDRESS: '' })).temporal).toBeNull()
  })

  it('is a row a part, in one order, whatever is missing', async () => {
    const names = ['database', 'hot', 'worker', 'data', 'backup', 'temporal']
    expect((await healthOf(ports())).map(({ name, state }) => `${name} ${state}`)).toEqual(
      names.map((name) => `${name} ${name === 'temporal' ? 'off' : 'ok'}`),
    )
    const none = ports({ database: null, hot: null, databaseDisk: null })
    expect((await healthOf(none)).map(({ name }) => name)).toEqual(names.filter((name) => name !== 'worker'))
  })

  it.each([
    ['database', ports(), ['ok', 'PostgreSQL 18.4, 10 MiB, answers in 1 ms', null]],
    [
      'database',
      ports({ databaseDisk: () => Promise.resolve({ freeBytes: 1024 ** 3, writable: true }) }),
      ['trouble', expect.stringMatching(/; only 1\.0 GiB of its disk are free$/), 'make room on that disk'],
    ],
    [
      'database',
      ports({ database: () => Promise.reject(new Failure('database_away', 'it is away', { hint: 'wait' })) }),
      ['trouble', 'it is away', 'wait'],
    ],
    ['hot', ports(), ['ok', 'Redis 7.0.15, answers in 0 ms', null]],
    ['hot', ports({ hot: null }), ['off', 'no Redis: PostgreSQL passes the news', null]],
    [
      'hot',
      ports({ hot: () => Promise.resolve(null) }),
      ['trouble', expect.stringMatching(/^Redis does not answer/), expect.stringContaining('nothing is lost')],
    ],
    ['worker', ports(), ['ok', '1 running, 0 at work, 0 waiting; the last job ended 5 minutes ago', null]],
    ['worker', kept({ lastEndMs: null }), ['ok', '1 running, 0 at work, 0 waiting; no job has ended yet', null]],
    [
      'worker',
      kept({ workers: 0, waiting: 1 }),
      ['trouble', 'none runs; 1 job waiting', expect.stringContaining('npm start')],
    ],
    [
      'worker',
      kept({ silent: 2, taken: 2 }),
      ['trouble', '2 jobs had no sign of its worker for a while', 'it is taken again by itself'],
    ],
    [
      'worker',
      kept({ waiting: 3, oldestMs: nowMs - 3 * minute }),
      ['trouble', 'the oldest job has been waiting for 3 minutes', expect.stringContaining('npm start')],
    ],
    // Behind others that are at work a job may wait for long.
    ['worker', kept({ waiting: 3, taken: 1, oldestMs: nowMs - 3 * minute }), ['ok', expect.any(String), null]],
    ['backup', ports(), ['ok', '7 backups, the newest 20 hours old', null]],
    [
      'backup',
      ports({ backups: () => Promise.resolve({ count: 0, newestMs: null }) }),
      ['off', expect.stringMatching(/^none yet/), 'playloom backup'],
    ],
    [
      'backup',
      ports({ backups: () => Promise.resolve({ count: 1, newestMs: nowMs - 9 * 24 * 60 * minute }) }),
      ['trouble', '1 backup, the newest 9 days old', expect.stringMatching(/^playloom backup/)],
    ],
    [
      'temporal',
      ports({ temporal: { address: 'here:7233', answers: () => Promise.resolve(true) } }),
      ['ok', 'answers at here:7233; evolution and promotion will need it', null],
    ],
    [
      'temporal',
      ports({ temporal: { address: 'here:7233', answers: () => Promise.resolve(false) } }),
      ['trouble', 'does not answer at here:7233', 'one that was started here is started again by itself'],
    ],
    [
      'data',
      ports({ disk: () => Promise.resolve({ freeBytes: much, writable: false }) }),
      ['trouble', 'the data folder cannot be written to', 'name another one: DATA_DIR=...'],
    ],
  ])('%s says its state', async (name, given, expected) => {
    expect(await rowOf(name, given)).toEqual(expected)
  })
})
