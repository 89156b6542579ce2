// `npm run e2e`: builds the page if need be, finds a browser and runs the journeys; words behind it go to Playwright.
import './node.mjs'
import { build } from './build.mjs'
import { getChromium } from './chromium.mjs'
import { install } from './install.mjs'
import { runPackage } from './run.mjs'
import { buildWeb } from './web.mjs'

/** Resolves with the exit code of Playwright. */
export const runJourneys = async (args, variables = {}) => {
  // The server runs Plays in a thread of that bundle.
  await build()
  await buildWeb()
  const env = { ...variables, PLAYLOOM_CHROMIUM: await getChromium() }
  const { code } = await runPackage('@playwright/test/cli.js', ['test', ...args], { env })
  return code
}

if (process.argv[1] === import.meta.filename) {
  try {
    await install()
    process.exitCode = await runJourneys(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
