// Each node's value as it stood at the close of a decision bar, read from the columns of a run that ended.
import { getBit, type Verdict as Sign, verdictAt } from '../../kit/bits'
import type { LogicType } from '../../kit/logic'
import { closeMsOf, openMsOf, rowOf, type Timeframe } from '../../kit/timeframe'
import type { FlatNode, Operand } from '../../play/flat'
import type { AnyColumn, NodeColumns } from '../columns/store'
import type { PreparedSeat } from '../seats'

export type Verdict = 'true' | 'false' | 'unknown'

export const verdictOf = (sign: Sign): Verdict => (sign === 1 ? 'true' : sign === -1 ? 'false' : 'unknown')

/** One node's output at one decision. */
export interface NodeValue {
  /** `id` or `id.output`. */
  readonly name: string
  readonly number: number | null
  readonly verdict: Verdict | null
  readonly kind: string | null
  /** Of a comparison of numbers: what is compared. */
  readonly sides: readonly [left: number, right: number] | null
  /** Of such a comparison: how far it is from true; 0 when true; null when no distance would make it so. */
  readonly short: number | null
  /** Close of the bar since which it has had this value, Unix ms; null while unknown, or longer than one looks back. */
  readonly sinceMs: number | null
}

export const nameOf = (node: FlatNode, output: string): string => (output === '' ? node.path : `${node.path}.${output}`)

const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null)

/** Row of a column's own clock that stands at `ms` for a reader on `clock`; negative: none has closed. */
const standingRow = ({ grid, hole }: NodeColumns, ms: number, clock: Timeframe): number => {
  let row = rowOf(grid.tf, ms) - 1 - grid.row0
  // On another clock the last bar that exists is seen (S10); on its own the hole itself, where conditions are unknown.
  if (grid.tf !== clock) while (row >= 0 && getBit(hole, row)) row -= 1
  return Math.min(row, grid.rows - 1)
}

/** First row of the run of set bits that ends with row i, which is set. */
const runStart = (words: Uint32Array, i: number): number => {
  let w = i >>> 5
  let clear = ~words[w] & ((2 << (i & 31)) - 1)
  while (clear === 0) {
    if (w === 0) return 0
    w -= 1
    clear = ~words[w]
  }
  return (w << 5) + 32 - Math.clz32(clear)
}

/** Rows that are looked back for the bar at which a number was last another one. */
const farthest = 20_000

/** First row of the run of equal numbers that ends with row i; -1: it began too long ago. */
const equalSince = (column: Float64Array, i: number): number => {
  const value = column[i]
  const last = Math.max(0, i - farthest)
  let row = i
  while (row > last && column[row - 1] === value) row -= 1
  return row > last || last === 0 ? row : -1
}

/** A decision bar: the instant at which it closes, and that at which it opened. */
export interface At {
  readonly ms: number
  readonly openMs: number
  readonly clock: Timeframe
}

interface Seen {
  readonly number: number | null
  readonly sign: Sign | null
  readonly sinceMs: number | null
}

const unseen: Seen = { number: null, sign: null, sinceMs: null }

const closeOf = ({ grid }: NodeColumns, row: number): number | null =>
  row < 0 ? null : closeMsOf(grid.tf, grid.row0 + row)

/** An output of a node as a decision sees it. `event`: true only on the first decision that knows it (S2). */
const seen = (columns: NodeColumns, column: AnyColumn, option: { at: At; event: boolean }): Seen => {
  const { at, event } = option
  const row = standingRow(columns, at.ms, at.clock)
  if (column instanceof Float64Array) {
    const number = row < 0 ? null : orNull(column[row])
    return number === null ? unseen : { number, sign: null, sinceMs: closeOf(columns, equalSince(column, row)) }
  }
  if (!('t' in column)) return unseen
  const sign = row < 0 ? 0 : verdictAt(column, row)
  if (sign === 0) return { ...unseen, sign }
  const knownMs = closeMsOf(columns.grid.tf, columns.grid.row0 + row)
  if (event && sign === 1)
    return knownMs > at.openMs ? { number: null, sign, sinceMs: knownMs } : { number: null, sign: -1, sinceMs: null }
  return { number: null, sign, sinceMs: closeOf(columns, runStart(sign === 1 ? column.t : column.f, row)) }
}

const isNumeric = (columns: NodeColumns | null, output: string): boolean =>
  columns?.outputs[output] instanceof Float64Array

/** Reads nodes of one seat at one decision bar. */
export class Reader {
  private readonly at: At

  constructor(
    private readonly prepared: PreparedSeat,
    /** Decision row. */
    readonly i: number,
  ) {
    const { tf, row0 } = prepared.evaluated.decision
    this.at = { ms: closeMsOf(tf, row0 + i), openMs: openMsOf(tf, row0 + i), clock: tf }
  }

  get timeMs(): number {
    return this.at.ms
  }

  private seenOf(place: number, output: string): Seen {
    const { flat, nodes } = this.prepared.evaluated
    const columns = nodes[place]
    if (columns === null) return unseen
    const event = flat.nodes[place].sockets[output]?.letter === 'E' && columns.grid.tf !== this.at.clock
    return seen(columns, columns.outputs[output], { at: this.at, event })
  }

  /** Verdict of a condition; of anything else it is unknown. */
  verdict(place: number, output: string): Verdict {
    return verdictOf(this.seenOf(place, output).sign ?? 0)
  }

  sinceMs(place: number, output: string): number | null {
    return this.seenOf(place, output).sinceMs
  }

  /** A number that an operand stood at when `reader` computed the row that stands now. */
  private numberAt(operand: Operand, at: At): number {
    if (!('node' in operand)) return operand.constant
    const columns = this.prepared.evaluated.nodes[operand.node]
    const column = columns?.outputs[operand.output]
    if (columns === null || !(column instanceof Float64Array)) return Number.NaN
    const row = standingRow(columns, at.ms, at.clock)
    return row < 0 ? Number.NaN : column[row]
  }

  /** Both sides of a comparison of numbers, and how far it is from true; null for anything else. */
  comparison(place: number): Comparison | null {
    const { flat, nodes, typeAt } = this.prepared.evaluated
    const [node, columns] = [flat.nodes[place], nodes[place]]
    if (columns === null || typeAt[place].family !== 'comparison') return null
    const row = standingRow(columns, this.at.ms, this.at.clock)
    if (row < 0) return null
    const { tf, row0 } = columns.grid
    const at = { ms: closeMsOf(tf, row0 + row), openMs: openMsOf(tf, row0 + row), clock: tf }
    const operands: Record<string, number> = {}
    for (const port of Object.keys(typeAt[place].inputs)) {
      const [operand] = node.inputs[port] ?? []
      if (operand === undefined) continue
      if ('node' in operand && !isNumeric(nodes[operand.node], operand.output)) return null
      operands[port] = this.numberAt(operand, at)
    }
    return comparisonOf(typeAt[place], { operands, params: node.params, verdict: this.verdict(place, '') })
  }

  /** Every output with a value, by name. */
  values(): Record<string, NodeValue> {
    const { flat, nodes } = this.prepared.evaluated
    const found: Record<string, NodeValue> = {}
    flat.nodes.forEach((node, place) => {
      const columns = nodes[place]
      if (columns === null) return
      const comparison = this.comparison(place)
      for (const output of Object.keys(columns.outputs)) {
        const column = columns.outputs[output]
        if (!(column instanceof Float64Array) && !('t' in column)) continue
        const name = nameOf(node, output)
        found[name] = this.valueOf(node, place, { name, output, comparison })
      }
    })
    return found
  }

  private valueOf(
    node: FlatNode,
    place: number,
    { name, output, comparison }: { name: string; output: string; comparison: Comparison | null },
  ): NodeValue {
    const { number, sign, sinceMs } = this.seenOf(place, output)
    const { kinds } = node.sockets[output]
    const verdict = sign === null ? null : verdictOf(sign)
    const { sides, short } = comparison ?? { sides: null, short: null }
    const value = { name, number, verdict, kind: null, sides, short, sinceMs }
    if (kinds === undefined) return value
    return { ...value, number: null, verdict: null, kind: number === null ? null : (kinds[number] ?? null) }
  }
}

export interface Comparison {
  readonly sides: readonly [left: number, right: number] | null
  /** How far from true, in the unit of the left side; 0 when true; null when it cannot be said. */
  readonly short: number | null
}

interface Compared {
  readonly operands: Readonly<Record<string, number>>
  readonly params: Readonly<Record<string, unknown>>
  readonly verdict: Verdict
}

/** A type that compares two numbers says which way; one that does more tells by itself. */
const comparisonOf = (type: LogicType, { operands, params, verdict }: Compared): Comparison | null => {
  const all = Object.values(operands)
  const [left, right] = all
  if (all.length < 2 || !all.every(Number.isFinite)) return { sides: null, short: verdict === 'true' ? 0 : null }
  const told = type.gap?.(operands, params)
  if (told !== undefined) return { sides: [left, told.against], short: verdict === 'true' ? 0 : told.short }
  const { reading } = type
  if (typeof reading !== 'object' || !('compares' in reading)) return { sides: [left, right], short: null }
  const apart = reading.compares === 'greater' ? right - left : left - right
  // A cross that has happened already, or that the bar before stood in the way of, lacks no distance.
  return { sides: [left, right], short: verdict === 'true' ? 0 : apart >= 0 ? apart : null }
}
