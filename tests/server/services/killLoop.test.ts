// Processes are killed at random while people work: what was answered is kept, a job has one end, bars stay whole and are
// those of file and venue, no process is left over, and everything comes back by itself.
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
import { effort, torture } from '../../fixtures/effort'
import { Door } from '../../fixtures/kills/door'
import { Downloads, rowsOfDownload } from '../../fixtures/kills/downloads'
import { Stack, type Victim, victims } from '../../fixtures/kills/stack'
import {
  type AckedRun,
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
import { seenWrong, sendWitness } from '../../fixtures/kills/witness'
import { documentOf, playloom } from '../cli/command'

const rounds = Number(process.env.PLAYLOOM_KILLS_ROUNDS ?? effort(30, 300))
const seed = Number(process.env.PLAYLOOM_KILLS_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** A machine three times slower has this long for each round; of a night there is no hurry (bin/torture.mjs). */
const patienceMs = torture ? undefined : rounds * 15_000 + 120_000

let stack: Stack
let downloads: Downloads
beforeAll(async () => {
  await build()
  await buildWeb()
  downloads = await Downloads.open(rounds)
  stack = await Stack.make(downloads.venue.url)
}, 600_000)
afterAll(async () => {
  await downloads.leave()
  await stack.remove()
}, 60_000)

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

/** Kills that met such work on its way. */
const amid = { import: 0, download: 0 }

/** What people did, and what they were told. */
interface People {
  readonly door: Door
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

const toldWrong = ({ writers, importer }: People): readonly string[] => [
  ...writers.flatMap(({ wrong }) => wrong),
  ...importer.wrong,
  ...downloads.failed,
]

/** A run that was queued since has ended, drafts are saved, Redis answers, and nobody was told anything wrong. */
const recovered = async (people: People): Promise<void> => {
  const { door, acked, writers } = people
  const run = await queueRun(door, 0)
  acked.push(run)
  expect(await endOf(door, run.id)).toBe('done')
  await Promise.all(writers.map((writer) => writer.savesAgain()))
  await redisAnswers()
  expect(toldWrong(people)).toEqual([])
}

/** Kills one process while runs, saves, an import and a download are on their way. */
const killOne = async (victim: Victim, people: People, dice: Dice): Promise<void> => {
  await downloads.begin(people.door)
  people.acked.push(await queueRun(people.door, dice.int(0, 1)))
  for (const begun = performance.now(); !people.importer.busy && performance.now() - begun < 2000; ) await sleep(1)
  await sleep(dice.int(0, 300))
  if (people.importer.busy) amid.import += 1
  if (downloads.underWay) amid.download += 1
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
const fanOut = async ({ door, acked }: People): Promise<void> => {
  const watched = await queueRun(door, 1)
  acked.push(watched)
  const told = await Promise.all(Array.from({ length: 20 }, () => lookOn(door, watched.id)))
  const spread = Math.max(...told) - Math.min(...told)
  console.log(`end of a run told to ${told.length} tabs: the last ${spread.toFixed(0)} ms after the first`)
  expect(spread).toBeLessThan(5000)
}

/** Every revision that was acknowledged, in one chain, and nothing that nobody wrote. */
const checkDrafts = async ({ door, writers }: People): Promise<void> => {
  for (const { playId, saved } of writers) {
    const { data } = (await door.ask('play.draft', { id: playId })) ?? {}
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
const plainRuns = async ({ door }: People): Promise<readonly Expected[]> => {
  const plain = await Promise.all(windows.map((window) => door.ask('run.verify', runOf(window))))
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
const checkRuns = async (url: string, { acked }: People, expected: readonly Expected[]): Promise<void> => {
  const rows = await query(url, runRows)
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(acked.map(({ id }) => id)))
  for (const row of rows) {
    const window = windows.findIndex(({ toMs }) => BigInt(toMs) === BigInt(row.to_ms as string))
    const { trades, ...hashes } = expected[window] ?? { trades: -1 }
    expect(row).toMatchObject({ state: 'done', jobs: 1, reported: true, trades, ...hashes })
    // The trade that is open at the end has no row.
    expect([trades, trades - 1]).toContain(row.rows)
  }
  const versions = await query(url, "SELECT number FROM play_version WHERE play_id = 'runs'")
  expect(versions).toEqual([{ number: 1 }])
}

const downloadRows = `SELECT id::text, state, attempts, progress->'summary' AS summary FROM job WHERE kind = 'download'`

/** Each download that was acknowledged has ended well, with all of its rows; how often one was taken again. */
const checkDownloads = async (url: string): Promise<number> => {
  const rows = await query(url, downloadRows)
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(downloads.acked.map(({ id }) => id)))
  for (const row of rows)
    expect(row).toMatchObject({ state: 'done', summary: { rows: rowsOfDownload, gaps: 0, holeCount: 0 } })
  // Killed workers ask no venue for more than it allows.
  expect(downloads.venue.violations).toEqual([])
  return rows.reduce((sum, { attempts }) => sum + Number(attempts) - 1, 0)
}

/** What the database holds when nothing runs any more. */
const checkDatabase = async (people: People, expected: readonly Expected[]): Promise<void> => {
  const server = await startPostgres({ stateDir: stack.stateDir })
  try {
    expect(await seenWrong(server.url)).toEqual([])
    await checkRuns(server.url, people, expected)
    console.log(`downloads taken again: ${await checkDownloads(server.url)}`)
  } finally {
    await server.stop()
  }
}

/** Every piece once, no gap, no torn file, nothing left of half an import. */
const checkBars = async ({ importer }: People): Promise<void> => {
  expect(importer.imported).toBeGreaterThan(0)
  const check = await playloom(['data', 'check', '--json', '--local'], { env: { DATA_DIR: stack.dataDir } })
  expect([check.code, check.err]).toEqual([0, ''])
  expect(JSON.stringify(documentOf(check))).toContain(`"rows":${importer.imported * rowsOfPiece}`)
  expect(await downloads.differences(stack.dataDir)).toEqual([])
}

const tell = ({ door, acked, importer }: People, done: number): void => {
  const work = `${acked.length} runs, ${importer.imported} imports, ${downloads.acked.length} downloads`
  console.log(`\nkill loop: ${done} rounds, seed ${seed}, ${work}; ${door.tooMany} calls refused as too many
${amid.import} kills amid an import, ${amid.download} amid a download\n${figures()}\n`)
}

const loop = async (): Promise<void> => {
  const dice = new Dice(seed)
  await stack.start()
  await sendWitness((await startPostgres({ stateDir: stack.stateDir })).url)
  const door = new Door(stack.url)
  const writers = ['a', 'b', 'c'].map((name) => new Writer(door, `draft-${name}`))
  const people: People = { door, writers, importer: new Importer(door), acked: [] }
  downloads.follow(door)
  await recovered(people)
  for (let round = 0; round < rounds; round++) {
    await killOne(victims[round] ?? dice.pick(victims), people, dice)
    if (round % 50 === 49) tell(people, round + 1)
  }
  await Promise.all([...writers.map((writer) => writer.stop()), people.importer.stop(), downloads.allEnded()])
  tell(people, rounds)

  expect(toldWrong(people)).toEqual([])
  await fanOut(people)
  await checkDrafts(people)
  for (const { id } of people.acked) expect(await endOf(door, id)).toBe('done')
  const expected = await plainRuns(people)
  // Ctrl-C: nothing of the stack is left.
  expect(await stack.stop()).toBe(0)
  if (process.platform === 'linux') expect(stack.processes()).toEqual([])
  await checkDatabase(people, expected)
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
