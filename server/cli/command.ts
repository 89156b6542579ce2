// What every command shares: its manners (--json, --quiet, --url, --token), two examples in its help, and its surroundings.
import type { Command } from 'commander'
import { type Env, readEnv } from '../env'
import { styleFor } from './render/table'
import { createShell, type Shell, type Streams } from './shell'

/** The world around the commands; a test hands in its own. */
export interface World {
  readonly streams: Streams
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly terminal: { readonly out: boolean; readonly err: boolean }
  readonly signal: AbortSignal
}

/** What a command gets besides its arguments. */
export interface Surroundings {
  readonly shell: Shell
  readonly env: Env
  readonly signal: AbortSignal
}

export interface Manners {
  readonly json?: boolean
  readonly quiet?: boolean
}

export interface Description {
  readonly name: string
  readonly summary: string
  /** Two command lines, without the program's name. */
  readonly examples: readonly [string, string]
}

/** A command below `parent` with the common options and its examples. */
export const addCommand = (parent: Command, { name, summary, examples }: Description): Command =>
  parent
    .command(name)
    .summary(summary)
    .description(summary)
    .option('--json', 'exactly one JSON document on stdout, words on stderr')
    .option('--quiet', 'no words and no progress, only the answer')
    .option('--url <url>', 'address of a Playloom server; default: PLAYLOOM_URL, or this machine')
    .option('--token <token>', 'token for that server')
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ playloom ${line}`).join('\n')}`)

export const surroundingsOf = (world: World, { json = false, quiet = false }: Manners): Surroundings => ({
  shell: createShell(
    { json, quiet, style: styleFor(world.variables, world.terminal.out), terminal: world.terminal.err },
    world.streams,
  ),
  env: readEnv(world.variables),
  signal: world.signal,
})

/** Binds what the command does. `work` gets the positional arguments as commander parsed them. */
export const act = <Options extends Manners>(
  command: Command,
  world: World,
  work: (given: { args: readonly string[]; options: Options }, surroundings: Surroundings) => Promise<void> | void,
): Command =>
  command.action(async () => {
    // Arguments of a list come flat in `args`, whatever their declaration.
    const options: Options = command.opts()
    await work({ args: command.args, options }, surroundingsOf(world, options))
  })

/** Adds to a list option that may be given several times. */
export const collect = (value: string, list: readonly string[] = []): readonly string[] => [...list, value]
