// kill -9 in the middle of real imports, 50 times: the store then holds exactly the old or exactly the new state.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBarStore } from '../../../server/io/bars/barStore'
import type { ChildWord } from '../../fixtures/data/importChild'
import { csvOf, minutes, openWorkshop } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const root = join(import.meta.dirname, '..', '..', '..')
/** Beside node_modules, so that the bundle finds the package that is left out of it. */
const bundle = join(root, 'node_modules', '.cache', `import-child-${process.pid}.mjs`)
const kills = 50

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'tests', 'fixtures', 'data', 'importChild.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/*'],
    logLevel: 'silent',
  })
})
afterAll(() => rmSync(bundle, { force: true }))

interface Ended {
  readonly code: number | null
  readonly steps: readonly string[]
  /** From the first word to the end, and from the first step of writing. */
  readonly ms: number
  readonly writingMs: number
}

/** Kills `ms` after the first word of the child, or after its first step of writing. */
interface Kill {
  readonly after: Exclude<ChildWord, 'end'>
  readonly ms: number
}

const runChild = (args: readonly string[], kill: Kill | null): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const began = { start: 0, writing: 0 }
    let text = ''
    const see = (word: Kill['after']): void => {
      if (began[word] !== 0 || !text.includes(word)) return
      began[word] = performance.now()
      if (kill?.after === word) setTimeout(() => child.kill('SIGKILL'), kill.ms)
    }
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString()
      see('start')
      see('writing')
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      const now = performance.now()
      resolve({ code, steps: text.split('\n'), ms: now - began.start, writingMs: now - began.writing })
    })
  })

/** Names the whole content of the one series; a damaged or half-read one has a name of its own. */
const stateOf = async (dataDir: string): Promise<string> => {
  const store = createBarStore({ dataDir })
  try {
    const found = await store.inspect()
    const hash = createHash('sha256')
    for (const { key, damage, table } of found) {
      hash.update(JSON.stringify([key, damage]))
      for (const column of [table?.timeMs, ...(table?.values ?? [])]) hash.update(column ?? 'none')
      if (damage.length > 0) return `damaged: ${damage.join('; ')}`
    }
    return `${found.length} series ${hash.digest('hex')}`
  } finally {
    store.close()
  }
}

describe('an import that is killed', () => {
  it(`leaves the old state or the new one whole, ${kills} times`, { timeout: 300_000 }, async () => {
    const { took, file, dataDir, folder } = openWorkshop()
    const whole = csvOf(minutes(65 * 1440)).split('\n')
    await took({ files: [file('old.csv', whole.slice(0, 9000).join('\n'))], instrument: spot })
    const args = [dataDir, spot, file('new.csv', whole.join('\n'))]
    const saved = join(folder, 'saved')
    cpSync(dataDir, saved, { recursive: true })
    const reset = (): void => {
      rmSync(dataDir, { recursive: true, force: true })
      cpSync(saved, dataDir, { recursive: true })
    }
    const oldState = await stateOf(dataDir)
    let calm = await runChild(args, null)
    expect(calm.code).toBe(0)
    const newState = await stateOf(dataDir)
    expect(newState).not.toBe(oldState)
    reset()

    const chance = xoroshiro128plus(20_240_101)
    const ends = { old: 0, new: 0, midway: 0 }
    for (let n = 0; n < kills; n++) {
      // Over the whole import, and every second time over its writing; litter and locks of earlier kills stay in place.
      const share = ((chance.next() >>> 0) / 2 ** 32) * 1.05
      const kill: Kill =
        n % 2 === 0 ? { after: 'start', ms: share * calm.ms } : { after: 'writing', ms: share * calm.writingMs }
      const child = await runChild(args, kill)
      // It was quicker than the kill: how long an import takes depends on who else is at work.
      if (child.code === 0) calm = child
      const state = await stateOf(dataDir)
      expect([oldState, newState]).toContain(state)
      if (child.code === null && child.steps.some((step) => step.includes('writing'))) ends.midway++
      if (state === newState) {
        ends.new++
        reset()
      } else ends.old++
    }
    // The test would prove nothing if all kills came before the first write or after the last.
    expect(ends.old).toBeGreaterThan(5)
    expect(ends.midway).toBeGreaterThan(5)

    expect((await runChild(args, null)).code).toBe(0)
    expect(await stateOf(dataDir)).toBe(newState)
    const left = readdirSync(join(dataDir, 'series', 'binance_BTCUSDT', 'klines', '1m'))
    expect(left.filter((name) => !name.endsWith('.parquet'))).toEqual(['manifest.json'])
    expect(left).toHaveLength(4)
    console.info(`kills: ${ends.old} ended in the old state, ${ends.new} in the new, ${ends.midway} during the writing`)
  })
})
