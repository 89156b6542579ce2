// The band of a condition or kind at the foot of the picture: true, false and unknown, or the word of the kind.
import type { Stint } from './bars'
import type { Sheet } from './space'

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
