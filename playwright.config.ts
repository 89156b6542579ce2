// Journeys in a real browser against the built page: runners each with a server of its own; no second try.
import { existsSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { ownUrl } from './tests/e2e/fixtures/ownUrl'
import { patienceMs } from './tests/e2e/fixtures/patient'

/** Set by fixtures/serve.ts before the runners read this file. */
const baseURL = ownUrl()
const executablePath = process.env.PLAYLOOM_CHROMIUM
// Chromium's sandbox refuses to run as root.
const asRoot = process.getuid?.() === 0
/** Of two lists the last alone counts: first what Playwright names, then the address bar's pages, a process per context. */
const unused = [
  'AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
  'LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch',
  'WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup',
].join()

/** Playwright has pages and their files share memory on the disk, for containers whose memory for it is small. */
const sharedMemory = '/dev/shm'
const roomBytes = 2 ** 30
const hasRoom = (): boolean => {
  if (!existsSync(sharedMemory)) return false
  const { bavail, bsize } = statfsSync(sharedMemory)
  return bavail * bsize >= roomBytes
}

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/fixtures/serve.ts',
  // Of one file too: the longest files would else keep one runner waiting for the other.
  fullyParallel: true,
  // One more than cores: while a journey waits for an answer or for a frame another has the core.
  workers: Math.min(4, availableParallelism() + 1),
  retries: 0,
  // Generous, so that a slow machine is no reason to fail; what is right ends far sooner.
  timeout: 180_000,
  expect: { timeout: patienceMs },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    ...(baseURL === undefined ? {} : { baseURL }),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Glides and fades are not what is looked at, and a picture taken in the middle of one tells nothing.
    contextOptions: { reducedMotion: 'reduce' },
    // A film of every journey, and the page before and after each gesture, cost a third of the time and are looked at only
    // where one fails: there a picture and the page's tree are kept. `npm run e2e -- --trace on` keeps all.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: true },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      ...(hasRoom() ? { ignoreDefaultArgs: ['--disable-dev-shm-usage'] } : {}),
      args: [`--disable-features=${unused}`, ...(asRoot ? ['--no-sandbox'] : [])],
    },
  },
})
