// Frames of the chart while it is moved along a million bars, close by and all in sight.
import { type Bench, framesDuring, minuteMs, openPlay, quiet, referenceOn } from './page'
import type { Line } from './print'

const fromMs = Date.UTC(2023, 0, 2)
const bars = 1_000_000

export const chartPan = async (bench: Bench): Promise<readonly Line[]> => {
  // Beyond the lockbox line where that must be: the range is asked for.
  const page = await openPlay(bench, referenceOn('1m', bench.market), { fromMs, toMs: fromMs + bars * minuteMs })
  const { mouse } = page
  const chart = page.getByRole('application', { name: /^Chart of/ })
  await chart.hover()
  const box = await chart.boundingBox()
  if (box === null) throw new Error('no chart')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const pan = () =>
    framesDuring(page, async () => {
      await mouse.move(x, y)
      await mouse.down()
      for (let i = 1; i <= 120; i++) await mouse.move(x + 160 * Math.sin(i / 15), y)
      await mouse.up()
    })
  const close = await pan()
  await chart.focus()
  for (let i = 0; i < 24; i++) await page.keyboard.press('-')
  await quiet(page)
  const all = await pan()
  const line = (what: string, values: readonly number[]): Line => ({
    what: `pan of the chart over ${bars.toLocaleString('en')} bars, ${what}`,
    values,
    unit: 'ms',
    aim: 'p95 < 34 ms',
  })
  return [line('close by', close.gaps), line('all in sight', all.gaps)]
}
