// Reads the one file of a zip archive (or of a .gz) and proves it whole: sizes and CRC-32 as the archive states them.
import { readFile } from 'node:fs/promises'
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib'
import { Failure } from '../../core/failure'
import { readFailure } from './files'

/** A month of 1-second bars is 300 MB; more than this is no market data file. */
const maxBytes = 2 ** 30

export interface Member {
  readonly name: string
  readonly bytes: Uint8Array
}

const broken = (path: string, what: string, cause?: unknown): Failure =>
  new Failure('file_truncated', `${path} is not a whole archive: ${what}`, {
    file: path,
    hint: 'download it again',
    cause,
  })

/** Offset of the end-of-central-directory record: the last 22 bytes, or before a comment of up to 64 KiB. */
const endRecord = (zip: Buffer): number => {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--)
    if (zip.readUInt32LE(at) === 0x06054b50) return at
  return -1
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  readonly encrypted: boolean
}

const entriesOf = (zip: Buffer, path: string): readonly Entry[] => {
  const end = endRecord(zip)
  if (end < 0) throw broken(path, 'its directory at the end is missing')
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw broken(path, 'its directory is damaged')
    const nameLength = zip.readUInt16LE(at + 28)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

const inflate = (zip: Buffer, entry: Entry, path: string): Uint8Array => {
  if (entry.encrypted || ![0, 8].includes(entry.method))
    throw broken(path, `${entry.name} is encrypted or packed in an unknown way`)
  if (entry.size > maxBytes) throw broken(path, `${entry.name} would unpack to more than 1 GiB`)
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28)
  const packed = zip.subarray(start, start + entry.packed)
  const bytes = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: entry.size + 1 })
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc)
    throw broken(path, `${entry.name} has another checksum than stated`)
  return bytes
}

export const unzip = async (path: string): Promise<Member> => {
  const zip = await readFile(path).catch((error: unknown) => {
    throw readFailure(error, path)
  })
  if (zip.length === 0) throw new Failure('file_empty', `${path} is empty`, { file: path })
  try {
    const entries = entriesOf(zip, path).filter((entry) => !entry.name.endsWith('/'))
    const [entry, ...others] = entries
    if (entry === undefined || others.length > 0) {
      throw new Failure('layout_refused', `${path} holds ${entries.length} files where one is wanted`, {
        file: path,
        hint: 'unpack it and import the files',
      })
    }
    return { name: entry.name.split(/[\\/]/).at(-1) ?? entry.name, bytes: inflate(zip, entry, path) }
  } catch (error) {
    // Offsets that lead out of a cut file end as RangeError, cut streams as a zlib error.
    throw error instanceof Failure ? error : broken(path, 'it ends too early or is damaged', error)
  }
}

export const gunzip = async (path: string): Promise<Member> => {
  const packed = await readFile(path).catch((error: unknown) => {
    throw readFailure(error, path)
  })
  const name = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.gz$/i, '')
  try {
    return { name, bytes: gunzipSync(packed, { maxOutputLength: maxBytes }) }
  } catch (error) {
    throw broken(path, 'it ends too early or is damaged', error)
  }
}
