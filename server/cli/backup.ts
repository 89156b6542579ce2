// `playloom backup` and `playloom restore`: everything that the server keeps, as one file, and back again. The work is
// done by a process of the set-up scripts, which know how to reach or start the database and how to migrate it.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { z } from 'zod'
import { act, addCommand, type Manners, type Surroundings, type World } from './command'
import { thousands } from './dataText'
import { problemOf, Stop, usage } from './stop'

/** Two folders up from the bundle as from this source. */
const script = fileURLToPath(new URL('../../bin/backup/main.mjs', import.meta.url))

const answerSchema = z.union([
  z.object({ done: z.record(z.string(), z.unknown()) }),
  z.object({ problem: z.string(), hint: z.string().nullable() }),
])

const backedUpSchema = z.object({ path: z.string(), bytes: z.number(), rows: z.number(), tables: z.number() })
const restoredSchema = z.object({
  rows: z.number(),
  files: z.number(),
  lacking: z.array(z.string()),
  madeAt: z.string(),
  safety: z.string().nullable(),
  /** Databases of before that are still on the server, and why the last one is. */
  left: z.array(z.string()),
  why: z.string().nullable(),
})

const ended = (args: readonly string[], { env, signal }: Surroundings): Promise<string> =>
  new Promise((resolveText, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, DATA_DIR: env.dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
      signal,
    })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += String(chunk)
    })
    child.once('error', reject)
    child.once('close', () => resolveText(text))
  })

const done = async <T>(args: readonly string[], schema: z.ZodType<T>, around: Surroundings): Promise<T> => {
  const answer = answerSchema.parse(JSON.parse((await ended(args, around)).trim()))
  if ('done' in answer) return schema.parse(answer.done)
  const { problem, hint } = answer
  throw new Stop('refused', problem, [problemOf('backup', problem, hint ?? undefined)])
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`

interface BackupOptions extends Manners {
  readonly withData?: boolean
}

const backUp = async (file: string | undefined, { withData = false }: BackupOptions, around: Surroundings) => {
  const args = ['backup', ...(file === undefined ? [] : [resolve(file)]), ...(withData ? ['--with-data'] : [])]
  const made = await done(args, backedUpSchema, around)
  around.shell.answer(
    made,
    `${made.path}: ${thousands(made.rows)} rows of ${made.tables} tables, ${mebibytes(made.bytes)}`,
  )
}

interface RestoreOptions extends Manners {
  readonly yes?: boolean
}

/** More series than these are in the JSON. */
const shown = 5

const restoredText = ({ rows, files, lacking, madeAt, safety, left, why }: z.infer<typeof restoredSchema>): string =>
  [
    `restored ${thousands(rows)} rows as of ${madeAt}${files > 0 ? `, and ${thousands(files)} files of market data` : ''}`,
    ...(safety === null ? [] : [`what was here before: ${safety}`]),
    ...(why === null ? [] : [`what was here before could not be put away: ${why}`]),
    ...(left.length === 0 ? [] : [`databases of before that are still on the server: ${left.join(', ')}`]),
    ...(lacking.length === 0
      ? []
      : [`${lacking.length} series were stored then and are not here; import or download them again:`]),
    ...lacking.slice(0, shown).map((series) => `  ${series.replace(/^series\//, '')}`),
    ...(lacking.length > shown ? [`  and ${lacking.length - shown} more (--json has them all)`] : []),
  ].join('\n')

const bringBack = async (file: string | undefined, { yes = false }: RestoreOptions, around: Surroundings) => {
  if (file === undefined) throw usage('restore needs the file of a backup', 'playloom restore <file>')
  const made = await done(['restore', resolve(file), ...(yes ? ['--yes'] : [])], restoredSchema, around)
  around.shell.answer(made, restoredText(made))
}

export const addBackupCommands = (program: Command, world: World): void => {
  const backup = addCommand(program, {
    name: 'backup',
    summary: 'write everything that is kept into one file: Plays, versions, runs, trials',
    examples: ['backup', 'backup ~/playloom.zip --with-data'],
  })
    .argument('[file]', 'the new file; without it one in the folder of backups')
    .option('--with-data', 'the market data too, not only their list')
  act<BackupOptions>(backup, world, ({ args, options }, around) => backUp(args[0], options, around))
  const restore = addCommand(program, {
    name: 'restore',
    summary: 'put a backup in the place of everything that is kept',
    examples: ['restore ~/playloom.zip', 'restore ~/playloom.zip --yes'],
  })
    .argument('<file>', 'a file that backup wrote')
    .option('--yes', 'also where Plays are kept already: they are backed up')
  act<RestoreOptions>(restore, world, ({ args, options }, around) => bringBack(args[0], options, around))
}
