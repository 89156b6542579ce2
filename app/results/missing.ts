// Why there is no result yet, or not one of the Play as it stands: the first thing that is missing, and where. Pure.
import type { Problem } from '../../blocks/kit/problem'
import type { PlayTree } from '../../blocks/play/tree'
import { gateId } from '../canvas/handles'
import type { RunState } from '../workbench/run'
import { counted } from './format'
import { titled } from './names'

export interface Missing {
  /** "the Play has no entry", after "No result yet:". */
  readonly text: string
  /** What to do about it, a sentence. */
  readonly hint: string | null
  /** Node of the canvas at which it is; null: at none. */
  readonly node: string | null
}

const sides = ['long', 'short']

/** Node, or gate of a lane, at which a problem stands. */
export const placeOf = ({ where }: Problem): string | null => {
  const [first, second] = where.path ?? []
  if (first === 'nodes' && typeof second === 'string') return second
  if (typeof first === 'string' && sides.includes(first))
    return gateId(first, typeof second === 'string' ? second : 'entries')
  return where.node?.split('/')[0] ?? null
}

/** In the words of a trader where the language speaks of its own parts. */
const words: Readonly<Record<string, Missing['text']>> = {
  no_entry: 'the Play has no entry',
  no_stop: 'the Play has no stop',
}

export const errorsOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error')

const hints: Readonly<Record<string, string>> = {
  no_entry: 'Add conditions, then an Entry that is wired to them.',
  no_stop: 'Every trade needs a stop: add one to the exit lane.',
}

/** Work on a first result goes on, or is about to. */
export const isAwaited = ({
  status,
  dataset,
  problems,
  dataProblem,
}: Pick<RunState, 'status' | 'dataset' | 'problems' | 'dataProblem'>): boolean => {
  if (status.kind === 'failed' || dataProblem !== null || errorsOf(problems).length > 0) return false
  return status.kind !== 'idle' || dataset === null
}

export interface MissingAsk extends Pick<RunState, 'problems' | 'dataProblem'> {
  /** Whose names the problems speak of. */
  readonly tree: PlayTree
}

/** Null: nothing is missing; a run is on its way, or there is a result. */
export const missingOf = ({ problems, dataProblem, tree }: MissingAsk): Missing | null => {
  const [first, ...more] = errorsOf(problems)
  if (first !== undefined) {
    const text = words[first.code] ?? titled(first.message, tree)
    const rest = more.length === 0 ? '' : `, and ${counted(more.length, 'more problem')}`
    const hint = hints[first.code] ?? (first.hint === undefined ? null : titled(first.hint, tree))
    return { text: `${text}${rest}`, hint, node: placeOf(first) }
  }
  return dataProblem === null ? null : { text: 'there are no data', hint: dataProblem.hint, node: null }
}
