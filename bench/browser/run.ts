// `npm run bench:browser`: the built page in Chromium, what its user waits for: edits, frames, first load, memory.
// Figures beside their aims; nothing here passes or fails.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { build } from '../../bin/build.mjs'
import { getChromium } from '../../bin/chromium.mjs'
import { buildWeb } from '../../bin/web.mjs'
import { serveEmpty } from '../../tests/e2e/fixtures/serve'
import { realData } from '../../tests/fixtures/realData'
import { prepareStore } from '../market'
import { chartPan } from './chart'
import { edits } from './edits'
import { firstLoad } from './load'
import { canvasFrames } from './nodes'
import type { Bench } from './page'
import { type Line, printLines } from './print'
import { tabs } from './tabs'

const parts: Readonly<Record<string, (bench: Bench) => Promise<readonly Line[]>>> = {
  load: firstLoad,
  edits15m: (bench) => edits(bench, '15m'),
  edits1m: (bench) => edits(bench, '1m'),
  nodes100: (bench) => canvasFrames(bench, 100),
  nodes200: (bench) => canvasFrames(bench, 200),
  chart: chartPan,
  tabs,
}

/** Runs each part in a browser profile of its own. */
const measure = async (browser: Browser, url: string, market: string): Promise<void> => {
  const wanted = process.argv.slice(2)
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const contexts: BrowserContext[] = []
    const fresh = async (): Promise<BrowserContext> => {
      const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
      // tsx names functions by a helper of its own; those that run in the page look for it there.
      await context.addInitScript('globalThis.__name = (made) => made')
      contexts.push(context)
      return context
    }
    try {
      printLines(await part({ fresh, market }))
    } catch (error) {
      console.log(`\n${name}: not measured. ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    }
    for (const context of contexts) await context.close().catch(() => {})
  }
}

const bench = async (): Promise<void> => {
  await build()
  await buildWeb()
  const asRoot = process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath: await getChromium(), args: asRoot ? ['--no-sandbox'] : [] })
  const folder = mkdtempSync(join(tmpdir(), 'playloom-bench-'))
  const { model = 'unknown processor', speed = 0 } = cpus()[0] ?? {}
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  console.log(`Chromium ${browser.version()}, ${cpus().length} x ${model} ${speed} MHz, ${memory}, 1440 x 900`)
  console.log(realData === null ? 'SYNTHETIC bars: real ones were not found' : 'BTCUSDT spot minutes of 2023 and 2024')
  try {
    if (realData !== null) await prepareStore(realData, folder)
    const server = await serveEmpty(realData === null ? {} : { DATA_DIR: folder })
    try {
      await measure(browser, server.url, realData === null ? 'synthetic:BTCUSDT.P' : 'binance:BTCUSDT.P')
    } finally {
      await server.stop()
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await bench()
