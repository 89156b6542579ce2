// Lanes of the tests, told apart by file name: every test file belongs to exactly one.
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { aliases } from './bin/aliases.mjs'
import { LongestFirst } from './bin/longestFirst.mjs'

const all = 'tests/**/*.test.ts'
/** Top-level tests hold the house rules: fences, purity, sizes. */
const fences = 'tests/*.test.ts'
const real = 'tests/**/*{real,Real,golden,Golden}*.test.ts'
const lawNames = ['laws', 'Laws', 'fuzz', 'Fuzz', 'oracle', 'Oracle', 'invariants', 'Invariants']
const laws = `tests/**/*{${lawNames.join()}}*.test.ts`
const server = 'tests/server/**/*.test.ts'
/** Starts and kills whole installations, and says how long they take to be back: its figures tell of their company. */
const kills = 'tests/server/services/killLoop.test.ts'
/** Put a module in place of one that other files stand on: theirs is a process of its own. */
const replacing = readdirSync('tests', { recursive: true })
  .map((name) => `tests/${String(name)}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('vi.mock('))
const isLaw = (path: string) => lawNames.some((name) => basename(path).includes(name))

/** Lanes whose files share a process. */
const shared: ReadonlySet<string> = new Set(['unit', 'laws', 'server'])
const behind: ReadonlySet<string> = new Set(['laws', 'laws alone', 'real'])

const lane = (name: string, include: readonly string[], exclude: readonly string[]) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
    exclude: [...exclude],
    // One process for many files spares each of them the imports of all, and laws the same 200 cases: none leaves
    // anything behind in a module.
    isolate: !shared.has(name),
    // They have what other lanes leave of the processors.
    ...(behind.has(name) ? { testTimeout: 300_000, hookTimeout: 300_000 } : {}),
    globalSetup: name === 'server' ? ['tests/fixtures/serversSetup.ts'] : [],
  },
})

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    pool: 'forks',
    // One short of the cores is the runner's own choice: on two cores half of them would stand idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // Lanes that run at once would write one file.
    cache: false,
    projects: [
      lane('fences', [fences], []),
      lane('real', [real], [fences]),
      lane('laws', [laws], [fences, real, ...replacing]),
      lane('laws alone', replacing.filter(isLaw), []),
      lane('kills', [kills], []),
      lane('server', [server], [fences, real, laws, kills, ...replacing]),
      lane(
        'server alone',
        replacing.filter((path) => path.startsWith('tests/server/')),
        [],
      ),
      lane('unit', [all], [fences, real, laws, server, ...replacing]),
      lane('unit alone', replacing, [laws, server]),
    ],
  },
})
