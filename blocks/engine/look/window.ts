// What a chart asks for: bars, values of a node and pivots of a stretch of time, on the finest timeframe that fits.
import { countBits, getBit, verdictAt } from '../../kit/bits'
import { closeMsOf, openMsOf, rowOf, type Timeframe, tfMs, timeframes } from '../../kit/timeframe'
import type { AnyColumn } from '../columns/store'
import type { Frame } from '../frame'
import type { PreparedSeat } from '../seats'
import type { Workspace } from '../workspace'

export interface WindowAsk {
  /** [from, to), Unix ms. */
  readonly fromMs: number
  readonly toMs: number
  readonly maxBars: number
  /** Nothing finer is wanted. */
  readonly tf: Timeframe
}

/** One row a bar, ascending; holes left out. */
export interface CandleWindow {
  readonly tf: Timeframe
  readonly openMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** Open of the first and of the last bar that there is on this timeframe, Unix ms; NaN where there is none. */
  readonly firstMs: number
  readonly lastMs: number
}

/** The finest timeframe, of those that bars of `stored` can be made into, on which the stretch has at most `maxBars`. */
export const fittingTimeframe = (ask: WindowAsk, stored: Timeframe): Timeframe => {
  const able = timeframes.filter((tf) => tfMs[tf] >= tfMs[ask.tf] && tfMs[tf] % tfMs[stored] === 0)
  const length = Math.max(0, ask.toMs - ask.fromMs)
  return able.find((tf) => length / tfMs[tf] <= ask.maxBars) ?? able[able.length - 1] ?? stored
}

/** Rows of a frame that open in [from, to). */
const rowsIn = ({ tf, row0, rows }: Frame, { fromMs, toMs }: WindowAsk): [number, number] => {
  const first = rowOf(tf, fromMs)
  const from = openMsOf(tf, first) < fromMs ? first + 1 : first
  const end = rowOf(tf, toMs - 1) + 1
  const inside = (row: number): number => Math.min(rows, Math.max(0, row - row0))
  const i0 = inside(from)
  return [i0, Math.max(i0, inside(end))]
}

/** Open of the first row that is no hole, going from `i` by `step`. */
const existing = ({ tf, row0, rows, hole }: Frame, i: number, step: 1 | -1): number => {
  let at = i
  while (at >= 0 && at < rows && getBit(hole, at)) at += step
  return at >= 0 && at < rows ? openMsOf(tf, row0 + at) : Number.NaN
}

export const candleWindow = (workspace: Workspace, instrument: string, ask: WindowAsk): CandleWindow => {
  const tf = fittingTimeframe(ask, workspace.market(instrument).bars.tf)
  const frame = workspace.frame(instrument, tf)
  const [i0, i1] = rowsIn(frame, ask)
  const count = i1 - i0 - countBits(frame.hole, i0, i1)
  const blank = (): Float64Array => new Float64Array(count)
  const made = { openMs: blank(), open: blank(), high: blank(), low: blank(), close: blank(), volume: blank() }
  for (let i = i0, k = 0; i < i1; i++) {
    if (getBit(frame.hole, i)) continue
    made.openMs[k] = openMsOf(tf, frame.row0 + i)
    made.open[k] = frame.open[i]
    made.high[k] = frame.high[i]
    made.low[k] = frame.low[i]
    made.close[k] = frame.close[i]
    made.volume[k] = frame.volume[i]
    k += 1
  }
  return { tf, ...made, firstMs: existing(frame, 0, 1), lastMs: existing(frame, frame.rows - 1, -1) }
}

export interface SeriesWindow {
  readonly node: string
  readonly output: string
  /** Close of the bar that a value became known at, Unix ms; ascending. */
  readonly knownMs: Float64Array
  /** NaN: unknown. Of conditions 1 and 0. */
  readonly values: Float64Array
  readonly kinds: readonly string[] | null
}

/** Reads a row of a column as a number; undefined where the column has none (bars, wires). */
const readerOf = (column: AnyColumn): ((i: number) => number) | undefined => {
  if (column instanceof Float64Array) return (i) => column[i]
  if (!('t' in column)) return undefined
  return (i) => [0, Number.NaN, 1][1 + verdictAt(column, i)]
}

/**
 * Values of a node's output on its own clock; where these are too many, one a bar of the finest timeframe that fits: the
 * last one of the bar, of events whether there was one in it. Roles and what exists only inside a trade have no values.
 */
export const seriesWindow = (
  { evaluated }: PreparedSeat,
  { node: path, output }: { readonly node: string; readonly output: string },
  ask: WindowAsk,
): SeriesWindow => {
  const { flat, nodes } = evaluated
  const place = flat.nodes.findIndex((node) => node.path === path)
  const columns = nodes[place] ?? null
  const none = new Float64Array(0)
  const empty = { node: path, output, knownMs: none, values: none, kinds: null }
  if (columns === null || !Object.hasOwn(columns.outputs, output)) return empty
  const read = readerOf(columns.outputs[output])
  if (read === undefined) return empty
  const { grid, hole } = columns
  const socket = flat.nodes[place].sockets[output]
  const tf = fittingTimeframe({ ...ask, tf: tfMs[ask.tf] > tfMs[grid.tf] ? ask.tf : grid.tf }, grid.tf)
  const event = socket.letter === 'E'
  const [i0, i1] = rowsIn(grid, ask)
  const known: number[] = []
  const values: number[] = []
  let bucket = Number.NaN
  for (let i = i0; i < i1; i++) {
    if (getBit(hole, i)) continue
    const row = rowOf(tf, openMsOf(grid.tf, grid.row0 + i))
    const value = read(i)
    const last = values.length - 1
    if (row !== bucket) {
      known.push(closeMsOf(grid.tf, grid.row0 + i))
      values.push(value)
      bucket = row
    } else if (!event || value === 1 || values[last] !== 1) {
      known[last] = closeMsOf(grid.tf, grid.row0 + i)
      values[last] = value
    }
  }
  const kinds = socket.kinds ?? null
  return { node: path, output, knownMs: Float64Array.from(known), values: Float64Array.from(values), kinds }
}

export interface PivotMark {
  readonly node: string
  readonly kind: 'high' | 'low'
  /** Open of the pivot bar and close of the bar that confirmed it, Unix ms. */
  readonly formedMs: number
  readonly knownMs: number
  readonly price: number
}

/** What a node must give for its pivots to be drawn. */
const marksOf = { high: ['high_new', 'high_level', 'high_idx'], low: ['low_new', 'low_level', 'low_idx'] } as const

/** Pivots that formed in a stretch, the newest `maxBars` of them, in the order in which they became known. */
export const pivotsOf = ({ evaluated }: PreparedSeat, ask: WindowAsk): PivotMark[] => {
  const { flat, nodes } = evaluated
  const found: PivotMark[] = []
  flat.nodes.forEach(({ path, sockets }, place) => {
    const columns = nodes[place]
    if (columns === null || sockets['']?.letter !== 'W') return
    const { grid, outputs } = columns
    for (const kind of ['high', 'low'] as const) {
      const [fresh, level, index] = marksOf[kind].map((name) => outputs[name])
      if (!(level instanceof Float64Array) || !(index instanceof Float64Array)) continue
      if (fresh instanceof Float64Array || !('t' in fresh)) continue
      const [i0] = rowsIn(grid, ask)
      for (let i = i0; i < grid.rows; i++) {
        if (!getBit(fresh.t, i)) continue
        const formedMs = openMsOf(grid.tf, index[i])
        if (formedMs >= ask.toMs) break
        if (formedMs < ask.fromMs) continue
        found.push({ node: path, kind, formedMs, knownMs: closeMsOf(grid.tf, grid.row0 + i), price: level[i] })
      }
    }
  })
  found.sort((a, b) => a.knownMs - b.knownMs)
  return found.slice(Math.max(0, found.length - ask.maxBars))
}
