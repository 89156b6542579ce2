// Runs the built command line as a child process, the way a user does.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, bundle } from '../../../bin/build.mjs'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

interface Where {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Sees the process as soon as it runs, to interrupt it. */
  readonly meet?: (child: ChildProcess) => void
}

/** Once a test file: the sources do not change under a test. */
let built: Promise<unknown> | undefined

/** Builds when needed, runs `playloom args`, waits for its end. */
export const playloom = async (args: readonly string[], { cwd, env, meet }: Where = {}): Promise<Ended> => {
  built ??= build()
  await built
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...args], {
      cwd: cwd ?? tmpdir(),
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve({ code, signal, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }),
    )
    meet?.(child)
  })
}

/** The one JSON document of stdout; anything beside it is a fault. */
export const documentOf = ({ out }: Ended): Record<string, unknown> => {
  if (!out.endsWith('\n') || out.trimEnd().includes('\n'))
    throw new Error(`not exactly one line of JSON: ${out.slice(0, 200)}`)
  return JSON.parse(out)
}

export interface ToldProblem {
  readonly code: string
  readonly severity: string
  readonly where: { readonly file?: string; readonly line?: number; readonly node?: string }
  readonly message: string
}
export const problemsOf = (ended: Ended): readonly ToldProblem[] => {
  const { problems } = documentOf(ended)
  if (!Array.isArray(problems)) throw new Error('no list of problems')
  return problems
}

/** A folder of its own for one test file. */
export const temporaryFolder = (name: string): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), `playloom-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
