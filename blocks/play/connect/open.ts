// A graph with holes: what each output is or can still become, and what is wrong already. The checker stays silent about
// all that hangs on a missing wire; here every wire is judged by what is known so far, with the checker's codes and words.
import { isRefusal, type LogicType, type Port, type Refusal, type Resolved } from '../../kit/logic'
import { fits, type Letter, type Socket, unsided } from '../../kit/socket'
import type { Timeframe } from '../../kit/timeframe'
import type { LogicEntry, Space } from '../check/expand'
import type { Draft, Setting, Source } from '../check/link'
import { below, type Place } from '../check/report'
import { isWrong, paramAt } from '../check/values'
import { wrongSocket } from '../check/wrongSocket'
import type { Value } from '../tree'
import { socketWords, tradePorts } from '../words'

/** An output as far as it is known. */
export interface Known {
  /** Null while it hangs on a wire that is missing. */
  readonly socket: Socket | null
  /** What it can be or become. */
  readonly letters: readonly Letter[]
}
export interface OpenNode {
  readonly path: string
  readonly type: LogicType
  readonly scope: 'market' | 'trade'
  readonly outputs: Readonly<Record<string, Known>>
}
/** Something wrong with a wire; the same code and words as the checker's. */
export interface Fault {
  readonly code: string
  readonly place: Place
  readonly message: string
  readonly hint?: string
}

const every: readonly Letter[] = ['P', 'D', 'A', 'R', 'O', 'N', 'T', 'C', 'E', 'K', 'B', 'W', 'Z', 'F', 'S', 'X', 'I']
export const unknown: Known = { socket: null, letters: every }
export const known = (socket: Socket): Known => ({ socket, letters: [socket.letter] })

/** Can some of the letters run into the port. */
export const canFit = (letters: readonly Letter[], accept: readonly Letter[]): boolean =>
  letters.some((letter) => fits(letter, accept))

/** The socket that a literal takes at a port beside these wires; null: it has no meaning there. */
export const literalSocket = (type: LogicType, port: string, wires: readonly Socket[]): Socket | null => {
  if (type.literal !== undefined) return type.literal(port, wires)
  const accept = type.inputs[port]?.accept ?? []
  if (type.equal) return wires.find(({ letter }) => accept.includes(letter)) ?? null
  const [only] = accept
  return accept.length === 1 && only !== undefined ? unsided(only) : null
}

interface Scene {
  readonly tf: Timeframe
  readonly markets: readonly string[]
}

/** Every logic node, those inside Blocks too, with the faults of the wires. */
export const openNodes = (
  drafts: ReadonlyMap<string, Draft>,
  scene: Scene,
): { readonly nodes: ReadonlyMap<string, OpenNode>; readonly faults: readonly Fault[] } => {
  const nodes = new Map<string, OpenNode>()
  const faults: Fault[] = []
  const trail: string[] = []
  const visit = (path: string): OpenNode | null => {
    const done = nodes.get(path)
    const draft = drafts.get(path)
    if (done !== undefined || draft === undefined) return done ?? null
    if (trail.includes(path)) {
      const loop = [...trail.slice(trail.indexOf(path)), path]
      faults.push({
        code: 'cycle',
        place: draft.entry.place,
        message: `nodes feed themselves in a circle: ${loop.join(' > ')}`,
        hint: 'Take one wire out; a value of an earlier bar comes from `offset`.',
      })
      return null
    }
    trail.push(path)
    for (const source of Object.values(draft.ports).flat()) if (source?.kind === 'wire') visit(source.entry.path)
    trail.pop()
    const node = new Reader(draft, nodes, { ...scene, faults }).node()
    nodes.set(path, node)
    return node
  }
  for (const path of drafts.keys()) visit(path)
  return { nodes, faults }
}

/** What stands at an output: unknown behind a circle or a broken node. */
export const outputOf = (
  nodes: ReadonlyMap<string, OpenNode>,
  { entry, output }: { readonly entry: LogicEntry; readonly output: string },
): Known => nodes.get(entry.path)?.outputs[output] ?? unknown

class Reader {
  constructor(
    private readonly draft: Draft,
    private readonly nodes: ReadonlyMap<string, OpenNode>,
    private readonly scene: Scene & { readonly faults: Fault[] },
  ) {}

  private get type(): LogicType {
    return this.draft.entry.type
  }
  private say(code: string, place: Place, text: { readonly message: string; readonly hint?: string }): void {
    const { message, hint } = text
    this.scene.faults.push({ code, place, message, ...(hint === undefined ? {} : { hint }) })
  }
  private operands(port: string): readonly (Source | null)[] {
    return this.draft.ports[port] ?? []
  }

  node(): OpenNode {
    const { type, draft } = this
    const before = this.scene.faults.length
    const inputs = Object.fromEntries(Object.entries(type.inputs).map(([name, port]) => [name, this.port(name, port)]))
    const sources = Object.values(draft.ports).flat()
    const onTrade = sources.some((one) => one?.kind === 'wire' && this.scopeOf(one.entry.path) === 'trade')
    this.checkEqual()
    const sound = this.scene.faults.length === before
    const params = this.params(inputs)
    if (sound) this.checkRefusal(inputs, params)
    return {
      path: draft.entry.path,
      type,
      scope: type.scope ?? (onTrade ? 'trade' : 'market'),
      outputs: this.outputs(inputs, params, sound),
    }
  }

  private scopeOf(path: string): 'market' | 'trade' {
    return this.nodes.get(path)?.scope ?? 'market'
  }

  /** Operands of a port; a port that is missing has one unknown of each letter that it takes. */
  private port(name: string, port: Port<unknown>): readonly Known[] {
    const sources = this.operands(name)
    if (this.draft.ports[name] === undefined && port.optional) return []
    const found = sources.map((source): Known => {
      if (source?.kind === 'wire') return this.wire(source, name, port)
      return source === null ? this.hole(port) : this.literal(name, port)
    })
    const missing = Math.max((port.least ?? 1) - found.length, 0)
    return [...found, ...Array.from({ length: missing }, () => this.hole(port))]
  }

  private hole(port: Port<unknown>): Known {
    return { socket: null, letters: port.accept }
  }

  private wire(source: Extract<Source, { kind: 'wire' }>, name: string, port: Port<unknown>): Known {
    const found = outputOf(this.nodes, source)
    const { type, draft } = this
    if (!canFit(found.letters, port.accept)) {
      const [letter = 'N'] = found.letters
      const node = this.nodes.get(source.entry.path)
      const sockets = Object.entries(node?.outputs ?? {}).flatMap(([output, one]) =>
        one.socket === null ? [] : [[output, one.socket] as const],
      )
      this.say(
        'wrong_socket',
        source.place,
        wrongSocket({
          wire: source,
          node: { sockets: Object.fromEntries(sockets) },
          socket: found.socket ?? unsided(letter),
          port,
          space: draft.space,
        }),
      )
    }
    if (this.scopeOf(source.entry.path) === 'trade') this.checkScope(type, name, source.place)
    return { socket: found.socket, letters: found.letters.filter((letter) => fits(letter, port.accept)) }
  }

  private checkScope(type: LogicType, name: string, place: Place): void {
    if (type.part !== undefined && !tradePorts[type.part].includes(name))
      this.say('trade_port', place, {
        message: `\`${name}\` of \`${type.type}\` is read before the trade exists, so it cannot depend on the trade`,
        hint: 'Values of a trade reach `exit_when`, `invalidation` and `trail.to` only.',
      })
    else if (type.part === undefined && !type.onTrade)
      this.say('trade_indicator', place, {
        message: `\`${type.type}\` cannot be computed over values of a trade`,
        hint: 'Comparisons, arithmetic, logic, `holds` and `occurred` can. Compute the indicator first and compare it then.',
      })
  }

  /** What a literal becomes beside the wires of this node. */
  private literal(name: string, port: Port<unknown>): Known {
    const wires = Object.values(this.draft.ports)
      .flat()
      .flatMap((source) => (source?.kind === 'wire' ? [outputOf(this.nodes, source).socket] : []))
    const sockets = wires.filter((socket) => socket !== null)
    if (sockets.length < wires.length) return this.hole(port)
    const socket = literalSocket(this.type, name, sockets)
    return socket === null ? this.hole(port) : known(socket)
  }

  private checkEqual(): void {
    const { type, draft } = this
    if (!type.equal) return
    const wires = Object.values(draft.ports)
      .flat()
      .flatMap((source) => (source?.kind === 'wire' ? [outputOf(this.nodes, source)] : []))
    const shared = wires.reduce((left, one) => left.filter((letter) => one.letters.includes(letter)), every)
    const [first, other] = [
      wires[0],
      wires.find((one) => one.letters.every((letter) => !wires[0]?.letters.includes(letter))),
    ]
    const [a, b] = [first?.letters[0], other?.letters[0]]
    if (shared.length > 0 || a === undefined || b === undefined) return
    this.say('unequal_sockets', draft.entry.place, {
      message: `\`${type.type}\` needs equal sockets, not ${socketWords[a]} beside ${socketWords[b]}`,
      hint: `${socketWords[a]} compares with ${socketWords[a]} only: bring both to one unit first.`,
    })
  }

  /** Settings that can be read already; a socket may depend on them. */
  private params(inputs: Readonly<Record<string, readonly Known[]>>): Readonly<Record<string, unknown>> {
    const { tf, markets } = this.scene
    const kinds = (port: string): readonly string[] | null => inputs[port]?.[0]?.socket?.kinds ?? null
    const params: Record<string, unknown> = {}
    for (const [name, param] of Object.entries(this.type.params)) {
      const setting = this.draft.params[name]
      const written = setting === undefined ? (param.optional ? undefined : param.preset) : plain(setting)
      if (written === undefined) continue
      const read = paramAt(param, written, { clock: tf, tf, markets, kinds })
      if (!isWrong(read)) params[name] = read.value
    }
    return params
  }

  /** Refusals that a wire can cause. What is only not there yet is no fault of a wire. */
  private checkRefusal(inputs: Readonly<Record<string, readonly Known[]>>, params: Resolved['params']): void {
    const { type, draft } = this
    const given = Object.entries(inputs).filter(([name]) => draft.ports[name] !== undefined)
    const whole = Object.values(inputs).every((list) => list.every((one) => one.socket !== null))
    if (type.refuse === undefined || (!whole && type.part === undefined)) return
    const sockets = given.map(
      ([name, list]) => [name, list.map((one) => one.socket ?? unsided(one.letters[0] ?? 'N'))] as const,
    )
    const refusal = type.refuse({ sockets: Object.fromEntries(sockets), params })
    const late = draft.ports.by === undefined || (draft.ports.at ?? draft.ports.to) === undefined
    if (refusal === null || !wireRefusals.includes(refusal.refuse)) return
    if (oneOf.includes(refusal.refuse) && late) return
    const at = refusal.port === undefined || type.ordered ? draft.entry.place : below(draft.entry.place, refusal.port)
    this.say(refusal.refuse, at, { message: refusal.message })
  }

  private outputs(
    inputs: Readonly<Record<string, readonly Known[]>>,
    params: Resolved['params'],
    sound: boolean,
  ): Readonly<Record<string, Known>> {
    const { type, draft } = this
    const whole = Object.values(inputs).every((list) => list.every((one) => one.socket !== null))
    return Object.fromEntries(
      Object.entries(type.outputs).map(([name, { socket }]): [string, Known] => {
        if (typeof socket !== 'function') return [name, known(socket)]
        if (!sound) return [name, unknown]
        if (!whole) return [name, this.becoming(socket, inputs, params)]
        const sockets = Object.entries(inputs).map(([port, list]) => [port, socketsOf(list)] as const)
        const found = socket({ sockets: Object.fromEntries(sockets), params })
        if (!isRefusal(found)) return [name, known(found)]
        const named = found.port !== undefined && !type.ordered
        const at = named && found.port !== undefined ? below(draft.entry.place, found.port) : draft.entry.place
        this.say(found.refuse, at, { message: found.message })
        return [name, unknown]
      }),
    )
  }

  /** Letters that an output can take once its missing wires are there: every filling of the holes is tried. */
  private becoming(
    socket: (node: Resolved) => Socket | Refusal,
    inputs: Readonly<Record<string, readonly Known[]>>,
    params: Resolved['params'],
  ): Known {
    const { type, draft } = this
    const tried = fillings(inputs, type.equal ?? false)?.map((sockets) => socket({ sockets, params })) ?? []
    const letters = new Set(tried.flatMap((one) => (isRefusal(one) ? [] : [one.letter])))
    if (letters.size > 0) return { socket: null, letters: [...letters] }
    // Whatever comes, this will never be: say so at the wire that decides it.
    const refusals = tried.filter(isRefusal)
    const refusal = refusals.find(({ refuse }) => refuse === 'price_times_number') ?? refusals.at(-1)
    if (refusal !== undefined) this.say(refusal.refuse, draft.entry.place, { message: refusal.message })
    return unknown
  }
}

const socketsOf = (list: readonly Known[]): readonly Socket[] =>
  list.flatMap(({ socket }) => (socket === null ? [] : [socket]))

/** Refusals of sockets and of ports that exclude each other: what a wire alone can cause. */
const oneOf: readonly string[] = ['stop_needs_one', 'trail_needs_one']
export const wireRefusals: readonly string[] = [
  ...oneOf,
  'market_has_no_price',
  'near_by_distance',
  'no_sum',
  'no_difference',
  'no_product',
  'no_quotient',
  'price_times_number',
  'unequal_sockets',
]

/** More guesses than this say nothing worth their time. */
const mostGuesses = 512

/** All ways to fill the holes of a node, by port; null when there are too many to try. */
const fillings = (
  inputs: Readonly<Record<string, readonly Known[]>>,
  equal: boolean,
): readonly Resolved['sockets'][] | null => {
  const places = Object.entries(inputs).flatMap(([port, list]) => list.map((one) => ({ port, one })))
  let guesses: readonly (readonly Socket[])[] = [[]]
  for (const { one } of places) {
    const options = one.socket === null ? one.letters.map(unsided) : [one.socket]
    guesses = guesses.flatMap((guess) =>
      options
        .filter(({ letter }) => !equal || guess[0] === undefined || guess[0].letter === letter)
        .map((option) => [...guess, option]),
    )
    if (guesses.length > mostGuesses) return null
  }
  const at = (guess: readonly Socket[], port: string): readonly Socket[] =>
    guess.filter((_, i) => places[i]?.port === port)
  return guesses.map((guess) => Object.fromEntries(Object.keys(inputs).map((port) => [port, at(guess, port)])))
}

/** A setting with its parameters replaced by their values. */
const plain = ({ value, space }: Setting): Value => fill(value, space)
const fill = (value: Value, space: Space): Value => {
  if (typeof value === 'string')
    return value.startsWith('$') ? (space.params.get(value.slice(1))?.written ?? value) : value
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => fill(one, space))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, space)]))
}
