// defineLogic(): what one logic type says about itself. The checker, mirror, canvas and engine only read this.
import type { Bits } from './bits'
import type { Param } from './param'
import type { Letter, Socket } from './socket'
import type { Timeframe } from './timeframe'

/** OHLCV columns of one clock, one row a bar; holes repeat the last close with volume 0 (semantics.md S5). */
export interface BarColumns {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** A published series that is not on the bar grid: stamps ascending (Unix ms), one value each per column. */
export interface SeriesFeed {
  readonly stampMs: Float64Array
  readonly values: Readonly<Record<string, Float64Array>>
  /** A value is known at T only when stamp + delayMs <= T. */
  readonly delayMs: number
}

/** A column that a kernel reads or writes. */
export type Column = Float64Array | Bits

/** An input port. `C` is what its kernel sees. */
export interface Port<C> {
  readonly accept: readonly Letter[]
  /** A list port: at least this many operands. */
  readonly least?: number
  readonly optional?: true
  /** Literals are refused: an indicator of a constant says nothing. */
  readonly wired?: true
  /** Also takes a percentage of the fill price (stop.by, trail.by). */
  readonly shareOfFill?: true
  readonly about?: string
  /** Type carrier only, never set. */
  readonly column?: C
}

/** What the checker knows of a node when it asks for outputs or the mirror. */
export interface Resolved {
  /** Sockets of the operands of each port, literals included with the socket that they took. */
  readonly sockets: Readonly<Record<string, readonly Socket[]>>
  /** Parameters in base units. */
  readonly params: Readonly<Record<string, unknown>>
}

/** A reason why the node cannot be: shown with its code at the port named. */
export interface Refusal {
  readonly refuse: string
  readonly port?: string
  readonly message: string
}
export const isRefusal = (x: object): x is Refusal => 'refuse' in x

export interface Output<C> {
  readonly socket: Socket | ((node: Resolved) => Socket | Refusal)
  readonly about?: string
  readonly column?: C
}

/** How the node looks on the short side, operands already mirrored. All fields default to "as it is". */
export interface Mirror {
  readonly type?: string
  /** Output names that change places, given once each way. */
  readonly outputs?: Readonly<Record<string, string>>
  /** Two ports whose operands change places. */
  readonly swap?: readonly [string, string]
  /** Parameters that change, in base units. */
  readonly params?: (params: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}

/** A worked example: columns as plain rows. Numbers: null is unknown. Conditions: a string of T, F and ?. */
export type ExampleColumn = readonly (number | null)[] | string
export interface Example {
  readonly about: string
  readonly inputs: Readonly<
    Record<string, ExampleColumn | readonly ExampleColumn[] | Readonly<Record<string, ExampleColumn>>>
  >
  readonly params?: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, ExampleColumn>>
  /** Absolute row of the first bar; 0 when left out. */
  readonly row0?: number
}

type ColumnsOf<Ports> = { readonly [K in keyof Ports]: Ports[K] extends Port<infer C> ? C : never }
type OutputsOf<Outs> = { readonly [K in keyof Outs]: Outs[K] extends Output<infer C> ? C : never }
type ValuesOf<Params> = {
  readonly [K in keyof Params]: Params[K] extends { readonly value?: infer V } ? NonNullable<V> : never
}

/** Storage of the columns behind a port or output, told to `memory` so that one kernel can serve both. */
export type Storage = 'numbers' | 'bits'

/**
 * A chunk kernel: fills outputs for rows [i0, i1) from inputs for the same rows, and nothing else; all that came before
 * is in `memory`. `row0` is the absolute row of index 0. run(a, c) must equal run(a, b) then run(b, c), bit for bit.
 */
export type Kernel<M, I, O, P> = (
  memory: M,
  inputs: I,
  outputs: O,
  params: P,
  i0: number,
  i1: number,
  row0: number,
) => void

/** The part that a role maker plays in the simulation. */
export type Part =
  | 'filter'
  | 'entry'
  | 'stop'
  | 'target'
  | 'ladder'
  | 'trail'
  | 'break_even'
  | 'time_stop'
  | 'exit_when'
  | 'invalidation'

/**
 * What a true condition says by itself, so that the checker finds conditions that can never be true:
 * a comparison of the first operand with the second; all operands are true; the operand is false; the kind of the first
 * operand is the parameter named; a value that is the extreme of that port over a window with the current bar.
 */
export type Reading =
  | 'every'
  | 'not'
  | { readonly compares: 'greater' | 'smaller'; readonly strict: boolean }
  | { readonly kind: string }
  | { readonly extreme: string; readonly most: boolean }

/** In the unit of the first operand; `short` is 0 when the comparison holds. */
export interface Gap {
  readonly against: number
  readonly short: number
}

/** Where a source takes its rows from. */
export type Feed = 'bars' | 'trade' | { readonly series: string }

export type Family =
  | 'sources'
  | 'averages'
  | 'extremes'
  | 'structure'
  | 'arithmetic'
  | 'comparison'
  | 'logic'
  | 'time'
  | 'trade'
  | 'roles'

/** What a series source sees besides its ports: the series itself, and the clock whose closes it is asked for. */
export interface FeedInput {
  readonly feed: SeriesFeed
}
export interface ClockParam {
  readonly clock: Timeframe
}

interface Spec<M, Ports, Outs, Params> {
  readonly type: string
  readonly major: number
  readonly family: Family
  /** One line for the palette, the prompt and the help. */
  readonly summary: string
  readonly inputs: Ports
  /** The document writes the operands as a list, in port order. */
  readonly ordered?: true
  /** All operands carry one socket letter; a literal takes it. */
  readonly equal?: true
  /** Socket that a literal takes at a port beside these wires; default: the port's only letter, unsided. */
  readonly literal?: (port: string, wires: readonly Socket[]) => Socket | null
  readonly params: Params
  /** '' is the node itself. */
  readonly outputs: Outs
  /** Refusals that need more than one port or parameter (fast below slow, shares above 1, contradictions). */
  readonly refuse?: (node: Resolved) => Refusal | null
  /** Rows after the first known input row at which the first output is known, and after which the seed has faded. */
  readonly firstValid?: (params: ValuesOf<Params>) => number
  readonly settled?: (params: ValuesOf<Params>) => number
  readonly feed?: Feed
  readonly scope?: 'trade'
  /** Operands may change places: they are sorted by content before they are hashed and computed. */
  readonly commutative?: true
  readonly reading?: Reading
  /** Of a comparison that `reading` does not tell: what its first operand is held against, and what it lacks to be true. */
  readonly gap?: (operands: { readonly [K in keyof Ports]: number }, params: ValuesOf<Params>) => Gap
  /** From its first row on neither its outputs nor its memory change. */
  readonly constant?: true
  /** May read values of trade scope. */
  readonly onTrade?: true
  readonly part?: Part
  /** A pure refusal or recipe; left out: the same type over mirrored operands. */
  readonly mirror?: (node: Resolved) => Mirror | Refusal
  /** Upgrade of a document's node body from each earlier major. */
  readonly upgrades?: Readonly<Record<number, (body: unknown) => unknown>>
  readonly memory?: (params: ValuesOf<Params>, storage: Readonly<Record<string, Storage>>) => M
  readonly run?: Kernel<M, ColumnsOf<Ports> & FeedInput, OutputsOf<Outs>, ValuesOf<Params> & ClockParam>
  readonly examples: readonly Example[]
}

/** The erased form that the rest of the program handles. */
export interface LogicType
  extends Omit<
    Spec<never, unknown, unknown, never>,
    'inputs' | 'params' | 'outputs' | 'memory' | 'run' | 'firstValid' | 'settled' | 'gap'
  > {
  readonly inputs: Readonly<Record<string, Port<unknown>>>
  readonly params: Readonly<Record<string, Param>>
  readonly outputs: Readonly<Record<string, Output<unknown>>>
  readonly firstValid?: (params: Readonly<Record<string, unknown>>) => number
  readonly settled?: (params: Readonly<Record<string, unknown>>) => number
  readonly gap?: (operands: Readonly<Record<string, number>>, params: Readonly<Record<string, unknown>>) => Gap
  readonly memory?: (params: Readonly<Record<string, unknown>>, storage: Readonly<Record<string, Storage>>) => object
  readonly run?: Kernel<object, object, object, object>
}

/** Declares a logic type; the generics let its kernel see typed columns and parameters. */
export const defineLogic = <
  M extends object,
  const Ports extends Readonly<Record<string, Port<unknown>>>,
  const Outs extends Readonly<Record<string, Output<unknown>>>,
  const Params extends Readonly<Record<string, Param>>,
>(
  spec: Spec<M, Ports, Outs, Params>,
  // The erased form hides the generics on purpose: whoever calls a kernel hands it what its own ports declare.
): LogicType => spec as unknown as LogicType
