// The first load: what travels, and when the page answers; with an empty cache, and once more.
import type { CDPSession, Page } from '@playwright/test'
import type { Bench } from './page'
import type { Line } from './print'

const times = 5

/** Bytes on the wire, by kind. */
class Traffic {
  private readonly kinds = new Map<string, string>()
  readonly bytes = new Map<string, number>()

  constructor(session: CDPSession) {
    session.on('Network.responseReceived', ({ requestId, type }) => this.kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = this.kinds.get(requestId) ?? 'Other'
      this.bytes.set(kind, (this.bytes.get(kind) ?? 0) + encodedDataLength)
    })
  }

  get total(): number {
    return [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0)
  }
}

declare global {
  interface Window {
    answered: number | undefined
  }
}

/** Presses the button of the theme at every frame until the page obeys: then it answers. */
const pressUntilAnswered = (): void => {
  const press = (): void => {
    if (document.documentElement.dataset.theme === 'light') {
      window.answered = performance.now()
      return
    }
    document.querySelector<HTMLButtonElement>('button[aria-label="Use the light theme"]')?.click()
    requestAnimationFrame(press)
  }
  requestAnimationFrame(press)
}

const load = async (page: Page): Promise<{ seconds: number; traffic: Traffic }> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const traffic = new Traffic(session)
  await page.context().clearCookies()
  await page.goto('/')
  await page.waitForFunction(() => window.answered !== undefined)
  const seconds = ((await page.evaluate(() => window.answered)) ?? Number.NaN) / 1000
  await page.waitForLoadState('networkidle')
  await session.detach()
  return { seconds, traffic }
}

export const firstLoad = async (bench: Bench): Promise<readonly Line[]> => {
  const cold: number[] = []
  const warm: number[] = []
  let first: Traffic | null = null
  let again: Traffic | null = null
  for (let i = 0; i < times; i++) {
    const context = await bench.fresh()
    const page = await context.newPage()
    await page.addInitScript(pressUntilAnswered)
    const one = await load(page)
    const two = await load(page)
    cold.push(one.seconds)
    warm.push(two.seconds)
    first ??= one.traffic
    again ??= two.traffic
  }
  const kinds = [...(first?.bytes ?? [])].map(([kind, bytes]): Line => {
    return { what: `first load, ${kind.toLowerCase()}`, values: [bytes / 1000], unit: 'kB' }
  })
  return [
    { what: 'first load, all', values: [(first?.total ?? Number.NaN) / 1000], unit: 'kB', aim: 'on the wire' },
    ...kinds,
    { what: 'second load, all', values: [(again?.total ?? Number.NaN) / 1000], unit: 'kB' },
    { what: 'home answers a press, empty cache', values: cold, unit: 's' },
    { what: 'home answers a press, warm cache', values: warm, unit: 's' },
  ]
}
