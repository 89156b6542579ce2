// Writers of column files that are killed or race: whatever happens, what is handed out is whole.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import type { ChildArgs } from '../../fixtures/data/frameChild'
import { columnsFor } from '../../fixtures/data/frameColumns'
import { temporaryFolder } from '../../fixtures/data/workshop'

const root = join(import.meta.dirname, '..', '..', '..')
const bundle = join(root, 'node_modules', '.cache', `frame-child-${process.pid}.mjs`)
const hash = 'c'.repeat(64)
const rows = 700_000
const kills = 20

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'tests', 'fixtures', 'data', 'frameChild.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/*'],
    logLevel: 'silent',
  })
})
afterAll(() => rmSync(bundle, { force: true }))

const begin = (dataDir: string): ChildProcess => {
  const args: ChildArgs = [dataDir, hash, String(rows)]
  return spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Ends with the exit code, null when it was killed, and the time from its first word to its end. */
const ended = (child: ChildProcess, killAfterMs: number | null = null): Promise<{ code: number | null; ms: number }> =>
  new Promise((resolve, reject) => {
    let began = performance.now()
    child.stdout?.on('data', () => {
      began = performance.now()
      if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.on('error', reject)
    child.on('exit', (code) => resolve({ code, ms: performance.now() - began }))
  })

const whole = columnsFor(rows)

type State = 'absent' | 'whole'

/** What a fresh reader is given: nothing, or exactly what was to be kept. Throws on anything else. */
const state = async (dataDir: string): Promise<State> => {
  const read = await createFrameStore({ dataDir }).read(hash)
  if (read === null) return 'absent'
  for (const name of ['stampMs', 'rate', 'intervalMs'] as const) {
    const bytes = Buffer.from(read[name]?.buffer ?? new ArrayBuffer(0))
    expect(Buffer.compare(bytes, Buffer.from(whole[name].buffer))).toBe(0)
  }
  return 'whole'
}

/** The same where nobody writes any more, and the files that would be sent agree with it. */
const restingState = async (dataDir: string): Promise<State> => {
  const files = await createFrameStore({ dataDir }).files(hash)
  for (const { path, sha256 } of files ?? [])
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256)
  const found = await state(dataDir)
  expect(files === null ? 'absent' : 'whole').toBe(found)
  return found
}

describe('column files', () => {
  it(`a writer killed ${kills} times leaves nothing or all`, { timeout: 180_000 }, async () => {
    const dataDir = temporaryFolder()
    const folder = join(dataDir, 'frames')
    const calm = await ended(begin(dataDir))
    expect([calm.code, await restingState(dataDir)]).toEqual([0, 'whole'])

    const chance = xoroshiro128plus(20_240_701)
    const ends = { absent: 0, whole: 0, midway: 0 }
    for (let n = 0; n < kills; n++) {
      // Every second time something torn lies in the way.
      if (n % 2 === 0) rmSync(join(folder, hash), { recursive: true, force: true })
      else if (readdirSync(folder).includes(hash)) truncateSync(join(folder, hash, 'rate.f64'), 8 * n)
      const { code } = await ended(begin(dataDir), ((chance.next() >>> 0) / 2 ** 32) * 1.1 * calm.ms)
      ends[await restingState(dataDir)]++
      if (code === null && readdirSync(folder).some((name) => name.includes('.tmp-'))) ends.midway++
    }
    // The test would prove nothing if all kills came before the first byte or after the last.
    expect(ends.absent).toBeGreaterThan(2)
    expect(ends.midway).toBeGreaterThan(2)

    expect((await ended(begin(dataDir))).code).toBe(0)
    expect([await restingState(dataDir), readdirSync(folder)]).toEqual(['whole', [hash]])
    console.info(`kills: ${ends.absent} left nothing, ${ends.whole} all, ${ends.midway} came during the writing`)
  })

  it('writers at once, over a torn frame, and a reader beside them', { timeout: 120_000 }, async () => {
    const dataDir = temporaryFolder()
    const folder = join(dataDir, 'frames')
    const seen = { absent: 0, whole: 0 }
    for (let round = 0; round < 3; round++) {
      mkdirSync(folder, { recursive: true })
      if (round > 0) truncateSync(join(folder, hash, 'stampMs.f64'), 800)
      const writers = [begin(dataDir), begin(dataDir), begin(dataDir)].map((child) => ended(child))
      let running = true
      const done = Promise.all(writers).finally(() => {
        running = false
      })
      while (running) {
        seen[await state(dataDir)]++
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      expect((await done).map(({ code }) => code)).toEqual([0, 0, 0])
      expect([await restingState(dataDir), readdirSync(folder)]).toEqual(['whole', [hash]])
    }
    expect(seen.absent).toBeGreaterThan(0)
  })

  it('writers at once in one process', async () => {
    const dataDir = temporaryFolder()
    const frames = createFrameStore({ dataDir })
    const columns = columnsFor(5000)
    await Promise.all(Array.from({ length: 8 }, () => frames.keep(hash, columns)))
    expect(await frames.read(hash)).toEqual(columns)
    expect(readdirSync(join(dataDir, 'frames'))).toEqual([hash])
  })
})
