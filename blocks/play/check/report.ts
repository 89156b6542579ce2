// Collects the checker's problems, each once, with the severity that the table of codes gives.
import type { Refusal } from '../../kit/logic'
import type { Edit, Fix, Problem } from '../../kit/problem'
import { type Code, codes } from './codes'

/** Where something stands: path in the document that is checked, and the path id of the node. */
export interface Place {
  readonly path: readonly (string | number)[]
  readonly node?: string
  /** Inside a Block of another document: no edit of this document can reach it. */
  readonly sealed?: true
}
export interface Advice {
  readonly hint?: string
  readonly fixes?: readonly Fix[]
}

export const below = (place: Place, ...keys: (string | number)[]): Place =>
  place.sealed ? place : { ...place, path: [...place.path, ...keys] }

/** A fix that sets one value (undefined removes it). */
export const setFix = (label: string, path: readonly (string | number)[], value?: unknown): Fix => ({
  label,
  edits: [value === undefined ? { path } : { path, value }],
})
export const editsFix = (label: string, edits: readonly Edit[]): Fix => ({ label, edits })

export class Report {
  readonly problems: Problem[] = []
  private readonly seen = new Set<string>()

  add(code: Code, place: Place, text: { readonly message: string } & Advice): void {
    this.put({ code, severity: codes[code].severity }, place, text)
  }
  /** A refusal of a logic type carries its own code; the port has a place of its own where the body names ports. */
  refusal(refusal: Refusal, place: Place, named: boolean): void {
    const at = refusal.port === undefined || !named ? place : below(place, refusal.port)
    this.put({ code: refusal.refuse, severity: 'error' }, at, { message: refusal.message })
  }
  get failed(): boolean {
    return this.problems.some((problem) => problem.severity === 'error')
  }

  private put(
    { code, severity }: Pick<Problem, 'code' | 'severity'>,
    place: Place,
    text: { readonly message: string } & Advice,
  ): void {
    const key = JSON.stringify([code, place.path, place.node, text.message])
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.problems.push({
      code,
      severity,
      where: { path: place.path, ...(place.node === undefined ? {} : { node: place.node }) },
      message: text.message,
      ...(text.hint === undefined ? {} : { hint: text.hint }),
      fixes: place.sealed ? [] : (text.fixes ?? []),
    })
  }
}
