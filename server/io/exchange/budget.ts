// The share of a venue's request limits that this process takes for itself, and the pauses that the venue orders.
import type { Clock } from './clock'

/** Requests of one kind count together: a weight in any stretch of `windowMs`. */
export interface Limit {
  readonly windowMs: number
  /** What the venue allows one address. */
  readonly weight: number
}

export interface Cost {
  readonly limit: string
  readonly weight: number
}

/** Half of what is allowed: trading from the same address must always find room. */
const share = 0.5
/** Where others use the address too, history waits above this part; 20 % stay free for protective orders. */
const ceiling = 0.8
/** How long it waits then, before the next answer says how much is used. */
const crowdedMs = 10_000

interface Spent {
  readonly ms: number
  readonly weight: number
}

export const createBudget = (limits: Readonly<Record<string, Limit>>, clock: Clock) => {
  const spent = new Map<string, Spent[]>()
  let pausedUntilMs = 0

  const limitOf = (name: string): Limit => {
    const limit = limits[name]
    if (limit === undefined) throw new Error(`no limit is called ${name}`)
    return limit
  }

  /** What this process spent in the window that ends now. */
  const own = (name: string): readonly Spent[] => {
    const { windowMs } = limitOf(name)
    const nowMs = clock.nowMs()
    // A clock that was set back must not freeze the budget: what lies ahead of now is forgotten too.
    const recent = (spent.get(name) ?? []).filter(({ ms }) => ms > nowMs - windowMs && ms <= nowMs)
    spent.set(name, recent)
    return recent
  }

  /** Unix ms from which `cost` fits. */
  const freeAtMs = ({ limit, weight }: Cost): number => {
    const { windowMs, weight: allowed } = limitOf(limit)
    const recent = own(limit)
    let left = allowed * share - weight - recent.reduce((sum, entry) => sum + entry.weight, 0)
    if (left >= 0) return clock.nowMs()
    for (const entry of recent) {
      left += entry.weight
      if (left >= 0) return entry.ms + windowMs
    }
    return clock.nowMs()
  }

  return {
    /** Takes the cost and returns 0, or takes nothing and returns how long to wait (ms) before asking again. */
    take: (cost: Cost): number => {
      const nowMs = clock.nowMs()
      const waitMs = Math.max(pausedUntilMs, freeAtMs(cost)) - nowMs
      if (waitMs > 0) return waitMs
      spent.set(cost.limit, [...own(cost.limit), { ms: nowMs, weight: cost.weight }])
      return 0
    },
    /** The venue's own count for this address: others may be using it as well. */
    told: (limit: string, used: number): void => {
      const mine = own(limit).reduce((sum, entry) => sum + entry.weight, 0)
      const { weight } = limitOf(limit)
      if (used > mine && used > weight * ceiling) pausedUntilMs = Math.max(pausedUntilMs, clock.nowMs() + crowdedMs)
    },
    /** No request leaves before this moment. */
    pause: (untilMs: number): void => {
      pausedUntilMs = Math.max(pausedUntilMs, untilMs)
    },
    pausedUntilMs: (): number => pausedUntilMs,
  }
}

export type Budget = ReturnType<typeof createBudget>
