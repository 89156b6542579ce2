// One command from its words to its exit code: whatever ends it is told and mapped in one place.
import { CommanderError } from 'commander'
import { Failure } from '../core/failure'
import type { World } from './command'
import { createProgram } from './program'
import { problemsText } from './shell'
import { Answered, exitCodes, exitOfFailure, problemOf, Stop } from './stop'

const wants = (argv: readonly string[], option: string): boolean => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes(option)
}

/** An expected end as problems and exit code; null: a bug. */
const endOf = (error: unknown): Stop | null => {
  if (error instanceof Stop) return error
  if (error instanceof Failure) return new Stop(exitOfFailure(error), error.message, error.problems)
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '')
    return new Stop('usage', message, [problemOf('usage', message, 'See --help.')])
  }
  return null
}

const isHelp = (error: unknown): boolean =>
  error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')

const bugText = (error: unknown): string => {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${trace}\nThis is a bug in Playloom, not in what you gave it. Please report it with these lines, the command and \`playloom --version\`.`
}

/** Tells the end of a command that did not succeed; returns its exit code. */
const tell = (error: unknown, argv: readonly string[], { streams, signal }: World): number => {
  if (error instanceof CommanderError && isHelp(error)) {
    // Help that was asked for is an answer; help because a word is missing is wrong usage.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  }
  if (error instanceof Answered) return exitCodes[error.exit]
  const interrupted = signal.aborted
  const end = interrupted ? new Stop('interrupted', 'Interrupted: nothing was left half-written.') : endOf(error)
  const problems = end?.problems ?? [problemOf('bug', error instanceof Error ? error.message : String(error))]
  if (wants(argv, '--json')) streams.out(`${JSON.stringify({ problems })}\n`)
  if (end === null) streams.err(`${bugText(error)}\n`)
  else if (!(wants(argv, '--json') && wants(argv, '--quiet'))) {
    const told = interrupted ? end.message : problemsText(problems)
    const summary = problems.length > 1 || !told.includes(end.message) ? `\n${end.message}` : ''
    streams.err(`${told}${summary}\n`)
  }
  return end === null ? exitCodes.bug : exitCodes[end.exit]
}

/** Resolves to its exit code; never rejects. */
export const runProgram = async (argv: readonly string[], world: World): Promise<number> => {
  try {
    await createProgram(world).parseAsync(argv, { from: 'user' })
    return world.signal.aborted ? exitCodes.interrupted : exitCodes.done
  } catch (error) {
    return tell(error, argv, world)
  }
}
