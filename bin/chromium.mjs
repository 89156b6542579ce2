// The browser of the tests: one that is named, Playwright's own, one on PATH; else it is fetched, by apt or by Playwright.
import './node.mjs'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, runPackage } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))

/** Where a Chromium is on this machine, or null. */
export const findChromium = async () => {
  const named = process.env.PLAYLOOM_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`PLAYLOOM_CHROMIUM names ${named}, which does not exist.`)
  }
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  if (own !== '' && existsSync(own)) return own
  return names.map(onPath).find((path) => path !== undefined) ?? null
}

const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }

const byApt = async () => {
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return
  await run('apt-get', ['update'], quiet)
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet)
}
const byPlaywright = () => runPackage('@playwright/test/cli.js', ['install', 'chromium'], { quiet: true })

/** A Chromium, fetched when there is none. Throws with a sentence when none can be had. */
export const getChromium = async () => {
  const there = await findChromium()
  if (there !== null) return there
  for (const fetchIt of [byApt, byPlaywright]) {
    console.error('Fetching Chromium for the browser tests ...')
    await fetchIt()
    const found = await findChromium()
    if (found !== null) return found
  }
  throw new Error(
    'No Chromium was found and none could be fetched. Install one (Debian: apt-get install chromium), or name one in PLAYLOOM_CHROMIUM.',
  )
}
