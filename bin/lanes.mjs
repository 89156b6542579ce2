// The lanes of `npm test` and `npm run check`, and how each one counts what passed and failed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { generate } from './generate.mjs'
import { install } from './install.mjs'
import { root, runPackage } from './run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

/** A step that counts as one check and throws when it fails. */
const step = (work) => async () => {
  await work()
  return one(true)
}

/** Programs of packages that speak only when something is wrong; together they count as one check. */
const tools =
  (...commands) =>
  async (say) => {
    let ok = true
    for (const [path, ...args] of commands) {
      const { code, text } = await runPackage(path, args, { quiet: true })
      if (code === 0) continue
      ok = false
      say(text.trimEnd())
    }
    return one(ok)
  }

/** Counts of vitest's JSON report. A file that failed as a whole counts once; a runner without a report has failed. */
export const countOf = (report, code) => {
  const failedFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const count = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + failedFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  const silent = count.failed === 0 && (code !== 0 || count.passed + count.skipped === 0)
  return silent ? { ...count, failed: 1 } : count
}

const reports = join(root, 'node_modules/.cache/tests')

const vitest =
  (projects, { more = [], behind = false } = {}) =>
  async (say) => {
    const path = join(reports, `${projects[0]}.json`)
    mkdirSync(reports, { recursive: true })
    rmSync(path, { force: true })
    const chosen = projects.map((name) => `--project=${name}`)
    const args = ['run', ...chosen, '--reporter=dot', '--reporter=json', `--outputFile.json=${path}`, ...more]
    const { code, text } = await runPackage('vitest/vitest.mjs', args, { quiet: true, behind })
    say(text.trim())
    if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 }
    return countOf(JSON.parse(readFileSync(path, 'utf8')), code)
  }

/** Counts of Playwright's JSON report: a second try that helped is a failure too. */
export const countOfJourneys = ({ stats }, code) => {
  const count = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  const silent = count.failed === 0 && (code !== 0 || count.passed === 0)
  return silent ? { ...count, failed: 1 } : count
}

const browser = async () => {
  const { runJourneys } = await import('./e2e.mjs')
  const path = join(reports, 'browser.json')
  rmSync(path, { force: true })
  const code = await runJourneys(['--reporter=dot,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: path })
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 }
  return countOfJourneys(JSON.parse(readFileSync(path, 'utf8')), code)
}

/** One more than cores: while a file waits for a server or a process of its own another has the core. */
const workersThatWait = `--maxWorkers=${availableParallelism() + 1}`

/**
 * The first that may begin comes first. `check: true` lanes make up `npm run check`; the rest: sideBySide.mjs. Lanes that
 * wait for servers come one after the other, beside those that compute; those that only compute stand behind, so that
 * none of the others is left alone in the end. Journeys have the machine for themselves.
 */
export const lanes = [
  { name: 'install', check: true, basis: true, run: step(install) },
  { name: 'sources', check: true, basis: true, run: step(generate) },
  { name: 'format', check: true, run: tools(['@biomejs/biome/bin/biome', 'format', '.']) },
  { name: 'types', check: true, run: tools(['typescript7/bin/tsc', '-b']) },
  {
    name: 'build',
    check: false,
    run: step(async () => {
      await (await import('./build.mjs')).build()
      await (await import('./web.mjs')).buildWeb()
    }),
  },
  {
    name: 'lint',
    check: true,
    run: tools(
      ['@biomejs/biome/bin/biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.'],
      ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    ),
  },
  { name: 'kills', check: false, after: ['build'], run: vitest(['kills']) },
  {
    name: 'server',
    check: false,
    after: ['build', 'kills'],
    run: vitest(['server', 'server alone'], { more: [workersThatWait] }),
  },
  { name: 'fences', check: true, run: vitest(['fences']) },
  { name: 'unit', check: true, run: vitest(['unit', 'unit alone']) },
  { name: 'laws', check: false, run: vitest(['laws', 'laws alone'], { behind: true }) },
  { name: 'real data', check: false, run: vitest(['real'], { behind: true }) },
  { name: 'browser', check: false, after: ['build'], alone: true, run: browser },
]
