// What only a run can tell of its conditions: unknown after warm-up, always or never true (semantics.md S1, S4).
import { type Bits, getBit, verdictAt } from '../kit/bits'
import { closeMsOf } from '../kit/timeframe'
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

interface Tally {
  bars: number
  trues: number
  falses: number
  /** Unknown after the warm-up. */
  unknown: number
}

/** Close of the first row with a value, Unix ms; infinite when there is never one. */
const firstKnown = (column: Float64Array, grid: Frame): number => {
  const row = column.findIndex((x) => Number.isFinite(x))
  return row < 0 ? Number.POSITIVE_INFINITY : closeMsOf(grid.tf, grid.row0 + row)
}

/**
 * When everything that a node stands on has been known once, Unix ms: numbers by their columns, conditions by their
 * inputs. A condition may be known before (one false settles an `all`); what is unknown later is no warm-up.
 */
const warmUps = ({ evaluated }: PreparedSeat): ReadonlyMap<string, number> => {
  const { nodes } = evaluated.flat
  const ready: number[] = []
  const readyOutput = (place: number, output: string): number => {
    const columns = evaluated.nodes[place]
    const column = columns?.outputs[output]
    return columns !== null && column instanceof Float64Array ? firstKnown(column, columns.grid) : ready[place]
  }
  for (const node of nodes) {
    const operands = Object.values(node.inputs).flat()
    ready.push(
      Math.max(
        Number.NEGATIVE_INFINITY,
        ...operands.map((operand) =>
          'node' in operand ? readyOutput(operand.node, operand.output) : Number.NEGATIVE_INFINITY,
        ),
      ),
    )
  }
  return new Map(nodes.map((node, place) => [node.path, ready[place]]))
}

/** Decision rows [i0, i1) that are no holes; unknown ones count once the warm-up is over. */
const tally = (seat: Seat, when: Bits, option: { rows: readonly [number, number]; warmMs: number }): Tally => {
  const { decision } = seat
  const [i0, i1] = option.rows
  const out: Tally = { bars: 0, trues: 0, falses: 0, unknown: 0 }
  for (let i = i0; i < i1; i++) {
    if (getBit(decision.hole, i)) continue
    const verdict = verdictAt(when, i)
    out.bars += 1
    if (verdict === 1) out.trues += 1
    else if (verdict === -1) out.falses += 1
    else if (closeMsOf(decision.tf, decision.row0 + i) > option.warmMs) out.unknown += 1
  }
  return out
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const noticesOf = (role: Role, count: Tally): Notice[] => {
  const { bars, trues, falses, unknown } = count
  const notices: Notice[] = []
  const say = (code: string, message: string): void => void notices.push({ code, message })
  if (unknown > 0)
    say(
      'unknown_after_warm_up',
      `${role.path} was unknown on ${unknown} of ${bars} bars after its warm-up: nothing acted on it there`,
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

/** Notices on the roles of one seat; trade-scope conditions exist only inside trades and are left out. */
export const roleNotices = (prepared: PreparedSeat, rows: readonly [number, number]): Notice[] => {
  const { seat } = prepared
  const warm = warmUps(prepared)
  const all = [seat.long, seat.short].flatMap((plan) =>
    (plan === null ? [] : rolesOf(plan)).flatMap((role) => {
      if (!('market' in role.when)) return []
      const warmMs = warm.get(role.path) ?? Number.NEGATIVE_INFINITY
      return noticesOf(role, tally(seat, role.when.market, { rows, warmMs }))
    }),
  )
  // A filter that both sides share is told once.
  return all.filter((notice, j) => all.findIndex(({ message }) => message === notice.message) === j)
}
