// Columns computed block by block: what one kernel writes the next one reads while the processor's cache still holds it.
import { type Bits, bitsOf, blank } from '../../kit/bits'
import type { LogicType } from '../../kit/logic'
import type { Frame } from '../frame'
import type { AnyColumn, Infinite, NodeColumns } from './store'

/** Rows of a block: a multiple of 32, so that conditions are written in whole words. */
const blockRows = 2048

/** An operand that is one value on every row: a spare column, filled anew for each block. */
export interface Constant {
  readonly value: number
  readonly column: Float64Array
}

/** A node to compute: what its kernel reads, and the empty columns that it fills. */
export interface Recipe {
  readonly key: string
  readonly run: NonNullable<LogicType['run']>
  readonly newMemory: () => object
  readonly inputs: Readonly<Record<string, unknown>>
  readonly constants: readonly Constant[]
  readonly outputs: Readonly<Record<string, Float64Array | Bits>>
  /** Outputs of numbers that no node reads: they are written to spare columns, and made again if anybody asks. */
  readonly unread: ReadonlySet<string>
  readonly params: object
  readonly hole: Uint32Array
  readonly grid: Frame
}

/** A column of numbers that is being filled, and what has been seen of it. */
class Numbers {
  firstKnown = -1
  private infiniteRows = 0
  private firstInfinite = -1

  constructor(
    readonly output: string,
    private readonly column: Float64Array,
  ) {}

  /** Infinity is no value: it becomes unknown here and nowhere else, before any other node reads it (engine.md). */
  settle(i0: number, i1: number): void {
    const { column } = this
    if (!allFinite(column, i0, i1)) this.scrub(i0, i1)
    if (this.firstKnown >= 0) return
    for (let i = i0; i < i1; i++) {
      if (Number.isNaN(column[i])) continue
      this.firstKnown = i
      return
    }
  }

  private scrub(i0: number, i1: number): void {
    for (let i = i0; i < i1; i++) {
      const x = this.column[i]
      if (x !== Number.POSITIVE_INFINITY && x !== Number.NEGATIVE_INFINITY) continue
      this.column[i] = Number.NaN
      if (this.infiniteRows === 0) this.firstInfinite = i
      this.infiniteRows += 1
    }
  }

  get infinite(): Infinite | null {
    const { output, infiniteRows, firstInfinite } = this
    return infiniteRows === 0 ? null : { output, rows: infiniteRows, firstRow: firstInfinite }
  }
}

/** x - x is 0 for a finite x and NaN for every other; no sum of the four waits for another. */
const allFinite = (column: Float64Array, i0: number, i1: number): boolean => {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = i0
  for (; i + 3 < i1; i += 4) {
    a += column[i] - column[i]
    b += column[i + 1] - column[i + 1]
    c += column[i + 2] - column[i + 2]
    d += column[i + 3] - column[i + 3]
  }
  for (; i < i1; i++) a += column[i] - column[i]
  return a + b + c + d === 0
}

/** A node on its way. Others may read its columns as far as it has run. */
export class Job {
  private readonly memory: object
  private readonly numbers: readonly Numbers[]
  private readonly bits: readonly Bits[]

  constructor(readonly recipe: Recipe) {
    const outputs = Object.entries(recipe.outputs)
    this.memory = recipe.newMemory()
    this.numbers = outputs.flatMap(([output, x]) => (x instanceof Float64Array ? [new Numbers(output, x)] : []))
    this.bits = outputs.flatMap(([, x]) => (x instanceof Float64Array ? [] : [x]))
  }

  run(i0: number, i1: number): void {
    const { run, inputs, constants, outputs, params, hole, grid } = this.recipe
    for (const { column, value } of constants) column.fill(value, i0, i1)
    run(this.memory, inputs, outputs, params, i0, i1, grid.row0)
    for (const numbers of this.numbers) numbers.settle(i0, i1)
    for (const bits of this.bits) blank(bits, hole, [i0, i1])
  }

  /** Columns that stay: spare ones are the next job's. */
  get kept(): (Float64Array | Bits)[] {
    const { outputs, unread } = this.recipe
    return Object.entries(outputs).flatMap(([output, column]) => (unread.has(output) ? [] : [column]))
  }

  /** Of a job that has run to the end. */
  get columns(): NodeColumns {
    const { outputs, unread, hole, grid } = this.recipe
    return {
      outputs: unread.size === 0 ? outputs : withUnread(this.recipe),
      hole,
      grid,
      infinite: this.numbers.map(({ infinite }) => infinite).filter((found) => found !== null),
      firstKnown: Object.fromEntries(
        this.numbers.map(({ output, firstKnown }) => [output, firstKnown < 0 ? grid.rows : firstKnown]),
      ),
    }
  }
}

/** Outputs that were read as they are; the others are computed, all at once, when one of them is first asked for. */
const withUnread = (recipe: Recipe): Record<string, AnyColumn> => {
  const { outputs, unread, grid } = recipe
  let made: Readonly<Record<string, AnyColumn>> | null = null
  const again = (): Readonly<Record<string, AnyColumn>> => {
    if (made !== null) return made
    const own = Object.entries(outputs).map(([output, column]) => [
      output,
      column instanceof Float64Array ? new Float64Array(grid.rows) : bitsOf(grid.rows),
    ])
    const job = new Job({ ...recipe, outputs: Object.fromEntries(own), unread: new Set() })
    runJobs([job])
    made = job.recipe.outputs
    return made
  }
  const all: Record<string, AnyColumn> = {}
  for (const output in outputs) {
    if (unread.has(output)) Object.defineProperty(all, output, { enumerable: true, get: () => again()[output] })
    else all[output] = outputs[output]
  }
  return all
}

/** Jobs of one clock, each after those that it reads. */
export const runJobs = (jobs: readonly Job[]): void => {
  const rows = jobs.length === 0 ? 0 : jobs[0].recipe.grid.rows
  for (let i0 = 0; i0 < rows; i0 += blockRows) {
    const i1 = Math.min(rows, i0 + blockRows)
    for (const job of jobs) job.run(i0, i1)
  }
}

/** First row with a value, by output of numbers, of columns that stand complete. */
export const firstsOf = (outputs: Readonly<Record<string, AnyColumn>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([output, column]) => {
      if (!(column instanceof Float64Array)) return []
      const first = column.findIndex((x) => Number.isFinite(x))
      return [[output, first < 0 ? column.length : first]]
    }),
  )
