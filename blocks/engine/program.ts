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

interface Wire {
  readonly port: string
  readonly many: boolean
  readonly operands: readonly Operand[]
  /** One cell an operand for what comes from the market or is constant; null where it comes from another node here. */
  readonly scratch: readonly (Cell | null)[]
}

export class Program implements TradeProgram {
  private readonly slots = new Map<number, number>()
  private readonly taps: { readonly slot: number; readonly output: string }[] = []
  private readonly wires: readonly (readonly Wire[])[]
  private readonly types: readonly LogicType[]
  private readonly row0: number

  constructor(
    private readonly play: EvaluatedPlay,
    private readonly places: readonly number[],
  ) {
    places.forEach((place, slot) => {
      this.slots.set(place, slot)
    })
    this.row0 = play.decision.row0
    this.types = places.map((place) => this.typeOf(play.flat.nodes[place]))
    this.wires = places.map((place, slot) => this.wiresOf(play.flat.nodes[place], this.types[slot]))
  }

  private typeOf(node: FlatNode): LogicType {
    const type = this.play.types.get(typeKey(node.type, node.major))
    if (type === undefined) throw new Error(`no logic type ${node.type}@${node.major}`)
    return type
  }

  private wiresOf(node: FlatNode, type: LogicType): Wire[] {
    return Object.entries(node.inputs).map(([port, operands]) => ({
      port,
      many: type.inputs[port]?.least !== undefined,
      operands,
      scratch: operands.map((operand) => this.scratchFor(operand)),
    }))
  }

  private scratchFor(operand: Operand): Cell | null {
    if (!('node' in operand)) return Float64Array.of(operand.constant)
    if (this.slots.has(operand.node)) return null
    return cellFor(this.play.flat.nodes[operand.node], operand.output)
  }

  begin(): Memory {
    const kernels: object[] = []
    const cells: Cells[] = []
    this.places.forEach((place, slot) => {
      const node = this.play.flat.nodes[place]
      const storage: Record<string, Storage> = {}
      for (const wire of this.wires[slot]) {
        const operand = wire.operands[0]
        const from = 'node' in operand ? this.play.flat.nodes[operand.node].sockets[operand.output] : null
        storage[wire.port] = from !== null && isLogical(from.letter) ? 'bits' : 'numbers'
      }
      kernels.push(this.types[slot].memory?.({ ...node.params, clock: node.clock }, storage) ?? {})
      cells.push(Object.fromEntries(Object.keys(node.sockets).map((name) => [name, cellFor(node, name)])))
    })
    return { kernels, cells }
  }

  step(memory: object, i: number, values: TradeValues): void {
    const { kernels, cells } = memory as Memory
    const hole = getBit(this.play.decision.hole, i)
    this.places.forEach((place, slot) => {
      const type = this.types[slot]
      const node = this.play.flat.nodes[place]
      if (type.feed === 'trade') {
        for (const [name, cell] of Object.entries(cells[slot])) if (isNumbers(cell)) cell[0] = tradeValue[name](values)
        return
      }
      const inputs: Record<string, Cell | Cell[]> = {}
      for (const wire of this.wires[slot]) {
        const read = wire.operands.map((operand, j) => this.read(operand, wire.scratch[j], { cells, i }))
        inputs[wire.port] = wire.many ? read : read[0]
      }
      type.run?.(kernels[slot], inputs, cells[slot], { ...node.params, clock: node.clock }, 0, 1, this.row0 + i)
      if (hole) for (const cell of Object.values(cells[slot])) if (!isNumbers(cell)) setVerdict(cell, 0, 0)
    })
  }

  private read(operand: Operand, scratch: Cell | null, at: { cells: Cells[]; i: number }): Cell {
    if (!('node' in operand)) return scratch ?? Float64Array.of(operand.constant)
    const slot = this.slots.get(operand.node)
    if (slot !== undefined) return at.cells[slot][operand.output]
    if (scratch === null) throw new Error('a market operand without a cell')
    readRow(this.play.onDecision(operand.node, operand.output), scratch, at.i)
    return scratch
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
