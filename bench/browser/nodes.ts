// Frames of the canvas with many nodes: while one is dragged, and while the canvas is moved under the mouse.
import { type Bench, type Frames, framesDuring, openPlay, quiet } from './page'
import type { Line } from './print'

/** A Play of about so many nodes: pairs of an average and what is above it, all of them one condition. */
const wide = (nodes: number, market: string): string => {
  const pairs = Math.floor((nodes - 5) / 2)
  const of = Array.from({ length: pairs }, (_, i) => i)
  return [
    'dsl: 1',
    'play: many_nodes',
    'title: Many nodes',
    `markets: { main: ${market} }`,
    'tf: 1h',
    'nodes:',
    '  price: { bars: { market: main } }',
    ...of.flatMap((i) => [
      `  ema_${i}: { ema: { of: price.close, length: ${5 + i} } }`,
      `  above_${i}: { above: [price.close, ema_${i}] }`,
    ]),
    `  all_of: { all: [${of.map((i) => `above_${i}`).join(', ')}] }`,
    '  atr: { atr: { bars: price, length: 14 } }',
    '  enter: { entry: { when: all_of } }',
    '  stop: { stop: { by: atr } }',
    'long:',
    '  entries: [enter]',
    '  exits: [stop]',
    'short: mirror',
    'risk: { size: { risk: 1% } }',
    '',
  ].join('\n')
}

const linesOf = (what: string, { gaps, tasks }: Frames): readonly Line[] => [
  { what: `${what}, frame to frame`, values: gaps, unit: 'ms', aim: 'p95 < 34 ms' },
  {
    what: `${what}, longest tasks`,
    values: tasks.length === 0 ? [0] : tasks,
    unit: 'ms',
    aim: 'none over 50 ms',
    note: `${tasks.length} over 50 ms`,
  },
]

export const canvasFrames = async (bench: Bench, nodes: number): Promise<readonly Line[]> => {
  const page = await openPlay(bench, wide(nodes, bench.market))
  const { mouse } = page
  const canvas = await page.getByTestId('canvas').boundingBox()
  const node = page.locator('.react-flow__node-logic').first()
  // Steady, and seen small where there are many: its title is a share of it, not a number of pixels.
  await node.hover()
  const box = await node.boundingBox()
  if (canvas === null || box === null) throw new Error('no canvas')
  const [x, y] = [box.x + box.width * 0.15, box.y + box.height * 0.12]
  await mouse.move(x, y)
  const drag = await framesDuring(page, async () => {
    await mouse.down()
    for (let i = 1; i <= 120; i++) await mouse.move(x + 60 * Math.sin(i / 10), y + i / 2)
    await mouse.up()
  })
  await quiet(page)
  await mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
  const pan = await framesDuring(page, async () => {
    for (let i = 1; i <= 120; i++) await mouse.wheel(12 * Math.sign(60 - i), 8 * Math.sign(60 - i))
  })
  return [...linesOf(`drag of a node, ${nodes} nodes`, drag), ...linesOf(`pan, ${nodes} nodes`, pan)]
}
