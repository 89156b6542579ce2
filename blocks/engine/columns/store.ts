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
}

const bytesOf = (columns: NodeColumns): number => {
  let bytes = 0
  for (const column of Object.values(columns.outputs)) {
    if (column instanceof Float64Array) bytes += column.byteLength
    else if ('t' in column) bytes += 2 * column.t.byteLength
  }
  return bytes
}

const onlyBits = (columns: NodeColumns): boolean =>
  Object.values(columns.outputs).every((column) => !(column instanceof Float64Array) && 't' in column)

/** Least recently used first out, number columns before bits. Frames belong to the workspace and do not count. */
export class ColumnStore {
  private readonly held = new Map<string, NodeColumns>()
  private bytes = 0

  constructor(private readonly budget: number) {}

  get(key: string): NodeColumns | undefined {
    const found = this.held.get(key)
    if (found !== undefined) {
      this.held.delete(key)
      this.held.set(key, found)
    }
    return found
  }

  set(key: string, columns: NodeColumns): void {
    this.held.set(key, columns)
    this.bytes += bytesOf(columns)
    if (this.bytes > this.budget) this.evict(key)
  }

  private evict(keep: string): void {
    for (const bitsToo of [false, true])
      for (const [key, columns] of this.held) {
        if (this.bytes <= this.budget) return
        if (key === keep || (!bitsToo && onlyBits(columns))) continue
        this.held.delete(key)
        this.bytes -= bytesOf(columns)
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
