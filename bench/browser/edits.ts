// From an edit on the canvas to its figures, and to the frame that shows them; and what the engine's worker holds then.
import type { Page } from '@playwright/test'
import { type Bench, minuteMs, openPlay, referenceOn } from './page'
import type { Line } from './print'
import { workerMegabytes } from './worker'

const bars = 500_000
const fromMs = Date.UTC(2023, 5, 1)
const times = 20

/** Nodes of the reference Play whose number is stepped by one key. */
const kinds = { stop: 'stop_distance', threshold: 'cheap_to_hold', length: 'ema_fast' } as const

interface Taken {
  readonly metrics: number[]
  readonly pixels: number[]
}

/** One step of a value by a key, and the times till its figures. */
const step = async (page: Page, key: string): Promise<{ metrics: number; pixels: number }> => {
  const before = await page.evaluate(() => Object.keys(window.bench.pixels))
  await page.keyboard.press(key)
  await page.waitForFunction((known) => Object.keys(window.bench.pixels).some((one) => !known.includes(one)), before)
  return await page.evaluate((known) => {
    const { edits, metrics, pixels } = window.bench
    const revision = Object.keys(pixels).find((one) => !known.includes(one)) ?? ''
    const begun = edits[revision] ?? Number.NaN
    return { metrics: (metrics[revision] ?? Number.NaN) - begun, pixels: (pixels[revision] ?? Number.NaN) - begun }
  }, before)
}

/** Up through values that no edit before has asked for: only what is upstream is known. */
const take = async (page: Page, node: string): Promise<Taken> => {
  const field = page.getByRole('spinbutton', { name: new RegExp(`^${node} `) }).first()
  await field.focus()
  const taken: Taken = { metrics: [], pixels: [] }
  await step(page, 'ArrowUp')
  for (let i = 0; i < times; i++) {
    const { metrics, pixels } = await step(page, 'ArrowUp')
    taken.metrics.push(metrics)
    taken.pixels.push(pixels)
  }
  return taken
}

export const edits = async (bench: Bench, tf: '15m' | '1m'): Promise<readonly Line[]> => {
  const page = await openPlay(bench, referenceOn(tf, bench.market), { fromMs, toMs: fromMs + bars * minuteMs })
  const lines: Line[] = []
  for (const [kind, node] of Object.entries(kinds)) {
    const { metrics, pixels } = await take(page, node)
    const what = `edit of a ${kind}, ${tf}, ${bars.toLocaleString('en')} bars`
    lines.push({ what: `${what}, to figures`, values: metrics, unit: 'ms' })
    lines.push({ what: `${what}, to pixels`, values: pixels, unit: 'ms', aim: 'p95 < 100 ms' })
  }
  const held = await workerMegabytes(page)
  lines.push({ what: `memory of the worker, ${tf}`, values: [held], unit: 'MB', aim: '< 600 MB', note: 'after edits' })
  return lines
}
