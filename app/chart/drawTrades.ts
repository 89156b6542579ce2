// Marks of trades on the candles: where each stands, which are drawn where there are many, and which is clicked on.
import { triangle } from './ink'
import type { Box, Places } from './labels'
import { barX, type Sheet, type Space } from './space'
import type { Mark } from './trades'

/** How far a mark of an entry stands from its bar, px. */
export const away = 10

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
