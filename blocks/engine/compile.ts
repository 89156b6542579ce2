// Roles of a flattened Play as plans: each role maker's operands become columns on the decision clock.
import type { Bits } from '../kit/bits'
import type { Lifetime, RShare, Step } from '../kit/param'
import type { FlatNode, FlatSide, Operand } from '../play/flat'
import { conditionAtEntry } from './columns/entry'
import { type EvaluatedPlay, typeKey } from './columns/evaluate'
import type { AnyColumn } from './columns/store'
import type {
  BreakEvenPlan,
  Condition,
  EntryPlan,
  ExitPlan,
  InvalidationPlan,
  Level,
  SidePlan,
  StopPlan,
  TargetPlan,
  TrailPlan,
} from './plan'
import { type Program, programFor } from './program'

const asBits = (column: AnyColumn, node: FlatNode): Bits => {
  if (column instanceof Float64Array || !('t' in column)) throw new Error(`${node.path} wants a condition`)
  return column
}
const asNumbers = (column: AnyColumn, node: FlatNode): Float64Array => {
  if (!(column instanceof Float64Array)) throw new Error(`${node.path} wants numbers`)
  return column
}

class SideCompiler {
  constructor(
    private readonly play: EvaluatedPlay,
    private readonly program: Program | null,
  ) {}

  private operand(node: FlatNode, port: string): Operand | null {
    return node.inputs[port]?.[0] ?? null
  }

  private need(node: FlatNode, port: string): Operand {
    const operand = this.operand(node, port)
    if (operand === null) throw new Error(`${node.path} has no ${port}: the checker must refuse it`)
    return operand
  }

  private ofTrade(operand: Operand): boolean {
    return 'node' in operand && this.play.flat.nodes[operand.node].scope === 'trade'
  }

  private tap(operand: Operand): number {
    if (this.program === null || !('node' in operand)) throw new Error('trade scope without a program')
    return this.program.tap(operand.node, operand.output)
  }

  private column(operand: Operand): AnyColumn {
    if ('node' in operand) return this.play.onDecision(operand.node, operand.output)
    return this.play.workspace.constant(operand.constant, this.play.decision.rows)
  }

  private numbers(node: FlatNode, port: string): Float64Array {
    return asNumbers(this.column(this.need(node, port)), node)
  }

  private numbersOrNull(node: FlatNode, port: string): Float64Array | null {
    return this.operand(node, port) === null ? null : this.numbers(node, port)
  }

  private bits(node: FlatNode, port: string): Bits {
    return asBits(this.column(this.need(node, port)), node)
  }

  private condition(node: FlatNode, port: string): Condition {
    const operand = this.need(node, port)
    if (!this.ofTrade(operand)) return { market: this.bits(node, port) }
    return { trade: this.tap(operand), atEntry: conditionAtEntry(this.play, operand) }
  }

  private level(node: FlatNode, port: string): Level {
    const operand = this.need(node, port)
    return this.ofTrade(operand) ? { trade: this.tap(operand) } : { market: this.numbers(node, port) }
  }

  allow(node: FlatNode): Bits {
    return this.bits(node, 'allow')
  }

  entry(node: FlatNode): EntryPlan {
    const { params, path } = node
    return {
      path,
      when: this.bits(node, 'when'),
      order: params.order as EntryPlan['order'],
      at: this.numbersOrNull(node, 'at'),
      expires: params.expires as Lifetime,
      whileTrue: params.fires === 'while_true',
      postOnly: params.post_only === true,
    }
  }

  stop(node: FlatNode): StopPlan {
    const { path } = node
    const by = this.operand(node, 'by')
    if (by === null) return { path, kind: 'level', at: this.numbers(node, 'at'), pad: this.numbersOrNull(node, 'pad') }
    if ('constant' in by && by.share === true) return { path, kind: 'share', share: by.constant }
    return { path, kind: 'distance', by: this.numbers(node, 'by') }
  }

  target(node: FlatNode): TargetPlan {
    return { path: node.path, at: this.numbers(node, 'at'), close: Number(node.params.close) }
  }

  trail(node: FlatNode): TrailPlan {
    const { params, path } = node
    const common = {
      path,
      after: params.after as RShare,
      from: params.from as TrailPlan['from'],
      update: params.update as TrailPlan['update'],
    }
    const by = this.operand(node, 'by')
    if (by === null)
      return { ...common, kind: 'level', to: this.level(node, 'to'), pad: this.numbersOrNull(node, 'pad') }
    if ('constant' in by && by.share === true) return { ...common, kind: 'share', share: by.constant }
    return { ...common, kind: 'distance', by: this.numbers(node, 'by') }
  }

  breakEven(node: FlatNode): BreakEvenPlan {
    const { params, path } = node
    const { rung } = params
    return {
      path,
      after: rung === undefined ? (params.after as RShare) : { rung: Number(rung) },
      offset: params.offset as RShare,
      coverFees: params.cover_fees === true,
    }
  }

  exit(node: FlatNode): ExitPlan {
    return { path: node.path, when: this.condition(node, 'when') }
  }

  invalidation(node: FlatNode): InvalidationPlan {
    return { path: node.path, when: this.condition(node, 'when'), on: node.params.on as InvalidationPlan['on'] }
  }
}

/** One side's plan and its trade-scope program; nulls when the side is not traded. */
export const compileSide = (
  play: EvaluatedPlay,
  side: FlatSide | null,
): { plan: SidePlan | null; program: Program | null } => {
  if (side === null) return { plan: null, program: null }
  const program = programFor(play, side)
  const compiler = new SideCompiler(play, program)
  const at = (place: number): FlatNode => play.flat.nodes[place]
  const part = (node: FlatNode): string | undefined => play.types.get(typeKey(node.type, node.major))?.part
  const exits = (name: string): FlatNode[] => side.exits.map(at).filter((node) => part(node) === name)
  const one = <T>(name: string, make: (node: FlatNode) => T): T | null => {
    const node = exits(name)[0]
    return node === undefined ? null : make(node)
  }
  const stop = one('stop', (node) => compiler.stop(node))
  if (stop === null) throw new Error('a side without a stop: the checker must refuse it')
  const plan: SidePlan = {
    filters: side.filters.map((place) => ({ path: at(place).path, allow: compiler.allow(at(place)) })),
    entries: side.entries.map((place) => compiler.entry(at(place))),
    stop,
    targets: exits('target').map((node) => compiler.target(node)),
    ladder: one('ladder', (node) => ({ path: node.path, steps: node.params.steps as readonly Step[] })),
    trail: one('trail', (node) => compiler.trail(node)),
    breakEven: one('break_even', (node) => compiler.breakEven(node)),
    timeStop: one('time_stop', (node) => ({ path: node.path, after: node.params.after as Lifetime })),
    exitWhen: exits('exit_when').map((node) => compiler.exit(node)),
    invalidations: side.invalidations.map((place) => compiler.invalidation(at(place))),
  }
  return { plan, program }
}
