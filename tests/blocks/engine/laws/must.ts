// How an invariant speaks: it counts what it looked at, and stops at the first thing that is wrong.
import type { Film } from './film'

/** Looks at one run and gives the number of things it held against the rule. */
export type Invariant = (film: Film) => number

export class Ledger {
  checks = 0
  constructor(private readonly film: Film) {}

  /** `what` is only told when it fails. */
  must(holds: boolean, what: () => string): void {
    this.checks += 1
    if (!holds) throw new Error(`case ${this.film.one.seed}: ${what()}`)
  }
}

/** An invariant from a function that speaks through `must`. */
export const invariant =
  (look: (film: Film, must: Ledger['must']) => void): Invariant =>
  (film) => {
    const ledger = new Ledger(film)
    look(film, (holds, what) => ledger.must(holds, what))
    return ledger.checks
  }
