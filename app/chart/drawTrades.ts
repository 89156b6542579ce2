// Trades on the candles: marks of all, stop and target path of the one that is looked at, and the bar that said no.

import type { NearMiss } from '../engine/protocol'
import type { Box, LabelAsk, Places } from './labels'
import { barX, type Sheet, type Space, seen, xOf } from './space'
import type { Mark, TradePath, WhatIf } from './trades'

type Context = CanvasRenderingContext2D

/** How far a mark of an entry stands from its bar, px. */
const away = 10
const half = 4.5

const font = (space: Space, weight: 400 | 500 | 600 = 500): string => `${weight} 11px ${space.colours.font}`

const triangle = (context: Context, { x, y }: { x: number; y: number }, up: boolean): void => {
  const tip = up ? -half : half
  context.beginPath()
  context.moveTo(x, y + tip)
  context.lineTo(x + half + 0.5, y - tip)
  context.lineTo(x - half - 0.5, y - tip)
  context.closePath()
}

export interface MarkGround {
  /** Low and high of the bar that holds an instant; null in a hole. */
  readonly barOf: (ms: number) => readonly [low: number, high: number] | null
}

/** Where a mark stands: entries below (long) or above (short) their bar, exits at their price. */
export const spotOf = (
  space: Space,
  mark: Pick<Mark, 'kind' | 'ms' | 'price' | 'side'>,
  { barOf }: MarkGround,
): { readonly x: number; readonly y: number } => {
  const x = barX(space, mark.ms)
  if (mark.kind !== 'entry') return { x, y: space.y(mark.price) }
  const [low, high] = barOf(mark.ms) ?? [mark.price, mark.price]
  return mark.side === 'long' ? { x, y: space.y(low) + away } : { x, y: space.y(high) - away }
}

const drawExit = (space: Sheet, mark: Mark, { x, y }: { x: number; y: number }): void => {
  const { context } = space
  const size = mark.kind === 'part' ? 3 : 4
  context.beginPath()
  if (mark.won) context.arc(x, y, size, 0, 2 * Math.PI)
  else context.rect(x - size + 0.5, y - size + 0.5, 2 * size - 1, 2 * size - 1)
  context.fillStyle = space.colours.ground
  context.fill()
  context.strokeStyle = mark.won ? space.colours.pos : space.colours.neg
  context.lineWidth = 2
  context.stroke()
}

/** What a mark covers, px: nothing else may stand there. */
const markRoom = 12

export const boxOfMark = ({ x, y }: { readonly x: number; readonly y: number }): Box => ({
  x: x - markRoom / 2,
  y: y - markRoom / 2,
  w: markRoom,
  h: markRoom,
})

/** Below this width of a bar partial exits say nothing. */
const partStep = 3

/** Pixels a mark on average, below which only the most important are drawn. */
const crowdedPixels = 14
/** Room that each of them then takes, px. */
const crowdedRoom = 18

/** The greatest results first; of one trade its end, which tells how it went. */
const byWeight = (a: Mark, b: Mark): number =>
  Math.abs(b.trade.netUsdt) - Math.abs(a.trade.netUsdt) || (a.kind === 'exit' ? -1 : 1)

/** Marks that are drawn: all of them, or where they would hide the bars those of the trades that counted most. */
export const placeMarks = (
  space: Space,
  marks: readonly Mark[],
  { places, ground }: { places: Places; ground: MarkGround },
): readonly Mark[] => {
  if (marks.length * crowdedPixels <= space.width) {
    for (const mark of marks) places.block(boxOfMark(spotOf(space, mark, ground)))
    return marks
  }
  const ends = marks.filter(({ kind }) => kind !== 'part').sort(byWeight)
  return ends.filter((mark) => {
    const { x, y } = spotOf(space, mark, ground)
    return places.claim({ x: x - crowdedRoom / 2, y: y - crowdedRoom / 2, w: crowdedRoom, h: crowdedRoom })
  })
}

/** Marks in sight. Of those that fall on the same pixels the first is drawn. */
export const drawMarks = (space: Sheet, marks: readonly Mark[], ground: MarkGround): void => {
  const { context } = space
  const taken = new Set<string>()
  for (const mark of marks) {
    if (mark.kind === 'part' && space.step < partStep) continue
    const spot = spotOf(space, mark, ground)
    const key = `${mark.kind} ${mark.side} ${Math.round(spot.x / 4)} ${Math.round(spot.y / 4)}`
    if (taken.has(key)) continue
    taken.add(key)
    if (mark.kind === 'entry') {
      triangle(context, spot, mark.side === 'long')
      context.fillStyle = space.colours.text
      context.fill()
    } else drawExit(space, mark, spot)
  }
}

/** How near a click must be to a mark, px. */
const reach = 9

/** The mark at a place of the picture; an entry goes before an exit that is as near. */
export const markAt = (
  space: Space,
  { marks, ground }: { readonly marks: readonly Mark[]; readonly ground: MarkGround },
  at: { readonly x: number; readonly y: number },
): Mark | null => {
  let nearest: Mark | null = null
  let best = reach
  for (const mark of marks) {
    const { x, y } = spotOf(space, mark, ground)
    const distance = Math.hypot(x - at.x, y - at.y) + (mark.kind === 'entry' ? 0 : 0.5)
    if (distance < best) {
      best = distance
      nearest = mark
    }
  }
  return nearest
}

const level = (space: Sheet, at: { fromMs: number; toMs: number; price: number }): void => {
  const { context } = space
  const y = Math.round(space.y(at.price)) + 0.5
  context.moveTo(xOf(space, at.fromMs), y)
  context.lineTo(xOf(space, at.toMs), y)
}

/** One line with its steps: where the stop stood, and when it moved. */
const drawStops = (space: Sheet, { stops }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.neg
  context.lineWidth = 1.5
  context.beginPath()
  stops.forEach(({ fromMs, toMs, price }, i) => {
    const [x, y] = [xOf(space, fromMs), Math.round(space.y(price)) + 0.5]
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
    context.lineTo(xOf(space, toMs), y)
  })
  context.stroke()
}

const drawTargets = (space: Sheet, { targets }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.pos
  context.lineWidth = 1
  context.setLineDash([1.5, 2.5])
  for (const target of targets) {
    context.globalAlpha = target.filled ? 1 : 0.55
    context.beginPath()
    level(space, target)
    context.stroke()
  }
  context.globalAlpha = 1
  context.setLineDash([])
}

/** Words over candles stand on a rim of the ground. */
const rimmed = (context: Context, text: string, { x, y, rim }: { x: number; y: number; rim: string }): void => {
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = rim
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}

const lineHeight = 14

type Tone = 'pos' | 'neg' | 'text' | 'hint'

interface Wish extends Omit<LabelAsk, 'w' | 'h'> {
  readonly text: string
  readonly tone: Tone
  readonly bold?: boolean
}

export interface Label {
  readonly text: string
  readonly tone: Tone
  readonly bold: boolean
  readonly box: Box
}

/** Words of a trade in the order in which they get their places: what was done before what was planned. */
const wishesOf = (space: Space, path: TradePath, ground: MarkGround): Wish[] => {
  const { entryMs, entryPrice, side, exits, targets, moved } = path
  const long = side === 'long'
  const entry = spotOf(space, { kind: 'entry', ms: entryMs, price: entryPrice, side }, ground)
  return [
    { ...entry, text: long ? 'Long' : 'Short', tone: 'text', bold: true, prefer: long ? 'below' : 'above' },
    ...exits.map(
      ({ ms, price, won, label }): Wish => ({
        x: barX(space, ms),
        y: space.y(price),
        text: label,
        tone: won ? 'pos' : 'neg',
      }),
    ),
    ...(moved === null
      ? []
      : [
          {
            x: xOf(space, moved.ms),
            y: space.y(moved.price),
            text: moved.label,
            tone: 'neg' as const,
            prefer: 'right' as const,
          },
        ]),
    ...targets
      .filter(({ filled }) => !filled)
      .map(({ toMs, price, label }): Wish => ({ x: xOf(space, toMs), y: space.y(price), text: label, tone: 'pos' })),
  ]
}

/** Does the mark of a wish lie where something can be seen. */
const inSight = (space: Space, { x, y }: Wish): boolean => x >= 0 && x <= space.width && y >= 0 && y <= space.height

/** Where the words of a trade stand; what has no room is left out. */
export const placePath = (
  sheet: Sheet,
  path: TradePath,
  { places, ground }: { places: Places; ground: MarkGround },
): Label[] =>
  wishesOf(sheet, path, ground)
    .filter((wish) => inSight(sheet, wish))
    .flatMap(({ text, tone, bold = false, ...at }) => {
      sheet.context.font = font(sheet, bold ? 600 : 500)
      const box = places.take({ ...at, w: sheet.context.measureText(text).width, h: lineHeight })
      return box === null ? [] : [{ text, tone, bold, box }]
    })

/** Levels of a trade, and the share and R of each exit. */
export const drawPath = (sheet: Sheet, path: TradePath, labels: readonly Label[]): void => {
  const { context, colours } = sheet
  if (seen(sheet, path.entryMs, path.endMs)) {
    drawTargets(sheet, path)
    drawStops(sheet, path)
  }
  context.textBaseline = 'middle'
  for (const { text, tone, bold, box } of labels) {
    context.font = font(sheet, bold ? 600 : 500)
    context.fillStyle = colours[tone]
    rimmed(context, text, { x: box.x, y: box.y + box.h / 2, rim: colours.ground })
  }
}

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

/** The bar under the question "why not". */
export const drawQuestion = (
  space: Sheet,
  mark: QuestionMark,
  { places, ground }: { places: Places; ground: MarkGround },
): void => {
  const { context } = space
  const bar = ground.barOf(mark.ms)
  if (bar === null || !seen(space, mark.ms, mark.ms)) return
  const x = barX(space, mark.ms)
  const y = space.y(bar[0]) + 14
  places.block({ x: x - 7, y: y - 7, w: 14, h: 14 })
  context.lineWidth = 1.5
  if (mark.tone === 'refused') {
    context.strokeStyle = space.colours.hint
    context.setLineDash([2, 2])
    triangle(context, { x, y }, true)
    context.stroke()
    context.beginPath()
    context.moveTo(x, space.y(bar[0]))
    context.lineTo(Math.min(space.width, x + 24 * Math.max(3, space.step)), space.y(bar[0]))
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
