// Processes are killed at random while people work: what was answered is kept, a run has one end, bars stay whole, no
// process is left over, and everything comes back by itself.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Redis from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { readIfThere } from '../../../bin/services/folder.mjs'
import { startPostgres } from '../../../bin/services/postgres.mjs'
import { buildWeb } from '../../../bin/web.mjs'
import { query } from '../../fixtures/database'
import { Dice } from '../../fixtures/dice'
import { effort } from '../../fixtures/effort'
import { Stack, type Victim, victims } from '../../fixtures/kills/stack'
import {
  type AckedRun,
  ask,
  endOf,
  Importer,
  lookOn,
  queueRun,
  rowsOfPiece,
  runOf,
  textOf,
  Writer,
  windows,
} from '../../fixtures/kills/traffic'
import { documentOf, playloom } from '../cli/command'

const rounds = Number(process.env.PLAYLOOM_KILLS_ROUNDS ?? effort(30, 300))
const seed = Number(process.env.PLAYLOOM_KILLS_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** A machine three times slower has this long for each round. */
const patienceMs = rounds * 15_000 + 120_000

let stack: Stack
beforeAll(async () => {
  await build()
  await buildWeb()
  stack = await Stack.make()
}, 600_000)
afterAll(() => stack.remove(), 60_000)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Milliseconds of recovery of each victim. */
const recoveries = new Map<Victim, number[]>(victims.map((victim) => [victim, []]))
const figures = (): string =>
  [...recoveries]
    .map(([victim, ms]) => {
      const [middle, worst] = [median(ms), Math.max(...ms)].map((one) => (one / 1000).toFixed(2))
      return `${victim.padEnd(11)}${String(ms.length).padStart(4)} kills   median ${middle} s   worst ${worst} s`
    })
    .join('\n')

/** What people did, and what they were told. */
interface People {
  readonly writers: readonly Writer[]
  readonly importer: Importer
  readonly acked: AckedRun[]
}

const redisAnswers = async (): Promise<void> => {
  const { url } = JSON.parse(readIfThere(join(stack.stateDir, 'redis/running.json')) ?? '{}')
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
  redis.on('error', () => {})
  expect(await redis.ping()).toBe('PONG')
  redis.disconnect()
}

/** A run that was queued since has ended, drafts are saved, Redis answers. */
const recovered = async ({ acked, writers }: People): Promise<void> => {
  const run = await queueRun(stack.url, 0)
  acked.push(run)
  expect(await endOf(stack.url, run.id)).toBe('done')
  await Promise.all(writers.map((writer) => writer.savesAgain()))
  await redisAnswers()
}

/** Kills one process while runs, saves and an import are on their way. */
const killOne = async (victim: Victim, people: People, dice: Dice): Promise<void> => {
  people.acked.push(await queueRun(stack.url, dice.int(0, 1)))
  for (const begun = performance.now(); !people.importer.busy && performance.now() - begun < 2000; ) await sleep(1)
  await sleep(dice.int(0, 300))
  const killedAt = performance.now()
  expect(stack.kill(victim), `${victim} ran`).toBe(true)
  if (victim === 'supervisor') {
    await stack.supervisorGone()
    await stack.start()
  }
  await recovered(people)
  recoveries.get(victim)?.push(performance.now() - killedAt)
}

/** Twenty tabs look on at one run: all are told of its end, the last one soon after the first. */
const fanOut = async ({ acked }: People): Promise<void> => {
  const watched = await queueRun(stack.url, 1)
  acked.push(watched)
  const told = await Promise.all(Array.from({ length: 20 }, () => lookOn(stack.url, watched.id)))
  const spread = Math.max(...told) - Math.min(...told)
  console.log(`end of a run told to ${told.length} tabs: the last ${spread.toFixed(0)} ms after the first`)
  expect(spread).toBeLessThan(5000)
}

/** Every revision that was acknowledged, in one chain, and nothing that nobody wrote. */
const checkDrafts = async ({ writers }: People): Promise<void> => {
  for (const { playId, saved, wrong } of writers) {
    expect(wrong).toEqual([])
    const { data } = (await ask(stack.url, 'play.draft', { id: playId })) ?? {}
    expect(data).toMatchObject({ revision: saved, yaml: textOf(playId, saved) })
    expect(saved).toBeGreaterThan(rounds)
  }
}

interface Expected {
  readonly tradesHash: string
  readonly equityHash: string
  readonly trades: number
}

/** Of a run that nothing disturbed, for each window. */
const plainRuns = async (): Promise<readonly Expected[]> => {
  const plain = await Promise.all(windows.map((window) => ask(stack.url, 'run.verify', runOf(window))))
  const made = plain.map((answer) => {
    const { tradesHash, equityHash, trades } = (answer?.data ?? {}) as Omit<Expected, 'trades'> & { trades: unknown[] }
    return { tradesHash, equityHash, trades: trades.length }
  })
  expect(made[0]?.tradesHash).not.toBe(made[1]?.tradesHash)
  expect(made[0]?.trades).toBeGreaterThan(5)
  return made
}

const runRows = `SELECT run.id, run.state, to_ms, trades_hash AS "tradesHash", equity_hash AS "equityHash", trades,
    report IS NOT NULL AS reported, (SELECT count(*)::int FROM trade WHERE run_id = run.id) AS rows,
    (SELECT count(*)::int FROM job WHERE key = 'run:' || run.id AND job.state = 'done') AS jobs
  FROM run`

/** Each run that was acknowledged is there, each has one end, and equal windows have equal hashes. */
const checkRuns = async ({ acked }: People, expected: readonly Expected[]): Promise<void> => {
  const server = await startPostgres({ stateDir: stack.stateDir })
  try {
    const rows = await query(server.url, runRows)
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(acked.map(({ id }) => id)))
    for (const row of rows) {
      const window = windows.findIndex(({ toMs }) => BigInt(toMs) === BigInt(row.to_ms as string))
      const { trades, ...hashes } = expected[window] ?? { trades: -1 }
      expect(row).toMatchObject({ state: 'done', jobs: 1, reported: true, trades, ...hashes })
      // The trade that is open at the end has no row.
      expect([trades, trades - 1]).toContain(row.rows)
    }
    const versions = await query(server.url, "SELECT number FROM play_version WHERE play_id = 'runs'")
    expect(versions).toEqual([{ number: 1 }])
  } finally {
    await server.stop()
  }
}

/** Every piece once, no gap, no torn file, nothing left of half an import. */
const checkBars = async ({ importer }: People): Promise<void> => {
  expect(importer.wrong).toEqual([])
  expect(importer.imported).toBeGreaterThan(0)
  const check = await playloom(['data', 'check', '--json'], { env: { DATA_DIR: stack.dataDir } })
  expect([check.code, check.err]).toEqual([0, ''])
  expect(JSON.stringify(documentOf(check))).toContain(`"rows":${importer.imported * rowsOfPiece}`)
}

const loop = async (): Promise<void> => {
  const dice = new Dice(seed)
  await stack.start()
  const writers = ['a', 'b', 'c'].map((name) => new Writer(stack.url, `draft-${name}`))
  const people: People = { writers, importer: new Importer(stack.url), acked: [] }
  await recovered(people)
  for (let round = 0; round < rounds; round++) await killOne(victims[round] ?? dice.pick(victims), people, dice)
  await Promise.all([...writers.map((writer) => writer.stop()), people.importer.stop()])
  const { acked, importer } = people
  const done = `${rounds} rounds, seed ${seed}, ${acked.length} runs, ${importer.imported} imports`
  console.log(`\nkill loop: ${done}\n${figures()}\n`)

  await fanOut(people)
  await checkDrafts(people)
  for (const { id } of acked) expect(await endOf(stack.url, id)).toBe('done')
  const expected = await plainRuns()
  // Ctrl-C: nothing of the stack is left.
  expect(await stack.stop()).toBe(0)
  if (process.platform === 'linux') expect(stack.processes()).toEqual([])
  await checkRuns(people, expected)
  await checkBars(people)
}

describe('a stack whose processes are killed', () => {
  it(
    `keeps everything over ${rounds} kills (seed ${seed})`,
    async ({ onTestFailed }) => {
      onTestFailed(() => console.log(`seed ${seed}\n${stack.said.slice(-20_000)}`))
      await loop()
    },
    patienceMs,
  )
})
