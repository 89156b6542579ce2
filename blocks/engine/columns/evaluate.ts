// Market-scope nodes as columns: each computed once, from the first stored bar, keyed by what it computes (engine.md).
import { type Bits, bitsOf, blank, wordsFor } from '../../kit/bits'
import { hashOf } from '../../kit/hash'
import type { LogicType, Storage } from '../../kit/logic'
import { isLogical, isNumeric, type Socket } from '../../kit/socket'
import type { Flat, FlatNode, Operand } from '../../play/flat'
import type { Frame } from '../frame'
import type { Binding, Workspace } from '../workspace'
import { align } from './align'
import type { AnyColumn, Infinite, NodeColumns } from './store'

/** A non-finite value that a kernel produced: it counts as unknown, and the reader is told (engine.md, "The law"). */
export interface Finding extends Infinite {
  readonly path: string
}

export interface Evaluation {
  readonly flat: Flat
  readonly workspace: Workspace
  readonly binding: Binding
  readonly types: ReadonlyMap<string, LogicType>
  /** Decision frame of the main market. */
  readonly decision: Frame
  /** By place in flat.nodes; null for role makers and trade scope. */
  readonly nodes: readonly (NodeColumns | null)[]
  readonly findings: readonly Finding[]
  /** Constant columns by value and length. */
  readonly constants: Map<string, Float64Array>
}

export const typeKey = (type: string, major: number): string => `${type}@${major}`

const hasColumn = (socket: Socket): boolean =>
  isNumeric(socket.letter) || socket.letter === 'K' || isLogical(socket.letter)

const storageOf = (column: AnyColumn): Storage =>
  !(column instanceof Float64Array) && 't' in column ? 'bits' : 'numbers'

/** Bits of several columns' holes together; the one array itself where they agree. */
const union = (masks: readonly Uint32Array[], rows: number): Uint32Array => {
  const distinct = [...new Set(masks)]
  if (distinct.length === 1) return distinct[0]
  const out = new Uint32Array(wordsFor(rows))
  for (const mask of distinct) for (let w = 0; w < out.length; w++) out[w] |= mask[w]
  return out
}

/** Infinity is no value: it becomes unknown here and nowhere else. */
const scrub = (column: Float64Array): { rows: number; firstRow: number } | null => {
  let rows = 0
  let firstRow = -1
  for (let i = 0; i < column.length; i++) {
    const x = column[i]
    if (x !== Number.POSITIVE_INFINITY && x !== Number.NEGATIVE_INFINITY) continue
    column[i] = Number.NaN
    if (rows === 0) firstRow = i
    rows += 1
  }
  return rows === 0 ? null : { rows, firstRow }
}

class Evaluator {
  readonly nodes: (NodeColumns | null)[] = []
  readonly findings: Finding[] = []
  readonly constants = new Map<string, Float64Array>()
  private readonly keys: string[] = []
  private readonly aligned = new Map<string, AnyColumn>()

  constructor(
    private readonly flat: Flat,
    private readonly workspace: Workspace,
    private readonly run: { binding: Binding; types: ReadonlyMap<string, LogicType>; decision: Frame },
  ) {}

  evaluate(): void {
    for (const node of this.flat.nodes) {
      const type = this.typeOf(node)
      const skipped = node.scope === 'trade' || type.part !== undefined
      this.keys.push(skipped ? '' : this.keyOf(node))
      this.nodes.push(skipped ? null : this.columnsOf(node, type))
    }
  }

  private typeOf(node: FlatNode): LogicType {
    const type = this.run.types.get(typeKey(node.type, node.major))
    if (type === undefined) throw new Error(`no logic type ${node.type}@${node.major}: the checker must refuse it`)
    return type
  }

  /** Content of the node and what its market name stands for: equal keys are equal columns. */
  private keyOf(node: FlatNode): string {
    const operands = Object.entries(node.inputs).map(([port, list]) => [
      port,
      list.map((operand) => ('node' in operand ? [this.keys[operand.node], operand.output] : operand.constant)),
    ])
    const market = 'market' in node.params ? this.run.binding[String(node.params.market)] : null
    // On the decision clock a condition is unknown in the holes of the traded market too, whatever it reads.
    const traded = node.clock === this.run.decision.tf ? this.mainInstrument() : null
    return hashOf([node.type, node.major, node.params, operands, market, node.clock, traded])
  }

  private columnsOf(node: FlatNode, type: LogicType): NodeColumns {
    const key = this.keys[this.keys.length - 1]
    const found = this.workspace.columns.get(key)
    const columns = found ?? (type.feed === 'bars' ? this.barsOf(node) : this.computed(node, type))
    if (found === undefined) this.workspace.columns.set(key, columns)
    for (const infinite of columns.infinite) this.findings.push({ path: node.path, ...infinite })
    return columns
  }

  private instrumentOf(node: FlatNode): string {
    const instrument = this.run.binding[String(node.params.market)]
    if (instrument === undefined) throw new Error(`${node.path}: market ${String(node.params.market)} is not bound`)
    return instrument
  }

  private barsOf(node: FlatNode): NodeColumns {
    const frame = this.workspace.frame(this.instrumentOf(node), node.clock)
    const { open, high, low, close, volume } = frame
    return { outputs: { '': frame, open, high, low, close, volume }, hole: frame.hole, grid: frame, infinite: [] }
  }

  /** The grid of a clock: every frame of a timeframe has the same one. */
  private gridOf(node: FlatNode): Frame {
    return this.workspace.frame(this.mainInstrument(), node.clock)
  }

  private mainInstrument(): string {
    const main = this.run.binding.main
    if (main === undefined) throw new Error('the market main is not bound')
    return main
  }

  private computed(node: FlatNode, type: LogicType): NodeColumns {
    const grid = this.gridOf(node)
    const inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([port, list]): [string, AnyColumn | AnyColumn[]] => {
        const columns = list.map((operand) => this.operand(operand, grid))
        return [port, type.inputs[port]?.least === undefined ? columns[0] : columns]
      }),
    )
    const outputs = outputsFor(node, grid.rows)
    const hole = this.holesOf(node, grid)
    const feed = typeof type.feed === 'object' ? this.workspace.feed(this.instrumentOf(node), type.feed.series) : null
    const storage = Object.fromEntries(
      Object.entries(inputs).map(([port, column]) => [port, storageOf(Array.isArray(column) ? column[0] : column)]),
    )
    const params = { ...node.params, clock: node.clock }
    const memory = type.memory?.(params, storage) ?? {}
    if (type.run === undefined) throw new Error(`${node.path}: ${node.type} has no kernel`)
    type.run(memory, feed === null ? inputs : { ...inputs, feed }, outputs, params, 0, grid.rows, grid.row0)
    const infinite: Infinite[] = []
    for (const [output, column] of Object.entries(outputs)) {
      if (!(column instanceof Float64Array)) {
        blank(column, hole, [0, grid.rows])
        continue
      }
      const found = scrub(column)
      if (found !== null) infinite.push({ output, ...found })
    }
    return { outputs, hole, grid, infinite }
  }

  /** Rows at which a condition over these operands is unknown for want of a bar (S5). */
  private holesOf(node: FlatNode, grid: Frame): Uint32Array {
    const masks: Uint32Array[] = []
    for (const list of Object.values(node.inputs))
      for (const operand of list) {
        if (!('node' in operand)) continue
        const columns = this.nodes[operand.node]
        if (columns !== null && columns !== undefined && columns.grid.tf === grid.tf) masks.push(columns.hole)
      }
    if (grid.tf === this.run.decision.tf) masks.push(this.run.decision.hole)
    return union(masks.length === 0 ? [new Uint32Array(wordsFor(grid.rows))] : masks, grid.rows)
  }

  private operand(operand: Operand, grid: Frame): AnyColumn {
    if (!('node' in operand)) return constantColumn(this.constants, operand.constant, grid.rows)
    return this.columnOn(operand.node, operand.output, grid)
  }

  /** A node's output on the grid of a clock at least as fast as its own. */
  columnOn(place: number, output: string, grid: Frame): AnyColumn {
    const columns = this.nodes[place]
    const column = columns?.outputs[output]
    if (columns === null || columns === undefined || column === undefined)
      throw new Error(`${this.flat.nodes[place].path} has no column ${output}`)
    if (columns.grid.tf === grid.tf) return column
    const key = `${place}|${output}|${grid.tf}`
    const found = this.aligned.get(key)
    if (found !== undefined) return found
    const event = this.flat.nodes[place].sockets[output]?.letter === 'E'
    // The grid may be that of the traded market: which rows exist is for the column itself to say (S10).
    const made = align(column, { from: { ...columns.grid, hole: columns.hole }, to: grid }, event)
    this.aligned.set(key, made)
    return made
  }
}

/** Empty columns for the outputs of a node; bundles without rows have none. */
const outputsFor = (node: FlatNode, rows: number): Record<string, Float64Array | Bits> =>
  Object.fromEntries(
    Object.entries(node.sockets)
      .filter(([, socket]) => hasColumn(socket))
      .map(([name, socket]) => [name, isLogical(socket.letter) ? bitsOf(rows) : new Float64Array(rows)]),
  )

export const constantColumn = (held: Map<string, Float64Array>, value: number, rows: number): Float64Array => {
  const key = `${value}|${rows}`
  const found = held.get(key)
  if (found !== undefined) return found
  const made = new Float64Array(rows).fill(value)
  held.set(key, made)
  return made
}

export interface EvaluatedPlay extends Evaluation {
  /** A node's output on the decision clock. */
  readonly onDecision: (place: number, output: string) => AnyColumn
}

/** Computes every market-scope column of a Play for one binding of its market names. */
export const evaluate = (
  flat: Flat,
  workspace: Workspace,
  run: { binding: Binding; types: ReadonlyMap<string, LogicType> },
): EvaluatedPlay => {
  const main = run.binding.main
  if (main === undefined) throw new Error('the market main is not bound')
  const decision = workspace.frame(main, flat.tf)
  const evaluator = new Evaluator(flat, workspace, { ...run, decision })
  evaluator.evaluate()
  return {
    flat,
    workspace,
    binding: run.binding,
    types: run.types,
    decision,
    nodes: evaluator.nodes,
    findings: evaluator.findings,
    constants: evaluator.constants,
    onDecision: (place, output) => evaluator.columnOn(place, output, decision),
  }
}
