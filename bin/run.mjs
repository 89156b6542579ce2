// Child processes for the scripts of bin/: output passed through, or kept until something fails.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Runs a program in the project's folder. Resolves with its exit code (128 + n for a signal) and, if asked, its text.
 * `signal` ends it; `behind`: it has what others leave of the processors.
 */
export const run = (command, args, { quiet = false, env = {}, signal, behind = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      ...(signal === undefined ? {} : { signal }),
    })
    // What it starts later inherits it.
    if (behind && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve({ code: code ?? 128, signal, text: Buffer.concat(chunks).toString('utf8') }),
    )
  })

/** Runs a JavaScript program of an installed package by its path inside node_modules. */
export const runPackage = (path, args, options) =>
  run(process.execPath, [join(root, 'node_modules', path), ...args], options)

/** npm itself: the one that started us, else the one that lives beside this Node, else the one on PATH. */
export const runNpm = (args, options) => {
  const started = process.env.npm_execpath
  if (started?.endsWith('.js')) return run(process.execPath, [started, ...args], options)
  try {
    const beside = createRequire(process.execPath).resolve('npm/bin/npm-cli.js')
    return run(process.execPath, [beside, ...args], options)
  } catch {
    return run('npm', args, options)
  }
}
