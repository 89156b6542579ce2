// The folder of backups, as far as it is looked at: the newest one, whoever asked for it.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface Backups {
  readonly count: number
  /** Unix ms; null: there is none. */
  readonly newestMs: number | null
  readonly bytes: number
}

export const backupsIn = async (folder: string): Promise<Backups> => {
  // A folder that is not there holds none.
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.zip'))
  const files = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)))
  const there = files.filter((file) => file !== null)
  return {
    count: there.length,
    newestMs: there.length === 0 ? null : Math.max(...there.map(({ mtimeMs }) => mtimeMs)),
    bytes: there.reduce((sum, { size }) => sum + size, 0),
  }
}
