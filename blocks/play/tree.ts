// The tree of a document: the JSON that canonical form, canvas and checker share. Literals stay as written (`0.03%`, `6b`).

export type Scalar = number | boolean | string
/** A node's body: ports and parameters by name, or operands in order. */
export type Body = { readonly [key: string]: Value } | readonly Scalar[]
export type Value = Scalar | readonly Value[] | { readonly [key: string]: Value }
/** Exactly one key, the logic type or Block: `{ ema: { of: price.close } }`. */
export type NodeTree = { readonly [type: string]: Body }

export interface ParamTree {
  readonly value: Scalar
  readonly min?: Scalar
  readonly max?: Scalar
  readonly step?: Scalar
  readonly scale?: 'log'
  readonly choices?: readonly Scalar[]
  readonly about?: string
}
export type ConstraintTree =
  | { readonly less: readonly [string, string] }
  | { readonly at_most: readonly [string, string] }

export interface SideTree {
  readonly filters?: readonly string[]
  readonly entries: readonly string[]
  readonly exits: readonly string[]
  readonly invalidations?: readonly string[]
}

export interface RiskTree {
  readonly size: { readonly risk: string } | { readonly notional: string } | { readonly quote: number }
  readonly leverage?: { readonly max: number }
  readonly cooldown?: { readonly after: 'stop' | 'loss' | 'invalidation' | 'any'; readonly for: string }
  readonly limits?: {
    readonly trades_per_day?: number
    readonly daily_loss?: string
    readonly losses_in_row?: number
    readonly open_positions?: number
  }
  readonly scale_in?: { readonly adds: number; readonly from: string }
}

export interface PlayTree {
  readonly dsl: 1
  readonly play: string
  readonly title?: string
  readonly about?: string
  readonly markets: { readonly [name: string]: string | readonly string[] }
  readonly tf: string
  readonly pins?: { readonly [block: string]: string }
  readonly params?: { readonly [name: string]: ParamTree }
  readonly constraints?: readonly ConstraintTree[]
  readonly blocks?: { readonly [name: string]: Omit<BlockTree, 'dsl' | 'block' | 'version'> }
  readonly nodes: { readonly [id: string]: NodeTree }
  readonly long: SideTree | 'mirror' | 'none'
  readonly short: SideTree | 'mirror' | 'none'
  readonly risk: RiskTree
}

export interface BlockTree {
  readonly dsl: 1
  readonly block: string
  readonly version: number
  readonly role: 'filter' | 'entry' | 'exit' | 'invalidation'
  readonly title?: string
  readonly about?: string
  readonly inputs?: { readonly [name: string]: { readonly type: string; readonly about?: string } }
  readonly params?: { readonly [name: string]: ParamTree }
  readonly constraints?: readonly ConstraintTree[]
  readonly nodes: { readonly [id: string]: NodeTree }
  readonly outputs: { readonly [name: string]: string }
}

export type DocumentTree = PlayTree | BlockTree

/** What the canvas and the author add, apart from meaning: changes no hash. Missing keys mean "as it falls". */
export interface Sidecar {
  readonly positions?: { readonly [id: string]: readonly [x: number, y: number] }
  /** Node ids in reading order. */
  readonly order?: readonly string[]
  /** Comment lines above a node, a section or at the end (keys: the id, the section's name, `end`), without `# `. */
  readonly notes?: { readonly [key: string]: string }
  readonly collapsed?: readonly string[]
  readonly frames?: readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[] }[]
  readonly colours?: { readonly [id: string]: string }
}
