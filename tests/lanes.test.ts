// The runner of `npm test`: what it runs, what it counts, and that no early end can look like success.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countOf, countOfJourneys, lanes } from '../bin/lanes.mjs'
import { longest } from '../bin/longestFirst.mjs'
import { type Lane, runSideBySide } from '../bin/sideBySide.mjs'

const root = join(import.meta.dirname, '..')
const report = (passed: number, failed: number, files: readonly object[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: files,
})

const runTest = (args: readonly string[], preload: string) => {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${preload}`, 'bin/test.mjs', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  return { last: stdout.trimEnd().split('\n').at(-1), status, lines: stdout.match(/^\d+ passed, \d+ failed/gm)?.length }
}

/** Code that runs when the lane begins. */
const atLane = (code: string) =>
  encodeURIComponent(`const say=console.log;console.log=(text)=>{say(text);if(text==='-- sources'){${code}}}`)

describe('files of tests', () => {
  it('belong to one lane each', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const listed = execFileSync(process.execPath, [vitest, 'list', '--filesOnly', '--json'], { cwd: root })
    const taken = JSON.parse(String(listed)).map(({ file }: { file: string }) => file)
    const there = readdirSync(join(root, 'tests'), { recursive: true })
      .map((name) => join(root, 'tests', String(name)))
      .filter((path) => path.endsWith('.test.ts'))
    expect(taken.sort()).toEqual(there.sort())
  })

  it('that come first are there', () => {
    expect(longest.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(new Set(longest).size).toBe(longest.length)
  })
})

/** Runs lanes that end when they are told to: after each word, who runs. */
const ran = async (listed: readonly Lane[], ends: readonly string[], seats = 2) => {
  const running = new Map<string, (passed: boolean) => void>()
  const done = runSideBySide(listed, seats, ({ name }) => new Promise((resolve) => running.set(name, resolve)))
  const seen = [[...running.keys()].join(' ')]
  for (const word of ends) {
    const [name = '', fails] = word.split(' ')
    running.get(name)?.(fails === undefined)
    running.delete(name)
    await new Promise((resolve) => setTimeout(resolve))
    seen.push([...running.keys()].join(' '))
  }
  if (running.size === 0) await done
  return seen
}

describe('lanes side by side', () => {
  const named = (...names: string[]): Lane[] => names.map((name) => ({ name }))

  it('begin in the order of the list, two at once', async () => {
    expect(await ran(named('a', 'b', 'c', 'd'), ['b', 'a', 'd', 'c'])).toEqual(['a b', 'a c', 'c d', 'c', ''])
    expect(await ran(named('a', 'b', 'c'), ['b', 'a', 'c'], 3)).toEqual(['a b c', 'a c', 'c', ''])
  })

  it('wait for what they come after, and let others pass', async () => {
    const listed: Lane[] = [{ name: 'a' }, { name: 'b', after: ['a', 'c'] }, { name: 'c' }, { name: 'd' }]
    expect(await ran(listed, ['a', 'c', 'd', 'b'])).toEqual(['a c', 'c d', 'd b', 'b', ''])
    // What was not asked for is waited for by nobody, and a failure is no reason not to be run.
    expect(await ran(listed.slice(0, 2), ['a fails', 'b'])).toEqual(['a', 'b', ''])
  })

  it('stand on those that are a basis: none begins before their end, or when one of them has failed', async () => {
    const listed: Lane[] = [{ name: 'a', basis: true }, { name: 'b', basis: true }, ...named('c', 'd', 'e')]
    expect(await ran(listed, ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b', 'c d', 'd e', 'e', ''])
    expect(await ran(listed, ['a', 'b fails'])).toEqual(['a', 'b', ''])
    expect(await ran([...named('z'), ...listed], ['a fails', 'z'])).toEqual(['z a', 'z', ''])
  })

  it('have the machine for themselves where they are alone', async () => {
    const listed: Lane[] = [{ name: 'a' }, { name: 'b', alone: true }, { name: 'c' }, { name: 'd' }]
    expect(await ran(listed, ['a', 'c', 'd', 'b'])).toEqual(['a c', 'c d', 'd', 'b', ''])
    expect(await ran(listed.slice(1), ['b', 'c', 'd'])).toEqual(['b', 'c d', 'd', ''])
  })

  it('that wait for each other are a fault, not left out', async () => {
    const listed: Lane[] = [
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
    ]
    await expect(ran(listed, [])).rejects.toThrow('wait for each other: a, b')
  })

  it('come after lanes that stand before them; journeys are alone', () => {
    const names = lanes.map(({ name }) => name)
    for (const [place, { name, after = [] }] of lanes.entries())
      for (const other of after) expect(names.slice(0, place), name).toContain(other)
    expect(lanes.filter(({ alone }) => alone).map(({ name }) => name)).toEqual(['browser'])
    expect(lanes.filter(({ after }) => after?.includes('build')).map(({ name }) => name)).toEqual([
      'kills',
      'server',
      'browser',
    ])
  })
})

describe('counts of a lane', () => {
  it('are those of the report', () => {
    expect(countOf(report(5, 0), 0)).toEqual({ passed: 5, failed: 0, skipped: 1 })
    expect(countOf(report(5, 2), 1)).toEqual({ passed: 5, failed: 2, skipped: 1 })
  })

  it('hold a file that could not be loaded as one failure', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    expect(countOf(report(1, 1, files), 1).failed).toBe(2)
  })

  it('are a failure when the runner failed or ran nothing, whatever the report says', () => {
    expect(countOf(report(5, 0), 1).failed).toBe(1)
    expect(countOf({ ...report(0, 0), numPendingTests: 0 }, 0).failed).toBe(1)
  })
})

describe('counts of journeys in the browser', () => {
  const journeys = (expected: number, unexpected = 0, flaky = 0) => ({
    stats: { expected, unexpected, flaky, skipped: 0 },
  })

  it('hold a journey that only worked at the second try as a failure', () => {
    expect(countOfJourneys(journeys(7), 0)).toEqual({ passed: 7, failed: 0, skipped: 0 })
    expect(countOfJourneys(journeys(5, 1, 1), 1)).toEqual({ passed: 5, failed: 2, skipped: 0 })
    expect(countOfJourneys(journeys(5, 0, 1), 0).failed).toBe(1)
  })

  it('are a failure when the browser failed or ran nothing', () => {
    expect(countOfJourneys(journeys(7), 1).failed).toBe(1)
    expect(countOfJourneys(journeys(0), 0).failed).toBe(1)
  })
})

describe('the last line', () => {
  it('says what passed', () => {
    expect(runTest(['sources'], '')).toEqual({ last: '2 passed, 0 failed', status: 0, lines: 1 })
  })

  it('says failed when the process is ended early with exit code 0', () => {
    const ended = runTest(['sources'], atLane('process.exit(0)'))
    expect(ended).toEqual({ last: expect.stringMatching(/^\d+ passed, [1-9]\d* failed/), status: 1, lines: 1 })
  })

  it('says failed when the process crashes', () => {
    const ended = runTest(['sources'], atLane("throw Error('planted')"))
    expect(ended.last).toMatch(/^\d+ passed, [1-9]\d* failed/)
    expect(ended.status).not.toBe(0)
  })

  it('refuses a lane that does not exist', () => {
    const ended = runTest(['unti'], '')
    expect(ended.status).toBe(2)
    expect(ended.last).toMatch(/no lane `unti`/)
  })
})
