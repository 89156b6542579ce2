// Market-scope nodes as columns: each computed once, from the first stored bar, keyed by what it computes (engine.md).
import { type Bits, bitsOf, wordsFor } from '../../kit/bits'
import type { LogicType, SeriesFeed, Storage } from '../../kit/logic'
import { isLogical, isNumeric, type Socket } from '../../kit/socket'
import type { Timeframe } from '../../kit/timeframe'
import type { Flat, FlatNode } from '../../play/flat'
import type { Frame } from '../frame'
import type { Binding, Workspace } from '../workspace'
import { align } from './align'
import { type Constant, firstsOf, Job, type Recipe, runJobs } from './compute'
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
  /** By place in flat.nodes. */
  readonly typeAt: readonly LogicType[]
  /** Decision frame of the main market. */
  readonly decision: Frame
  /** By place in flat.nodes: a name for what the node computes, empty for role makers and trade scope. */
  readonly keys: readonly string[]
  /** By place in flat.nodes; null for role makers and trade scope. */
  readonly nodes: readonly (NodeColumns | null)[]
  readonly findings: readonly Finding[]
}

export const typeKey = (type: string, major: number): string => `${type}@${major}`

/** What a kernel is told. Made key by key: a copy by spread is of a new shape at each edit, and kernels are compiled anew. */
export const paramsOf = ({ params, clock }: FlatNode): Record<string, unknown> => {
  const made: Record<string, unknown> = {}
  for (const name in params) made[name] = params[name]
  made.clock = clock
  return made
}

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

/** What a node has so far: whole columns, or those that a job is still to fill. */
type Made = Pick<NodeColumns, 'outputs' | 'hole' | 'grid'>

class Evaluator {
  readonly typeAt: LogicType[] = []
  readonly keys: string[] = []
  private readonly made: (Made | null)[] = []
  private readonly finished = new Map<string, NodeColumns>()
  private readonly begun = new Map<string, Job>()
  private readonly read = new Set<string>()
  /** Jobs that have not run, by clock; each reads none that come after it. */
  private readonly waiting = new Map<Timeframe, Job[]>()

  constructor(
    private readonly flat: Flat,
    private readonly workspace: Workspace,
    private readonly run: { binding: Binding; types: ReadonlyMap<string, LogicType>; decision: Frame },
  ) {}

  evaluate(): { nodes: (NodeColumns | null)[]; findings: Finding[] } {
    for (const node of this.flat.nodes) {
      const type = this.typeOf(node)
      this.typeAt.push(type)
      const skipped = node.scope === 'trade' || type.part !== undefined
      this.keys.push(skipped ? '' : this.keyOf(node))
    }
    this.noteReads()
    for (const place of this.flat.nodes.keys()) this.made.push(this.keys[place] === '' ? null : this.columnsOf(place))
    for (const clock of [...this.waiting.keys()]) this.compute(clock)
    const findings: Finding[] = []
    const nodes = this.flat.nodes.map(({ path }, place): NodeColumns | null => {
      if (this.made[place] === null) return null
      const columns = this.finished.get(this.keys[place])
      if (columns === undefined) throw new Error(`${path} was not computed`)
      for (const infinite of columns.infinite) findings.push({ path, ...infinite })
      // From here on any output may be asked for, and those that were not read are not those of the job.
      this.made[place] = columns
      return columns
    })
    return { nodes, findings }
  }

  private typeOf(node: FlatNode): LogicType {
    const type = this.run.types.get(typeKey(node.type, node.major))
    if (type === undefined) throw new Error(`no logic type ${node.type}@${node.major}: the checker must refuse it`)
    return type
  }

  /** Content of the node and what its market name stands for: equal keys are equal columns. */
  private keyOf(node: FlatNode): string {
    const market = 'market' in node.params ? this.run.binding[String(node.params.market)] : ''
    // On the decision clock a condition is unknown in the holes of the traded market too, whatever it reads.
    const traded = node.clock === this.run.decision.tf ? this.mainInstrument() : ''
    let content = `${this.workspace.textOf(node)}|${market}|${traded}`
    for (const port in node.inputs) {
      content += `|${port}:`
      for (const operand of node.inputs[port])
        content += 'node' in operand ? `${this.keys[operand.node]}.${operand.output},` : `${operand.constant},`
    }
    return this.workspace.keyOf(content)
  }

  /** Outputs that any node reads, by key: what several nodes share is computed once for all of them. */
  private noteReads(): void {
    for (const { inputs } of this.flat.nodes)
      for (const port in inputs)
        for (const operand of inputs[port])
          if ('node' in operand) this.read.add(`${this.keys[operand.node]}.${operand.output}`)
  }

  private columnsOf(place: number): Made {
    const key = this.keys[place]
    const node = this.flat.nodes[place]
    const type = this.typeAt[place]
    const found = this.finished.get(key) ?? this.workspace.columns.get(key)
    if (found !== undefined) {
      this.finished.set(key, found)
      return found
    }
    const begun = this.begun.get(key)
    if (begun !== undefined) return begun.recipe
    if (type.feed === 'bars') {
      const columns = this.barsOf(node)
      return this.keep(key, columns, Object.values(columns.outputs))
    }
    const job = new Job(this.recipeOf(key, node, type))
    this.begun.set(key, job)
    const clock = this.waiting.get(node.clock)
    if (clock === undefined) this.waiting.set(node.clock, [job])
    else clock.push(job)
    return job.recipe
  }

  private keep(key: string, columns: NodeColumns, own: readonly AnyColumn[]): NodeColumns {
    this.finished.set(key, columns)
    this.workspace.columns.set(key, columns, own)
    return columns
  }

  /** Runs whatever waits on a clock. Nothing is kept of a job that fails. */
  private compute(clock: Timeframe): void {
    const jobs = this.waiting.get(clock) ?? []
    this.waiting.delete(clock)
    runJobs(jobs)
    for (const job of jobs) this.keep(job.recipe.key, job.columns, job.kept)
  }

  private instrumentOf(node: FlatNode): string {
    const instrument = this.run.binding[String(node.params.market)]
    if (instrument === undefined) throw new Error(`${node.path}: market ${String(node.params.market)} is not bound`)
    return instrument
  }

  private barsOf(node: FlatNode): NodeColumns {
    const frame = this.workspace.frame(this.instrumentOf(node), node.clock)
    const { open, high, low, close, volume } = frame
    const outputs = { '': frame, open, high, low, close, volume }
    return { outputs, hole: frame.hole, grid: frame, infinite: [], firstKnown: firstsOf(outputs) }
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

  private recipeOf(key: string, node: FlatNode, type: LogicType): Recipe {
    const { run } = type
    if (run === undefined) throw new Error(`${node.path}: ${node.type} has no kernel`)
    const grid = this.gridOf(node)
    let spares = 0
    const spare = (): Float64Array => this.workspace.spare(spares++, grid.rows)
    const constants: Constant[] = []
    const inputs: Record<string, AnyColumn | AnyColumn[] | SeriesFeed> = {}
    const storage: Record<string, Storage> = {}
    for (const port in node.inputs) {
      const columns = node.inputs[port].map((operand): AnyColumn => {
        if ('node' in operand) return this.columnOn(operand.node, operand.output, grid)
        const column = spare()
        constants.push({ value: operand.constant, column })
        return column
      })
      inputs[port] = type.inputs[port]?.least === undefined ? columns[0] : columns
      storage[port] = storageOf(columns[0])
    }
    if (typeof type.feed === 'object') inputs.feed = this.workspace.feed(this.instrumentOf(node), type.feed.series)
    const params = paramsOf(node)
    const unread = this.unreadOf(key, node)
    const column = (output: string, { letter }: Socket): Float64Array | Bits =>
      isLogical(letter) ? bitsOf(grid.rows) : unread.has(output) ? spare() : new Float64Array(grid.rows)
    return {
      key,
      run,
      newMemory: () => type.memory?.(params, storage) ?? {},
      inputs,
      constants,
      outputs: Object.fromEntries(outputsOf(node).map(([output, socket]) => [output, column(output, socket)])),
      unread,
      params,
      hole: this.holesOf(node, grid),
      grid,
    }
  }

  private unreadOf(key: string, node: FlatNode): Set<string> {
    const numbers = outputsOf(node).filter(([, { letter }]) => !isLogical(letter))
    return new Set(numbers.flatMap(([output]) => (this.read.has(`${key}.${output}`) ? [] : [output])))
  }

  /** Rows at which a condition over these operands is unknown for want of a bar (S5). */
  private holesOf(node: FlatNode, grid: Frame): Uint32Array {
    const masks: Uint32Array[] = []
    for (const list of Object.values(node.inputs))
      for (const operand of list) {
        if (!('node' in operand)) continue
        const made = this.made[operand.node]
        if (made !== null && made.grid.tf === grid.tf) masks.push(made.hole)
      }
    if (grid.tf === this.run.decision.tf) masks.push(this.run.decision.hole)
    return union(masks.length === 0 ? [new Uint32Array(wordsFor(grid.rows))] : masks, grid.rows)
  }

  /** A node's output on the grid of a clock at least as fast as its own. */
  columnOn(place: number, output: string, grid: Frame): AnyColumn {
    const made = this.made[place]
    const column = made?.outputs[output]
    if (made === null || column === undefined) throw new Error(`${this.flat.nodes[place].path} has no column ${output}`)
    if (made.grid.tf === grid.tf) return column
    this.compute(made.grid.tf)
    const event = this.flat.nodes[place].sockets[output]?.letter === 'E'
    // The grid may be that of the traded market: which rows exist is for the column itself to say (S10).
    const from = { ...made.grid, hole: made.hole }
    const key = `${this.keys[place]}.${output}>${grid.tf}`
    return this.workspace.columns.derived(key, () => align(column, { from, to: grid }, event))
  }
}

/** Outputs that have rows; bundles have none. */
const outputsOf = (node: FlatNode): [string, Socket][] =>
  Object.entries(node.sockets).filter(([, socket]) => hasColumn(socket))

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
  const { nodes, findings } = evaluator.evaluate()
  return {
    flat,
    workspace,
    binding: run.binding,
    types: run.types,
    typeAt: evaluator.typeAt,
    keys: evaluator.keys,
    decision,
    nodes,
    findings,
    onDecision: (place, output) => evaluator.columnOn(place, output, decision),
  }
}
