// Words on the equity curve: what the quiet line is, and where the run was deepest under water.
import { day, percent } from '../results/format'
import type { EquityLines } from './equityLines'
import { font, lineHeight, rimmed } from './ink'
import { Places } from './labels'
import { type Sheet, xOf } from './space'

/** Index of the lowest value; -1: the run was never under water. */
export const deepestOf = (underwater: readonly number[]): number => {
  let found = -1
  underwater.forEach((value, i) => {
    if (value < 0 && value < (underwater[found] ?? 0)) found = i
  })
  return found
}

export interface EquityGround {
  /** Unseen data begin there; null: nobody knows. */
  readonly lockboxMs: number | null
  /** Above it the figures stand, px. */
  readonly top: number
}

/** Room for words: neither under the figures, nor on a line, nor where the data are unseen. */
const placesOf = (sheet: Sheet, { lockboxMs, top }: EquityGround, lines: readonly (readonly number[])[]): Places => {
  const places = new Places(sheet)
  places.block({ x: 0, y: 0, w: sheet.width, h: top })
  const from = lockboxMs === null ? sheet.width : Math.max(0, xOf(sheet, lockboxMs))
  if (from < sheet.width) places.block({ x: from, y: 0, w: sheet.width - from, h: sheet.height })
  for (const values of lines)
    values.forEach((value, i) => {
      const [x, y] = [sheet.x(i), sheet.y(value)]
      if (x >= 0 && x <= sheet.width && Number.isFinite(y)) places.block({ x: x - 2, y: y - 2, w: 4, h: 4 })
    })
  return places
}

/** Depth and day of the deepest point, beside its dot. */
export const drawDeepest = (sheet: Sheet, { underwater, dayMs }: EquityLines, ground: EquityGround): void => {
  const { context, colours } = sheet
  const index = deepestOf(underwater)
  const [value, ms] = [underwater[index], dayMs[index]]
  if (value === undefined || ms === undefined) return
  const [x, y] = [sheet.x(index), sheet.y(value)]
  if (x < 0 || x > sheet.width) return
  context.fillStyle = colours.neg
  context.beginPath()
  context.arc(x, y, 3, 0, 2 * Math.PI)
  context.fill()
  context.font = font(sheet)
  context.textBaseline = 'middle'
  // The figure above the chart is judged at every bar and may lie deeper.
  const text = `${percent(100 * value)} at the close of ${day(ms)}`
  const ask = { x, y, w: context.measureText(text).width, h: lineHeight, prefer: 'right' as const }
  const box = placesOf(sheet, ground, [underwater]).take(ask)
  if (box !== null) context.fillText(text, box.x, box.y + lineHeight / 2)
}

/** Where along the line its name may stand, as shares of the picture: the first with room. */
const namesAt = [0.4, 0.55, 0.25, 0.7, 0.1]

interface Beside {
  readonly values: readonly number[]
  readonly own: readonly number[]
  readonly name: string
}

/** `values` and `own` in the unit of the scale: of the quiet line, and of the run. */
export const drawBesideName = (sheet: Sheet, { values, own, name: text }: Beside, ground: EquityGround): void => {
  const { context, colours } = sheet
  context.font = font(sheet)
  context.textBaseline = 'middle'
  context.fillStyle = colours.hint
  const places = placesOf(sheet, ground, [values, own])
  for (const share of namesAt) {
    const index = Math.round((share * sheet.width - sheet.x(0)) / sheet.step)
    const value = values[index]
    if (value === undefined || !Number.isFinite(value)) continue
    const ask = { x: sheet.x(index), y: sheet.y(value), w: context.measureText(text).width, h: lineHeight }
    const box = places.take({ ...ask, prefer: 'above' })
    if (box === null) continue
    rimmed(context, text, { x: box.x, y: box.y + lineHeight / 2, rim: colours.ground })
    return
  }
}
