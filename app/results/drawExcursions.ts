// The cloud of trades by their worst and best moment on a canvas: won as circles, lost as squares, the stop as a line.
import { outcomeOf } from '../../blocks/engine/metrics/outcome'
import { rimmed } from '../chart/ink'
import type { Colours } from '../chart/theme'
import { againstText, type Excursion, type Excursions, edgeText, type MeasuredTrade, ticksOf } from './distribution'

export interface Ground {
  readonly width: number
  readonly height: number
}

/** Room for the numbers at the left and below, and for half of a mark at the other edges, px. */
const room = { left: 22, right: 5, top: 6, bottom: 18 }
const half = 2.5

export interface Spot {
  readonly x: number
  readonly y: number
}

/** What lies beyond the scales stands on their edge. */
export const spotOf = ({ mae, mfe }: Pick<Excursion, 'mae' | 'mfe'>, ends: Excursions, ground: Ground): Spot => {
  const wide = ground.width - room.left - room.right
  const high = ground.height - room.top - room.bottom
  return {
    x: room.left + (wide * Math.min(Math.max(mae, 0), ends.mae)) / ends.mae,
    y: room.top + high - (high * Math.min(Math.max(mfe, 0), ends.mfe)) / ends.mfe,
  }
}

/** How far from a mark the pointer may be, px. */
const reach = 10

/** Index of the nearest point; null: none is near. */
export const nearest = (ends: Excursions, ground: Ground, at: Spot): number | null => {
  let found: number | null = null
  let best = reach
  ends.points.forEach((point, i) => {
    const { x, y } = spotOf(point, ends, ground)
    const distance = Math.hypot(x - at.x, y - at.y)
    if (distance >= best) return
    best = distance
    found = i
  })
  return found
}

type Context = CanvasRenderingContext2D

const drawScales = (context: Context, ends: Excursions, { ground, colours }: Look): void => {
  const foot = spotOf({ mae: 0, mfe: 0 }, ends, ground)
  const corner = spotOf({ mae: ends.mae, mfe: ends.mfe }, ends, ground)
  context.font = `400 10px ${colours.font}`
  context.fillStyle = colours.hint
  context.strokeStyle = colours.grid
  context.lineWidth = 1
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const r of ticksOf(0, ends.mfe, 5)) {
    const y = Math.round(spotOf({ mae: 0, mfe: r }, ends, ground).y) + 0.5
    context.beginPath()
    context.moveTo(foot.x, y)
    context.lineTo(corner.x, y)
    context.stroke()
    context.fillText(edgeText(r).replace('+', ''), foot.x - 6, y)
  }
  const edge = ground.width - context.measureText('\u22120.0').width / 2
  context.textAlign = 'center'
  for (const r of ticksOf(0, ends.mae, 5))
    context.fillText(againstText(r), Math.min(edge, spotOf({ mae: r, mfe: 0 }, ends, ground).x), foot.y + 11)
  const stop = Math.round(spotOf({ mae: 1, mfe: 0 }, ends, ground).x) + 0.5
  context.strokeStyle = colours.neg
  context.setLineDash([2, 2])
  context.beginPath()
  context.moveTo(stop, corner.y)
  context.lineTo(stop, foot.y)
  context.stroke()
  context.setLineDash([])
}

/** Over the points. */
const nameStop = (context: Context, ends: Excursions, { ground, colours }: Look): void => {
  const { x, y } = spotOf({ mae: 1, mfe: ends.mfe }, ends, ground)
  context.fillStyle = colours.neg
  context.textAlign = 'right'
  rimmed(context, 'stop', { x: x - 4, y: y + 6, rim: colours.panel })
}

interface Point extends Spot {
  readonly trade: MeasuredTrade
}

const drawPoint = (context: Context, { x, y, trade }: Point, colours: Colours): void => {
  const outcome = outcomeOf(trade)
  context.beginPath()
  if (outcome === 'loss') {
    context.strokeStyle = colours.neg
    context.rect(x - half, y - half, 2 * half, 2 * half)
    context.stroke()
    return
  }
  context.fillStyle = outcome === 'win' ? colours.pos : colours.hint
  context.arc(x, y, half, 0, 2 * Math.PI)
  context.fill()
}

export interface Look {
  readonly ground: Ground
  readonly colours: Colours
  /** Index of the point that is pointed at. */
  readonly at: number | null
}

export const drawExcursions = (context: Context, ends: Excursions, look: Look): void => {
  const { ground, colours, at } = look
  context.clearRect(0, 0, ground.width, ground.height)
  drawScales(context, ends, look)
  context.lineWidth = 1
  context.globalAlpha = 0.75
  for (const point of ends.points) drawPoint(context, { ...spotOf(point, ends, ground), trade: point.trade }, colours)
  context.globalAlpha = 1
  nameStop(context, ends, look)
  const chosen = at === null ? undefined : ends.points[at]
  if (chosen === undefined) return
  const spot = spotOf(chosen, ends, ground)
  drawPoint(context, { ...spot, trade: chosen.trade }, colours)
  context.strokeStyle = colours.you
  context.lineWidth = 2
  context.beginPath()
  context.arc(spot.x, spot.y, 6, 0, 2 * Math.PI)
  context.stroke()
}
