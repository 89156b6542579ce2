// First pass: types, sockets, clocks, scopes and values of every node, in the order of the wires.
import { isRefusal, type LogicType, type Port } from '../../kit/logic'
import type { Param } from '../../kit/param'
import { fits, type Letter, type Socket, unsided } from '../../kit/socket'
import { type Timeframe, tfMs } from '../../kit/timeframe'
import { parseLiteral } from '../literal'
import type { Scalar, Value } from '../tree'
import { orList, socketWords, tradePorts } from '../words'
import { type Bound, paramOf } from './expand'
import type { Draft, Setting, Source } from './link'
import { contentHash, type Node, type Operand, resolvedOf, socketOfOperand } from './node'
import { below, type Place, type Report, setFix } from './report'
import { isWrong, literalAt, type ParamScope, paramAt, type Read } from './values'
import { wrongSocket } from './wrongSocket'

export interface Setup {
  readonly report: Report
  readonly tf: Timeframe
  readonly markets: readonly string[]
}
type Wire = Extract<Source, { kind: 'wire' }>
type Inputs = Record<string, Operand[]>

/** Every sound node by path. Nodes in a circle, and what hangs on a faulty one, are left out. */
export const resolve = (drafts: ReadonlyMap<string, Draft>, setup: Setup): ReadonlyMap<string, Node> => {
  const done = new Map<string, Node | null>()
  const trail: string[] = []
  const visit = (path: string): Node | null => {
    const known = done.get(path)
    if (known !== undefined) return known
    const draft = drafts.get(path)
    if (draft === undefined) return null
    if (trail.includes(path)) {
      sayCycle(trail.slice(trail.indexOf(path)), draft, setup.report)
      return null
    }
    trail.push(path)
    let sound = draft.sound
    const wires = new Map<string, Node>()
    for (const source of Object.values(draft.ports).flat()) {
      if (source?.kind !== 'wire') continue
      const node = visit(source.entry.path)
      if (node === null) sound = false
      else wires.set(node.path, node)
    }
    trail.pop()
    const node = sound ? new Resolver(draft, wires, setup).node() : null
    if (!done.has(path)) done.set(path, node)
    return node
  }
  for (const path of drafts.keys()) visit(path)
  return new Map([...done].flatMap(([path, node]) => (node === null ? [] : [[path, node] as const])))
}

const sayCycle = (loop: readonly string[], draft: Draft, report: Report): void =>
  report.add('cycle', draft.entry.place, {
    message: `nodes feed themselves in a circle: ${[...loop, loop[0]].join(' > ')}`,
    hint: 'Take one wire out; a value of an earlier bar comes from `offset`.',
  })

const fastest = (clocks: readonly Timeframe[], tf: Timeframe): Timeframe =>
  clocks.reduce<Timeframe | null>((best, one) => (best === null || tfMs[one] < tfMs[best] ? one : best), null) ?? tf

class Resolver {
  private failed = false
  constructor(
    private readonly draft: Draft,
    private readonly wires: ReadonlyMap<string, Node>,
    private readonly setup: Setup,
  ) {}

  private get type(): LogicType {
    return this.draft.entry.type
  }
  private fail(code: Parameters<Report['add']>[0], place: Place, text: Parameters<Report['add']>[2]): void {
    this.failed = true
    this.setup.report.add(code, place, text)
  }

  node(): Node | null {
    const { type, draft } = this
    this.checkWires()
    if (this.failed) return null
    const inputs = this.operands()
    if (this.failed || inputs === null) return null
    this.checkEqual(inputs)
    const nodes = [...this.wires.values()]
    const scope = type.scope ?? (nodes.some((node) => node.scope === 'trade') ? 'trade' : 'market')
    this.checkScope()
    const { clock, params } = this.settings(inputs, nodes, scope)
    if (this.failed) return null
    const resolved = resolvedOf({ inputs, params })
    const refusal = type.refuse?.(resolved) ?? null
    if (refusal !== null) {
      this.setup.report.refusal(refusal, draft.entry.place, !type.ordered)
      return null
    }
    const sockets = this.outputs(resolved)
    if (sockets === null) return null
    return {
      path: draft.entry.path,
      type,
      place: draft.entry.place,
      draft,
      twin: null,
      inputs,
      params,
      sockets,
      clock,
      scope,
      depth: 1 + nodes.reduce((most, node) => Math.max(most, node.depth), 0),
      hash: contentHash({ type, inputs, params, clock }),
    }
  }

  private nodeOf(wire: Wire): Node {
    const node = this.wires.get(wire.entry.path)
    if (node === undefined) throw new Error(`${wire.entry.path} was not resolved before its consumer`)
    return node
  }

  /** Ports present, numbers of operands, letters of the wires. */
  private checkWires(): void {
    const { type, draft } = this
    const { place } = draft.entry
    let wired = 0
    for (const [name, port] of Object.entries(type.inputs)) {
      const sources = draft.ports[name]
      if (sources === undefined) {
        if (!port.optional)
          this.fail(port.least === undefined ? 'missing_port' : 'port_count', place, {
            message: `\`${type.type}\` needs ${type.ordered ? `${Object.keys(type.inputs).length > 1 ? 'more operands' : 'an operand'}` : `\`${name}\``}`,
            hint: port.about ?? `It takes ${takes(port)}.`,
          })
        continue
      }
      if (port.least !== undefined && sources.length < port.least)
        this.fail('port_count', below(place, ...(type.ordered ? [] : [name])), {
          message: `\`${type.type}\` needs at least ${port.least} operands, not ${sources.length}`,
        })
      for (const source of sources) {
        if (source?.kind === 'wire') {
          wired += 1
          this.checkLetter(source, port)
        } else if (source !== null && port.wired)
          this.fail('literal_refused', source.place, {
            message: `\`${type.type}\` takes ${takes(port)} by a wire here, no literal`,
          })
      }
    }
    if (wired === 0 && Object.keys(type.inputs).length > 0 && type.part === undefined && !this.failed)
      this.fail('needs_wire', place, { message: `\`${type.type}\` has only literals: nothing can ever change there` })
  }

  private checkLetter(wire: Wire, port: Port<unknown>): void {
    const node = this.nodeOf(wire)
    const socket = node.sockets[wire.output]
    if (socket === undefined || fits(socket.letter, port.accept)) return
    this.failed = true
    this.setup.report.add(
      'wrong_socket',
      wire.place,
      wrongSocket({ wire, node, socket, port, space: this.draft.space }),
    )
  }

  private operands(): Inputs | null {
    const { draft, type } = this
    const wires = Object.values(draft.ports)
      .flat()
      .filter((source) => source?.kind === 'wire')
      .map((wire) => socketOfOperand({ kind: 'wire', node: this.nodeOf(wire), output: wire.output }))
    const inputs: Inputs = {}
    for (const name of Object.keys(type.inputs)) {
      const sources = draft.ports[name]
      if (sources === undefined) continue
      inputs[name] = sources.flatMap((source) => {
        if (source === null) return []
        if (source.kind === 'wire') return [{ kind: 'wire', node: this.nodeOf(source), output: source.output }]
        return this.constant(source, name, wires) ?? []
      })
    }
    return this.failed ? null : inputs
  }

  private constant(
    source: Extract<Source, { kind: 'literal' }>,
    name: string,
    wires: readonly Socket[],
  ): Operand | null {
    const port = this.type.inputs[name]
    if (port === undefined) return null
    if (port.shareOfFill && parseLiteral(source.written)?.kind === 'share') return this.shareOfFill(source)
    const socket = this.literalSocket(name, port, wires)
    if (socket === null) {
      this.fail('literal_refused', source.place, {
        message: `a literal has no meaning at \`${name}\` here: wire a node to it`,
      })
      return null
    }
    const value = this.candidates(source, (written) => literalAt(written, socket.letter, this.setup.tf))
    if (value === null) return null
    return {
      kind: 'constant',
      value,
      share: false,
      socket,
      written: source.written,
      param: source.param,
    }
  }

  private shareOfFill(source: Extract<Source, { kind: 'literal' }>): Operand | null {
    const value = this.candidates(source, (written): Read<number> => {
      const literal = parseLiteral(written)
      if (literal?.kind === 'share' && literal.value > 0 && literal.value < 10) return { value: literal.value }
      return { code: 'out_of_bounds', message: `takes a percentage of the fill price above 0%, not \`${written}\`` }
    })
    if (value === null) return null
    return {
      kind: 'constant',
      value,
      share: true,
      socket: unsided('D'),
      written: source.written,
      param: source.param,
    }
  }

  private literalSocket(name: string, port: Port<unknown>, wires: readonly Socket[]): Socket | null {
    if (this.type.literal !== undefined) return this.type.literal(name, wires)
    if (this.type.equal) return wires.find((socket) => port.accept.includes(socket.letter)) ?? null
    const letter: Letter | undefined = port.accept[0]
    return port.accept.length === 1 && letter !== undefined ? unsided(letter) : null
  }

  /** The value in base units; every other value that the parameter may take is held to the same rule. */
  private candidates(
    source: { written: Scalar; also: readonly Scalar[]; param: string | null; place: Place },
    read: (written: Scalar) => Read<number>,
  ): number | null {
    const value = read(source.written)
    this.sayWrong(value, source, null)
    for (const other of isWrong(value) ? [] : source.also) this.sayWrong(read(other), source, other)
    return isWrong(value) ? null : value.value
  }

  private sayWrong(read: Read, at: { place: Place; param: string | null }, other: Scalar | null): void {
    if (!isWrong(read)) return
    const key = String(at.place.path.at(-1) ?? '')
    const name = /^[a-z_]+$/.test(key) ? `\`${key}\` ` : 'this place '
    const of =
      at.param === null ? '' : ` (\`${at.param}\`${other === null ? '' : `, whose range reaches \`${other}\``})`
    this.fail(other === null ? read.code : 'param_range', at.place, {
      message: `${name}${read.message}${of}`,
      ...(read.hint === undefined ? {} : { hint: read.hint }),
      fixes: at.param === null ? (read.instead ?? []).map((one) => setFix(`Write \`${one}\``, at.place.path, one)) : [],
    })
  }

  private checkEqual(inputs: Inputs): void {
    if (!this.type.equal) return
    const sockets = Object.values(inputs).flat().map(socketOfOperand)
    const first = sockets[0]
    const other = sockets.find((socket) => socket.letter !== first?.letter)
    if (first === undefined || other === undefined) return
    this.fail('unequal_sockets', this.draft.entry.place, {
      message: `\`${this.type.type}\` needs equal sockets, not ${socketWords[first.letter]} beside ${socketWords[other.letter]}`,
      hint: `${socketWords[first.letter]} compares with ${socketWords[first.letter]} only: bring both to one unit first.`,
    })
  }

  private checkScope(): void {
    const { type, draft } = this
    for (const [name, sources] of Object.entries(draft.ports)) {
      for (const source of sources) {
        if (source?.kind !== 'wire' || this.nodeOf(source).scope !== 'trade') continue
        if (type.part !== undefined) {
          if (!tradePorts[type.part].includes(name))
            this.fail('trade_port', source.place, {
              message: `\`${name}\` of \`${type.type}\` is read before the trade exists, so it cannot depend on the trade`,
              hint: 'Values of a trade reach `exit_when`, `invalidation` and `trail.to` only.',
            })
        } else if (!type.onTrade)
          this.fail('trade_indicator', source.place, {
            message: `\`${type.type}\` cannot be computed over values of a trade`,
            hint: 'Comparisons, arithmetic, logic, `holds` and `occurred` can. Compute the indicator first and compare it then.',
          })
      }
    }
  }

  private settings(inputs: Inputs, nodes: readonly Node[], scope: 'market' | 'trade') {
    const { type, draft } = this
    const { tf } = this.setup
    // A Block is written for any Play: of markets it knows only the traded one.
    const markets = draft.space.outer === null ? this.setup.markets : ['main']
    const params: Record<string, unknown> = {}
    const kinds = (port: string): readonly string[] | null => {
      const operand = inputs[port]?.[0]
      return operand === undefined ? null : (socketOfOperand(operand).kinds ?? null)
    }
    const decided = type.part !== undefined || scope === 'trade'
    let clock: Timeframe = decided
      ? tf
      : fastest(
          nodes.map((node) => node.clock),
          tf,
        )
    const names = Object.keys(type.params).sort((a, b) => Number(isClock(type, b)) - Number(isClock(type, a)))
    for (const name of names) {
      const param = type.params[name]
      if (param === undefined) continue
      const setting = draft.params[name]
      const value = this.setting(param, name, { setting, scope: { clock, tf, markets, kinds } })
      if (value !== undefined) params[name] = value
      if (param.kind !== 'timeframe') continue
      if (value !== undefined) clock = value as Timeframe
      params[name] = clock
    }
    return { clock, params }
  }

  private setting(param: Param, name: string, at: { setting: Setting | undefined; scope: ParamScope }): unknown {
    const { setting, scope } = at
    if (setting === undefined) {
      if (param.preset !== undefined && !param.optional) return this.preset(param, name, scope)
      if (!param.optional)
        this.fail('missing_param', this.draft.entry.place, {
          message: `\`${this.type.type}\` needs its parameter \`${name}\``,
          ...(param.about === undefined ? {} : { hint: param.about }),
        })
      return undefined
    }
    const used = new Map<string, Bound>()
    const plain = fill(setting.value, (word) => {
      const bound = paramOf(setting.space, word, { at: setting.place, report: this.setup.report })
      if (bound === null) this.failed = true
      else used.set(word, bound)
      return bound?.written ?? 0
    })
    if (this.failed) return undefined
    const only = typeof setting.value === 'string' && setting.value.startsWith('$') ? setting.value : null
    const read = paramAt(param, plain, scope)
    this.sayWrong(read, { place: setting.place, param: only }, null)
    if (isWrong(read)) return undefined
    for (const [word, bound] of used)
      for (const other of bound.also) {
        const changed = fill(setting.value, (one) => (one === word ? other : (used.get(one)?.written ?? 0)))
        this.sayWrong(paramAt(param, changed, scope), { place: setting.place, param: word }, other)
      }
    return read.value
  }

  private preset(param: Param, name: string, scope: ParamScope): unknown {
    const read = paramAt(param, param.preset ?? 0, scope)
    if (!isWrong(read)) return read.value
    this.fail('missing_param', this.draft.entry.place, {
      message: `\`${this.type.type}\` needs \`${name}\` here: its default ${param.preset} ${read.message}`,
    })
    return undefined
  }

  private outputs(resolved: ReturnType<typeof resolvedOf>): Record<string, Socket> | null {
    const sockets: Record<string, Socket> = {}
    for (const [name, output] of Object.entries(this.type.outputs)) {
      const socket = typeof output.socket === 'function' ? output.socket(resolved) : output.socket
      if (isRefusal(socket)) {
        this.setup.report.refusal(socket, this.draft.entry.place, !this.type.ordered)
        return null
      }
      sockets[name] = socket
    }
    return sockets
  }
}

const isClock = (type: LogicType, name: string): boolean => type.params[name]?.kind === 'timeframe'
const takes = (port: Port<unknown>): string => orList(port.accept.map((letter) => socketWords[letter]))

/** The value with each `$name` in it replaced. */
const fill = (value: Value, of: (word: string) => Scalar): Value => {
  if (typeof value === 'string') return value.startsWith('$') ? of(value) : value
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => fill(one, of))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, of)]))
}
