// The flattened Play: what the engine runs. Blocks expanded, defaults filled, parameters replaced, short side unfolded.
import type { Lifetime, RShare } from '../kit/param'
import type { Socket } from '../kit/socket'
import type { Timeframe } from '../kit/timeframe'

/** A wire from an earlier node of the list, or a number in base units (`share`: a fraction of the fill price). */
export type Operand =
  | { readonly node: number; readonly output: string }
  | { readonly constant: number; readonly share?: true }

export interface FlatNode {
  /** Where the author finds it: `ema_fast`, `grab/poked`, `short/swing_lost`. */
  readonly path: string
  readonly type: string
  readonly major: number
  /** Base units (kit/param.ts), every parameter present unless optional. A market is its name in the document. */
  readonly params: Readonly<Record<string, unknown>>
  /** Operands by port, in order; ports that are optional and unset are absent. */
  readonly inputs: Readonly<Record<string, readonly Operand[]>>
  /** Conditions in the author's order, where they are computed in another; to explain, never to compute. */
  readonly written?: readonly Operand[]
  /** Sockets of its outputs ('' is the node itself). */
  readonly sockets: Readonly<Record<string, Socket>>
  readonly clock: Timeframe
  readonly scope: 'market' | 'trade'
  /** Hash of type, major, parameters and operands: equal hashes compute equal columns on equal data. */
  readonly hash: string
}

/** Places of the role makers in `nodes`; filters and entries in the author's order, the others in that of their hashes. */
export interface FlatSide {
  readonly filters: readonly number[]
  readonly entries: readonly number[]
  readonly exits: readonly number[]
  readonly invalidations: readonly number[]
}

export interface Risk {
  /** Fractions of equity, or an amount of quote currency. */
  readonly size: { readonly risk: number } | { readonly notional: number } | { readonly quote: number }
  readonly leverage: number
  readonly cooldown: { readonly after: 'stop' | 'loss' | 'invalidation' | 'any'; readonly for: Lifetime } | null
  readonly limits: {
    readonly tradesPerDay?: number
    /** Fraction. */
    readonly dailyLoss?: number
    readonly lossesInRow?: number
    readonly openPositions?: number
  }
  readonly scaleIn: { readonly adds: number; readonly from: RShare } | null
}

export interface Flat {
  readonly tf: Timeframe
  /** Market name to instrument ids; only `main` can hold several. */
  readonly markets: Readonly<Record<string, readonly string[]>>
  /** Operands always point to an earlier place. */
  readonly nodes: readonly FlatNode[]
  readonly long: FlatSide | null
  readonly short: FlatSide | null
  readonly risk: Risk
  readonly playHash: string
  readonly logicHash: string
}
