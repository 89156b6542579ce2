// A resolved node: types, sockets, clock, scope and values known. Mirror, rules and flattening work on these.
import { hashOf } from '../../kit/hash'
import type { LogicType, Resolved } from '../../kit/logic'
import type { Socket } from '../../kit/socket'
import type { Timeframe } from '../../kit/timeframe'
import type { Operand as FlatOperand } from '../flat'
import type { Scalar } from '../tree'
import type { Draft } from './link'
import type { Place } from './report'
import { keyOf } from './types'

export type Operand =
  | { readonly kind: 'wire'; readonly node: Node; readonly output: string }
  | {
      readonly kind: 'constant'
      readonly value: number
      /** A fraction of the fill price. */
      readonly share: boolean
      readonly socket: Socket
      /** The literal, that of its parameter when it comes from one. */
      readonly written: Scalar
      /** `$name` when it comes from a parameter. */
      readonly param: string | null
    }

export interface Node {
  readonly path: string
  readonly type: LogicType
  readonly place: Place
  /** Null: made by the mirror. */
  readonly draft: Draft | null
  /** The node that this one mirrors. */
  readonly twin: Node | null
  readonly inputs: Readonly<Record<string, readonly Operand[]>>
  /** Base units; optional parameters that are unset are absent. */
  readonly params: Readonly<Record<string, unknown>>
  readonly sockets: Readonly<Record<string, Socket>>
  readonly clock: Timeframe
  readonly scope: 'market' | 'trade'
  /** Wires on the longest way from a source. */
  readonly depth: number
  readonly hash: string
}

export const operandsOf = (node: Pick<Node, 'inputs'>): readonly Operand[] => Object.values(node.inputs).flat()
export const wiresOf = (node: Pick<Node, 'inputs'>) => operandsOf(node).filter((operand) => operand.kind === 'wire')

export const socketOfOperand = (operand: Operand): Socket => {
  if (operand.kind === 'constant') return operand.socket
  const socket = operand.node.sockets[operand.output]
  if (socket === undefined)
    throw new Error(`${operand.node.path} has no output ${operand.output}: linking must refuse it`)
  return socket
}

export const resolvedOf = (node: Pick<Node, 'inputs' | 'params'>): Resolved => ({
  sockets: Object.fromEntries(
    Object.entries(node.inputs).map(([port, operands]) => [port, operands.map(socketOfOperand)]),
  ),
  params: node.params,
})

/** What an operand computes, as text: equal texts are equal values. */
export const operandKey = (operand: Operand): string =>
  operand.kind === 'wire'
    ? `${operand.node.hash}:${operand.output}`
    : `#${Object.is(operand.value, -0) ? 0 : operand.value}${operand.share ? '%' : ''}`

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Operands in the order of the computation: those of a commutative type by their content (dsl.md section 8). */
export const ordered = (node: Pick<Node, 'type' | 'inputs'>): Node['inputs'] => {
  if (!node.type.commutative) return node.inputs
  const all = Object.values(node.inputs).flat()
  const keyed = all.map((operand) => ({ operand, key: operandKey(operand) })).sort((a, b) => byText(a.key, b.key))
  const sorted = keyed.map(({ operand }) => operand)
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, operands]) => [port, sorted.splice(0, operands.length)]),
  )
}

/** Hash of what a node computes. */
export const contentHash = (node: Pick<Node, 'type' | 'inputs' | 'params' | 'clock'>): string =>
  hashOf({
    type: keyOf(node.type),
    clock: node.clock,
    params: node.params,
    inputs: Object.fromEntries(
      Object.entries(ordered(node)).map(([port, operands]) => [port, operands.map(operandKey)]),
    ),
  })

export const flatOperand = (operand: Operand, placeOf: (node: Node) => number): FlatOperand =>
  operand.kind === 'wire'
    ? { node: placeOf(operand.node), output: operand.output }
    : { constant: operand.value === 0 ? 0 : operand.value, ...(operand.share ? { share: true as const } : {}) }
