// The way to an entry as its author wrote it: each filter, then each condition that the setup asks for.
import type { FlatNode, FlatSide, Operand } from '../../play/flat'
import type { PreparedSeat } from '../seats'
import type { Side } from '../trade'
import type { Reader, Verdict } from './values'

type Wire = Extract<Operand, { readonly node: number }>

/** One condition that must be true: the node that a reader is shown, and the output that says so. */
export interface Step {
  readonly node: string
  readonly wire: Wire
}

/** What must come together for one setup of one side. */
export interface Way {
  readonly side: Side
  readonly setup: string
  /** Place of the entry. */
  readonly place: number
  readonly filters: readonly Step[]
  readonly conditions: readonly Step[]
}

export interface ConditionLine {
  readonly node: string
  readonly verdict: Verdict
  readonly sides: readonly [left: number, right: number] | null
  readonly short: number | null
  readonly sinceMs: number | null
}

const isWire = (operand: Operand): operand is Wire => 'node' in operand

const operandsOf = (node: FlatNode): Wire[] => (node.written ?? Object.values(node.inputs).flat()).filter(isWire)

/** The conditions that must all be true for this one to be: whatever asks for every operand is taken apart. */
const conditionsOf = ({ evaluated }: PreparedSeat, wire: Wire): Step[] => {
  const { flat, typeAt } = evaluated
  const apart = (one: Wire): Step[] =>
    typeAt[one.node].reading === 'every'
      ? operandsOf(flat.nodes[one.node]).flatMap(apart)
      : [{ node: flat.nodes[one.node].path, wire: one }]
  const steps = apart(wire)
  // A condition that is asked for twice is one.
  return steps.filter(({ wire: a }, k) => steps.findIndex(({ wire: b }) => sameWire(a, b)) === k)
}

const sameWire = (a: Wire, b: Wire): boolean => a.node === b.node && a.output === b.output

const waysOfSide = (prepared: PreparedSeat, side: Side, flatSide: FlatSide | null): Way[] => {
  if (flatSide === null) return []
  const { nodes } = prepared.evaluated.flat
  const only = (place: number): Wire => {
    const [wire] = operandsOf(nodes[place])
    if (wire === undefined) throw new Error(`${nodes[place].path} stands on no condition`)
    return wire
  }
  const when = (place: number): Wire => {
    const [wire] = (nodes[place].inputs.when ?? []).filter(isWire)
    if (wire === undefined) throw new Error(`${nodes[place].path} stands on no condition`)
    return wire
  }
  const filters = flatSide.filters.map((place): Step => ({ node: nodes[place].path, wire: only(place) }))
  // An entry that is listed twice is one way.
  return [...new Set(flatSide.entries)].map((place) => ({
    side,
    setup: nodes[place].path,
    place,
    filters,
    conditions: conditionsOf(prepared, when(place)),
  }))
}

/** Every way to an entry: longs first, setups in the author's order. */
export const waysOf = (prepared: PreparedSeat): Way[] => {
  const { long, short } = prepared.evaluated.flat
  return [...waysOfSide(prepared, 'long', long), ...waysOfSide(prepared, 'short', short)]
}

export const linesOf = ({ filters, conditions }: Way, reader: Reader): ConditionLine[] =>
  [...filters, ...conditions].map(({ node, wire }) => {
    const verdict = reader.verdict(wire.node, wire.output)
    const { sides, short } = reader.comparison(wire.node) ?? { sides: null, short: verdict === 'true' ? 0 : null }
    return { node, verdict, sides, short, sinceMs: reader.sinceMs(wire.node, wire.output) }
  })
