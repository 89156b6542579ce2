// Trade-scope nodes of one side: the same kernels over one row at a time, memory begun at the entry's decision.
import { type Bits, bitsOf, nextBit, setVerdict, type Verdict, verdictAt } from '../kit/bits'
import type { Storage } from '../kit/logic'
import { isLogical } from '../kit/socket'
import type { FlatNode, FlatSide, Operand } from '../play/flat'
import { type EvaluatedPlay, paramsOf, typeKey } from './columns/evaluate'
import type { TradeProgram, TradeValues } from './plan'
import { type Cells, type Source, type Stage, Window } from './window'

/** Memory of one trade: of each kernel, and the outputs of the row stepped last. Survives the codec. */
interface Memory {
  readonly kernels: object[]
  /** One number an output: conditions as verdicts. */
  readonly values: Float64Array
}

/** An output of a stage and its place among the values of a memory. */
interface Output {
  readonly slot: number
  readonly name: string
  readonly logical: boolean
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

const columnsOf = ({ sockets }: FlatNode, rows: number): Cells =>
  Object.fromEntries(
    Object.entries(sockets).map(([name, { letter }]) => [
      name,
      isLogical(letter) ? bitsOf(rows) : new Float64Array(rows),
    ]),
  )

/** Rows computed at one look ahead: a trade rarely lasts longer, and looking again costs little. */
const lookRows = 64

/** Read by no kernel of a program that looks ahead, and by none before the first fill. */
const noValues: TradeValues = {
  entryPrice: Number.NaN,
  stopPrice: Number.NaN,
  bars: Number.NaN,
  r: Number.NaN,
  maeR: Number.NaN,
  mfeR: Number.NaN,
  openShare: Number.NaN,
}

export class Program implements TradeProgram {
  private readonly slots: ReadonlyMap<number, number>
  private readonly stages: readonly Stage[]
  /** By slot: its kernel keeps something from row to row. */
  private readonly remembers: readonly boolean[]
  private readonly outputs: readonly Output[]
  /** Outputs that roles read, as places among the values. */
  private readonly taps: number[] = []
  private made: Window | null = null
  /** The window's columns of `outputs`. */
  private columns: readonly (Float64Array | Bits)[] = []
  /** The memory whose rows [from, to) the window holds, computed at a look ahead. */
  private readonly looked: { memory: object | null; from: number; to: number } = { memory: null, from: 0, to: 0 }
  readonly ahead: TradeProgram['ahead']

  constructor(
    private readonly play: EvaluatedPlay,
    places: readonly number[],
  ) {
    const { nodes } = play.flat
    this.slots = new Map(places.map((place, slot) => [place, slot]))
    this.stages = places.map((place) => this.stageOf(nodes[place]))
    this.outputs = places.flatMap((place, slot) =>
      Object.entries(nodes[place].sockets).map(([name, { letter }]) => ({ slot, name, logical: isLogical(letter) })),
    )
    this.remembers = this.stages.map(({ newMemory }) => Object.keys(newMemory()).length > 0)
    // A kernel can be run ahead if it remembers nothing, or nothing that changes after the entry's own row.
    const can = this.stages.every(
      ({ type }, slot) => type.feed !== 'trade' && (type.constant === true || !this.remembers[slot]),
    )
    this.ahead = can ? (memory, i, end) => this.lookAhead(memory as Memory, i, end) : null
  }

  private stageOf(node: FlatNode): Stage {
    const { nodes } = this.play.flat
    const type = this.play.types.get(typeKey(node.type, node.major))
    if (type === undefined) throw new Error(`no logic type ${node.type}@${node.major}`)
    const storage = Object.entries(node.inputs).map(([port, [first]]): [string, Storage] => {
      const socket = 'node' in first ? nodes[first.node].sockets[first.output] : null
      return [port, socket !== null && isLogical(socket.letter) ? 'bits' : 'numbers']
    })
    const kinds = Object.fromEntries(storage)
    const params = paramsOf(node)
    const inputs = Object.entries(node.inputs).map(([port, operands]): [string, Source | readonly Source[]] => {
      const sources = operands.map((operand) => this.sourceOf(operand))
      return [port, type.inputs[port]?.least === undefined ? sources[0] : sources]
    })
    return {
      type,
      params,
      newMemory: () => type.memory?.(params, kinds) ?? {},
      newOutputs: (rows) => columnsOf(node, rows),
      inputs: Object.fromEntries(inputs),
    }
  }

  private sourceOf(operand: Operand): Source {
    if (!('node' in operand)) return { constant: operand.constant }
    const { node, output } = operand
    const slot = this.slots.get(node)
    return slot === undefined ? { column: this.play.onDecision(node, output) } : { slot, output }
  }

  /** Made when it is first needed: most runs of a search have no trade on one of the sides. */
  private get window(): Window {
    if (this.made !== null) return this.made
    const made = new Window(this.stages, this.play.decision)
    this.columns = this.outputs.map(({ slot, name }) => made.outputs[slot][name])
    this.made = made
    return made
  }

  begin(untaken?: object): Memory {
    const memory = (untaken as Memory | undefined) ?? { kernels: [], values: new Float64Array(this.outputs.length) }
    for (let slot = 0; slot < this.stages.length; slot++)
      if (untaken === undefined || this.remembers[slot]) memory.kernels[slot] = this.stages[slot].newMemory()
    return memory
  }

  step(memory: object, i: number, values: TradeValues): void {
    const { window, columns, looked } = this
    const held = memory as Memory
    if (looked.memory !== memory || i < looked.from || i >= looked.to) {
      looked.memory = null
      window.show(i, i + 1)
      window.run(held.kernels, [i, i + 1], values)
    }
    const row = i - window.start
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place]
      held.values[place] = column instanceof Float64Array ? column[row] : verdictAt(column, row)
    }
  }

  private lookAhead(memory: Memory, i: number, end: number): number {
    const { window, looked } = this
    const to = Math.min(end, i + lookRows)
    if (to <= i) return end
    window.show(i, to)
    window.run(memory.kernels, [i, to], noValues)
    looked.memory = memory
    looked.from = i
    looked.to = to
    let row = to - window.start
    for (const tap of this.taps) {
      const column = this.columns[tap]
      if (!(column instanceof Float64Array)) row = nextBit(column.t, i - window.start, row)
    }
    return window.start + row
  }

  private placeOf(place: number, output: string): number {
    const slot = this.slots.get(place)
    return this.outputs.findIndex((own) => own.slot === slot && own.name === output)
  }

  /** A number for an output that a role reads: what plan.ts calls its place. */
  tap(place: number, output: string): number {
    const found = this.placeOf(place, output)
    if (found < 0) throw new Error(`${this.play.flat.nodes[place].path} is not of trade scope`)
    if (!this.taps.includes(found)) this.taps.push(found)
    return found
  }

  /** Output of a node as the memory has it, a column of one row; undefined for a node that is not of this program. */
  peek(memory: object, place: number, output: string): Float64Array | Bits | undefined {
    const found = this.placeOf(place, output)
    if (found < 0) return undefined
    if (!this.outputs[found].logical) return Float64Array.of(this.number(memory, found))
    const cell = bitsOf(1)
    setVerdict(cell, 0, this.verdict(memory, found))
    return cell
  }

  verdict(memory: object, tap: number): Verdict {
    if (!this.outputs[tap].logical) return 0
    const value = (memory as Memory).values[tap]
    return value === 1 ? 1 : value === -1 ? -1 : 0
  }

  number(memory: object, tap: number): number {
    return this.outputs[tap].logical ? Number.NaN : (memory as Memory).values[tap]
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
