// What only a run can tell of its conditions: unknown after warm-up, always or never true (semantics.md S1, S4).
import { getBit, verdictAt } from '../kit/bits'
import type { Condition, Seat, SidePlan } from './plan'
import type { Notice } from './report/input'

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
  /** Unknown after the first known bar of all. */
  unknown: number
}

/** Decision rows of the seat that close in [from, to) and are no holes. */
const tally = (
  seat: Seat,
  when: { market: SidePlan['entries'][number]['when'] },
  rows: readonly [number, number],
): Tally => {
  const out: Tally = { bars: 0, trues: 0, falses: 0, unknown: 0 }
  let known = false
  for (let i = 0; i < rows[1]; i++) {
    if (getBit(seat.decision.hole, i)) continue
    const verdict = verdictAt(when.market, i)
    known ||= verdict !== 0
    if (i < rows[0]) continue
    out.bars += 1
    if (verdict === 1) out.trues += 1
    else if (verdict === -1) out.falses += 1
    else if (known) out.unknown += 1
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
export const roleNotices = (seat: Seat, rows: readonly [number, number]): Notice[] =>
  [seat.long, seat.short].flatMap((plan) =>
    plan === null
      ? []
      : rolesOf(plan).flatMap((role) => ('market' in role.when ? noticesOf(role, tally(seat, role.when, rows)) : [])),
  )
