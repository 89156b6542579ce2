// Trade-scope nodes of one side: the same kernels over one row at a time, memory begun at the entry's decision.
import { type Bits, bitsOf, getBit, setVerdict, type Verdict, verdictAt } from '../kit/bits'
import type { LogicType, Storage } from '../kit/logic'
import { isLogical } from '../kit/socket'
import type { FlatNode, FlatSide, Operand } from '../play/flat'
import { type EvaluatedPlay, typeKey } from './columns/evaluate'
import type { AnyColumn } from './columns/store'
import type { TradeProgram, TradeValues } from './plan'

type Cell = Float64Array | Bits
type Cells = Record<string, Cell>

/** Memory of one trade: a kernel memory and one-row outputs for each node, in order. Survives the codec. */
interface Memory {
  readonly kernels: object[]
  readonly cells: Cells[]
}

const cellFor = (node: FlatNode, output: string): Cell =>
  isLogical(node.sockets[output].letter) ? bitsOf(1) : new Float64Array(1)

const isNumbers = (cell: Cell): cell is Float64Array => cell instanceof Float64Array

/** Copies row i of a market column into a one-row cell. */
const readRow = (column: AnyColumn, cell: Cell, i: number): void => {
  if (isNumbers(cell)) {
    if (column instanceof Float64Array) cell[0] = column[i]
  } else if (!(column instanceof Float64Array) && 't' in column) setVerdict(cell, 0, verdictAt(column, i))
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

/** Places of trade-scope nodes that a side's roles read, earliest first. */
const reachable = (nodes: readonly FlatNode[], side: FlatSide): number[] => {
  const seen = new Set<number>()
  const visit = (place: number): void => {
    if (seen.has(place)) return
    seen.add(place)
    for (const list of Object.values(nodes[place].inputs))
      for (const operand of list) if ('node' in operand) visit(operand.node)
  }
  for (const place of [...side.exits, ...side.invalidations]) visit(place)
  return [...seen].sort((a, b) => a - b)
}

/** What one kernel reads of each port, and what it writes; made once a trade. */
interface Wiring {
  readonly inputs: Readonly<Record<string, Cell | readonly Cell[]>>
  readonly outputs: Cells
}

interface Stage {
  readonly place: number
  readonly node: FlatNode
  readonly type: LogicType
  readonly params: Readonly<Record<string, unknown>>
  /** Kind of the column behind each port, for the kernel's memory. */
  readonly storage: Readonly<Record<string, Storage>>
}

export class Program implements TradeProgram {
  private readonly slots: ReadonlyMap<number, number>
  private readonly taps: { readonly slot: number; readonly output: string }[] = []
  private readonly stages: readonly Stage[]
  /** One-row cells for market columns, filled anew at each step. */
  private readonly reads: { readonly column: AnyColumn; readonly cell: Cell }[] = []
  private readonly cells = new Map<string, Cell>()
  /** By memory: a memory that comes from the codec is wired when it is first stepped. */
  private readonly wirings = new WeakMap<object, readonly Wiring[]>()

  constructor(
    private readonly play: EvaluatedPlay,
    places: readonly number[],
  ) {
    this.slots = new Map(places.map((place, slot) => [place, slot]))
    this.stages = places.map((place) => this.stageOf(place))
  }

  private stageOf(place: number): Stage {
    const { nodes } = this.play.flat
    const node = nodes[place]
    const type = this.play.types.get(typeKey(node.type, node.major))
    if (type === undefined) throw new Error(`no logic type ${node.type}@${node.major}`)
    const storage = Object.entries(node.inputs).map(([port, [first]]): [string, Storage] => {
      const socket = 'node' in first ? nodes[first.node].sockets[first.output] : null
      return [port, socket !== null && isLogical(socket.letter) ? 'bits' : 'numbers']
    })
    const params = { ...node.params, clock: node.clock }
    return { place, node, type, params, storage: Object.fromEntries(storage) }
  }

  begin(untaken?: object): Memory {
    const kernels = this.stages.map(({ type, params, storage }) => type.memory?.(params, storage) ?? {})
    if (untaken !== undefined) {
      const memory = untaken as Memory
      kernels.forEach((kernel, slot) => {
        memory.kernels[slot] = kernel
      })
      return memory
    }
    return {
      kernels,
      cells: this.stages.map(({ node }) =>
        Object.fromEntries(Object.keys(node.sockets).map((name) => [name, cellFor(node, name)])),
      ),
    }
  }

  private wiringOf(memory: Memory): readonly Wiring[] {
    const found = this.wirings.get(memory)
    if (found !== undefined) return found
    const made = this.stages.map(({ node, type }, slot): Wiring => {
      const inputs = Object.entries(node.inputs).map(([port, operands]): [string, Cell | readonly Cell[]] => {
        const read = operands.map((operand) => this.source(operand, memory))
        return [port, type.inputs[port]?.least === undefined ? read[0] : read]
      })
      return { inputs: Object.fromEntries(inputs), outputs: memory.cells[slot] }
    })
    this.wirings.set(memory, made)
    return made
  }

  /** The cell behind an operand: of an earlier node of the trade, of the market, or a constant. */
  private source(operand: Operand, memory: Memory): Cell {
    if (!('node' in operand)) return this.shared(`=${operand.constant}`, () => Float64Array.of(operand.constant))
    const slot = this.slots.get(operand.node)
    if (slot !== undefined) return memory.cells[slot][operand.output]
    return this.shared(`${operand.node}.${operand.output}`, () => {
      const cell = cellFor(this.play.flat.nodes[operand.node], operand.output)
      this.reads.push({ column: this.play.onDecision(operand.node, operand.output), cell })
      return cell
    })
  }

  private shared(key: string, make: () => Cell): Cell {
    const found = this.cells.get(key)
    if (found !== undefined) return found
    const made = make()
    this.cells.set(key, made)
    return made
  }

  step(memory: object, i: number, values: TradeValues): void {
    const { kernels } = memory as Memory
    const wirings = this.wiringOf(memory as Memory)
    const { decision } = this.play
    const hole = getBit(decision.hole, i)
    for (const { column, cell } of this.reads) readRow(column, cell, i)
    for (let slot = 0; slot < wirings.length; slot++) {
      const { type, params } = this.stages[slot]
      const { inputs, outputs } = wirings[slot]
      if (type.feed === 'trade') writeValues(outputs, values)
      else type.run?.(kernels[slot], inputs, outputs, params, 0, 1, decision.row0 + i)
      if (hole) blankCells(outputs)
    }
  }

  /** A number for an output that a role reads: what plan.ts calls its place. */
  tap(place: number, output: string): number {
    const slot = this.slots.get(place)
    if (slot === undefined) throw new Error(`${this.play.flat.nodes[place].path} is not of trade scope`)
    return this.taps.push({ slot, output }) - 1
  }

  private cell(memory: object, tap: number): Cell {
    const { slot, output } = this.taps[tap]
    return (memory as Memory).cells[slot][output]
  }

  /** Output of a node as the memory has it; undefined for a node that is not of this program. */
  peek(memory: object, place: number, output: string): Cell | undefined {
    const slot = this.slots.get(place)
    return slot === undefined ? undefined : (memory as Memory).cells[slot][output]
  }

  verdict(memory: object, tap: number): Verdict {
    const cell = this.cell(memory, tap)
    return isNumbers(cell) ? 0 : verdictAt(cell, 0)
  }

  number(memory: object, tap: number): number {
    const cell = this.cell(memory, tap)
    return isNumbers(cell) ? cell[0] : Number.NaN
  }
}

const writeValues = (outputs: Cells, values: TradeValues): void => {
  for (const name in outputs) {
    const cell = outputs[name]
    if (isNumbers(cell)) cell[0] = tradeValue[name](values)
  }
}

/** In a hole every condition is unknown (S5). */
const blankCells = (outputs: Cells): void => {
  for (const cell of Object.values(outputs)) if (!isNumbers(cell)) setVerdict(cell, 0, 0)
}

/** The trade-scope program of a side, or null when nothing of it has trade scope. */
export const programFor = (play: EvaluatedPlay, side: FlatSide | null): Program | null => {
  if (side === null) return null
  const { nodes } = play.flat
  const places = reachable(nodes, side).filter(
    (place) => nodes[place].scope === 'trade' && partOf(play, nodes[place]) === undefined,
  )
  return places.length === 0 ? null : new Program(play, places)
}

const partOf = (play: EvaluatedPlay, node: FlatNode): string | undefined =>
  play.types.get(typeKey(node.type, node.major))?.part
