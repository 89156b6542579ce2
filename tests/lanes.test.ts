// The runner of `npm test`: what it counts, and that no early end can look like success.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countOf, countOfJourneys } from '../bin/lanes.mjs'

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
