// How a law speaks: it counts what it looked at and stops at the first thing that is wrong. One pass serves many laws.
import { beforeAll, expect, it } from 'vitest'
import { patience, seeds } from './cases'
import { difference } from './difference'
import type { Film } from './film'

/** Looks at one case and gives the number of things it held against the rule. */
export type Law<T> = (one: T) => number
export type Invariant = Law<Film>

export type Must = (holds: boolean, what: () => string) => void

/** Equal to the bit. A plain test: where a law asks a hundred thousand times, expect() costs more than what it looks at. */
export const same = (found: unknown, wanted: unknown): void => {
  const differences = difference(found, wanted)
  if (differences.length > 0) throw new Error(`found | wanted: ${differences.join(', ')}`)
}

/** An invariant from a function that speaks through `must`; `what` is only told when it fails. */
export const invariant =
  (look: (film: Film, must: Must) => void): Invariant =>
  (film) => {
    let checks = 0
    look(film, (holds, what) => {
      checks += 1
      if (!holds) throw new Error(`case ${film.one.seed}: ${what()}`)
    })
    return checks
  }

/** Every law over every seed, case by case so that nothing piles up; each law is a test of its own. */
export const hold = <T>(laws: Readonly<Record<string, Law<T>>>, make: (seed: number) => T): void => {
  const checks = new Map<string, number>()
  const faults = new Map<string, unknown>()
  const look = (one: T): void => {
    for (const [name, law] of Object.entries(laws)) {
      if (faults.has(name)) continue
      try {
        checks.set(name, (checks.get(name) ?? 0) + law(one))
      } catch (fault) {
        faults.set(name, fault)
      }
    }
  }
  beforeAll(() => {
    for (const seed of seeds) look(make(seed))
  }, patience)
  it.each(Object.keys(laws))('%s', (name) => {
    if (faults.has(name)) throw faults.get(name)
    // A rule that met nothing has not been held.
    expect(checks.get(name)).toBeGreaterThan(0)
  })
}
