// Looking inside a run: a node's values bar by bar, and what stood where at one decision and why. Changes nothing.
import { getBit, verdictAt } from '../kit/bits'
import { closeMsOf, openMsOf, type Timeframe } from '../kit/timeframe'
import type { FlatNode } from '../play/flat'
import type { AnyColumn } from './columns/store'
import { type DecisionWord, decisionAt, decisionRow } from './look/why'
import type { PreparedSeat } from './seats'
import type { Settings } from './settings'
import { advance, decideNow } from './simulate/advance'
import type { DecisionRecord, Sim } from './simulate/desk'
import { begin } from './simulate/simulate'

/** A number, a verdict, the name of a kind; null while unknown. */
export type Seen = number | boolean | string | null

const seenAt = (node: FlatNode, output: string, at: { column: AnyColumn; i: number }): Seen => {
  const { column, i } = at
  if (column instanceof Float64Array) {
    const x = column[i]
    if (!Number.isFinite(x)) return null
    const { kinds } = node.sockets[output]
    return kinds === undefined ? x : (kinds[x] ?? null)
  }
  if (!('t' in column)) return null
  const verdict = verdictAt(column, i)
  return verdict === 0 ? null : verdict === 1
}

/** Outputs that have a value a row. */
const valued = (columns: Readonly<Record<string, AnyColumn>>): string[] =>
  Object.keys(columns).filter((name) => {
    const column = columns[name]
    return column instanceof Float64Array || 't' in column
  })

export interface SeriesRows {
  readonly node: string
  readonly tf: Timeframe
  /** Open of the bar (Unix ms), value, known. */
  readonly rows: readonly (readonly [number, Seen, boolean])[]
}

export interface SeriesRefusal {
  readonly refused: 'unknown_node' | 'unknown_output' | 'trade_scope' | 'role'
  /** Names that would do. */
  readonly names: readonly string[]
}

/** Values of `id` or `id.output` for bars that open in [from, to). */
export const seriesRows = (
  prepared: PreparedSeat,
  reference: string,
  range: { readonly fromMs: number; readonly toMs: number },
): SeriesRows | SeriesRefusal => {
  const { flat, nodes } = prepared.evaluated
  const [path, named] = reference.split('.')
  const place = flat.nodes.findIndex((node) => node.path === path)
  if (place < 0) return { refused: 'unknown_node', names: flat.nodes.map((node) => node.path) }
  const node = flat.nodes[place]
  const columns = nodes[place]
  if (columns === null) return { refused: node.scope === 'trade' ? 'trade_scope' : 'role', names: [] }
  const outputs = valued(columns.outputs)
  const output = named ?? (outputs.length === 1 ? outputs[0] : '')
  if (!outputs.includes(output)) return { refused: 'unknown_output', names: outputs.map((name) => `${path}.${name}`) }
  const { grid } = columns
  const rows: (readonly [number, Seen, boolean])[] = []
  for (let i = 0; i < grid.rows; i++) {
    const ms = openMsOf(grid.tf, grid.row0 + i)
    if (ms < range.fromMs || ms >= range.toMs || getBit(grid.hole, i)) continue
    const value = seenAt(node, output, { column: columns.outputs[output], i })
    rows.push([ms, value, value !== null])
  }
  return { node: reference, tf: grid.tf, rows }
}

export interface Explanation {
  /** Close of the decision bar. */
  readonly timeMs: number
  readonly nodes: Readonly<Record<string, { readonly value: Seen; readonly known: boolean }>>
  readonly decision: {
    readonly did: DecisionWord
    readonly side: DecisionRecord['side']
    readonly setup: string | null
    readonly reason: string | null
    readonly node: string | null
  }
}

const marketValues = (prepared: PreparedSeat, i: number): [string, Seen][] => {
  const { flat, nodes, onDecision } = prepared.evaluated
  return flat.nodes.flatMap((node, place): [string, Seen][] => {
    const columns = nodes[place]
    if (columns === null) return []
    return valued(columns.outputs).map((output): [string, Seen] => [
      output === '' ? node.path : `${node.path}.${output}`,
      seenAt(node, output, { column: onDecision(place, output), i }),
    ])
  })
}

/**
 * Trade-scope nodes read the memory of the trade or pending entry of their side; without one they are unknown. `sim` is
 * null where it is known that there is neither.
 */
export const tradeNodeValues = (prepared: PreparedSeat, sim: Sim | null, seat: number): [string, Seen][] => {
  const book = sim?.desks[seat].book
  const holder = book?.position ?? book?.pending ?? null
  const program = holder === null ? null : holder.side === 1 ? prepared.programs.long : prepared.programs.short
  return prepared.evaluated.flat.nodes.flatMap((node, place): [string, Seen][] => {
    if (node.scope !== 'trade') return []
    return Object.entries(node.sockets)
      .filter(([, socket]) => !'FSXI'.includes(socket.letter))
      .map(([output]): [string, Seen] => {
        const cell = holder?.memory ? program?.peek(holder.memory, place, output) : undefined
        const value = cell === undefined ? null : seenAt(node, output, { column: cell, i: 0 })
        return [output === '' ? node.path : `${node.path}.${output}`, value]
      })
  })
}

/**
 * Everything as it stood at the last decision close at or before `atMs`, for one seat. The run is simulated up to that
 * moment from its own start, so `atMs` must lie in [from, to). Null: no decision bar closes there.
 */
export const explainAt = (
  all: readonly PreparedSeat[],
  run: { readonly settings: Settings; readonly fromMs: number; readonly toMs: number },
  at: { readonly atMs: number; readonly seat: number },
): Explanation | null => {
  const prepared = all[at.seat]
  const i = decisionRow(prepared, at.atMs, run)
  if (i === null) return null
  const { tf, decision } = prepared.seat
  const timeMs = closeMsOf(tf, decision.row0 + i)
  const records: DecisionRecord[] = []
  const trace = (record: DecisionRecord): void => {
    const own = record.instrument === prepared.seat.instrument.id && record.play === prepared.seat.play
    if (record.ms === timeMs && own) records.push(record)
  }
  const sim = begin({ seats: all.map(({ seat }) => seat), ...run, trace })
  advance(sim, Math.round((timeMs - sim.originMs) / sim.stepMs))
  decideNow(sim)
  const values = [...marketValues(prepared, i), ...tradeNodeValues(prepared, sim, at.seat)]
  const inTrade = sim.desks[at.seat].book.position !== null
  const { did, side, setup, reason, node } = decisionAt(prepared, i, { records, inTrade })
  return {
    timeMs,
    nodes: Object.fromEntries(values.map(([name, value]) => [name, { value, known: value !== null }])),
    decision: { did, side, setup, reason, node },
  }
}
