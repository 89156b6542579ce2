// What a thread says of a run, back as what a use-case returns: errors lose their class on the way.
import type { Report } from '../../blocks/engine/report/document'
import type { Problem } from '../../blocks/kit/problem'
import { Failure, type FailureCode } from './failure'

/** How such a run ends, as data. */
export type ThreadAnswer =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'failure'
      readonly code: FailureCode
      readonly message: string
      readonly hint?: string
      readonly problems: readonly Problem[]
    }

export const settle = (answer: ThreadAnswer): Report | Failure | Problem[] => {
  if (answer.kind === 'report') return answer.report
  if (answer.kind === 'problems') return [...answer.problems]
  const { code, message, hint, problems } = answer
  return new Failure(code, message, { problems, ...(hint === undefined ? {} : { hint }) })
}

/** The same, on its way out of the thread. */
export const answerOf = (made: Report | Failure | Problem[]): ThreadAnswer => {
  if (Array.isArray(made)) return { kind: 'problems', problems: made }
  if (!(made instanceof Failure)) return { kind: 'report', report: made }
  const { code, message, hint, problems } = made
  return { kind: 'failure', code, message, ...(hint === undefined ? {} : { hint }), problems }
}
