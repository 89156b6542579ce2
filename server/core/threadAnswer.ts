// What a thread says of a run, back as what a use-case returns: errors lose their class on the way.
import type { Problem } from '../../blocks/kit/problem'
import { Failure, type FailureCode } from './failure'

/** How such a run ends, as data. */
export type ThreadAnswer<T extends object> =
  | { readonly kind: 'made'; readonly made: T }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'failure'
      readonly code: FailureCode
      readonly message: string
      readonly hint?: string
      readonly problems: readonly Problem[]
    }

export const settle = <T extends object>(answer: ThreadAnswer<T>): T | Failure | Problem[] => {
  if (answer.kind === 'made') return answer.made
  if (answer.kind === 'problems') return [...answer.problems]
  const { code, message, hint, problems } = answer
  return new Failure(code, message, { problems, ...(hint === undefined ? {} : { hint }) })
}

const areProblems = (made: object): made is Problem[] => Array.isArray(made)

/** The same, on its way out of the thread. */
export const answerOf = <T extends object>(made: T | Failure | Problem[]): ThreadAnswer<T> => {
  if (made instanceof Failure) {
    const { code, message, hint, problems } = made
    return { kind: 'failure', code, message, ...(hint === undefined ? {} : { hint }), problems }
  }
  return areProblems(made) ? { kind: 'problems', problems: made } : { kind: 'made', made }
}
