// Speaks one Play: follows wires into phrases, gives deep parts a name that is explained once, never loses its way.
import { logicTypes } from '../../catalogue'
import type { LogicType } from '../../kit/logic'
import { isTimeframe, type Timeframe, tfMs } from '../../kit/timeframe'
import { type BlockLookup, lookupOf } from '../check/blocks'
import { parseLiteral } from '../literal'
import { openOperand, parseReference, parseTypeName, type Reference } from '../names'
import { isList, typeOf } from '../references'
import type { BlockTree, Body, PlayTree, Scalar, Value } from '../tree'
import type { Origin } from '../unfold'
import { own } from '../words'
import { clauses } from './clauses'
import { lengthText, literalText, nameText, timeframeText } from './literals'
import { nouns } from './nouns'
import { listed, saidBy, type Words } from './span'
import type { Telling } from './telling'

type FoundBlock = Pick<BlockTree, 'title' | 'about' | 'inputs'>

/** Depth from which a node is spoken of by its name. */
const [deepest, deepestNoun, deepestPlain] = [4, 6, 8]
const plainFamilies = new Set(['sources', 'averages', 'structure', 'trade'])
/** Nodes spelt out in one part at most. */
const spelt = 48

const keyed = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))

export class Speaker {
  /** Nodes that were spoken of by name alone, in the order of their first mention. */
  readonly named: string[] = []
  private left = spelt
  private readonly clocks = new Map<string, Timeframe>()

  constructor(
    private readonly tree: PlayTree,
    /** Own Blocks; the shipped library is always there. */
    private readonly blocks?: BlockLookup,
    private readonly origins: ReadonlyMap<string, Origin> = new Map(),
  ) {}

  /** As the trader knows it: a part of a Block by both names. */
  name(id: string): string {
    const { path, mirrored } = this.origins.get(id) ?? { path: [id], mirrored: false }
    const name = path.map(nameText).join(' ')
    return mirrored ? `${name}, mirrored` : name
  }

  /** Each part of the description has its own room. */
  begin(): void {
    this.left = spelt
  }

  typeOf(id: string): LogicType | undefined {
    const node = own(this.tree.nodes, id)
    const name = node === undefined ? null : parseTypeName(typeOf(node)[0])
    return name?.kind === 'logic' ? keyed.get(`${name.type}@${name.major}`) : undefined
  }

  /** Block of an instance; null: it is none. Undefined: it is not known here. */
  blockOf(id: string): FoundBlock | undefined | null {
    const node = own(this.tree.nodes, id)
    const key = node === undefined ? '' : typeOf(node)[0]
    const name = parseTypeName(key)
    if (name === null || name.kind === 'logic') return null
    return name.kind === 'here' ? own(this.tree.blocks, name.name) : lookupOf(this.blocks)(key)
  }

  body(id: string): Body {
    const node = own(this.tree.nodes, id)
    return node === undefined ? {} : typeOf(node)[1]
  }

  resolved(value: Value | undefined): Value | undefined {
    if (typeof value !== 'string' || !value.startsWith('$')) return value
    return own(this.tree.params, value.slice(1))?.value
  }

  telling(id: string, output: string, depth: number): Telling {
    const type = this.typeOf(id)
    const ports = Object.keys(type?.inputs ?? {})
    const body = this.body(id)
    const at = (port: string): readonly Value[] => operands(body, ports, port)
    const first = (port: string): Value | undefined => at(port)[0]
    const set = (key: string): Value | undefined =>
      this.resolved(isList(body) ? undefined : own(body as Readonly<Record<string, Value>>, key)) ??
      type?.params[key]?.preset
    const tf = this.clock(id)
    const slower = tf === this.tree.tf ? '' : timeframeText(tf)
    return {
      id,
      output,
      say: saidBy(id),
      noun: (port) => this.noun(first(port), id, depth + 1),
      clause: (port) => this.clause(first(port), id, depth + 1),
      nouns: (port) => at(port).map((value) => this.noun(value, id, depth + 1)),
      clauses: (port) => at(port).map((value) => this.clause(value, id, depth + 1)),
      isClause: (port) => this.isClause(this.reference(first(port)), 0),
      isSet: (key) => at(key).length > 0,
      set,
      window: (key) => {
        const text = lengthText(set(key))
        return slower !== '' && text.includes('bar') ? `${text} of ${slower}` : text
      },
      slower,
      isPlainClose: (port) => this.isPlainClose(this.reference(first(port))),
      inner: depth > 1,
    }
  }

  private isPlainClose(reference: Reference | null): boolean {
    if (reference === null || reference.output !== 'close' || this.typeOf(reference.node)?.type !== 'bars') return false
    const { set, slower } = this.telling(reference.node, '', 0)
    return slower === '' && set('market') === 'main'
  }

  private reference(value: Value | undefined): Reference | null {
    return typeof value === 'string' && value !== openOperand && parseLiteral(value) === null
      ? parseReference(value)
      : null
  }

  /** Fastest clock among the inputs; the Play's where there are none. */
  clock(id: string): Timeframe {
    const known = this.clocks.get(id)
    if (known !== undefined) return known
    const playTf = isTimeframe(this.tree.tf) ? this.tree.tf : '1m'
    // A circle ends here.
    this.clocks.set(id, playTf)
    const type = this.typeOf(id)
    const body = this.body(id)
    const tf = this.resolved(isList(body) ? undefined : own(body as Readonly<Record<string, Value>>, 'tf'))
    const ports = type === undefined ? Object.keys(body) : Object.keys(type.inputs)
    const inputs = ports
      .flatMap((port) => operands(body, ports, port))
      .map((value) => this.reference(value)?.node)
      .filter((node) => node !== undefined && Object.hasOwn(this.tree.nodes, node))
    const own_ = typeof tf === 'string' && isTimeframe(tf) ? tf : undefined
    const clocks = inputs.map((node) => this.clock(node ?? ''))
    const fastest = clocks.reduce<Timeframe | undefined>(
      (best, one) => (best === undefined || tfMs[one] < tfMs[best] ? one : best),
      undefined,
    )
    const clock = own_ ?? fastest ?? playTf
    this.clocks.set(id, clock)
    return clock
  }

  private isClause(reference: Reference | null, depth: number): boolean {
    if (reference === null || depth > deepestPlain) return false
    const type = this.typeOf(reference.node)
    if (type === undefined) return false
    if (Object.hasOwn(clauses, type.type)) return true
    if (type.type === 'swing') return reference.output === 'high_new' || reference.output === 'low_new'
    if (!['offset', 'at_entry', 'value_when'].includes(type.type)) return false
    const [value] = operands(this.body(reference.node), Object.keys(type.inputs), Object.keys(type.inputs)[0] ?? '')
    return this.isClause(this.reference(value), depth + 1)
  }

  /** A value as a noun; what says nothing of its own is spoken by `by`. */
  noun(raw: Value | undefined, by: string | undefined, depth: number): Words {
    const value = this.resolved(raw)
    const reference = this.reference(value)
    if (reference === null) return saidBy(by)`${this.constant(value)}`
    const { node: id, output } = reference
    const type = this.typeOf(id)
    if (type === undefined) return this.unknown(reference, by)
    if (this.isDeep(type, depth)) return this.byName(id, output)
    const telling = this.telling(id, output ?? '', depth)
    const phrase = own(nouns, type.type)
    if (phrase !== undefined) return phrase(telling)
    const clause = own(clauses, type.type)
    return clause === undefined ? this.byName(id, output) : telling.say`whether ${clause(telling)}`
  }

  /** A condition as a clause. */
  clause(raw: Value | undefined, by: string | undefined, depth: number): Words {
    const reference = this.reference(this.resolved(raw))
    if (reference === null) return saidBy(by)`${this.constant(this.resolved(raw))}`
    const { node: id, output } = reference
    const type = this.typeOf(id)
    if (type === undefined) return saidBy(id)`${this.unknown(reference, by)} is true`
    const telling = this.telling(id, output ?? '', depth)
    const phrase = own(clauses, type.type)
    if (phrase !== undefined)
      return this.isDeep(type, depth) ? saidBy(id)`${this.byName(id, output)} is true` : phrase(telling)
    const noun = own(nouns, type.type)
    if (noun === undefined) return this.byName(id, output)
    return this.isClause(reference, 0) ? noun(telling) : telling.say`${this.noun(raw, by, depth)} is true`
  }

  private isDeep(type: LogicType, depth: number): boolean {
    this.left -= 1
    const most = plainFamilies.has(type.family) ? deepestPlain : Object.hasOwn(nouns, type.type) ? deepestNoun : deepest
    return this.left < 0 || depth >= most
  }

  private byName(id: string, output: string | null): Words {
    if (!this.named.includes(id)) this.named.push(id)
    return saidBy(id)`\u201c${this.name(id)}${output === null ? '' : ` ${nameText(output)}`}\u201d`
  }

  private constant(value: Value | undefined): string {
    if (value === undefined || value === openOperand) return '(not wired yet)'
    return literalText(value)
  }

  /** An output of a Block, or a node that is not there. */
  private unknown({ node: id, output }: Reference, by: string | undefined): Words {
    const block = this.blockOf(id)
    if (block === null) return saidBy(by)`(there is no ${nameText(id)})`
    return saidBy(id)`the ${nameText(output ?? 'result')} of \u201c${nameText(id)}\u201d`
  }

  /** What an instance of a Block was given, for one who reads it. */
  settings(id: string): Words {
    const body = this.body(id)
    if (isList(body)) return []
    const inputs = this.blockOf(id)?.inputs ?? {}
    const parts = Object.entries(body).flatMap(([key, value]) => {
      const type = own(inputs, key)?.type
      if (type === 'bars' || type === 'swings') return []
      return [saidBy(id)`${nameText(key)} ${this.noun(value as Scalar, id, 2)}`]
    })
    return listed(parts, 'and', id)
  }
}

const operands = (body: Body, ports: readonly string[], port: string): readonly Value[] => {
  if (isList(body)) {
    const place = ports.indexOf(port)
    // The last port of a list type takes all that is left.
    return place === ports.length - 1 ? body.slice(place) : body.slice(place, place + 1)
  }
  const value = own(body as Readonly<Record<string, Value>>, port)
  if (value === undefined) return []
  return isList(value) ? value : [value]
}
