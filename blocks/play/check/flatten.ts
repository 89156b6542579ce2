// Flattening: the checked graph as the engine takes it, equal nodes merged, and the hash of all that it would do.
import { hashOf } from '../../kit/hash'
import { isLogical } from '../../kit/socket'
import type { Timeframe } from '../../kit/timeframe'
import type { Flat, FlatNode, FlatSide, Risk } from '../flat'
import type { Side } from './mirror'
import { byText, flatOperand, type Node, type Operand, operandsOf, ordered, socketOfOperand, wiresOf } from './node'

export interface Checked {
  readonly tf: Timeframe
  readonly markets: Readonly<Record<string, readonly string[]>>
  readonly long: Side | null
  readonly short: Side | null
  /** The side that the author wrote: its paths win where nodes are equal. */
  readonly first: 'long' | 'short'
  readonly risk: Risk
  readonly playHash: string
}

const nodesOf = (side: Side): readonly Node[] => [
  ...side.filters,
  ...side.entries,
  ...side.exits,
  ...side.invalidations,
]

export const flatten = (play: Checked): Flat => {
  const nodes: FlatNode[] = []
  const places = new Map<string, number>()
  const placeOf = (node: Node): number => {
    const known = places.get(node.hash)
    if (known !== undefined) return known
    for (const wire of wiresOf(node)) placeOf(wire.node)
    const { path, type, params, sockets, clock, scope, hash } = node
    const inputs = Object.fromEntries(
      Object.entries(ordered(node)).map(([port, operands]) => [port, operands.map((one) => flatOperand(one, placeOf))]),
    )
    const written = writtenOf(node)?.map((one) => flatOperand(one, placeOf))
    nodes.push({
      path,
      type: type.type,
      major: type.major,
      params,
      inputs,
      ...(written === undefined ? {} : { written }),
      sockets,
      clock,
      scope,
      hash,
    })
    places.set(hash, nodes.length - 1)
    return nodes.length - 1
  }
  const sides = play.first === 'long' ? [play.long, play.short] : [play.short, play.long]
  for (const side of sides) for (const node of side === null ? [] : nodesOf(side)) placeOf(node)
  const flatSide = (side: Side | null): FlatSide | null =>
    side && {
      filters: side.filters.map(placeOf),
      entries: side.entries.map(placeOf),
      exits: byHash(side.exits).map(placeOf),
      invalidations: byHash(side.invalidations).map(placeOf),
    }
  const { tf, risk, playHash } = play
  const used = new Set(nodes.map((node) => node.params.market))
  const markets = Object.fromEntries(Object.entries(play.markets).filter(([name]) => name === 'main' || used.has(name)))
  return {
    tf,
    markets,
    nodes,
    long: flatSide(play.long),
    short: flatSide(play.short),
    risk,
    playHash,
    logicHash: logicHash({ ...play, markets }),
  }
}

/** Conditions in the author's order, where they are computed in another. */
const writtenOf = (node: Node): readonly Operand[] | undefined => {
  const operands = operandsOf(node)
  const computed = Object.values(ordered(node)).flat()
  const moved = operands.some((one, j) => one !== computed[j] && isLogical(socketOfOperand(one).letter))
  return moved ? operands : undefined
}

const byHash = (nodes: readonly Node[]): readonly Node[] => [...nodes].sort((a, b) => byText(a.hash, b.hash))

/** Names, order of commutative things, ranges and notes left out: what is left is what the engine would do. */
const logicHash = ({ tf, markets, long, short, risk }: Checked): string => {
  const hashes = (side: Side | null) =>
    side && {
      filters: byHash(side.filters).map((node) => node.hash),
      entries: side.entries.map((node) => node.hash),
      exits: byHash(side.exits).map((node) => node.hash),
      invalidations: byHash(side.invalidations).map((node) => node.hash),
    }
  return hashOf({ dsl: 1, tf, markets, long: hashes(long), short: hashes(short), risk })
}
