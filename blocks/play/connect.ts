// Legal wires: what may run where in a Play as it stands, holes allowed, with the checker's codes and words for what may not.
// Built once per revision. A wire is judged by making it and looking for what is wrong then and was not before.
import type { Port } from '../kit/logic'
import { isNumeric, type Letter, type Socket } from '../kit/socket'
import { freeId } from './check/wrongSocket'
import { bridgeBetween, type Insert } from './connect/bridges'
import { type Judged, judge, type WiringOptions } from './connect/judge'
import { canFit, type Fault, type Known, literalSocket, unknown } from './connect/open'
import { playWith } from './connect/wires'
import { typeLabel } from './labels'
import { printReference } from './names'
import { portsIn, type Wire, wiresOf } from './references'
import type { Body, NodeTree, PlayTree } from './tree'
import { inputTypes, own, roleLetters, slotNames, slots } from './words'

export { type Giver, type Insert, type Taker, typesThatGive, typesThatTake } from './connect/bridges'
export type { WiringOptions } from './connect/judge'

export interface InputPlace {
  /** As an edge names it (graph.ts): `of`, `of[0]`, `0`, `entries[0]`. */
  readonly handle: string
  readonly port: string
  readonly label: string
  readonly accept: readonly Letter[]
  /** A place of a list; the last one of each list is empty. */
  readonly list: boolean
  /** May stay empty. */
  readonly optional: boolean
  /** A wire runs in here; a constant is no wire. */
  readonly wired: boolean
}
export interface OutputPlace {
  readonly name: string
  /** As an edge names it: null is the node itself, its only output, or a Block's role. */
  readonly handle: string | null
  /** Null while it hangs on a wire that is missing. */
  readonly socket: Socket | null
  /** What it can be or become. */
  readonly letters: readonly Letter[]
}
export interface NodePlaces {
  readonly inputs: readonly InputPlace[]
  readonly outputs: readonly OutputPlace[]
}

export interface WireEnd {
  readonly source: string
  /** Null or the name of the only output: the node itself. */
  readonly output: string | null
}
export interface WireTarget {
  readonly target: string
  readonly handle: string
}
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: string
      readonly reason: string
      readonly hint?: string
      /** One node in between that makes it legal. */
      readonly insert?: Insert
    }

export interface Wiring {
  /** Null: there is no such node. `$long`, `$short` and `$risk` are nodes here. */
  readonly node: (id: string) => NodePlaces | null
  readonly can: (wire: WireEnd & WireTarget) => Verdict
  /** Every place that the output may run into. */
  readonly fitting: (end: WireEnd) => readonly WireTarget[]
  /** Places whose letters fit and that close no circle: all of `fitting` and a few more, without judging each wire. */
  readonly likely: (end: WireEnd) => readonly WireTarget[]
  /** The same from the other end: outputs that may run into the place. */
  readonly likelySources: (place: WireTarget) => readonly WireEnd[]
  /** How the document writes this output: `ema_fast`, `price.close`; null when there is none of this name. */
  readonly reference: (end: WireEnd) => string | null
  /** What a literal at a place would be; null: none may stand there, or its unit hangs on a wire that is missing. */
  readonly constant: (place: WireTarget) => Constant | null
}
/** The socket that a literal takes, or a percentage of the fill price. */
export type Constant = Letter | 'share_of_fill'

export const wiringOf = (tree: PlayTree, options: WiringOptions = {}): Wiring => new Wires(tree, options)

const sinks = ['$long', '$short', '$risk'] as const
const words = (name: string): string => name.replaceAll('_', ' ')
const keyOf = ({ code, place, message }: Fault): string => JSON.stringify([code, place.path, place.node, message])

class Wires implements Wiring {
  private readonly base: Judged
  private readonly drawn: readonly Wire[]
  private readonly wired: ReadonlySet<string>
  private readonly before: ReadonlySet<string>
  private readonly places = new Map<string, NodePlaces | null>()
  private readonly verdicts = new Map<string, Verdict>()

  constructor(
    private readonly tree: PlayTree,
    private readonly options: WiringOptions,
  ) {
    this.base = judge(tree, options)
    this.before = new Set(this.base.faults.map(keyOf))
    this.drawn = wiresOf(tree, portsIn(tree, options.blocks))
    this.wired = new Set(
      this.drawn
        .filter(({ from }) => Object.hasOwn(tree.nodes, from.node))
        .map(({ target, handle }) => `${target}:${handle}`),
    )
  }

  readonly node = (id: string): NodePlaces | null => {
    const done = this.places.get(id)
    if (done !== undefined) return done
    const made = this.placesOf(id)
    this.places.set(id, made)
    return made
  }

  private placesOf(id: string): NodePlaces | null {
    if (id === '$long' || id === '$short') return { inputs: this.sidePlaces(id), outputs: [] }
    if (id === '$risk') return { inputs: [], outputs: [] }
    const node = Object.hasOwn(this.tree.nodes, id) ? this.tree.nodes[id] : undefined
    const entry = this.base.space.entries.get(id)
    if (node === undefined || entry === undefined) return null
    if (entry.kind === 'broken') return { inputs: [], outputs: [] }
    if (entry.kind === 'block') {
      const inputs = Object.entries(entry.block.inputs ?? {}).map(([name, { type }]): InputPlace => {
        const letter = own(inputTypes, type)
        return this.place(id, { handle: name, port: name, accept: letter === undefined ? [] : [letter] })
      })
      const outputs = Object.keys(entry.block.outputs).map((name): OutputPlace => {
        const { socket, letters } = this.base.outputAt(`${id}.${name}`)
        const role = letters.length === 1 && letters[0] === roleLetters[entry.block.role]
        return { name, handle: role ? null : name, socket, letters }
      })
      return { inputs, outputs }
    }
    const names = Object.keys(entry.type.outputs)
    return {
      inputs: this.logicPlaces(id, entry.type, Object.values(node)[0] ?? {}),
      outputs: names.map((name) => {
        const { socket, letters } = this.base.nodes.get(entry.path)?.outputs[name] ?? unknown
        return { name, handle: name === '' || names.length === 1 ? null : name, socket, letters }
      }),
    }
  }

  private place(
    id: string,
    of: Pick<InputPlace, 'handle' | 'port' | 'accept'> & { readonly list?: boolean; readonly optional?: boolean },
  ): InputPlace {
    const { list = false, optional = false } = of
    return { ...of, label: words(of.port), list, optional, wired: this.wired.has(`${id}:${of.handle}`) }
  }

  private logicPlaces(
    id: string,
    type: { readonly inputs: Readonly<Record<string, Port<unknown>>>; readonly ordered?: true },
    body: Body,
  ): readonly InputPlace[] {
    return Object.entries(type.inputs).flatMap(([port, { accept, least, optional }], i) => {
      const one = { port, accept, optional: optional ?? false }
      if (least === undefined) return [this.place(id, { ...one, handle: type.ordered ? String(i) : port })]
      const list: unknown = Array.isArray(body) ? body.slice(i) : (body as Readonly<Record<string, unknown>>)[port]
      const length = Array.isArray(list) ? list.length : 0
      return Array.from({ length: Math.max(length + 1, 1) }, (_, k) =>
        this.place(id, {
          ...one,
          handle: type.ordered ? String(i + k) : `${port}[${k}]`,
          list: true,
          optional: k >= least,
        }),
      )
    })
  }

  /** A place for each role that stands there, and an empty one; a side that is mirrored or not traded has none. */
  private sidePlaces(id: '$long' | '$short'): readonly InputPlace[] {
    const side = this.tree[id === '$long' ? 'long' : 'short']
    if (typeof side === 'string') return []
    return slotNames.flatMap((slot) =>
      Array.from({ length: (side[slot] ?? []).length + 1 }, (_, k) =>
        this.place(id, { handle: `${slot}[${k}]`, port: slot, accept: [slots[slot]], list: true, optional: true }),
      ),
    )
  }

  private output({ source, output }: WireEnd): OutputPlace | null {
    const outputs = this.node(source)?.outputs ?? []
    return (
      outputs.find(({ name, handle }) => (output === null ? handle === null : name === output)) ??
      (output === '' ? (outputs.find(({ handle }) => handle === null) ?? null) : null)
    )
  }

  readonly reference = (end: WireEnd): string | null => {
    const place = this.output(end)
    return place === null ? null : printReference({ node: end.source, output: place.handle })
  }

  readonly can = (wire: WireEnd & WireTarget): Verdict => {
    const key = JSON.stringify([wire.source, wire.output, wire.target, wire.handle])
    const done = this.verdicts.get(key)
    if (done !== undefined) return done
    const verdict = this.verdict(wire)
    this.verdicts.set(key, verdict)
    return verdict
  }

  private verdict(wire: WireEnd & WireTarget): Verdict {
    const { source, target, handle } = wire
    const output = this.output(wire)
    const reference = this.reference(wire)
    if (output === null || reference === null)
      return { ok: false, code: 'unknown_output', reason: `there is no such output at \`${source}\`` }
    const place = this.node(target)?.inputs.find((one) => one.handle === handle)
    if (place === undefined) return { ok: false, code: 'unknown_key', reason: `\`${target}\` has no such port` }
    const fresh = this.fresh(playWith(this.tree, { target, handle }, reference))
    const fault = fresh.find((one) => isAt(one, target)) ?? fresh[0]
    if (fault === undefined) return { ok: true }
    const { code, message, hint } = fault
    const insert =
      code === 'wrong_socket' || code === 'wrong_slot' ? this.insert(reference, output, { target, place }) : null
    return {
      ok: false,
      code,
      reason: code === 'wrong_socket' && isAt(fault, target) ? `\`${place.port}\` ${message}` : message,
      ...(hint === undefined ? {} : { hint }),
      ...(insert === null ? {} : { insert }),
    }
  }

  /** A node in between, when with it nothing new is wrong. */
  private insert(
    reference: string,
    { letters }: Known,
    { target, place }: { readonly target: string; readonly place: InputPlace },
  ): Insert | null {
    const [letter] = letters
    const insert = letter === undefined ? null : bridgeBetween(letter, place.accept)
    if (insert === null || letters.length > 1) return null
    const id = freeId(insert.type, (name) => Object.hasOwn(this.tree.nodes, name))
    const node: NodeTree = { [insert.type]: {} }
    const grown: PlayTree = { ...this.tree, nodes: { ...this.tree.nodes, [id]: node } }
    const half = playWith(grown, { target: id, handle: insert.handle }, reference)
    const whole = playWith(half, { target, handle: place.handle }, printReference({ node: id, output: insert.output }))
    return this.fresh(whole).length === 0 ? { ...insert, label: typeLabel(insert.type) } : null
  }

  readonly constant = ({ target, handle }: WireTarget): Constant | null => {
    const entry = this.base.space.entries.get(target)
    const place = this.node(target)?.inputs.find((one) => one.handle === handle)
    if (entry?.kind !== 'logic' || place === undefined) return null
    const { type } = entry
    const port = own(type.inputs, place.port)
    if (port === undefined || port.wired || !port.accept.some(isNumeric)) return null
    if (port.shareOfFill) return 'share_of_fill'
    const wires = this.drawn.filter((one) => one.target === target && one.handle !== handle)
    // A node over literals alone says nothing; role makers live from what they do.
    if (wires.length === 0 && type.part === undefined) return null
    const sockets = wires.map(({ from }) => this.base.outputAt(printReference(from)).socket)
    if (sockets.includes(null)) return null
    const known = sockets.filter((one) => one !== null)
    const socket = literalSocket(type, place.port, known)
    // Some types have no product with any number (a price, a time): what becomes of the node is tried.
    const isRefused = (): boolean =>
      judge(playWith(this.tree, { target, handle }, 1), this.options).faults.some((fault) => isAt(fault, target))
    return socket === null || (type.literal !== undefined && isRefused()) ? null : socket.letter
  }

  /** What is wrong in a changed Play and is not in this one. */
  private fresh(tree: PlayTree): readonly Fault[] {
    return judge(tree, this.options).faults.filter((fault) => !this.before.has(keyOf(fault)))
  }

  readonly fitting = (end: WireEnd): readonly WireTarget[] =>
    this.likely(end).filter((place) => this.can({ ...end, ...place }).ok)

  readonly likely = (end: WireEnd): readonly WireTarget[] => {
    const output = this.output(end)
    if (output === null) return []
    const before = this.reached(end.source, 'feeders')
    return [...Object.keys(this.tree.nodes), ...sinks]
      .filter((target) => !before.has(target))
      .flatMap((target) =>
        (this.node(target)?.inputs ?? [])
          .filter(({ accept }) => canFit(output.letters, accept))
          .map(({ handle }) => ({ target, handle })),
      )
  }

  readonly likelySources = ({ target, handle }: WireTarget): readonly WireEnd[] => {
    const place = this.node(target)?.inputs.find((one) => one.handle === handle)
    if (place === undefined) return []
    const after = this.reached(target, 'takers')
    return Object.keys(this.tree.nodes)
      .filter((source) => !after.has(source))
      .flatMap((source) =>
        (this.node(source)?.outputs ?? [])
          .filter(({ letters }) => canFit(letters, place.accept))
          .map((output) => ({ source, output: output.handle })),
      )
  }

  /** The node itself and all on the ways from or to it: a wire to one of them closes a circle. */
  private reached(id: string, way: 'feeders' | 'takers'): ReadonlySet<string> {
    const links = new Map<string, string[]>()
    for (const { from, target } of this.drawn) {
      const [a, b] = way === 'feeders' ? [target, from.node] : [from.node, target]
      links.set(a, [...(links.get(a) ?? []), b])
    }
    const found = new Set([id])
    for (const one of found) for (const next of links.get(one) ?? []) found.add(next)
    return found
  }
}

/** Does the fault stand at this node or side. */
const isAt = ({ place }: Fault, target: string): boolean =>
  target.startsWith('$') ? place.path[0] === target.slice(1) : place.path[0] === 'nodes' && place.path[1] === target
