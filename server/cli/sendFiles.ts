// Files of `data import` to a server: one body, read from the disk as it is sent, imported there as one.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type Parcel, parcelEnd, parcelHead } from '../api/parcel'
import * as shapes from '../api/shapes/data'
import { Failure } from '../core/failure'
import { checkImport, type ImportResult } from '../run/data/importFiles'
import type { Place } from './compute'
import type { ImportAsk } from './dataWork'
import { addressOf, away, fetchFile } from './remote'

interface Sendable {
  readonly path: string
  readonly bytes: number
  readonly changedMs: number
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

/** In the words of the import itself, which sees here none but the files that arrive. */
const unreadable = (path: string, error: unknown): Failure =>
  isMissing(error)
    ? new Failure('file_not_found', `${path} does not exist`, { file: path })
    : new Failure('file_unreadable', `${path} cannot be read (${textOf(error)})`, { file: path, cause: error })

const look = async (path: string): Promise<Sendable> => {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  if (!found.isFile()) throw new Failure('file_unreadable', `${path} is no file`, { file: path })
  return { path, bytes: found.size, changedMs: found.mtimeMs }
}

/** Nothing of a file that is being written must pass for the whole of it. */
const isSame = (one: Sendable, other: Sendable): boolean =>
  one.bytes === other.bytes && one.changedMs === other.changedMs

async function* bytesOf(file: Sendable): AsyncGenerator<Uint8Array> {
  const { path, bytes } = file
  let sent = 0
  try {
    if (bytes > 0)
      for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 256 * 1024 })) {
        const piece: Uint8Array = chunk
        sent += piece.length
        yield piece
      }
  } catch (error) {
    throw unreadable(path, error)
  }
  if (sent !== bytes || !isSame(file, await look(path)))
    throw new Failure('file_unreadable', `${path} was changed while it was sent`, { file: path })
}

/** What the server is to know of the files; the rest of the options is about this command. */
const optionsOf = (ask: ImportAsk): Parcel['options'] => {
  const { instrument, kind, tf, layout, column, name, source, unit, delay, maxAge, skipBad } = ask
  return { instrument, kind, tf, layout, column, name, source, unit, delay, maxAge, skipBad }
}

/** All of them, or the first thing that stands in the way of it. */
export const sendFiles = async (ask: ImportAsk, { options, world, around }: Place): Promise<ImportResult> => {
  checkImport(ask)
  const files: Sendable[] = []
  for (const path of ask.files) files.push(await look(path))
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const address = addressOf(options, world)
  let fault: unknown
  async function* body(): AsyncGenerator<Uint8Array> {
    const parcel = { files: files.map(({ path, bytes }) => ({ path, bytes })), options: optionsOf(ask) }
    yield Buffer.from(parcelHead(parcel))
    let sent = 0
    try {
      for (const file of files)
        for await (const piece of bytesOf(file)) {
          sent += piece.length
          around.shell.progress({ label: `sending ${file.path}`, share: sent / all })
          yield piece
        }
    } catch (error) {
      fault = error
      throw error
    }
    around.shell.progress({ label: `import at ${address}`, share: 1 })
    yield Buffer.from(parcelEnd)
  }
  const response = await fetchFile({ path: '/api/import', body: body() }, options, world).catch((error: unknown) => {
    throw fault ?? error
  })
  const read = shapes.imported.safeParse(await response.json().catch(() => null))
  if (!read.success) throw away(address)
  return read.data
}
