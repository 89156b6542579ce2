// How a command ends: the exit codes of the product, and the error that carries one to the edge.
import type { Problem } from '../../blocks/kit/problem'
import { Failure, type FailureCode } from '../core/failure'

export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  problems: 3,
  refused: 4,
  unreachable: 5,
  interrupted: 130,
} as const
export type ExitName = keyof typeof exitCodes

/** Ends the command on purpose: what is wrong is told, nothing is a bug. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly exit: ExitName
  readonly problems: readonly Problem[]

  constructor(exit: ExitName, message: string, problems: readonly Problem[] = [problemOf(exit, message)]) {
    super(message)
    this.exit = exit
    this.problems = problems
  }
}

export const problemOf = (code: string, message: string, hint?: string): Problem => ({
  code,
  severity: 'error',
  where: {},
  message,
  ...(hint === undefined ? {} : { hint }),
  fixes: [],
})

/** Ends a command that has given its answer already, with another exit code than 0. */
export class Answered extends Error {
  override readonly name = 'Answered'
  readonly exit: ExitName

  constructor(exit: ExitName) {
    super('')
    this.exit = exit
  }
}

/** Wrong usage of an option or argument. */
export const usage = (message: string, hint?: string): Stop =>
  new Stop('usage', message, [problemOf('usage', message, hint)])

/** Failures that are not about what was given. */
const exits: Partial<Record<FailureCode, ExitName>> = {
  option_missing: 'usage',
  option_wrong: 'usage',
  store_busy: 'refused',
  disk_full: 'refused',
  write_failed: 'refused',
  cancelled: 'interrupted',
  venue_unreachable: 'unreachable',
  venue_refused: 'refused',
}
export const exitOfFailure = (failure: Failure): ExitName => exits[failure.code] ?? 'problems'

/** The value of a use-case, or the end of the command. */
export const unwrap = <T>(result: T | Failure): T => {
  if (result instanceof Failure) throw result
  return result
}

const usageCodes: readonly string[] = ['option_unknown', 'option_missing', 'option_wrong'] satisfies (
  | FailureCode
  | 'option_unknown'
)[]

/** About the command line rather than about what it names. */
export const areUsage = (problems: readonly Problem[]): boolean =>
  problems.length > 0 && problems.every(({ code }) => usageCodes.includes(code))
