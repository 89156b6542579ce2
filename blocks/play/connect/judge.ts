// What is wrong with the wires of a Play as it stands, holes allowed: the checker where it can speak, else what is known.

import { isTimeframe, type Timeframe } from '../../kit/timeframe'
import { type BlockLookup, lookupOf, Shelf } from '../check/blocks'
import { expand, rootSpace, type Space } from '../check/expand'
import { type Draft, Linker } from '../check/link'
import { Report } from '../check/report'
import { blocksIn } from '../check/spaces'
import { type Catalogue, shipped } from '../check/types'
import { wrongSocket } from '../check/wrongSocket'
import type { PlayTree, Value } from '../tree'
import { inputTypes, own, slotNames, slots, socketWords } from '../words'
import { canFit, type Fault, type Known, known, type OpenNode, openNodes, outputOf, unknown } from './open'

export interface WiringOptions {
  /** Own and other Blocks by `name@version`; the shipped library is always there. */
  readonly blocks?: BlockLookup
}

/** A Play with everything linked that can be. */
export interface Judged {
  readonly tree: PlayTree
  readonly types: Catalogue
  readonly space: Space
  readonly drafts: ReadonlyMap<string, Draft>
  readonly nodes: ReadonlyMap<string, OpenNode>
  readonly faults: readonly Fault[]
  /** What a reference of the document stands for. */
  readonly outputAt: (reference: string) => Known
}

export const judge = (tree: PlayTree, options: WiringOptions = {}): Judged => {
  // Names that do not exist and the like are the checker's business: this report is only read by its makers.
  const report = new Report()
  const shelf = new Shelf({ report, lookup: lookupOf(options.blocks), here: tree.blocks, pins: null })
  const tf: Timeframe = isTimeframe(tree.tf) ? tree.tf : '1m'
  const none = new Map()
  const space = rootSpace(tree.params, undefined, none)
  const origin = {
    report,
    types: shipped,
    set: none,
    block: (ref: string, place: Parameters<Shelf['find']>[1]) => shelf.find(ref, place),
  }
  expand(origin, space, tree)
  const linker = new Linker(report)
  const drafts = linker.drafts(space)
  const { nodes, faults } = openNodes(drafts, { tf, markets: Object.keys(tree.markets) })
  const found: Fault[] = []
  const scene: Scene = { tree, space, linker, nodes, faults: found }
  // What stands at the ports of a Block comes before what follows from it inside.
  judgeInputs(scene)
  found.push(...faults)
  judgeSides(scene)
  const outputAt = (reference: string): Known => knownAt(reference, scene)
  return { tree, types: shipped, space, drafts, nodes, faults: found, outputAt }
}

interface Scene {
  readonly tree: PlayTree
  readonly space: Space
  readonly linker: Linker
  readonly nodes: ReadonlyMap<string, OpenNode>
  readonly faults: Fault[]
}

const knownAt = (reference: string, { space, linker, nodes }: Scene): Known => {
  const source = linker.reference(reference, { path: [] }, space)
  return source?.kind === 'wire' ? outputOf(nodes, source) : unknown
}

/** What an instance gives to the inputs of a Block. */
const judgeInputs = ({ space, linker, nodes, faults }: Scene): void => {
  for (const entry of blocksIn(space)) {
    const { outer, wired } = entry.space
    if (outer === null) continue
    for (const [name, { value, place }] of wired ?? []) {
      const letter = own(inputTypes, own(entry.block.inputs, name)?.type ?? '')
      const source = linker.source(value as Value, place, outer)
      if (letter === undefined || source?.kind !== 'wire') continue
      const at = outputOf(nodes, source)
      if (canFit(at.letters, [letter])) continue
      const sockets = Object.entries(nodes.get(source.entry.path)?.outputs ?? {}).flatMap(([output, one]) =>
        one.socket === null ? [] : [[output, one.socket] as const],
      )
      const socket = at.socket ?? known({ letter: at.letters[0] ?? 'N', centre: null }).socket
      if (socket === null) continue
      const node = { sockets: Object.fromEntries(sockets) }
      const port = { accept: [letter] }
      faults.push({ code: 'wrong_socket', place, ...wrongSocket({ wire: source, node, socket, port, space: outer }) })
    }
  }
}

/** Exits of which a side has one at most. */
const single: readonly string[] = ['stop', 'ladder', 'trail', 'break_even', 'time_stop']

const judgeSides = (scene: Scene): void => {
  const { tree, space, linker, nodes, faults } = scene
  for (const name of ['long', 'short'] as const) {
    const side = tree[name]
    if (typeof side === 'string') continue
    const parts = new Map<string, string>()
    for (const slot of slotNames) {
      const list = side[slot] ?? []
      for (const [i, text] of list.entries()) {
        const place = { path: [name, slot, i] }
        if (list.indexOf(text) < i) {
          faults.push({ code: 'listed_twice', place, message: `\`${text}\` stands twice in ${name}.${slot}` })
          continue
        }
        const source = linker.reference(text, place, space)
        if (source?.kind !== 'wire') continue
        const { letters } = outputOf(nodes, source)
        if (!letters.includes(slots[slot])) faults.push(wrongSlot({ text, place, slot, name, letters }))
        const part = source.entry.type.part
        const first = part === undefined ? undefined : parts.get(part)
        if (slot !== 'exits' || part === undefined || !single.includes(part)) continue
        if (first === undefined) parts.set(part, text)
        else
          faults.push({
            code: 'two_of_part',
            place: { ...place, node: text },
            message: `the ${name} side has more than one \`${part}\`: \`${first}\` and \`${text}\``,
          })
      }
    }
  }
}

const wrongSlot = (at: {
  text: string
  place: Fault['place']
  slot: (typeof slotNames)[number]
  name: string
  letters: Known['letters']
}): Fault => {
  const { text, place, slot, name, letters } = at
  const right = slotNames.find((one) => letters.includes(slots[one]))
  return {
    code: 'wrong_slot',
    place,
    message: `\`${text}\` is ${socketWords[letters[0] ?? 'N']}: it cannot stand in ${name}.${slot}`,
    hint:
      right === undefined
        ? `A role maker such as \`${{ filters: 'filter', entries: 'entry', exits: 'exit_when', invalidations: 'invalidation' }[slot]}\` makes a role of it.`
        : `It belongs into ${name}.${right}.`,
  }
}
