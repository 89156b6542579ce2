// The bar under the question "why not": what said no, others like it, and the way that it would have gone.
import type { NearMiss } from '../engine/protocol'
import { away, boxOfMark, type MarkGround } from './drawTrades'
import { font, lineHeight, rimmed, triangle } from './ink'
import type { Places } from './labels'
import { barX, type Sheet, type Space, seen } from './space'
import type { WhatIf } from './trades'

/** Half of the side of the square that stands for "one condition said no". */
const missHalf = 3.5

/** Bars at which one condition alone said no: hollow squares beside the bar. Gives back where they stand. */
export const drawMisses = (
  sheet: Sheet,
  misses: readonly NearMiss[],
  { places, ground }: { places: Places; ground: MarkGround },
): PlacedMiss[] => {
  const { context, colours } = sheet
  context.strokeStyle = colours.hint
  context.lineWidth = 1.5
  return misses.flatMap((miss) => {
    // The decision is made at the close of the bar.
    const ms = miss.ms - 1
    const bar = ground.barOf(ms)
    if (bar === null || !seen(sheet, ms, ms)) return []
    const x = barX(sheet, ms)
    const y = miss.side === 'long' ? sheet.y(bar[0]) + away : sheet.y(bar[1]) - away
    if (!places.claim(boxOfMark({ x, y }))) return []
    context.strokeRect(x - missHalf, y - missHalf, 2 * missHalf, 2 * missHalf)
    return [{ miss, x, y }]
  })
}

export interface PlacedMiss {
  readonly miss: NearMiss
  readonly x: number
  readonly y: number
}

export interface QuestionMark {
  readonly ms: number
  /** `no`: a condition said no. `refused`: an order was wanted and not taken. */
  readonly tone: 'no' | 'refused'
  readonly label: string
}

/** The way that a trade would have gone, had it been taken: dashed, for it never was. */
export const drawWhatIf = (sheet: Sheet, { points, label }: WhatIf, places: Places): void => {
  const { context, colours } = sheet
  const spots = points.map(({ ms, price }) => ({ x: barX(sheet, ms), y: sheet.y(price) }))
  context.strokeStyle = colours.body
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.beginPath()
  spots.forEach(({ x, y }, i) => {
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
  context.setLineDash([])
  context.fillStyle = colours.ground
  context.lineWidth = 1.5
  for (const { x, y } of spots.slice(1)) {
    places.block(boxOfMark({ x, y }))
    context.beginPath()
    context.arc(x, y, 4, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
  const last = spots.at(-1)
  if (last === undefined || last.x < 0 || last.x > sheet.width) return
  context.font = font(sheet, 600)
  context.textBaseline = 'middle'
  context.fillStyle = colours.text
  const box = places.take({ ...last, w: context.measureText(label).width, h: lineHeight })
  if (box !== null) rimmed(context, label, { x: box.x, y: box.y + lineHeight / 2, rim: colours.ground })
}

/** How far the mark stands below its bar, px. */
const below = 14

interface Spot {
  readonly x: number
  readonly y: number
}

/** Where its mark stands; null: nothing of it is in sight. */
export const spotOfQuestion = (space: Space, { ms }: QuestionMark, { barOf }: MarkGround): Spot | null => {
  const bar = barOf(ms)
  return bar === null || !seen(space, ms, ms) ? null : { x: barX(space, ms), y: space.y(bar[0]) + below }
}

/** The bar under the question "why not"; room for its mark has been taken. */
export const drawQuestion = (
  space: Sheet,
  mark: QuestionMark,
  { places, ground }: { places: Places; ground: MarkGround },
): void => {
  const { context } = space
  const spot = spotOfQuestion(space, mark, ground)
  if (spot === null) return
  const { x, y } = spot
  const low = y - below
  context.lineWidth = 1.5
  if (mark.tone === 'refused') {
    context.strokeStyle = space.colours.hint
    context.setLineDash([2, 2])
    triangle(context, { x, y }, true)
    context.stroke()
    context.beginPath()
    context.moveTo(x, low)
    context.lineTo(Math.min(space.width, x + 24 * Math.max(3, space.step)), low)
    context.stroke()
    context.setLineDash([])
  } else {
    context.fillStyle = space.colours.neg
    context.beginPath()
    context.roundRect(x - 6, y - 6, 12, 12, 2)
    context.fill()
    context.strokeStyle = space.colours.ground
    context.beginPath()
    context.moveTo(x - 2.5, y - 2.5)
    context.lineTo(x + 2.5, y + 2.5)
    context.moveTo(x + 2.5, y - 2.5)
    context.lineTo(x - 2.5, y + 2.5)
    context.stroke()
  }
  context.font = font(space)
  context.textBaseline = 'middle'
  context.fillStyle = mark.tone === 'refused' ? space.colours.hint : space.colours.neg
  const ask = { x: x + 4, y: y + 6, w: context.measureText(mark.label).width, h: lineHeight, prefer: 'right' as const }
  const box = places.take(ask)
  if (box !== null) rimmed(context, mark.label, { x: box.x, y: box.y + lineHeight / 2, rim: space.colours.ground })
}
