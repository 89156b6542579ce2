// What the columns of a run and of its job say while it runs and when it was refused.
import type { Problem } from '../../../blocks/kit/problem'
import type { RunProgress, RunState } from '../../run/stores'

export const over: readonly RunState[] = ['done', 'refused', 'failed', 'cancelled']

export const progressOf = (value: unknown): RunProgress | null => {
  if (typeof value !== 'object' || value === null || !('label' in value) || !('share' in value)) return null
  return typeof value.label === 'string' && typeof value.share === 'number'
    ? { label: value.label, share: value.share }
    : null
}

/** Written as Problems and by nobody else. */
export const problemsOf = (value: unknown): readonly Problem[] =>
  Array.isArray(value) ? (value as unknown as Problem[]) : []
