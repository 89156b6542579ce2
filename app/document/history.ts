// The one visible history of a document: labelled steps of patches with their inverse (screens.md 2.1). Pure.
import type { Patch } from 'immer'

/** `layout` steps change no meaning: runs of them are one step, so that tidying never buries an edit. */
export type StepKind = 'logic' | 'layout'

export interface Step {
  readonly label: string
  readonly kind: StepKind
  /** Steps in a row with the same key are one: typing in one field, dragging one slider. Null: a step of its own. */
  readonly fold: string | null
  readonly atMs: number
  /** Text that was no Play yet when the step was taken and gave way to it: an undo brings it back. */
  readonly loose?: string
  readonly patches: readonly Patch[]
  readonly inverse: readonly Patch[]
}

export interface History {
  readonly steps: readonly Step[]
  /** Steps before this place are applied; those from it on can be done again. */
  readonly at: number
}

export const emptyHistory: History = { steps: [], at: 0 }

/** Steps that are kept; older ones can no longer be undone. */
const longest = 500
/** A pause longer than this begins a new step in the same field. */
const pauseMs = 4000

const belongs = (last: Step, next: Step): boolean => {
  if (next.loose !== undefined) return false
  if (last.kind === 'layout' && next.kind === 'layout') return true
  return last.fold !== null && last.fold === next.fold && next.atMs - last.atMs <= pauseMs
}

const joined = (last: Step, next: Step): Step => ({
  ...next,
  ...(last.loose === undefined ? {} : { loose: last.loose }),
  label: last.kind === 'layout' && last.label !== next.label ? 'Arrange' : next.label,
  patches: [...last.patches, ...next.patches],
  inverse: [...next.inverse, ...last.inverse],
})

/** Adds a step behind what is applied; what had been undone is gone. */
export const record = (history: History, step: Step): History => {
  const done = history.steps.slice(0, history.at)
  const last = done.at(-1)
  // Only the newest step grows: after an undo a new edit always stands alone.
  const steps =
    last !== undefined && history.at === history.steps.length && belongs(last, step)
      ? [...done.slice(0, -1), joined(last, step)]
      : [...done, step]
  const kept = steps.slice(-longest)
  return { steps: kept, at: kept.length }
}

/** Patches that lead from the present place to `to` (0 to steps.length), in order. */
export const pathTo = ({ steps, at }: History, to: number): readonly Patch[] =>
  to < at
    ? steps
        .slice(to, at)
        .reverse()
        .flatMap(({ inverse }) => inverse)
    : steps.slice(at, to).flatMap(({ patches }) => patches)
