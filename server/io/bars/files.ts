// Files that are either whole or not there: temporary name, fsync, rename, fsync of the folder.
import { createHash, webcrypto } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../../core/failure'

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'

/** What a failed write means to the user. */
export const writeFailure = (error: unknown, folder: string): Failure => {
  if (error instanceof Failure) return error
  const text = textOf(error)
  const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(error)) || /no space left|disk quota/i.test(text)
  return full
    ? new Failure('disk_full', `no space left for ${folder}; nothing half-written was left there`, {
        hint: 'free some space or point DATA_DIR elsewhere',
        cause: error,
      })
    : new Failure(
        'write_failed',
        `${folder} cannot be written (${text.split('\n')[0]}); nothing half-written was left there`,
        { cause: error },
      )
}

export const readFailure = (error: unknown, file: string): Failure => {
  if (error instanceof Failure) return error
  return isMissing(error)
    ? new Failure('file_not_found', `${file} does not exist`, { file })
    : new Failure('file_unreadable', `${file} cannot be read (${textOf(error).split('\n')[0]})`, { file, cause: error })
}

export const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder for this; there the rename itself is journalled.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

let serial = 0
/** A name beside `path` that tells its writer's pid, so that leftovers of dead writers are recognised. */
export const temporaryName = (path: string): string => `${path}.tmp-${process.pid}-${serial++}`

/** `write` fills a temporary file, which then takes the name `path` (or the one that `write` returns). */
export const replaceFile = async (
  path: string,
  write: (temporary: string) => Promise<string | undefined>,
): Promise<void> => {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const temporary = temporaryName(path)
  try {
    const name = await write(temporary)
    await syncFile(temporary)
    await rename(temporary, name ?? path)
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export const sha256OfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}

/** Off the main thread: a load hashes its files while DuckDB reads them. */
export const sha256Beside = async (path: string): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', await readFile(path))).toString('hex')

/** Names in a folder; none when it is not there. */
export const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
export const isAlive = alive

/** Removes files and folders of writers that are gone. */
export const sweep = async (folder: string): Promise<void> => {
  for (const name of await namesIn(folder)) {
    const pid = /\.tmp-(\d+)-\d+$/.exec(name)?.[1]
    if (pid !== undefined && !alive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true })
  }
}
