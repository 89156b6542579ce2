// One writer a series: a lock file that names its owner, so that the lock of a dead process is recognised and broken.
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../core/failure'
import { isAlive, isMissing, temporaryName } from './files'

const lockName = 'writer.lock'
/** A breaker works for microseconds; an older guard belongs to a dead one. */
const guardMs = 5000

interface Owner {
  readonly pid: number
  /** Start of the process where the system tells it: a pid may be given to another process. */
  readonly start: string
  readonly token: string
}

/** Field 22 of /proc/<pid>/stat (Linux); empty elsewhere. The name in field 2 may hold blanks and brackets. */
const startOf = async (pid: number): Promise<string> => {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const ownerIn = async (path: string): Promise<Owner | null> => {
  try {
    const [pid = '', start = '', token = ''] = (await readFile(path, 'utf8')).split(' ')
    return { pid: Number(pid), start, token }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const isStale = async ({ pid, start }: Owner): Promise<boolean> =>
  !Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || (start !== '' && start !== (await startOf(pid)))

/** Creates the lock with its content in one step; false when it is there already. */
const take = async (path: string, owner: Owner): Promise<boolean> => {
  const temporary = temporaryName(path)
  await writeFile(temporary, `${owner.pid} ${owner.start} ${owner.token}`)
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Removes the lock of a dead owner. The guard folder keeps two breakers from removing a fresh lock in between. */
const breakLock = async (path: string, dead: Owner): Promise<void> => {
  const guard = `${path}.breaking`
  try {
    await mkdir(guard)
  } catch {
    const made = await stat(guard).catch(() => null)
    if (made !== null && Date.now() - made.mtimeMs > guardMs) await rm(guard, { recursive: true, force: true })
    return
  }
  try {
    const now = await ownerIn(path)
    if (now !== null && now.token === dead.token) await rm(path, { force: true })
  } finally {
    await rm(guard, { recursive: true, force: true })
  }
}

/** Waits for the lock of `folder` and holds it during `work`; `still` throws when it was lost. */
export const withLock = async <T>(
  folder: string,
  { waitMs, onWait }: { readonly waitMs: number; readonly onWait: () => void },
  work: (still: () => Promise<void>) => Promise<T>,
): Promise<T> => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, lockName)
  const owner: Owner = { pid: process.pid, start: await startOf(process.pid), token: randomUUID() }
  const busy = (pid: number | undefined): Failure =>
    new Failure('store_busy', `another import (process ${pid ?? '?'}) is writing to ${folder}`, {
      hint: 'try again when it has finished',
    })
  const until = Date.now() + waitMs
  while (!(await take(path, owner))) {
    const other = await ownerIn(path)
    if (other !== null && (await isStale(other))) await breakLock(path, other)
    else if (Date.now() > until) throw busy(other?.pid)
    onWait()
    await sleep(20)
  }
  const mine = async (): Promise<boolean> => (await ownerIn(path))?.token === owner.token
  try {
    return await work(async () => {
      if (!(await mine())) throw busy((await ownerIn(path))?.pid)
    })
  } finally {
    if (await mine()) await rm(path, { force: true })
  }
}
