// The mirror: builds one side of a Play out of the other by the table of dsl.md section 6. Literals reflect by the socket
// that they took; a node that comes out as it was is shared; an output of a reflected source is read under its twin's name.
import { isRefusal, type Mirror, type Refusal } from '../../kit/logic'
import { type Socket, turns } from '../../kit/socket'
import { type Slot, slotNames } from '../words'
import { contentHash, type Node, type Operand, resolvedOf } from './node'
import type { Catalogue } from './types'

export type Side = Readonly<Record<Slot, readonly Node[]>>

interface Reflected {
  readonly node: Node
  readonly outputs: Readonly<Record<string, string>>
}
/** Why a side cannot be mirrored. */
export interface NoMirror {
  readonly node: Node
  readonly reason: string
}
export const isNoMirror = (x: object): x is NoMirror => 'reason' in x

export class Reflection {
  private readonly known = new Map<Node, Reflected | NoMirror>()
  /** `prefix`: the side that is built. */
  constructor(
    private readonly types: Catalogue,
    private readonly prefix: 'long' | 'short',
  ) {}

  side(side: Side): Side | NoMirror {
    const built: Partial<Record<Slot, Node[]>> = {}
    for (const slot of slotNames) {
      const nodes: Node[] = []
      for (const node of side[slot]) {
        const reflected = this.of(node)
        if (isNoMirror(reflected)) return reflected
        nodes.push(reflected.node)
      }
      built[slot] = nodes
    }
    return { filters: [], entries: [], exits: [], invalidations: [], ...built }
  }

  of(node: Node): Reflected | NoMirror {
    const known = this.known.get(node)
    if (known !== undefined) return known
    const made = this.reflect(node)
    this.known.set(node, made)
    return made
  }

  private reflect(node: Node): Reflected | NoMirror {
    const resolved = resolvedOf(node)
    const recipe: Mirror | Refusal = node.type.mirror?.(resolved) ?? {}
    if (isRefusal(recipe)) return { node, reason: recipe.message }
    const turnedInputs: Record<string, readonly Operand[]> = {}
    for (const [port, operands] of Object.entries(node.inputs)) {
      const turned: Operand[] = []
      for (const operand of operands) {
        const one = operand.kind === 'wire' ? this.wire(operand) : this.constant(operand, node)
        if ('reason' in one) return one
        turned.push(one)
      }
      turnedInputs[swapped(port, recipe.swap)] = turned
    }
    const type = recipe.type === undefined ? node.type : this.types.find(recipe.type)
    if (type === undefined) return { node, reason: `its mirror \`${recipe.type}\` does not exist` }
    const inputs = inPortOrder(type.inputs, turnedInputs)
    const params = recipe.params?.(node.params) ?? node.params
    const hash = contentHash({ type, inputs, params, clock: node.clock })
    const outputs = recipe.outputs ?? {}
    if (hash === node.hash) return { node, outputs }
    const sockets: Record<string, Socket> = {}
    for (const [name, output] of Object.entries(type.outputs)) {
      const socket = typeof output.socket === 'function' ? output.socket(resolvedOf({ inputs, params })) : output.socket
      if (isRefusal(socket)) return { node, reason: socket.message }
      sockets[name] = socket
    }
    const { clock, scope, place, depth } = node
    const path = `${this.prefix}/${node.path}`
    return {
      node: { path, type, place, draft: null, twin: node, inputs, params, sockets, clock, scope, depth, hash },
      outputs,
    }
  }

  private wire(operand: Extract<Operand, { kind: 'wire' }>): Operand | NoMirror {
    const reflected = this.of(operand.node)
    if (isNoMirror(reflected)) return reflected
    return { kind: 'wire', node: reflected.node, output: reflected.outputs[operand.output] ?? operand.output }
  }

  private constant(operand: Extract<Operand, { kind: 'constant' }>, node: Node): Operand | NoMirror {
    const { socket, value } = operand
    if (operand.share || !turns(socket)) return operand
    if (socket.centre === null) return { node, reason: `the price ${value} has no counterpart on the short side` }
    return { ...operand, value: 2 * socket.centre - value }
  }
}

/** A swap leaves the operands in the order of their old ports; all else counts on the order of the type's. */
const inPortOrder = (ports: object, inputs: Node['inputs']): Node['inputs'] =>
  Object.fromEntries(
    Object.keys(ports).flatMap((port) => {
      const operands = inputs[port]
      return operands === undefined ? [] : [[port, operands] as const]
    }),
  )

const swapped = (port: string, swap: readonly [string, string] | undefined): string =>
  swap === undefined ? port : port === swap[0] ? swap[1] : port === swap[1] ? swap[0] : port
