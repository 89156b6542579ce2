// Words on the equity curve: what the quiet line is, and where the run was deepest under water.
import { day, percent } from '../results/format'
import type { EquityLines } from './equityLines'
import { Places } from './labels'
import type { Sheet } from './space'

const lineHeight = 14

const font = (sheet: Sheet): string => `500 11px ${sheet.colours.font}`

/** Index of the lowest value; -1: the run was never under water. */
export const deepestOf = (underwater: readonly number[]): number => {
  let found = -1
  underwater.forEach((value, i) => {
    if (value < 0 && value < (underwater[found] ?? 0)) found = i
  })
  return found
}

/** Depth and day of the deepest point, beside its dot. */
export const drawDeepest = (sheet: Sheet, { underwater, dayMs }: EquityLines): void => {
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
  const text = `${percent(100 * value)} on ${day(ms)}`
  const ask = { x, y, w: context.measureText(text).width, h: lineHeight, prefer: 'right' as const }
  const box = new Places(sheet).take(ask)
  if (box !== null) context.fillText(text, box.x, box.y + lineHeight / 2)
}

/** Where along the line its name stands, as a share of the picture. */
const nameAt = 0.4

/** `values` in the unit of the scale. */
export const drawHoldingName = (sheet: Sheet, values: readonly number[], taken: readonly number[]): void => {
  const { context, colours } = sheet
  const index = Math.round((nameAt * sheet.width - sheet.x(0)) / sheet.step)
  const value = values[index]
  if (value === undefined || !Number.isFinite(value)) return
  context.font = font(sheet)
  context.textBaseline = 'middle'
  context.fillStyle = colours.hint
  const text = 'buy and hold'
  const places = new Places(sheet)
  // Off the line of the run, which is the one that counts.
  taken.forEach((own, i) => {
    const [x, y] = [sheet.x(i), sheet.y(own)]
    if (x >= 0 && x <= sheet.width && Number.isFinite(y)) places.block({ x: x - 2, y: y - 2, w: 4, h: 4 })
  })
  const ask = { x: sheet.x(index), y: sheet.y(value), w: context.measureText(text).width, h: lineHeight }
  const box = places.take({ ...ask, prefer: 'above' })
  if (box !== null) context.fillText(text, box.x, box.y + lineHeight / 2)
}
