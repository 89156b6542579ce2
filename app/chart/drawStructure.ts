// Swing pivots over the candles: where each formed, where it became known, and how long it holds; thinned where room is short.
import { closeOf } from './grid'
import type { Places } from './labels'
import type { DrawnPivot } from './pivots'
import { barX, type Sheet, type Space, seen, xOf } from './space'

/** Room that a ring and a dot need around them, px: nearer ones would be one blot. */
const ringRoom = 12
const dotRoom = 6
/** Nearer than this ring and dot are one, px. */
const leastApart = 3
/** Height of a word, px. */
const wordHeight = 12
/** Pivots that are looked at for one picture: the most important of those in sight. */
const mostPivots = 400

export interface PlacedPivot {
  readonly pivot: DrawnPivot
  /** Middle of the bar that it formed on, and of the one whose close made it known, px. */
  readonly formedX: number
  readonly knownX: number
  readonly untilX: number
  readonly y: number
  /** Left and top of its word; null: there is no room for it. */
  readonly word: { readonly x: number; readonly y: number } | null
}

export interface PivotsAsk {
  /** The most important first. */
  readonly pivots: readonly DrawnPivot[]
  readonly places: Places
  /** Width of a word; null: no words are wanted. */
  readonly widthOf: ((word: string) => number) | null
}

/** Which pivots are drawn and where their words stand: the most important first, none over another. */
export const placePivots = (space: Space, { pivots, places, widthOf }: PivotsAsk): PlacedPivot[] => {
  const lastMs = closeOf(space.grid, space.grid.rows - 1)
  const square = (x: number, y: number, size: number) => ({ x: x - size / 2, y: y - size / 2, w: size, h: size })
  const near = pivots
    .filter(({ formedMs, knownMs, untilMs }) => seen(space, formedMs, Math.max(knownMs, untilMs ?? lastMs)))
    .slice(0, mostPivots)
  const drawn = near.flatMap((pivot): Omit<PlacedPivot, 'word'>[] => {
    const { formedMs, knownMs, untilMs, price } = pivot
    const y = space.y(price)
    const formedX = barX(space, formedMs)
    if (!Number.isFinite(y) || !places.claim(square(formedX, y, ringRoom))) return []
    // Known at a close: at the bar that closes then, not at the one that opens.
    const knownX = barX(space, knownMs - 1)
    places.block(square(knownX, y, dotRoom))
    return [{ pivot, formedX, knownX, untilX: xOf(space, Math.max(knownMs, untilMs ?? lastMs)), y }]
  })
  return drawn.map((placed) => {
    const { label, kind } = placed.pivot
    const inside = placed.formedX >= 0 && placed.formedX <= space.width
    if (label === null || widthOf === null || !inside) return { ...placed, word: null }
    const ask = { x: placed.formedX, y: placed.y, w: widthOf(label), h: wordHeight, only: true }
    return { ...placed, word: places.take({ ...ask, prefer: kind === 'high' ? 'above' : 'below' }) }
  })
}

const drawPivot = ({ context, colours }: Sheet, { pivot, formedX, knownX, untilX, y, word }: PlacedPivot): void => {
  const line = Math.round(y) + 0.5
  context.strokeStyle = colours.level
  context.lineWidth = 1
  context.globalAlpha = 0.9
  context.beginPath()
  context.moveTo(formedX, line)
  context.lineTo(knownX, line)
  context.stroke()
  context.globalAlpha = 0.32
  context.beginPath()
  context.moveTo(knownX, line)
  context.lineTo(untilX, line)
  context.stroke()
  context.globalAlpha = 1
  context.fillStyle = colours.level
  if (word !== null && pivot.label !== null) context.fillText(pivot.label, word.x, word.y + wordHeight / 2)
  context.beginPath()
  context.arc(formedX, y, 2.5, 0, 2 * Math.PI)
  context.fillStyle = colours.ground
  context.fill()
  context.stroke()
  // On coarse bars both may be the same one.
  if (knownX - formedX < leastApart) return
  context.beginPath()
  context.arc(knownX, y, 2, 0, 2 * Math.PI)
  context.fillStyle = colours.level
  context.fill()
}

const wordFont = (space: Space): string => `500 10.5px ${space.colours.font}`

/** Ring where it formed, dot where it became known, thin line while it holds; gives back what was drawn. */
export const drawPivots = (
  sheet: Sheet,
  { pivots, places, words }: { pivots: readonly DrawnPivot[]; places: Places; words: boolean },
): PlacedPivot[] => {
  const { context } = sheet
  context.font = wordFont(sheet)
  context.textBaseline = 'middle'
  const placed = placePivots(sheet, {
    pivots,
    places,
    widthOf: words ? (word) => context.measureText(word).width : null,
  })
  for (const one of placed) drawPivot(sheet, one)
  return placed
}
