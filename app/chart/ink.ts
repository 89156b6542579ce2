// How words and small forms are put on the chart: one font, one height, a rim of the ground around what lies on candles.
import type { Space } from './space'

type Context = CanvasRenderingContext2D

export const font = (space: Space, weight: 400 | 500 | 600 = 500): string => `${weight} 11px ${space.colours.font}`

/** Of a line of words, px. */
export const lineHeight = 14

/** Words over candles stand on a rim of the ground. */
export const rimmed = (context: Context, text: string, { x, y, rim }: { x: number; y: number; rim: string }): void => {
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = rim
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}

/** Half of the height of a triangle, px. */
const half = 4.5

export const triangle = (context: Context, { x, y }: { x: number; y: number }, up: boolean): void => {
  const tip = up ? -half : half
  context.beginPath()
  context.moveTo(x, y + tip)
  context.lineTo(x + half + 0.5, y - tip)
  context.lineTo(x - half - 0.5, y - tip)
  context.closePath()
}
