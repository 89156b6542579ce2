// The kernels of a trade-scope program over a window of decision rows: market columns are seen through views, outputs
// are the window's own, so that one row or many can be run in place.
import { type Bits, blank, getBit } from '../kit/bits'
import type { LogicType } from '../kit/logic'
import type { AnyColumn } from './columns/store'
import type { TradeValues } from './plan'

export type Cells = Readonly<Record<string, Float64Array | Bits>>

/** Where a port takes its rows from: an earlier stage, a column of the market, or a constant. */
export type Source =
  | { readonly slot: number; readonly output: string }
  | { readonly column: AnyColumn }
  | { readonly constant: number }

export interface Stage {
  readonly type: LogicType
  readonly params: Readonly<Record<string, unknown>>
  readonly newMemory: () => object
  /** Empty output columns of so many rows. */
  readonly newOutputs: (rows: number) => Cells
  /** By port; a list port has several. */
  readonly inputs: Readonly<Record<string, Source | readonly Source[]>>
}

/** Outputs of `trade` by name. */
const tradeValue: Readonly<Record<string, (values: TradeValues) => number>> = {
  entry_price: (values) => values.entryPrice,
  stop_price: (values) => values.stopPrice,
  bars: (values) => values.bars,
  r: (values) => values.r,
  mae_r: (values) => values.maeR,
  mfe_r: (values) => values.mfeR,
  open_share: (values) => values.openShare,
}

/** An output of `trade` and how its value is read. */
interface Told {
  readonly column: Float64Array
  readonly read: (values: TradeValues) => number
}

const toldBy = ({ type }: Stage, outputs: Cells): readonly Told[] | null =>
  type.feed !== 'trade'
    ? null
    : Object.entries(outputs).flatMap(([name, column]) =>
        column instanceof Float64Array ? [{ column, read: tradeValue[name] }] : [],
      )

const isList = (source: Source | readonly Source[]): source is readonly Source[] => Array.isArray(source)

/** Rows that a window shows, a multiple of 32: long enough that moving it costs nothing beside what is computed in it. */
const windowRows = 8192

/** The grid that the rows belong to. */
interface Grid {
  readonly hole: Uint32Array
  readonly row0: number
}

export class Window {
  readonly outputs: readonly Cells[]
  private readonly conditions: readonly (readonly Bits[])[]
  /** Frame row of the window's row 0. */
  start = Number.NaN
  private inputs: readonly Readonly<Record<string, unknown>>[] = []
  private hole = new Uint32Array(0)
  private readonly constants = new Map<number, Float64Array>()
  /** By slot: what a stage is told of the trade; null where a kernel computes. */
  private readonly told: readonly (readonly Told[] | null)[]

  constructor(
    private readonly stages: readonly Stage[],
    private readonly grid: Grid,
  ) {
    this.outputs = stages.map(({ newOutputs }) => newOutputs(windowRows))
    this.told = stages.map((stage, slot) => toldBy(stage, this.outputs[slot]))
    this.conditions = this.outputs.map((outputs) =>
      Object.values(outputs).flatMap((column) => (column instanceof Float64Array ? [] : [column])),
    )
  }

  /** Moves the window so that it shows rows [i, end), fewer than half of what it holds. */
  show(i: number, end: number): void {
    if (i >= this.start && end <= this.start + windowRows) return
    this.start = i & ~31
    this.hole = this.grid.hole.slice(this.start >>> 5, (this.start + windowRows) >>> 5)
    this.inputs = this.stages.map(({ inputs }) =>
      Object.fromEntries(
        Object.entries(inputs).map(([port, source]) => [
          port,
          isList(source) ? source.map((one) => this.view(one)) : this.view(source),
        ]),
      ),
    )
  }

  private view(source: Source): Float64Array | Bits {
    if ('slot' in source) return this.outputs[source.slot][source.output]
    if ('constant' in source) return this.constant(source.constant)
    const { column } = source
    const end = this.start + windowRows
    if (column instanceof Float64Array) return column.subarray(this.start, end)
    if (!('t' in column)) throw new Error('bars are no input of a trade-scope node')
    const words: [number, number] = [this.start >>> 5, end >>> 5]
    return { t: column.t.subarray(...words), f: column.f.subarray(...words) }
  }

  private constant(value: number): Float64Array {
    const found = this.constants.get(value)
    if (found !== undefined) return found
    const made = new Float64Array(windowRows).fill(value)
    this.constants.set(value, made)
    return made
  }

  /** Runs every kernel, in order, over rows [i, end) of the frame, which the window must show. */
  run(kernels: readonly object[], [i, end]: readonly [number, number], values: TradeValues): void {
    const [from, to] = [i - this.start, end - this.start]
    const row0 = this.grid.row0 + this.start
    for (let slot = 0; slot < this.stages.length; slot++) {
      const { type, params } = this.stages[slot]
      const told = this.told[slot]
      if (told === null) type.run?.(kernels[slot], this.inputs[slot], this.outputs[slot], params, from, to, row0)
      else for (const { column, read } of told) column[from] = read(values)
      this.blankHoles(slot, from, to)
    }
  }

  /** In a hole every condition is unknown (S5). */
  private blankHoles(slot: number, from: number, to: number): void {
    if (to - from === 1 && !getBit(this.hole, from)) return
    for (const bits of this.conditions[slot]) blank(bits, this.hole, [from, to])
  }
}
