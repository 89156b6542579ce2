// The disk of a folder, which need not be there yet: its room, and whether this user may write there.
import { constants, existsSync } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface Disk {
  /** Bytes that this user may still write. */
  readonly freeBytes: number
  /** The folder, or the one that it would be made in, is one and can be written to. */
  readonly writable: boolean
}

const isWritable = async (place: string): Promise<boolean> => {
  try {
    await access(place, constants.W_OK)
    return (await stat(place)).isDirectory()
  } catch {
    return false
  }
}

export const diskOf = async (folder: string): Promise<Disk> => {
  let place = folder
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  const { bavail, bsize } = await statfs(place)
  return { freeBytes: bavail * bsize, writable: await isWritable(place) }
}
