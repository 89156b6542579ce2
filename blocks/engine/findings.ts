// What only a run can tell of its conditions: unknown after warm-up, always or never true (semantics.md S1, S4).
import { type Bits, getBit, verdictAt } from '../kit/bits'
import { closeMsOf, tfMs } from '../kit/timeframe'
import { typeKey } from './columns/evaluate'
import type { NodeColumns } from './columns/store'
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

/** Close of the first row at which a source has a value, Unix ms; infinite when it never has one. */
const firstKnown = ({ outputs, grid }: NodeColumns): number => {
  const columns = Object.values(outputs).filter((column) => column instanceof Float64Array)
  for (let i = 0; i < grid.rows; i++)
    if (columns.some((column) => Number.isFinite(column[i]))) return closeMsOf(grid.tf, grid.row0 + i)
  return Number.POSITIVE_INFINITY
}

/**
 * When each node has seen enough, Unix ms: the start of its sources plus the warm-ups along its longest way from one. A
 * condition may be known before (one false settles an `all`); what is unknown later is no warm-up.
 */
const warmUps = ({ evaluated }: PreparedSeat): ReadonlyMap<string, number> => {
  const ready: number[] = []
  evaluated.flat.nodes.forEach((node, place) => {
    const columns = evaluated.nodes[place]
    const before = Object.values(node.inputs)
      .flat()
      .map((operand) => ('node' in operand ? ready[operand.node] : Number.NEGATIVE_INFINITY))
    const isSource = before.length === 0 && columns !== null
    const warm = evaluated.types.get(typeKey(node.type, node.major))?.firstValid?.(node.params) ?? 0
    ready.push(isSource ? firstKnown(columns) : Math.max(...before) + warm * tfMs[node.clock])
  })
  return new Map(evaluated.flat.nodes.map((node, place) => [node.path, ready[place]]))
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
  return [seat.long, seat.short].flatMap((plan) =>
    (plan === null ? [] : rolesOf(plan)).flatMap((role) => {
      if (!('market' in role.when)) return []
      const warmMs = warm.get(role.path) ?? Number.NEGATIVE_INFINITY
      return noticesOf(role, tally(seat, role.when.market, { rows, warmMs }))
    }),
  )
}
