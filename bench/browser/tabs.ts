// Twenty tabs on one run while it is computed: how late the last of them is told of its end, and what the server holds.
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { settingsSchema } from '../../blocks/engine/settings'
import { parseDocument } from '../../blocks/play/text/parse'
import { Door } from '../../tests/fixtures/kills/door'
import { Stack } from '../../tests/fixtures/kills/stack'
import { type Bench, referenceOn } from './page'
import type { Line } from './print'

const count = 20
/** A tab that is not there by then never will be, ms. */
const patienceMs = 120_000

declare global {
  interface Window {
    /** When the result stood on the page, Unix ms. */
    shownMs: number | undefined
    /** Puts the tab in front, or behind another. */
    face: (state: DocumentVisibilityState) => void
  }
}

/** Playwright keeps every page in front: this is what a browser tells a tab that is behind another. */
const beTab = (behind: boolean): void => {
  let state: DocumentVisibilityState = behind ? 'hidden' : 'visible'
  Object.defineProperty(document, 'visibilityState', { get: () => state })
  Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' })
  window.face = (next) => {
    state = next
    document.dispatchEvent(new Event('visibilitychange'))
  }
  new MutationObserver(() => {
    if (document.querySelector('[aria-label="Figures of this result"]') !== null) window.shownMs ??= Date.now()
  }).observe(document, { childList: true, subtree: true })
}

/** Lines that were answered and have not ended, over all tabs. */
class Lines {
  most = 0
  private readonly held = new Set<object>()

  watch(page: Page): void {
    page.on('response', (response) => {
      if (!/\/run\.(watch|changes)\b/.test(response.url())) return
      this.held.add(response.request())
      this.most = Math.max(this.most, this.held.size)
    })
    const ended = (request: object): void => void this.held.delete(request)
    page.on('requestfinished', ended)
    page.on('requestfailed', ended)
  }
}

/** Queues a run of some seconds. */
const queueRun = async (door: Door): Promise<string> => {
  const { tree } = parseDocument(referenceOn('15m', 'synthetic:BTCUSDT.P'))
  const range = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2024, 0, 1) }
  const run = { tree, sets: {}, settings: settingsSchema.parse({}), ...range }
  const answer = await door.ask('run.queue', { playId: 'bench', sidecar: {}, run })
  if (answer?.data === undefined) throw new Error(`the run was not queued: ${answer?.refused}`)
  return (answer.data as { id: string }).id
}

interface Case {
  readonly name: string
  /** Of each tab, its profile: profiles share no connection. */
  readonly profile: (n: number, profiles: readonly BrowserContext[]) => BrowserContext | undefined
  /** All but the first are behind it. */
  readonly behind: boolean
}

const cases: readonly Case[] = [
  { name: '20 tabs of one window', profile: (_, [first]) => first, behind: true },
  { name: '20 windows of one profile', profile: (_, [first]) => first, behind: false },
  { name: '20 windows of 20 profiles', profile: (n, profiles) => profiles[n], behind: false },
]

/** False: it cannot be opened. */
const openTab = async (page: Page, url: string, behind: boolean): Promise<boolean> => {
  await page.addInitScript(beTab, behind)
  try {
    await page.goto(url, { waitUntil: 'commit', timeout: patienceMs })
    await page.getByText('waits for its turn').first().waitFor({ timeout: patienceMs })
    return true
  } catch {
    return false
  }
}

const shown = async (page: Page): Promise<number> => {
  const handle = await page.waitForFunction(() => window.shownMs, undefined, { timeout: patienceMs })
  return (await handle.jsonValue()) ?? Number.NaN
}

const measureCase = async ({ name, profile, behind }: Case, bench: Bench, stack: Stack): Promise<readonly Line[]> => {
  const door = new Door(stack.url)
  const profiles = await Promise.all(Array.from({ length: count }, bench.fresh))
  const lines = new Lines()
  // The run waits until every tab looks on.
  stack.send('worker', 'SIGSTOP')
  const id = await queueRun(door)
  const tabs: Page[] = []
  const opened: number[] = []
  for (let n = 0; n < count; n++) {
    const context = profile(n, profiles)
    if (context === undefined) throw new Error('there are too few profiles')
    const begun = performance.now()
    const page = await context.newPage()
    lines.watch(page)
    if (!(await openTab(page, `${stack.url}/run/${id}`, behind && n > 0))) break
    opened.push(performance.now() - begun)
    tabs.push(page)
  }
  await sleep(1000)
  const heldBefore = lines.most
  stack.send('worker', 'SIGCONT')
  const [first, ...others] = tabs
  if (first === undefined) throw new Error('there are no tabs')
  const firstMs = await shown(first)
  const late = behind ? await oneByOne(others) : (await Promise.all(others.map(shown))).map((ms) => ms - firstMs)
  for (const page of tabs) await page.close()
  const missing = tabs.length < count ? `number ${tabs.length + 1} cannot be opened` : 'all of them'
  return [
    { what: `${name}: one is open`, values: opened, unit: 'ms', note: missing },
    { what: `${name}: the end, after the first`, values: late, unit: 'ms', note: `${heldBefore} lines held` },
  ]
}

/** Tabs behind are brought forward one after the other: from that moment to the end on the screen. */
const oneByOne = async (tabs: readonly Page[]): Promise<number[]> => {
  const late: number[] = []
  for (const page of tabs) {
    await page.bringToFront()
    const begun = await page.evaluate(() => {
      window.face('visible')
      return Date.now()
    })
    late.push(Math.max(0, (await shown(page)) - begun))
    await page.evaluate(() => window.face('hidden'))
  }
  return late
}

export const tabs = async (bench: Bench): Promise<readonly Line[]> => {
  const stack = await Stack.make('')
  const found: Line[] = []
  try {
    await stack.start()
    for (const one of cases) found.push(...(await measureCase(one, bench, stack)))
    await stack.stop()
  } finally {
    await stack.remove()
  }
  return found
}
