// Journeys in a real browser against the built page: a runner for each core, each with its own server; no second try.
import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { ownUrl } from './tests/e2e/fixtures/ownUrl'

/** Set by fixtures/serve.ts before the runners read this file. */
const baseURL = ownUrl()
const executablePath = process.env.PLAYLOOM_CHROMIUM
// Chromium's sandbox refuses to run as root.
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/fixtures/serve.ts',
  // Of one file too: the longest files would else keep one runner waiting for the other.
  fullyParallel: true,
  workers: Math.min(4, availableParallelism()),
  retries: 0,
  // Generous, so that a slow machine is no reason to fail; what is right ends far sooner.
  timeout: 180_000,
  expect: { timeout: 30_000 },
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
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
})
