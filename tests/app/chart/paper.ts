// A canvas context that draws nothing and remembers all: what was stroked, filled and written, where and in which colour.
import type { Grid } from '../../../app/chart/grid'
import type { Sheet, Space } from '../../../app/chart/space'
import type { Colours } from '../../../app/chart/theme'
import { rowOf, tfMs } from '../../../blocks/kit/timeframe'

export const hour = tfMs['1h']
export const t0 = Date.UTC(2024, 0, 1)
/** 100 bars of an hour from t0. */
export const grid: Grid = { tf: '1h', row0: rowOf('1h', t0), rows: 100 }

/** Every token by its own name. */
export const colours = new Proxy({} as Colours, { get: (_, name) => String(name) })

export interface Done {
  readonly what: 'stroke' | 'fill' | 'text' | 'rect'
  readonly colour: string
  readonly alpha: number
  readonly dash: readonly number[]
  /** Points of the path, or left and top. */
  readonly at: readonly (readonly [x: number, y: number])[]
  readonly text?: string
}

type Point = readonly [number, number]
type Rect = readonly [x: number, y: number, w: number, h: number]

const corners = (x: number, y: number, [w, h]: Point): Point[] => [
  [x, y],
  [x + w, y + h],
]

class Paper {
  readonly done: Done[] = []
  fillStyle = ''
  strokeStyle = ''
  globalAlpha = 1
  lineWidth = 1
  font = ''
  textBaseline = ''
  textAlign = ''
  lineJoin = ''
  private dash: readonly number[] = []
  private path: Point[] = []
  private origin: Point = [0, 0]

  private note(what: Done['what'], colour: string, more: Pick<Done, 'at' | 'text'>): void {
    const { globalAlpha: alpha, dash } = this
    this.done.push({ what, colour, alpha, dash, ...more })
  }
  beginPath(): void {
    this.path = []
  }
  closePath(): void {}
  moveTo(x: number, y: number): void {
    this.path.push([x, y])
  }
  lineTo(x: number, y: number): void {
    this.path.push([x, y])
  }
  arc(x: number, y: number): void {
    this.path.push([x, y])
  }
  rect(x: number, y: number): void {
    this.path.push([x, y])
  }
  roundRect(x: number, y: number): void {
    this.path.push([x, y])
  }
  stroke(): void {
    this.note('stroke', this.strokeStyle, { at: this.path })
  }
  fill(): void {
    this.note('fill', this.fillStyle, { at: this.path })
  }
  fillRect(...[x, y, w, h]: Rect): void {
    this.note('rect', this.fillStyle, { at: corners(x, y, [w, h]) })
  }
  strokeRect(...[x, y, w, h]: Rect): void {
    this.note('stroke', this.strokeStyle, { at: corners(x, y, [w, h]) })
  }
  fillText(text: string, x: number, y: number): void {
    const [left, top] = this.origin
    this.note('text', this.fillStyle, { at: [[left + x, top + y]], text })
  }
  strokeText(): void {}
  measureText(text: string): { width: number } {
    return { width: 6 * text.length }
  }
  setLineDash(dash: readonly number[]): void {
    this.dash = dash
  }
  save(): void {}
  restore(): void {
    this.origin = [0, 0]
  }
  /** Turns nothing: what is turned stands at its origin. */
  rotate(): void {}
  translate(x: number, y: number): void {
    this.origin = [x, y]
  }
  clip(): void {}
}

/** 400 px wide for 100 bars of 4 px; prices 0 to 100 from the foot to the top of 200 px. */
export const sheetOf = (change: Partial<Space> = {}): { readonly sheet: Sheet; readonly done: Done[] } => {
  const paper = new Paper()
  const space: Space = {
    grid,
    width: 400,
    height: 200,
    step: 4,
    x: (place) => 2 + 4 * place,
    y: (price) => 200 - 2 * price,
    colours,
    from: -0.5,
    to: 99.5,
    ...change,
  }
  // Only what the drawings call is there.
  return { sheet: { ...space, context: paper as unknown as CanvasRenderingContext2D }, done: paper.done }
}

export const texts = (done: readonly Done[]): string[] => done.flatMap(({ text }) => text ?? [])
