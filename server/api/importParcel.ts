// Files of `playloom data import` into the store of this machine: streamed to temporary places, then judged and stored
// by the use-case as if they lay here. Nothing is stored before the last byte of the last of them came.
import { Failure, failureOr } from '../core/failure'
import { type ImportResult, importFiles } from '../run/data/importFiles'
import { type Parcel, ParcelReader } from './parcel'
import * as shapes from './shapes/data'
import { settled } from './trpc'
import { admitted, type ImportContext, retold } from './upload'

/** Of all files of a request, which wait on this disk for one another. */
const mostBytes = 2 * 1024 ** 3

/** Folders may tell what is in a file, so they are kept; none leads out of the temporary place. */
export const placeOf = (path: string): string => {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..')
  const plain = parts.map((part) => part.replaceAll(/[\0:]/g, '_'))
  if (plain.length === 0 || plain.some((part) => Buffer.byteLength(part) > 255))
    throw new Failure('file_unreadable', `${path} is not the name of a file`, { file: path })
  return plain.join('/')
}

interface Taking {
  readonly parcel: Parcel
  readonly reader: ParcelReader
  readonly signal: AbortSignal
}

/** In the words of who sent them: by the paths that they have there. */
const asSent = (failure: Failure, { files }: Parcel, paths: readonly string[]): Failure =>
  retold(failure, (text) => paths.reduce((said, path, k) => said.replaceAll(path, files[k]?.path ?? path), text))

const taken = async ({ parcel, reader, signal }: Taking, context: ImportContext): Promise<ImportResult> => {
  const { files } = parcel
  const { skipBad = false, ...options } = parcel.options
  const ports = await context.data()
  const take = async (paths: readonly string[]): Promise<ImportResult | Failure> => {
    const file = files[paths.length]
    if (file === undefined) {
      await reader.end()
      const result = await importFiles({ ...options, skipBad, files: paths, signal }, ports)
      return result instanceof Failure ? asSent(result, parcel, paths) : result
    }
    const { path, bytes } = file
    const incoming = { name: placeOf(path), body: reader.bytes(bytes), bytes, signal }
    return await ports.inbox.take(incoming, (place) => take([...paths, place]))
  }
  return settled(await failureOr(() => take([])))
}

const imported = async (reader: ParcelReader, signal: AbortSignal, context: ImportContext): Promise<ImportResult> => {
  const parcel = await reader.head()
  if (parcel.files.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes)
    throw new Failure('file_unreadable', 'these files are larger than 2 GiB together', {
      hint: 'import them in several goes, or add --local',
    })
  return shapes.imported.parse(await taken({ parcel, reader, signal }, context))
}

/** Throws Failure, or ZodError for what is no parcel. */
export const importParcel = async (
  { body, signal }: { readonly body: AsyncIterable<Uint8Array> | null; readonly signal: AbortSignal },
  context: ImportContext,
): Promise<ImportResult> => {
  if (body === null) throw new Failure('file_empty', 'no file was sent')
  const reader = new ParcelReader(body)
  try {
    return await admitted(context, () => imported(reader, signal, context))
  } catch (error) {
    void reader.drain()
    throw error
  }
}
