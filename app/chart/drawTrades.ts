// Trades on the candles: marks of all, stop and target path of the one that is looked at, and the bar that said no.
import { type Box, Places } from './labels'
import { barX, type Sheet, type Space, seen, xOf } from './space'
import type { Mark, TradePath } from './trades'

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
export const spotOf = (space: Space, mark: Mark, { barOf }: MarkGround): { readonly x: number; readonly y: number } => {
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

/** Below this width of a bar partial exits say nothing. */
const partStep = 3

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
  context.beginPath()
  context.moveTo(xOf(space, at.fromMs), y)
  context.lineTo(xOf(space, at.toMs), y)
  context.stroke()
}

const drawStops = (space: Sheet, { stops }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.neg
  context.lineWidth = 1.5
  stops.forEach((stop, i) => {
    context.setLineDash(stop.sure ? [] : [5, 3])
    level(space, stop)
    const before = stops[i - 1]
    if (before?.sure !== true) return
    const x = xOf(space, stop.fromMs)
    context.setLineDash([])
    context.beginPath()
    context.moveTo(x, space.y(before.price))
    context.lineTo(x, space.y(stop.price))
    context.stroke()
  })
  context.setLineDash([])
}

const drawTargets = (space: Sheet, { targets }: TradePath): void => {
  const { context } = space
  context.strokeStyle = space.colours.pos
  context.lineWidth = 1
  context.setLineDash([1.5, 2.5])
  for (const target of targets) {
    context.globalAlpha = target.filled ? 1 : 0.55
    level(space, target)
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

const word = (context: Context, text: string, { box, rim }: { box: Box; rim: string }): void =>
  rimmed(context, text, { x: box.x, y: box.y + box.h / 2, rim })

const lineHeight = 14
/** Names and values of the lines stand there, px. */
const legendHeight = 26

/** Levels of a trade and the share and R of each exit. */
export const drawPath = (space: Sheet, path: TradePath, ground: MarkGround): void => {
  const { context } = space
  if (!seen(space, path.entryMs, path.endMs)) return
  drawTargets(space, path)
  drawStops(space, path)
  context.font = font(space)
  context.textBaseline = 'middle'
  const places = new Places(space.width, space.height)
  places.block({ x: 0, y: 0, w: space.width, h: legendHeight })
  const put = (text: string, at: { x: number; y: number; prefer?: 'right' }, colour: string): void => {
    const box = places.take({ ...at, w: context.measureText(text).width, h: lineHeight })
    if (box === null) return
    context.fillStyle = colour
    word(context, text, { box, rim: space.colours.ground })
  }
  const { pos, neg } = space.colours
  for (const { ms, price } of path.exits) {
    const [x, y] = [barX(space, ms), space.y(price)]
    places.block({ x: x - 5, y: y - 5, w: 10, h: 10 })
  }
  for (const { ms, price, won, label } of path.exits)
    put(label, { x: barX(space, ms), y: space.y(price) }, won ? pos : neg)
  for (const { filled, toMs, price, label } of path.targets)
    if (!filled) put(label, { x: xOf(space, toMs), y: space.y(price) }, pos)
  const last = path.stops.at(-1)
  if (path.moved !== null && last !== undefined)
    put(path.moved, { x: xOf(space, last.fromMs), y: space.y(last.price), prefer: 'right' }, neg)
  drawEntryWord(space, path, ground)
}

/** Beyond the triangle. */
const wordAway = 24

const drawEntryWord = (space: Sheet, path: TradePath, { barOf }: MarkGround): void => {
  const { context } = space
  const { entryMs, entryPrice, side } = path
  const [low, high] = barOf(entryMs) ?? [entryPrice, entryPrice]
  context.font = font(space, 600)
  context.fillStyle = space.colours.text
  context.textAlign = 'center'
  const y = side === 'long' ? space.y(low) + wordAway : space.y(high) - wordAway
  rimmed(context, side === 'long' ? 'Long' : 'Short', { x: barX(space, entryMs), y, rim: space.colours.ground })
  context.textAlign = 'start'
}

export interface QuestionMark {
  readonly ms: number
  /** `no`: a condition said no. `refused`: an order was wanted and not taken. */
  readonly tone: 'no' | 'refused'
  readonly label: string
}

/** The bar under the question "why not". */
export const drawQuestion = (space: Sheet, mark: QuestionMark, { barOf }: MarkGround): void => {
  const { context } = space
  const bar = barOf(mark.ms)
  if (bar === null || !seen(space, mark.ms, mark.ms)) return
  const x = barX(space, mark.ms)
  const y = space.y(bar[0]) + 14
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
  const width = context.measureText(mark.label).width
  const left = x + 12 + width > space.width ? x - 12 - width : x + 12
  rimmed(context, mark.label, { x: left, y, rim: space.colours.ground })
}
