// What every part of the browser bench does with a page: begin a Play, set its range, take frames and marks.
import type { BrowserContext, Page } from '@playwright/test'
import { settingsSchema } from '../../blocks/engine/settings'
import { referenceText } from '../reference'

export interface Bench {
  /** A browser profile without a past. */
  readonly fresh: () => Promise<BrowserContext>
  readonly market: string
}

export const minuteMs = 60_000

/** The reference Play on a timeframe and a market, its ranges wide enough for every edit that is measured. */
export const referenceOn = (tf: string, market: string): string =>
  [
    ['tf: 15m', `tf: ${tf}`],
    ['binance:BTCUSDT.P', market],
    ['max: 4, step: 0.25', 'max: 40, step: 0.25'],
    ['max: 0.1%', 'max: 1%'],
  ].reduce((text, [from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`the reference Play has no \`${from}\` any more`)
    return text.replace(from, to)
  }, referenceText)

/** Marks of the page (app/workbench/autorun.ts) by revision, and when the frame after the figures was painted. */
export interface Marks {
  readonly edits: Record<string, number>
  readonly metrics: Record<string, number>
  readonly pixels: Record<string, number>
  readonly frames: number[]
  readonly tasks: number[]
}

declare global {
  interface Window {
    bench: Marks
  }
}

/** Listens from the first script on: marks, frames, and tasks of more than 50 ms. */
const listen = (): void => {
  const marks: Marks = { edits: {}, metrics: {}, pixels: {}, frames: [], tasks: [] }
  window.bench = marks
  /** A task after the next frame begins when that frame was handed over. */
  const painted = (then: (ms: number) => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => then(performance.now())
      port2.postMessage(null)
    })
  }
  const mark = performance.mark.bind(performance)
  performance.mark = (name, options) => {
    const made = mark(name, options)
    const revision = String(options?.detail)
    if (name === 'edit') marks.edits[revision] = made.startTime
    if (name === 'metrics') {
      marks.metrics[revision] = made.startTime
      painted((ms) => {
        marks.pixels[revision] = ms
      })
    }
    return made
  }
  const frame = (ms: number): void => {
    marks.frames.push(ms)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.tasks.push(duration)
  }).observe({ type: 'longtask' })
}

/** Opens a Play of a text, on a range when one is given, and waits for its first figures. */
export const openPlay = async (
  bench: Bench,
  text: string,
  range?: { readonly fromMs: number; readonly toMs: number },
): Promise<Page> => {
  const context = await bench.fresh()
  const page = await context.newPage()
  await page.addInitScript(listen)
  await page.goto('/')
  await page
    .getByLabel('Open a Play')
    .last()
    .setInputFiles({ name: 'bench.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) })
  await page.getByRole('textbox', { name: 'Title of the Play' }).waitFor()
  if (range !== undefined) {
    const id = page.url().split('/').at(-1) ?? ''
    const choices = { settings: settingsSchema.parse({}), sets: {}, ...range }
    await page.evaluate(([name, kept]) => localStorage.setItem(name, kept), [
      'playloom-runs',
      JSON.stringify({ state: { byDocument: { [id]: choices } }, version: 0 }),
    ] as const)
    await page.reload()
  }
  await page.waitForFunction(() => Object.keys(window.bench.pixels).length > 0, undefined, { timeout: 120_000 })
  await quiet(page)
  return page
}

/** Waits until nothing has kept the page busy for half a second. */
export const quiet = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let calm = performance.now()
        const look = (): void => {
          const begun = performance.now()
          setTimeout(() => {
            if (performance.now() - begun > 60) calm = performance.now()
            if (performance.now() - calm > 500) resolve()
            else look()
          }, 10)
        }
        look()
      }),
  )

export interface Frames {
  /** From one frame to the next, ms. */
  readonly gaps: readonly number[]
  /** Tasks of more than 50 ms. */
  readonly tasks: readonly number[]
}

/** Frames while something is done. */
export const framesDuring = async (page: Page, work: () => Promise<void>): Promise<Frames> => {
  await page.evaluate(() => {
    window.bench.frames.length = 0
    window.bench.tasks.length = 0
  })
  await work()
  const { frames, tasks } = await page.evaluate(() => ({ frames: window.bench.frames, tasks: window.bench.tasks }))
  return { gaps: frames.slice(1).map((ms, i) => ms - (frames[i] ?? ms)), tasks }
}
