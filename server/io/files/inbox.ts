// Files from outside: streamed to a temporary place, used there, and gone afterwards, whatever happens.
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../../core/failure'
import type { InboxFile, InboxPort } from '../../run/ports'

/** More than a decade of minute bars of one market as CSV. */
const mostBytes = 2 * 1024 ** 3

/** Counts what passes; a file that is cut short would look like a whole one with fewer rows. */
const measured = (told: number | null): Transform => {
  let bytes = 0
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      bytes += chunk.byteLength
      if (bytes <= mostBytes) done(null, chunk)
      else done(new Failure('file_unreadable', 'the file is larger than 2 GiB', { hint: 'split it by year' }))
    },
    flush: (done) => {
      if (told === null || told === bytes) done()
      else done(new Failure('file_truncated', `${bytes} of ${told} bytes arrived`, { hint: 'send the file again' }))
    },
  })
}

const receive = async ({ body, bytes, signal }: InboxFile, path: string): Promise<void> => {
  try {
    await pipeline(Readable.from(body), measured(bytes), createWriteStream(path), { ...(signal && { signal }) })
  } catch (error) {
    if (error instanceof Failure) throw error
    if (signal?.aborted) throw new Failure('cancelled', 'stopped; nothing of the file is in the store')
    throw new Failure('write_failed', 'the file could not be taken over', { hint: 'is the disk full?', cause: error })
  }
}

export const createInbox = (): InboxPort => ({
  take: async (file, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'playloom-'))
    const path = join(folder, file.name)
    try {
      await mkdir(dirname(path), { recursive: true })
      await receive(file, path)
      return await use(path)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
})
