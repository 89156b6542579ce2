// Swing pivots over the candles, and the band of a condition or kind at the foot of the picture.
import type { Stint } from './bars'
import { closeOf } from './grid'
import type { DrawnPivot } from './pivots'
import { barX, type Sheet, seen, xOf } from './space'

/** Narrower bars leave no room for words, nor for pivots at all. */
const wordStep = 4
const leastStep = 2.5

const drawPivot = (space: Sheet, pivot: DrawnPivot, { lastMs, words }: { lastMs: number; words: boolean }): void => {
  const { context } = space
  const { formedMs, knownMs, price, kind, label, untilMs } = pivot
  const y = space.y(price)
  const formed = barX(space, formedMs)
  // Known at a close: at the bar that closes then, not at the one that opens.
  const known = barX(space, knownMs - 1)
  const until = xOf(space, Math.max(knownMs, untilMs ?? lastMs))
  const line = Math.round(y) + 0.5
  context.strokeStyle = space.colours.level
  context.lineWidth = 1
  context.globalAlpha = 0.9
  context.beginPath()
  context.moveTo(formed, line)
  context.lineTo(known, line)
  context.stroke()
  context.globalAlpha = 0.32
  context.beginPath()
  context.moveTo(known, line)
  context.lineTo(until, line)
  context.stroke()
  context.globalAlpha = 1
  context.beginPath()
  context.arc(formed, y, 2.5, 0, 2 * Math.PI)
  context.fillStyle = space.colours.ground
  context.fill()
  context.stroke()
  context.beginPath()
  context.arc(known, y, 2, 0, 2 * Math.PI)
  context.fillStyle = space.colours.level
  context.fill()
  if (label === null || !words || space.step < wordStep) return
  context.fillText(label, formed, kind === 'high' ? y - 9 : y + 9)
}

/** `words`: HH, HL, LH, LL beside each; left out where other words need the room. */
export const drawPivots = (space: Sheet, pivots: readonly DrawnPivot[], words: boolean): void => {
  const { context } = space
  if (space.step < leastStep) return
  context.font = `500 10.5px ${space.colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const lastMs = closeOf(space.grid, space.grid.rows - 1)
  for (const pivot of pivots)
    if (seen(space, pivot.formedMs, Math.max(pivot.knownMs, pivot.untilMs ?? lastMs)))
      drawPivot(space, pivot, { lastMs, words })
  context.textAlign = 'start'
}

export interface Band {
  readonly name: string
  readonly values: Float64Array
  /** Names of a kind's codes; null: true, false and unknown. */
  readonly kinds: readonly string[] | null
}

const conditionHeight = 8
const kindHeight = 18

const wordOf = ({ value }: Stint, { kinds }: Band): string => (Number.isNaN(value) ? 'unknown' : (kinds?.[value] ?? ''))

/** True filled, false an empty frame, unknown a dashed line: never by colour alone. */
const drawVerdict = (space: Sheet, box: { x: number; y: number; w: number }, stint: Stint): void => {
  const { context } = space
  const { x, y, w } = box
  context.setLineDash([])
  if (stint.value === 1) {
    context.fillStyle = space.colours.pos
    context.fillRect(x, y, w, conditionHeight)
    return
  }
  context.strokeStyle = space.colours.lineHover
  context.beginPath()
  if (Number.isNaN(stint.value)) {
    context.setLineDash([2, 3])
    context.moveTo(x, y + conditionHeight / 2)
    context.lineTo(x + w, y + conditionHeight / 2)
  } else {
    context.moveTo(x, y + conditionHeight - 0.5)
    context.lineTo(x + w, y + conditionHeight - 0.5)
  }
  context.stroke()
  context.setLineDash([])
}

export const drawBand = (space: Sheet, band: Band, stints: readonly Stint[]): void => {
  const { context } = space
  const height = band.kinds === null ? conditionHeight : kindHeight
  const y = space.height - height
  context.globalAlpha = 0.82
  context.fillStyle = space.colours.ground
  context.fillRect(0, y - 16, space.width, height + 16)
  context.globalAlpha = 1
  context.lineWidth = 1
  context.font = `500 10.5px ${space.colours.font}`
  context.textBaseline = 'middle'
  for (const stint of stints) {
    const x = Math.max(0, space.x(stint.from - 0.5))
    const w = Math.min(space.width, space.x(stint.to + 0.5)) - x
    if (w <= 0) continue
    if (band.kinds === null) {
      drawVerdict(space, { x, y, w }, stint)
      continue
    }
    context.fillStyle = space.colours.hover
    context.fillRect(x, y, Math.max(0, w - 1), height)
    const word = wordOf(stint, band)
    context.fillStyle = space.colours.body
    if (context.measureText(word).width + 10 < w) context.fillText(word, x + 5, y + height / 2)
  }
  context.fillStyle = space.colours.hint
  context.fillText(band.name, 8, y - 8)
}
