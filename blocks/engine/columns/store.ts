// The bounded cache of computed columns: keyed by content, numbers leave first, bits stay (engine.md, planner).
import type { Bits } from '../../kit/bits'
import type { BarColumns } from '../../kit/logic'
import type { Frame } from '../frame'

export type AnyColumn = Float64Array | Bits | BarColumns

/** Infinite values of one output, which became unknown. */
export interface Infinite {
  readonly output: string
  readonly rows: number
  readonly firstRow: number
}

/** Outputs of one node on its clock, and the rows at which its conditions are unknown because a bar is missing. */
export interface NodeColumns {
  readonly outputs: Readonly<Record<string, AnyColumn>>
  readonly hole: Uint32Array
  /** Rows of its clock: the frame that gives the grid. */
  readonly grid: Frame
  /** Kept with the columns: every run that takes them from the cache must tell it again. */
  readonly infinite: readonly Infinite[]
  /** First row with a value, by output of numbers; the number of rows when there is none. */
  readonly firstKnown: Readonly<Record<string, number>>
}

const isBits = (column: AnyColumn): column is Bits => !(column instanceof Float64Array) && 't' in column

/** Columns of bars belong to the workspace and do not count. */
const bytesOf = (column: AnyColumn): number =>
  column instanceof Float64Array ? column.byteLength : isBits(column) ? 2 * column.t.byteLength : 0

/** Something of the cache: the columns of a node, or one column made from another. */
interface Held {
  readonly node: NodeColumns | null
  readonly column: AnyColumn | null
  readonly bytes: number
  readonly onlyBits: boolean
}

/** Least recently used first out, number columns before bits. */
export class ColumnStore {
  private readonly held = new Map<string, Held>()
  private bytes = 0

  constructor(private readonly budget: number) {}

  get(key: string): NodeColumns | undefined {
    return this.touch(key)?.node ?? undefined
  }

  /** `own`: the columns that this node really holds. */
  set(key: string, columns: NodeColumns, own: readonly AnyColumn[]): void {
    this.keep(key, {
      node: columns,
      column: null,
      bytes: own.reduce((sum: number, column) => sum + bytesOf(column), 0),
      onlyBits: own.every(isBits),
    })
  }

  /** A column that follows from its key alone: one on another clock, a constant. */
  derived<C extends AnyColumn>(key: string, make: () => C): C {
    const found = this.touch(key)?.column
    // A key names one thing, so what stands under it is what `make` would give.
    if (found !== null && found !== undefined) return found as C
    const column = make()
    this.keep(key, { node: null, column, bytes: bytesOf(column), onlyBits: isBits(column) })
    return column
  }

  /** What stands under a key, which is now the last used. */
  private touch(key: string): Held | undefined {
    const found = this.held.get(key)
    if (found !== undefined) {
      this.held.delete(key)
      this.held.set(key, found)
    }
    return found
  }

  private keep(key: string, held: Held): void {
    this.held.set(key, held)
    this.bytes += held.bytes
    if (this.bytes > this.budget) this.evict(key)
  }

  private evict(keep: string): void {
    for (const bitsToo of [false, true])
      for (const [key, { bytes, onlyBits }] of this.held) {
        if (this.bytes <= this.budget) return
        if (key === keep || (!bitsToo && onlyBits)) continue
        this.held.delete(key)
        this.bytes -= bytes
      }
  }

  clear(): void {
    this.held.clear()
    this.bytes = 0
  }

  get size(): number {
    return this.held.size
  }
}
