// Files to be given away: made in a temporary place, held open while they are read, and gone afterwards.
import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxFile, OutboxPort } from '../../run/ports'

const lent = (handle: FileHandle, bytes: number, folder: string): OutboxFile => {
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    try {
      await handle.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return {
    bytes,
    read: (...asked) => handle.read(...asked),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

export const createOutbox = (): OutboxPort => ({
  make: async (write) => {
    const folder = await mkdtemp(join(tmpdir(), 'playloom-'))
    const path = join(folder, 'file')
    try {
      const made = await write(path)
      const { size } = await stat(path)
      return { made, file: lent(await open(path), size, folder) }
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  },
})
