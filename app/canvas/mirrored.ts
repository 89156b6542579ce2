// How the nodes of a side read on the side that mirrors it: while a trade of that side is looked at, a node must not
// say "above" over figures that were asked to be below. Pure.
import { parseHandle } from '../../blocks/play/connect/wires'
import { typeLabel } from '../../blocks/play/labels'
import { isList, typeOf } from '../../blocks/play/references'
import type { PlayTree, Scalar, Value } from '../../blocks/play/tree'
import { type WrittenOut, writtenOut } from '../../blocks/play/unfold'
import { ownNow, withBlocks } from '../library/library'
import type { Own } from '../library/own'
import type { NodeView, RowView } from './nodeParts'
import { logicTypeOf } from './nodeView'
import { between, literalWords, sourceWords } from './words'

type PortRow = Extract<RowView, { kind: 'port' }>

/** A node as the mirrored side has it. */
export interface Twin {
  readonly type: string
  readonly operand: (handle: string) => Operand | null
}
interface Operand {
  readonly words: string
  /** The value itself where it is no wire. */
  readonly literal: Scalar | null
}
export type Twins = ReadonlyMap<string, Twin>

const none: Twins = new Map()

const resolved = ({ params = {} }: PlayTree, value: Scalar): Scalar =>
  typeof value === 'string' && value.startsWith('$') ? (params[value.slice(1)]?.value ?? value) : value

const operandOf = (value: Value, { tree, origins }: WrittenOut, plain: string | null): Operand | null => {
  if (typeof value === 'object') return null
  const [source = '', output = null] = String(value).split('.')
  const origin = typeof value === 'string' ? origins.get(source) : undefined
  if (origin === undefined) {
    const literal = resolved(tree, value)
    return { words: literalWords(literal), literal }
  }
  const { node, path } = origin
  // A Block is one node on the canvas: the name of its part says which output it was.
  return { words: sourceWords(node, path.length > 1 ? null : output, node === plain), literal: null }
}

const read = (tree: PlayTree): Twins => {
  const written = writtenOut(tree, withBlocks)
  if (written === null) return none
  const bars = Object.entries(tree.nodes).filter(([, node]) => typeOf(node)[0] === 'bars')
  const plain = bars.length === 1 ? (bars[0]?.[0] ?? null) : null
  const twins = new Map<string, Twin>()
  for (const [id, { node, path, mirrored }] of written.origins) {
    const own = written.tree.nodes[id]
    if (!mirrored || path.length > 1 || own === undefined) continue
    const [type, body] = typeOf(own)
    const operand = (handle: string): Operand | null => {
      const place = parseHandle(handle)
      if (place === null) return null
      const held: Value | undefined = place.port === null || isList(body) ? body : body[place.port]
      const value = held !== undefined && isList(held) ? held[place.index ?? 0] : held
      return value === undefined ? null : operandOf(value, written, plain)
    }
    twins.set(node, { type, operand })
  }
  return twins
}

const known = new WeakMap<PlayTree, { readonly own: Own; readonly twins: Twins }>()

/** Nodes that the mirrored side has of its own, by the node that they mirror; read once for each revision. */
export const twinsOf = (tree: PlayTree): Twins => {
  const own = ownNow()
  const before = known.get(tree)
  if (before?.own === own) return before.twins
  const twins = tree.long === 'mirror' || tree.short === 'mirror' ? read(tree) : none
  known.set(tree, { own, twins })
  return twins
}

/** A field keeps its place where the value is the same on both sides; else the mirrored value stands in the words. */
const isSame = (row: PortRow, literal: Scalar | null): boolean => {
  const { field } = row
  if (field === null) return false
  return literalWords(field.param?.tree.value ?? field.value) === literalWords(literal ?? '')
}

/** The row as the twin reads. */
const turned = (view: NodeView, row: PortRow, twin: Twin): PortRow => {
  const right = row.input === null ? null : twin.operand(row.input.handle)
  if (row.input === null || right === null) return row
  const keeps = isSame(row, right.literal)
  const last = keeps ? '' : right.words
  const word = between(logicTypeOf(twin.type)?.type ?? '')
  const left = view.headInput === null ? null : twin.operand(view.headInput.handle)
  if (word !== null && left !== null)
    return { ...row, text: `${left.words} ${word} ${last}`.trim(), field: keeps ? row.field : null }
  if (keeps || row.text === '') return row
  const { label } = row.input
  return { ...row, text: row.text.startsWith(`${label} `) ? `${label} ${last}` : last, field: null }
}

/** The node as it reads on the mirrored side; sizes and sockets stay. */
export const mirroredView = (view: NodeView, twin: Twin): NodeView => ({
  ...view,
  icon: logicTypeOf(twin.type)?.type ?? view.icon,
  hint: view.hint === null ? null : typeLabel(twin.type),
  rows: view.rows.map((row) => (row.kind === 'port' ? turned(view, row, twin) : row)),
})
