// What only a run can tell of its conditions: unknown after warm-up, always or never true (semantics.md S1, S4).
import { type Bits, getBit } from '../kit/bits'
import { isLogical } from '../kit/socket'
import { closeMsOf, rowOf, tfMs } from '../kit/timeframe'
import type { FlatNode, Operand } from '../play/flat'
import type { NodeColumns } from './columns/store'
import type { Tally } from './columns/tally'
import type { Frame } from './frame'
import type { Condition, Seat, SidePlan } from './plan'
import type { Notice } from './report/input'
import type { PreparedSeat } from './seats'

interface Role {
  readonly path: string
  readonly when: Condition
  readonly kind: 'filter' | 'setup' | 'exit' | 'invalidation'
}

const rolesOf = (plan: SidePlan): Role[] => [
  ...plan.filters.map(({ path, allow }): Role => ({ path, when: { market: allow }, kind: 'filter' })),
  ...plan.entries.map(({ path, when }): Role => ({ path, when: { market: when }, kind: 'setup' })),
  ...plan.exitWhen.map(({ path, when }): Role => ({ path, when, kind: 'exit' })),
  ...plan.invalidations.map(({ path, when }): Role => ({ path, when, kind: 'invalidation' })),
]

type Wire = Extract<Operand, { readonly node: number }>

const wiresOf = (node: FlatNode): Wire[] => {
  const wires: Wire[] = []
  for (const port in node.inputs) for (const operand of node.inputs[port]) if ('node' in operand) wires.push(operand)
  return wires
}

/** Rows that a node of `wires` operands waits for after they are known (a sequence, for each step after its first). */
const waitOf = ({ flat, typeAt }: PreparedSeat['evaluated'], place: number, wires: number): number =>
  (typeAt[place].firstValid?.(flat.nodes[place].params) ?? 0) * Math.max(1, wires - 1)

/**
 * When everything that a node stands on has been known once, Unix ms: numbers by their columns, conditions by their
 * inputs and their own wait. A condition may be known before (one false settles an `all`); what is unknown later is no
 * warm-up.
 */
export const warmUps = ({ evaluated }: PreparedSeat): number[] => {
  const ready: number[] = []
  for (const [place, node] of evaluated.flat.nodes.entries()) {
    const wires = wiresOf(node)
    let last = Number.NEGATIVE_INFINITY
    for (const wire of wires) {
      const columns = evaluated.nodes[wire.node]
      const first = columns?.firstKnown[wire.output]
      last = Math.max(last, columns === null || first === undefined ? ready[wire.node] : closeOf(columns.grid, first))
    }
    ready.push(last + waitOf(evaluated, place, wires.length) * tfMs[node.clock])
  }
  return ready
}

/** Infinite behind the last row: what has no value is never warm. */
const closeOf = (grid: Frame, row: number): number =>
  row >= grid.rows ? Number.POSITIVE_INFINITY : closeMsOf(grid.tf, grid.row0 + row)

/**
 * How many rows of its own clock back a missing bar can make the conditions of each node unknown. Conditions alone are
 * unknown in holes; what waits for n rows after its first input looks n rows back.
 */
const reaches = ({ evaluated }: PreparedSeat): number[] => {
  const { flat } = evaluated
  const made: number[] = []
  for (const [place, node] of flat.nodes.entries()) {
    const wires = wiresOf(node)
    let before = 0
    for (const wire of wires) {
      const other = flat.nodes[wire.node]
      if (!isLogical(other.sockets[wire.output].letter)) continue
      before = Math.max(before, Math.ceil((made[wire.node] * tfMs[other.clock]) / tfMs[node.clock]))
    }
    made.push(waitOf(evaluated, place, wires.length) + before)
  }
  return made
}

interface Doubt {
  readonly seat: Seat
  readonly when: Bits
  /** Decision rows [from, i1). */
  readonly from: number
  readonly i1: number
  /** The columns of the condition on its own clock, and how far back on it a missing bar counts. */
  readonly columns: NodeColumns
  readonly reach: number
}

/** Unknown rows that a missing bar explains. */
const wanting = ({ seat, when, from, i1, columns, reach }: Doubt): number => {
  const { decision } = seat
  const { grid, hole } = columns
  let rows = 0
  let hollow = Number.NEGATIVE_INFINITY
  let r = -1
  for (let i = from; i < i1; i++) {
    const w = i >>> 5
    const unknown = ~(when.t[w] | when.f[w] | decision.hole[w])
    if (unknown === 0) i |= 31
    else if (((unknown >>> (i & 31)) & 1) === 1) {
      // The row of the condition's own clock that closed last.
      const last = rowOf(grid.tf, closeMsOf(decision.tf, decision.row0 + i)) - 1 - grid.row0
      for (r = Math.max(r, last - reach - 1); r < last; ) {
        r += 1
        if (hole[r >>> 5] === 0) r = Math.min(last, r | 31)
        else if (getBit(hole, r)) hollow = r
      }
      if (last - hollow <= reach) rows += 1
    }
  }
  return rows
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const causeOf = (unknown: number, wanted: number): string =>
  wanted === 0
    ? ''
    : `, ${wanted === unknown ? '' : `on ${wanted} of them `}because bars are missing there or shortly before`

const noticesOf = (role: Role, count: Tally, wanted: number): Notice[] => {
  const { bars, trues, falses, unknown } = count
  const notices: Notice[] = []
  const say = (code: string, message: string): void => void notices.push({ code, message })
  if (unknown > 0)
    say(
      'unknown_after_warm_up',
      `${role.path} was unknown on ${unknown} of ${bars} bars after its warm-up${causeOf(unknown, wanted)}: nothing acted on it there`,
    )
  if (trues + falses === 0 && bars > 0)
    say(
      'never_known',
      `${role.path} was never known in this range: its warm-up is longer than the data, or its source is empty`,
    )
  else if (trues === 0 && bars > 0) say('never_true', `${role.path} was never true in this range`)
  else if (role.kind === 'filter' && falses === 0 && unknown === 0)
    say('always_true', `${role.path} was true on every bar: it filters nothing here`)
  if (role.kind === 'setup' && trues > 0.3 * bars)
    say('setup_mostly_true', `${role.path} was true on ${percent(trues / bars)} of bars: only its rises fire`)
  return notices
}

/** The wire that says when a role acts. */
const asked = ({ evaluated }: PreparedSeat, path: string): { node: number; columns: NodeColumns } | null => {
  const place = evaluated.flat.nodes.findIndex((node) => node.path === path)
  const [wire] = place < 0 ? [] : wiresOf(evaluated.flat.nodes[place])
  const columns = wire === undefined ? null : evaluated.nodes[wire.node]
  return columns === null ? null : { node: wire.node, columns }
}

/** Notices on the roles of one seat; trade-scope conditions exist only inside trades and are left out. */
export const roleNotices = (prepared: PreparedSeat, [i0, i1]: readonly [number, number]): Notice[] => {
  const { seat, evaluated } = prepared
  const { tf, row0, hole } = seat.decision
  const warm = warmUps(prepared)
  const places = new Map(evaluated.flat.nodes.map((node, place) => [node.path, place]))
  const all = [seat.long, seat.short].flatMap((plan) =>
    (plan === null ? [] : rolesOf(plan)).flatMap((role) => {
      if (!('market' in role.when)) return []
      const when = role.when.market
      const warmMs = warm[places.get(role.path) ?? -1] ?? Number.NEGATIVE_INFINITY
      const from = Math.min(i1, Math.max(i0, rowOf(tf, warmMs) - row0))
      const count = evaluated.workspace.tallyOf(hole, when, { i0, i1, from })
      const of = count.unknown === 0 ? null : asked(prepared, role.path)
      const reach = of === null ? 0 : reaches(prepared)[of.node]
      const wanted = of === null ? 0 : wanting({ seat, when, from, i1, columns: of.columns, reach })
      return noticesOf(role, count, wanted)
    }),
  )
  // A filter that both sides share is told once.
  return all.filter((notice, j) => all.findIndex(({ message }) => message === notice.message) === j)
}
