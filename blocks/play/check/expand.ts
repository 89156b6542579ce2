// Blocks as macros: builds the spaces of names of a document, Blocks inside, with path ids such as `grab/poked`.
import type { LogicType } from '../../kit/logic'
import type { BlockTree, Body, NodeTree, ParamTree, Scalar, Value } from '../tree'
import { own, reservedTypes } from '../words'
import { didYouMean } from './nearest'
import { outsideOf, sumOf } from './params'
import { below, type Place, type Report, setFix } from './report'
import { type Catalogue, keyOf, typeKey } from './types'

export type BlockBody = Omit<BlockTree, 'dsl' | 'block' | 'version'>

/** A parameter as a space sees it. */
export interface Bound {
  /** Where `--set` and evolution reach it: `fast`, `grab.depth`; what an instance sets itself has none. */
  readonly address: string | null
  readonly written: Scalar
  /** Other values that its range or choices allow: each must be legal wherever it is used. */
  readonly also: readonly Scalar[]
}
export interface Wired {
  readonly value: Value
  readonly place: Place
}
export interface LogicEntry {
  readonly kind: 'logic'
  readonly type: LogicType
  readonly body: Body
  readonly path: string
  readonly place: Place
}
export interface BlockEntry {
  readonly kind: 'block'
  /** As written: `lib/name@2`. */
  readonly key: string
  readonly block: BlockBody
  readonly space: Space
  readonly path: string
  readonly place: Place
}
export type Entry = LogicEntry | BlockEntry | { readonly kind: 'broken' }

/** Names of one document, or of one use of a Block. */
export interface Space {
  readonly prefix: string
  readonly outer: Space | null
  /** What the instance gave to the inputs of this Block; null at the root. */
  readonly wired: ReadonlyMap<string, Wired> | null
  readonly inputs: BlockTree['inputs']
  readonly params: ReadonlyMap<string, Bound>
  readonly used: Set<string>
  readonly entries: Map<string, Entry>
}

/** What a document offers to the expansion. */
export interface Origin {
  readonly report: Report
  readonly types: Catalogue
  /** `lib/name@2`, `my/name@3` or `here/name`, as used at `place`; null when it cannot be had (said in the report). */
  readonly block: (ref: string, place: Place) => { readonly body: BlockBody; readonly here: boolean } | null
  /** Values that replace a parameter's own, by address. */
  readonly set: ReadonlyMap<string, Scalar>
}

export const maxNodes = 500
export const maxDepth = 32
const blockPattern = /^(lib|my|here)\//
export const isBlockKey = (key: string): boolean => blockPattern.test(key)

interface Frame {
  readonly space: Space
  readonly nodes: Readonly<Record<string, NodeTree>>
  /** Path of the document that holds these nodes, or the place of the instance when it is another document. */
  readonly root: Place
  readonly trail: readonly string[]
}

/** Values that stand for all that a parameter may take: choices, or both ends of the range and the first step from below. */
export const rangeOf = (param: ParamTree): readonly Scalar[] => {
  if (param.choices !== undefined) return param.choices
  if (param.min === undefined || param.max === undefined) return []
  const next = param.step === undefined ? null : sumOf(param.min, param.step)
  return [param.min, param.max, ...(next === null ? [] : [next])]
}

export const boundParams = (
  params: BlockTree['params'],
  { prefix, set }: { prefix: string; set: ReadonlyMap<string, Scalar> },
): Map<string, Bound> =>
  new Map(
    Object.entries(params ?? {}).map(([name, param]) => {
      const address = prefix + name
      return [name, { address, written: set.get(address) ?? param.value, also: rangeOf(param) }]
    }),
  )

export const rootSpace = (
  params: BlockTree['params'],
  inputs: BlockTree['inputs'],
  set: ReadonlyMap<string, Scalar>,
): Space => ({
  prefix: '',
  outer: null,
  wired: null,
  inputs,
  params: boundParams(params, { prefix: '', set }),
  used: new Set(),
  entries: new Map(),
})

/** Fills `space` and the spaces of the Blocks inside. False when a limit was broken: nothing more can be said then. */
export const expand = (
  origin: Origin,
  space: Space,
  document: { readonly nodes: Readonly<Record<string, NodeTree>>; readonly name?: string },
): boolean => {
  const builder = new Builder(origin)
  const trail = document.name === undefined ? [] : [document.name]
  builder.fill({ space, nodes: document.nodes, root: { path: [] }, trail })
  return !builder.full
}

class Builder {
  private count = 0
  full = false
  constructor(private readonly origin: Origin) {}

  fill({ space, nodes, root, trail }: Frame): void {
    for (const [id, node] of Object.entries(nodes)) {
      if (this.full) return
      const path = space.prefix + id
      const place: Place = { ...below(root, 'nodes', id), node: path }
      const keys = Object.keys(node)
      const key = keys[0]
      const body = key === undefined ? undefined : node[key]
      if (this.tooMany(place)) return
      if (space.inputs !== undefined && Object.hasOwn(space.inputs, id)) {
        this.origin.report.add('name_taken', place, { message: `\`${id}\` is both an input and a node of this Block` })
        space.entries.set(id, { kind: 'broken' })
      } else if (key === undefined || keys.length !== 1 || typeof body !== 'object') {
        this.origin.report.add('node_form', place, {
          message: `\`${path}\` needs exactly one type, as in { ema: { .. } }`,
        })
        space.entries.set(id, { kind: 'broken' })
      } else if (isBlockKey(key)) space.entries.set(id, this.instance({ space, id, key, body, place, trail }))
      else space.entries.set(id, this.logic({ key, body, path, place: below(place, key) }))
    }
  }

  private tooMany(place: Place): boolean {
    this.count += 1
    if (this.count <= maxNodes) return false
    this.full = true
    this.origin.report.add(
      'too_many_nodes',
      { path: ['nodes'], ...(place.node ? { node: place.node } : {}) },
      {
        message: `more than ${maxNodes} nodes, those inside Blocks counted`,
        hint: 'Split the idea into several Plays, or use fewer Blocks.',
      },
    )
    return true
  }

  private logic({ key, body, path, place }: { key: string; body: Body; path: string; place: Place }): Entry {
    const { types } = this.origin
    const type = types.find(key)
    if (type !== undefined) return { kind: 'logic', type, body, path, place }
    this.unknownType(key, body, place)
    return { kind: 'broken' }
  }

  private unknownType(key: string, body: Body, place: Place): void {
    const { types, report } = this.origin
    const name = typeKey(key)?.name ?? key
    const newest = types.newest(name)
    const rename = (to: string) => ({
      label: `Change to \`${to}\``,
      edits: [{ path: place.path }, { path: [...place.path.slice(0, -1), to], value: body }],
    })
    if (reservedTypes.includes(name))
      report.add('not_yet_there', place, {
        message: `\`${name}\` is not yet there: the name is kept for a later version`,
        hint: 'Leave it out until then.',
      })
    else if (newest !== undefined)
      report.add('unknown_major', place, {
        message: `there is no \`${key}\`; the newest is \`${keyOf(newest)}\``,
        fixes: [rename(keyOf(newest))],
      })
    else {
      const near = didYouMean(name, types.names)
      report.add('unknown_type', place, {
        message: `there is no logic type \`${key}\``,
        ...(near === undefined ? {} : { hint: `Did you mean \`${near}\`?`, fixes: [rename(near)] }),
      })
    }
  }

  private instance(use: {
    space: Space
    id: string
    key: string
    body: Body
    place: Place
    trail: readonly string[]
  }): Entry {
    const { space, id, key, body, trail } = use
    const { report, set } = this.origin
    const place = below(use.place, key)
    const path = space.prefix + id
    if (trail.includes(key)) {
      report.add('block_recursion', place, { message: `\`${key}\` contains itself: ${[...trail, key].join(' > ')}` })
      return { kind: 'broken' }
    }
    if (trail.length >= maxDepth) {
      report.add('too_deep', place, { message: `Blocks stand more than ${maxDepth} deep inside each other` })
      return { kind: 'broken' }
    }
    const found = this.origin.block(key, place)
    if (found === null) return { kind: 'broken' }
    const { wired, params } = this.readInstance({ block: found.body, body, path, place, outer: space })
    const inner: Space = {
      prefix: `${path}/`,
      outer: space,
      wired,
      inputs: found.body.inputs ?? {},
      params: new Map([...boundParams(found.body.params, { prefix: `${path}.`, set }), ...params]),
      used: new Set(),
      entries: new Map(),
    }
    const name = key.slice('here/'.length)
    const root: Place = found.here ? { path: ['blocks', name], node: path } : { ...place, sealed: true }
    this.fill({ space: inner, nodes: found.body.nodes, root, trail: [...trail, key] })
    return { kind: 'block', key, block: found.body, space: inner, path, place }
  }

  private readInstance(use: { block: BlockBody; body: Body; path: string; place: Place; outer: Space }) {
    const { block, body, path, place, outer } = use
    const { report } = this.origin
    const wired = new Map<string, Wired>()
    const params = new Map<string, Bound>()
    if (Array.isArray(body)) {
      report.add('body_form', place, { message: `\`${path}\` takes its inputs and parameters by name` })
      return { wired, params }
    }
    const inputs = Object.keys(block.inputs ?? {})
    const names = [...inputs, ...Object.keys(block.params ?? {})]
    for (const [key, value] of Object.entries(body)) {
      const at = below(place, key)
      const param = own(block.params, key)
      if (inputs.includes(key)) wired.set(key, { value, place: at })
      else if (param === undefined) {
        const near = didYouMean(key, names)
        report.add('unknown_key', at, {
          message: `this Block has no input or parameter \`${key}\``,
          hint: near === undefined ? `It has ${names.join(', ')}.` : `Did you mean \`${near}\`?`,
          fixes: [setFix(`Remove \`${key}\``, at.path)],
        })
      } else {
        const bound = this.bind(value, { key, at, outer })
        if (bound !== null) {
          this.checkFace(bound, param, at)
          params.set(key, bound)
        }
      }
    }
    for (const name of inputs)
      if (!wired.has(name))
        report.add('missing_port', place, {
          message: `\`${path}\` needs its input \`${name}\``,
          hint: own(block.inputs, name)?.about ?? `It takes ${own(block.inputs, name)?.type}.`,
        })
    return { wired, params }
  }

  /** An instance keeps to the Block's range; the steps of its grid are the search's alone. */
  private checkFace(bound: Bound, param: ParamTree, at: Place): void {
    for (const value of [bound.written, ...bound.also]) {
      const wrong = outsideOf(value, param, false)
      if (wrong === null) continue
      this.origin.report.add(value === bound.written ? 'param_value' : 'param_range', at, {
        message: `${wrong}, the range that the Block allows`,
        fixes: bound.address === null ? [setFix(`Write \`${param.value}\``, at.path, param.value)] : [],
      })
      return
    }
  }

  private bind(value: Value, { key, at, outer }: { key: string; at: Place; outer: Space }): Bound | null {
    const { report } = this.origin
    if (typeof value === 'object') {
      report.add('bad_value', at, { message: `\`${key}\` takes one value` })
      return null
    }
    if (typeof value !== 'string' || !value.startsWith('$')) return { address: null, written: value, also: [] }
    return paramOf(outer, value, { at, report })
  }
}

/** The parameter that `$name` means in this space. */
export const paramOf = (space: Space, word: string, { at, report }: { at: Place; report: Report }): Bound | null => {
  const name = word.slice(1)
  const bound = space.params.get(name)
  space.used.add(name)
  if (bound !== undefined) return bound
  const near = didYouMean(name, [...space.params.keys()])
  report.add('unknown_param', at, {
    message: `there is no parameter \`${name}\``,
    ...(near === undefined
      ? { hint: 'Declare it under `params:`.' }
      : { hint: `Did you mean \`$${near}\`?`, fixes: [setFix(`Change to \`$${near}\``, at.path, `$${near}`)] }),
  })
  return null
}
