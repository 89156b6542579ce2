// What lies under the candles: holes in the data, data that stay unseen, and areas of risk and reward.
import type { Stretch } from './bars'
import { type Grid, placeOf } from './grid'
import { font, lineHeight, rimmed } from './ink'
import type { Box } from './labels'
import { leastBox, type Sheet, seen, xOf } from './space'
import type { Area, TradePath } from './trades'

const hatchStep = 6

/** Diagonal hairlines: nothing is known here. */
const hatch = (space: Sheet, from: number, to: number): void => {
  const { context } = space
  const left = Math.max(0, from)
  const right = Math.min(space.width, to)
  if (right - left < leastBox) return
  context.save()
  context.beginPath()
  context.rect(left, 0, right - left, space.height)
  context.clip()
  context.strokeStyle = space.colours.lineStrong
  context.lineWidth = 1
  context.beginPath()
  const first = Math.floor((left - space.height) / hatchStep) * hatchStep
  for (let x = first; x < right; x += hatchStep) {
    context.moveTo(x, space.height)
    context.lineTo(x + space.height, 0)
  }
  context.stroke()
  context.restore()
}

export const drawHoles = (space: Sheet, holes: readonly Stretch[]): void => {
  for (const { from, to } of holes)
    if (to >= space.from && from <= space.to) hatch(space, space.x(from - 0.5), space.x(to + 0.5))
}

const word = 'unseen'
/** At least, on both sides of the word, px. */
const wordGap = 3
/** Of a word that is read from top to bottom, px. */
const uprightRoom = 15

/** Left edge of what is unseen, px; null: none of it is in sight. */
const unseenFrom = (space: Sheet, lockboxMs: number): number | null => {
  const left = Math.max(0, xOf(space, lockboxMs))
  return left < space.width ? left : null
}

/** Data from the lockbox line on: no result is made there unless the trader says so. */
export const drawUnseen = (space: Sheet, lockboxMs: number): void => {
  const { context } = space
  const left = unseenFrom(space, lockboxMs)
  if (left === null) return
  context.globalAlpha = 0.06
  context.fillStyle = space.colours.you
  context.fillRect(left, 0, space.width - left, space.height)
  // The edge is fainter than the time cursor, which is of the same colour.
  context.globalAlpha = 0.4
  context.fillRect(left, 0, 1, space.height)
  context.globalAlpha = 1
}

/** Its name, over the grid, upright where the room is narrow; gives back where it stands. `top`: where words may begin. */
export const nameUnseen = (space: Sheet, lockboxMs: number, top: number): Box | null => {
  const { context } = space
  const left = unseenFrom(space, lockboxMs)
  if (left === null) return null
  context.font = font(space)
  context.fillStyle = space.colours.you
  context.textBaseline = 'middle'
  const rim = space.colours.ground
  const room = space.width - left
  const wide = context.measureText(word).width
  const y = top + 5
  if (room >= wide + 2 * wordGap) {
    const x = left + Math.min(8, (room - wide) / 2)
    rimmed(context, word, { x, y: y + lineHeight / 2, rim })
    return { x, y, w: wide, h: lineHeight }
  }
  if (room < uprightRoom) return null
  context.save()
  context.translate(left + room / 2, y)
  context.rotate(Math.PI / 2)
  rimmed(context, word, { x: 0, y: 0, rim })
  context.restore()
  return { x: left, y, w: room, h: wide }
}

const drawArea = (space: Sheet, area: Area | null, colour: string): void => {
  const { context } = space
  if (area === null || !seen(space, area.fromMs, area.toMs)) return
  const left = xOf(space, area.fromMs)
  const width = xOf(space, area.toMs) - left
  if (width < leastBox) return
  const [top, bottom] = [space.y(area.from), space.y(area.to)].sort((a, b) => a - b)
  context.globalAlpha = 0.08
  context.fillStyle = colour
  context.fillRect(left, top ?? 0, width, (bottom ?? 0) - (top ?? 0))
  context.globalAlpha = 1
}

export const drawAreas = (space: Sheet, { risk, rewards }: TradePath): void => {
  drawArea(space, risk, space.colours.neg)
  for (const reward of rewards) drawArea(space, reward, space.colours.pos)
}

/** Lowest and highest price of a trade while it is in sight. */
export const rangeOfPath = (path: TradePath | null, grid: Grid, [from, to]: readonly [number, number]) => {
  if (path === null || placeOf(grid, path.endMs) < from || placeOf(grid, path.entryMs) > to) return null
  const prices = [
    path.entryPrice,
    ...path.stops.map(({ price }) => price),
    ...path.exits.map(({ price }) => price),
    // An open target far away must not flatten the candles.
    ...path.targets.filter(({ filled }) => filled).map(({ price }) => price),
  ]
  return [Math.min(...prices), Math.max(...prices)] as const
}
