// Everything of ours on the candles, in order: what lies under them, and over them marks, paths and words with their places.
import { stintsOf } from './bars'
import { drawBand } from './drawBand'
import { drawAreas, drawHoles, drawUnseen, nameUnseen } from './drawGround'
import { drawPath, placePath } from './drawPath'
import { drawMisses, drawQuestion, drawWhatIf, type PlacedMiss, spotOfQuestion } from './drawQuestion'
import { drawPivots, type PlacedPivot } from './drawStructure'
import { boxOfMark, drawMarks, type MarkGround, placeMarks, spotOf } from './drawTrades'
import { barAt } from './grid'
import { type Box, Places } from './labels'
import type { Pack, Scene } from './pack'
import type { Sheet, Space } from './space'
import type { Mark } from './trades'

export interface Picture {
  readonly pack: Pack | null
  readonly scene: Scene
  /** Of those of the scene, what is in sight. */
  readonly marks: readonly Mark[]
  /** What stands over the picture and is not ours to draw: names, values, buttons. */
  readonly legend: readonly Box[]
}

/** What can be asked about with the mouse. */
export interface Drawn {
  readonly marks: readonly Mark[]
  readonly pivots: readonly PlacedPivot[]
  readonly misses: readonly PlacedMiss[]
}

export const nothingDrawn: Drawn = { marks: [], pivots: [], misses: [] }

/** Low and high of the bars of a pack. */
export const groundOf = (pack: Pack | null): MarkGround => ({
  barOf: (ms) => {
    if (pack === null) return null
    const { places, window, grid } = pack
    const at = places[barAt(grid, ms)] ?? -1
    const [low, high] = [window.low[at], window.high[at]]
    return low === undefined || high === undefined ? null : [low, high]
  },
})

/** Close of the bar that holds an instant; null in a hole and outside. */
export const closeIn = (pack: Pack | null, ms: number): number | null => {
  if (pack === null) return null
  const { places, window, grid } = pack
  return window.close[places[barAt(grid, ms)] ?? -1] ?? null
}

/** Of the height of the candles, at their foot. */
export const volumeShare = 0.11

/** Bars that are looked at under one word. */
const mostLooks = 24

/** How many bars lie under a box. */
export const crowdOf =
  (space: Space, { places, window }: Pick<Pack, 'places' | 'window'>) =>
  (box: Box): number => {
    const index = (x: number): number => Math.round((x - space.x(0)) / space.step)
    const [from, to] = [Math.max(0, index(box.x)), Math.min(places.length - 1, index(box.x + box.w))]
    const stride = Math.max(1, Math.ceil((to - from) / mostLooks))
    let count = 0
    for (let i = from; i <= to; i += stride) {
      const at = places[i] ?? -1
      const [low, high] = [window.low[at], window.high[at]]
      if (low === undefined || high === undefined) continue
      if (space.y(high) < box.y + box.h && space.y(low) > box.y) count += 1
    }
    return count
  }

const bottomOf = (boxes: readonly Box[]): number => Math.max(0, ...boxes.map(({ y, h }) => y + h))

export const drawUnder = (sheet: Sheet, { pack, scene }: Pick<Picture, 'pack' | 'scene'>): void => {
  const { lockboxMs, path } = scene
  drawHoles(sheet, pack?.holes ?? [])
  if (lockboxMs !== null) drawUnseen(sheet, lockboxMs)
  if (path !== null) drawAreas(sheet, path)
}

/** Gives back what was drawn of what can be asked about. */
export const drawOver = (sheet: Sheet, { pack, scene, marks, legend }: Picture): Drawn => {
  const { path, question, structure, whatIf, lockboxMs } = scene
  const ground = groundOf(pack)
  const places = new Places(sheet, pack === null ? undefined : crowdOf(sheet, pack))
  for (const box of legend) places.block(box)
  const unseen = lockboxMs === null ? null : nameUnseen(sheet, lockboxMs, bottomOf(legend))
  if (unseen !== null) places.block(unseen)
  // Words over the columns of the volume would be read as belonging to them.
  const volumeTop = sheet.height * (1 - volumeShare)
  if (scene.volume) places.block({ x: 0, y: volumeTop, w: sheet.width, h: sheet.height - volumeTop })
  // One trade is looked at: the others step back.
  const ofPath = (mark: Mark): boolean => path !== null && mark.trade.entryMs === path.entryMs
  const chosen = marks.filter(ofPath)
  for (const mark of chosen) places.block(boxOfMark(spotOf(sheet, mark, ground)))
  const asked = question === null ? null : spotOfQuestion(sheet, question, ground)
  if (asked !== null) places.block(boxOfMark(asked))
  const others = placeMarks(
    sheet,
    marks.filter((mark) => !ofPath(mark)),
    { places, ground },
  )
  const labels = path === null ? [] : placePath(sheet, path, { places, ground })
  const pivots = structure ? drawPivots(sheet, { pivots: pack?.pivots ?? [], places, words: path === null }) : []
  sheet.context.globalAlpha = path === null ? 1 : 0.4
  drawMarks(sheet, others, ground)
  sheet.context.globalAlpha = 1
  if (path !== null) drawPath(sheet, path, labels)
  drawMarks(sheet, chosen, ground)
  if (whatIf !== null) drawWhatIf(sheet, whatIf, places)
  if (question !== null) drawQuestion(sheet, question, { places, ground })
  const misses = drawMisses(sheet, pack?.misses ?? [], { places, ground })
  const band = pack?.band ?? null
  if (band !== null)
    drawBand(sheet, band, stintsOf(band.values, { from: Math.floor(sheet.from) - 1, to: Math.ceil(sheet.to) + 1 }))
  return { marks: [...others, ...chosen], pivots, misses }
}
