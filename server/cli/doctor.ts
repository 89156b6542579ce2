// `playloom doctor`: what runs, what is missing, and what to do.
import type { Command } from 'commander'
import { z } from 'zod'
import { dataRow, type HealthRow, healthNames, healthStates } from '../run/health'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { Answered } from './stop'
import { withData } from './withData'

interface DoctorOptions extends Manners {
  readonly url?: string
}

const answerSchema = z.object({
  result: z.object({
    data: z.array(
      z.object({
        name: z.enum(healthNames),
        state: z.enum(healthStates),
        word: z.string(),
        hint: z.string().nullable(),
      }),
    ),
  }),
})

const patienceMs = 10_000

/** Null: nothing that is a Playloom answers there. */
const rowsOf = async (url: string, signal: AbortSignal): Promise<readonly HealthRow[] | null> => {
  try {
    const response = await fetch(`${url}/api/trpc/system.health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    return answerSchema.parse(await response.json()).result.data
  } catch {
    return null
  }
}

const away = (url: string): HealthRow => ({
  name: 'page',
  state: 'off',
  word: `no Playloom answers at ${url}`,
  hint: 'start it with npm start, or name its address: --url',
})

const textOf = (rows: readonly HealthRow[]): string =>
  rows
    .map(({ name, state, word, hint }) => {
      const line = `${name.padEnd(10)}${state.padEnd(9)}${word}`
      return hint === null ? line : `${line}\n${' '.repeat(19)}${hint}`
    })
    .join('\n')

const run = async ({ url: named }: DoctorOptions, port: string, around: Surroundings): Promise<void> => {
  const url = (named ?? `http://127.0.0.1:${port}`).replace(/\/+$/, '')
  const there = await rowsOf(url, around.signal)
  const here = there ?? [away(url), await withData(around, dataRow)]
  around.shell.answer({ url, rows: here }, textOf(here))
  if (there === null) throw new Answered('unreachable')
  if (here.some(({ state }) => state === 'trouble')) throw new Answered('refused')
}

export const addDoctorCommand = (program: Command, world: World): void => {
  const command = addCommand(program, {
    name: 'doctor',
    summary: 'say what runs, what is missing and what to do',
    examples: ['doctor', 'doctor --url http://127.0.0.1:3001 --json'],
  })
  act<DoctorOptions>(command, world, ({ options }, around) => run(options, world.variables.PORT || '3000', around))
}
