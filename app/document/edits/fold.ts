// Folds nodes into a Block of the document: what comes in becomes its inputs, parameters its own, what is read from
// outside its outputs. The engine does the same as before, or nothing is folded: both Plays must have one logic hash.
import { checkPlay } from '../../../blocks/play/check'
import { freeId } from '../../../blocks/play/check/wrongSocket'
import { type Wiring, wiringOf } from '../../../blocks/play/connect'
import { openIn } from '../../../blocks/play/connect/wires'
import { isId, printReference, type Reference } from '../../../blocks/play/names'
import { isList, typeOf, type Wire, wiresOf } from '../../../blocks/play/references'
import { noteKey } from '../../../blocks/play/text/build'
import { nodeOrder } from '../../../blocks/play/text/order'
import type { BlockTree, NodeTree, PlayTree, Sidecar, Value } from '../../../blocks/play/tree'
import { inputTypes, own, roleLetters } from '../../../blocks/play/words'
import { withBlocks } from '../../library/library'
import type { BlockBody } from './blocks'
import { type DocumentDraft, portsOf, putSidecar, putTree, sidecarOf, treeOf } from './draft'
import { forget, freshId, type Point, renamedIn } from './nodes'
import { pinned } from './pins'

export interface Folding {
  readonly ids: readonly string[]
  /** Of the Block: `here/calm` is `calm`. */
  readonly name: string
}
/** Without a name: to be looked at before it has one. */
type Trial = Pick<Folding, 'ids'> & { readonly name: string | null }

export interface Folded {
  readonly tree: PlayTree
  /** The node that stands for them. */
  readonly id: string
  readonly block: BlockBody
}
/** Why they cannot be folded, in a sentence. */
export interface NotFolded {
  readonly fault: string
}

const no = (fault: string): NotFolded => ({ fault })
const title = (id: string): string => id.replaceAll('_', ' ')
const quoted = (ids: readonly string[]): string => ids.map((id) => `\u201c${title(id)}\u201d`).join(' and ')

const roleOf = (wiring: Wiring, id: string): BlockTree['role'] | null => {
  const letters = (wiring.node(id)?.outputs ?? []).flatMap((output) => output.letters)
  const found = Object.entries(roleLetters).find(([, letter]) => letters.includes(letter))
  return found === undefined ? null : (found[0] as BlockTree['role'])
}

interface Chosen {
  readonly tree: PlayTree
  readonly wiring: Wiring
  readonly wires: readonly Wire[]
  /** In reading order. */
  readonly ids: readonly string[]
  readonly maker: string
  readonly role: BlockTree['role']
}

/** What of the document is folded; a sentence where it is no Block. */
const chosenOf = (tree: PlayTree, ids: readonly string[]): Chosen | NotFolded => {
  if (ids.length === 0) return no('Choose the nodes that the Block is made of.')
  const wiring = wiringOf(tree, withBlocks)
  const wires = wiresOf(tree, portsOf(tree))
  const makers = ids.filter((id) => roleOf(wiring, id) !== null)
  const [maker, second] = makers
  const role = maker === undefined ? null : roleOf(wiring, maker)
  if (maker === undefined || role === null)
    return no('None of these makes a role. Choose the filter, entry, exit or invalidation that they lead to as well.')
  if (second !== undefined) return no(`A Block has one role, and ${quoted(makers)} make ${makers.length}.`)
  if (!wires.some(({ from, target }) => from.node === maker && target.startsWith('$')))
    return no(`${quoted([maker])} stands in no lane yet: wire it to its lane first.`)
  const between = betweenOf(wires, ids)
  if (between.length > 0)
    return no(`${quoted(between.slice(0, 1))} stands between them: choose it as well, or the Block would feed itself.`)
  return { tree, wiring, wires, ids, maker, role }
}

/** Nodes outside that are fed by chosen ones and feed chosen ones. */
const betweenOf = (wires: readonly Wire[], ids: readonly string[]): readonly string[] => {
  const reach = (from: readonly string[], next: (wire: Wire) => readonly [string, string]): ReadonlySet<string> => {
    const seen = new Set<string>()
    for (let open = [...from]; open.length > 0; ) {
      const step = wires.flatMap((wire) => {
        const [here, there] = next(wire)
        return open.includes(here) && !ids.includes(there) && !seen.has(there) ? [there] : []
      })
      for (const id of step) seen.add(id)
      open = [...new Set(step)]
    }
    return seen
  }
  const after = reach(ids, ({ from, target }) => [from.node, target])
  const before = reach(ids, ({ from, target }) => [target, from.node])
  return [...after].filter((id) => before.has(id))
}

/** Names that are given one after the other, none twice. */
class Names {
  private readonly taken: Set<string>
  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken)
  }
  give(wishes: readonly string[]): string {
    const free = wishes.find((one) => isId(one) && !this.taken.has(one))
    const [first = 'value'] = wishes
    const name = free ?? freeId(isId(first) ? first : `${first}_value`, (one) => this.taken.has(one))
    this.taken.add(name)
    return name
  }
}

const wishesOf = ({ node, output }: Reference): readonly string[] =>
  output === null ? [node] : [output, `${node}_${output}`]

const letterTypes = new Map(Object.entries(inputTypes).map(([type, letter]) => [letter as string, type]))

interface Face {
  /** Input of the Block by what stands outside: `price.close`. */
  readonly inputs: ReadonlyMap<string, { readonly name: string; readonly type: string }>
  /** Output of the Block by what stands inside: `swing.low_level`. */
  readonly outputs: ReadonlyMap<string, string>
  /** `$name` inside by `$name` outside. */
  readonly params: ReadonlyMap<string, string>
}

const wordsIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : []
}

const faceOf = ({ tree, wiring, wires, ids, maker, role }: Chosen): Face | NotFolded => {
  const chosen = new Set(ids)
  const names = new Names(ids)
  const inputs = new Map<string, { name: string; type: string }>()
  for (const { from, target } of wires) {
    const reference = printReference(from)
    if (!chosen.has(target) || chosen.has(from.node) || inputs.has(reference)) continue
    const outputs = wiring.node(from.node)?.outputs ?? []
    const letter = outputs.find(({ handle }) => handle === from.output)?.socket?.letter
    const type = letterTypes.get(letter ?? '')
    if (type === undefined) return no(`What ${quoted([from.node])} gives cannot come into a Block.`)
    inputs.set(reference, { name: names.give(wishesOf(from)), type })
  }
  const words = ids.flatMap((id) => wordsIn(typeOf(tree.nodes[id] as NodeTree)[1] as Value))
  const used = Object.keys(tree.params ?? {}).filter((name) => words.includes(`$${name}`))
  // An instance gives inputs and parameters in one map.
  const settings = new Names([...inputs.values()].map(({ name }) => name))
  const params = new Map(used.map((name) => [`$${name}`, `$${settings.give([name])}`]))
  const outside = new Names([role])
  const outputs = new Map<string, string>()
  for (const { from, target } of wires) {
    const reference = printReference(from)
    const isRole = from.node === maker && target.startsWith('$')
    if (!chosen.has(from.node) || chosen.has(target) || isRole || outputs.has(reference)) continue
    outputs.set(reference, outside.give(wishesOf(from)))
  }
  return { inputs, outputs, params }
}

const swapped = (value: Value, words: ReadonlyMap<string, string>): Value => {
  if (typeof value === 'string') return words.get(value) ?? value
  if (isList(value)) return value.map((one) => swapped(one, words))
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, swapped(one, words)]))
}

/** Nodes with other words at the places that name a node. */
const reworded = (tree: PlayTree, ids: readonly string[], words: ReadonlyMap<string, string>): PlayTree['nodes'] => {
  const ports = portsOf(tree)
  const open = openIn(tree)
  const names = (word: string): string => words.get(word) ?? word
  return Object.fromEntries(
    ids.map((id) => {
      const node = tree.nodes[id] as NodeTree
      return [id, renamedIn(node, ports(typeOf(node)[0]), { names, open })]
    }),
  )
}

const bodyOf = ({ tree, wires, ids, maker, role }: Chosen, { inputs, outputs, params }: Face): BlockBody => {
  const inner = reworded(tree, ids, new Map([...inputs].map(([reference, { name }]) => [reference, name])))
  const nodes = swapped(inner, params) as PlayTree['nodes']
  const faces = [...params].map(([outer, name]) => [name.slice(1), own(tree.params, outer.slice(1))])
  const roleWire = wires.find(({ from, target }) => from.node === maker && target.startsWith('$'))
  const face = { [role]: roleWire === undefined ? maker : printReference(roleWire.from) }
  for (const [reference, name] of outputs) face[name] = reference
  return {
    role,
    ...(inputs.size > 0
      ? { inputs: Object.fromEntries([...inputs.values()].map(({ name, type }) => [name, { type }])) }
      : {}),
    ...(faces.length > 0 ? { params: Object.fromEntries(faces) } : {}),
    nodes,
    outputs: face,
  }
}

/** The Play with one node in their place. */
const replaced = (chosen: Chosen, face: Face, name: string): Omit<Folded, 'block'> & { block: BlockBody } => {
  const { tree, wires, ids, maker } = chosen
  const block = bodyOf(chosen, face)
  const kept = Object.keys(tree.nodes).filter((id) => !ids.includes(id))
  const id = freshId(
    { ...tree, nodes: Object.fromEntries(kept.map((one) => [one, tree.nodes[one] as NodeTree])) },
    name,
  )
  const words = new Map([...face.outputs].map(([reference, output]) => [reference, `${id}.${output}`]))
  for (const { from, target } of wires)
    if (from.node === maker && target.startsWith('$')) words.set(printReference(from), id)
  const instance = Object.fromEntries([
    ...[...face.inputs].map(([reference, input]) => [input.name, reference]),
    ...[...face.params].map(([outer, inner]) => [inner.slice(1), outer]),
  ])
  const side = (lists: PlayTree['long']): PlayTree['long'] => swapped(lists as Value, words) as PlayTree['long']
  const next = {
    ...tree,
    blocks: { ...tree.blocks, [name]: block },
    nodes: { ...reworded(tree, kept, words), [id]: { [`here/${name}`]: instance } },
    long: side(tree.long),
    short: side(tree.short),
  }
  return { tree: pinned(next), id, block }
}

/** Why a Block of the document cannot bear this name; null: it can. */
export const blockNameFault = ({ blocks }: Pick<PlayTree, 'blocks'>, name: string): string | null => {
  if (!isId(name))
    return name === '' ? 'Write a name.' : `${name} is no name: small letters, digits and _, a letter first.`
  return Object.hasOwn(blocks ?? {}, name) ? `There is a Block ${name} in this Play already.` : null
}

/** The Play with these nodes as one Block; it is not changed itself. */
export const fold = (tree: PlayTree, { ids, name: wish }: Trial, order?: readonly string[]): Folded | NotFolded => {
  const name = wish ?? freeId('block', (one) => Object.hasOwn(tree.blocks ?? {}, one))
  const fault = blockNameFault(tree, name)
  if (fault !== null) return no(fault)
  const before = checkPlay(tree, withBlocks)
  if (before.flat === undefined) {
    const [first] = before.problems.filter(({ severity }) => severity === 'error')
    return no(`First mend the Play: ${first?.message ?? 'it has errors'}.`)
  }
  const chosen = chosenOf(
    tree,
    nodeOrder(tree.nodes, order).filter((id) => ids.includes(id)),
  )
  if ('fault' in chosen) return chosen
  const face = faceOf(chosen)
  if ('fault' in face) return face
  const folded = replaced(chosen, face, name)
  const after = checkPlay(folded.tree, withBlocks)
  if (after.flat?.logicHash === before.flat.logicHash) return folded
  const [wrong] = after.problems.filter(({ severity }) => severity === 'error')
  return no(`These cannot stand in a Block: ${wrong?.message ?? 'the Play would do something else'}.`)
}

/** Where the Block stands: in the middle of what it replaces; null where nothing was placed by hand. */
const middleOf = ({ positions }: Sidecar, ids: readonly string[]): Point | null => {
  const placed = ids.flatMap((id) => (positions?.[id] === undefined ? [] : [positions[id]]))
  if (placed.length === 0) return null
  const middle = (all: readonly number[]): number => Math.round((Math.min(...all) + Math.max(...all)) / 2)
  return [middle(placed.map(([x]) => x)), middle(placed.map(([, y]) => y))]
}

/** Folds nodes of the document: one step. A sentence why not; null: it is done, and `made` is told of the new node. */
export const foldNodes = (draft: DocumentDraft, folding: Folding, made: (id: string) => void): string | null => {
  const tree = treeOf(draft)
  const sidecar = sidecarOf(draft)
  const order = nodeOrder(tree.nodes, sidecar.order)
  const folded = fold(tree, folding, order)
  if ('fault' in folded) return folded.fault
  const { id, block } = folded
  const ids = Object.keys(block.nodes)
  putTree(draft, folded.tree)
  const inside = `here/${folding.name}`
  const notes = ids.flatMap((one): [string, string][] => {
    const note = sidecar.notes?.[noteKey('nodes', one)]
    return note === undefined ? [] : [[`${inside}/${one}`, note]]
  })
  const at = middleOf(sidecar, ids)
  const last = Math.max(...ids.map((one) => order.indexOf(one)))
  const placed = order.flatMap((one, i) => (i === last ? [id] : ids.includes(one) ? [] : [one]))
  const left = forget(sidecar, new Set(ids))
  putSidecar(draft, {
    ...left,
    order: [...placed, ...ids.map((one) => `${inside}/${one}`)],
    ...(notes.length > 0 ? { notes: { ...left.notes, ...Object.fromEntries(notes) } } : {}),
    ...(at === null ? {} : { positions: { ...left.positions, [id]: at } }),
  })
  made(id)
  return null
}
