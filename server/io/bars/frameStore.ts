// Raw column files under DATA_DIR/frames/<hash>: a cache beside Parquet that may be deleted at any time. A folder takes
// its name by one rename; no byte is flushed for it: what a crash of the machine tears is seen by its checksum.
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { bytesOf, type ColumnName, type Columns, columnNames, doublesOf } from '../../../blocks/engine/dataset'
import type { FramesPort, KeptColumn } from '../../run/ports'
import { namesIn, sweep, temporaryName, writeFailure } from './files'

const metaName = 'meta.json'
const fileOf = (folder: string, name: ColumnName): string => join(folder, `${name}.f64`)
const allNames = [...new Set(Object.values(columnNames).flat())]

/** Also keeps a hash that came from outside from being a path. */
const hashForm = /^[0-9a-f]{64}$/

const count = z.number().int().min(0)
const metaSchema = z.strictObject({
  format: z.literal(1),
  /** The name of the folder: one that was renamed by hand is not believed. */
  hash: z.string().regex(hashForm),
  rows: count,
  columns: z
    .array(
      z.strictObject({
        name: z.enum(allNames),
        bytes: count,
        /** Looked at on every load: three times as fast as SHA-256, and no torn or rotten file gets past it. */
        crc32: count,
        sha256: z.string().regex(hashForm),
      }),
    )
    .min(1),
})
type Meta = z.output<typeof metaSchema>
type MetaColumn = Meta['columns'][number]

const isSystemError = (error: unknown): boolean => error instanceof Error && 'code' in error

/** Whatever cannot be read is not kept: it is made again. Bugs pass through. */
const orNull = async <T>(work: () => Promise<T | null>): Promise<T | null> => {
  try {
    return await work()
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return null
    throw error
  }
}

const readMeta = async (folder: string, hash: string): Promise<Meta | null> => {
  if (!hashForm.test(hash)) return null
  const parsed = metaSchema.safeParse(JSON.parse(await readFile(join(folder, metaName), 'utf8')))
  if (!parsed.success || parsed.data.hash !== hash) return null
  const { rows, columns } = parsed.data
  return columns.every(({ bytes }) => bytes === 8 * rows) ? parsed.data : null
}

/** A file as one buffer of its own; null when its bytes are not those that were written. */
const readColumn = async (folder: string, { name, bytes, crc32: written }: MetaColumn): Promise<ArrayBuffer | null> => {
  const file = await open(fileOf(folder, name), 'r')
  try {
    if ((await file.stat()).size !== bytes) return null
    const buffer = Buffer.allocUnsafeSlow(bytes)
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await file.read(buffer, at, bytes - at, at)
      if (bytesRead === 0) return null
      at += bytesRead
    }
    return crc32(buffer) === written ? buffer.buffer : null
  } finally {
    await file.close()
  }
}

const readFrame = async (folder: string, hash: string): Promise<Columns | null> => {
  const meta = await readMeta(folder, hash)
  if (meta === null) return null
  const buffers = await Promise.all(meta.columns.map((column) => readColumn(folder, column)))
  const columns: Partial<Record<ColumnName, Float64Array>> = {}
  for (const [k, { name }] of meta.columns.entries()) {
    const buffer = buffers[k] ?? null
    if (buffer === null) return null
    columns[name] = doublesOf(buffer)
  }
  return columns
}

/** Fills a folder that nobody looks at yet. */
const writeFrame = async (folder: string, hash: string, columns: Columns): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const given = allNames.flatMap((name) => (columns[name] === undefined ? [] : [{ name, values: columns[name] }]))
  const rows = given[0]?.values.length ?? 0
  if (given.some(({ values }) => values.length !== rows)) throw new Error('columns of one series differ in length')
  const written: MetaColumn[] = []
  for (const { name, values } of given) {
    const bytes = bytesOf(values)
    await writeFile(fileOf(folder, name), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    written.push({ name, bytes: bytes.length, crc32: crc32(bytes), sha256 })
  }
  const meta: Meta = { format: 1, hash, rows, columns: written }
  await writeFile(join(folder, metaName), JSON.stringify(metaSchema.parse(meta)))
}

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })

/** Gives a filled folder its name. Another writer's whole folder stands: its content is the same. */
const place = async (filled: string, folder: string, hash: string): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(filled, folder)
    } catch (error) {
      const taken = await stat(folder).catch(() => null)
      if (taken === null || attempt === 5) throw error
      if ((await orNull(() => readFrame(folder, hash))) !== null) return await remove(filled)
      // Torn: out of the way in one step, under a name that a sweep would remove; another writer may be quicker.
      const aside = temporaryName(folder)
      await rename(folder, aside).catch(() => undefined)
      await remove(aside)
    }
  }
}

/** Changes whenever a file is written or replaced. */
const looksOf = async (paths: readonly string[]): Promise<string> => {
  const looks = await Promise.all(paths.map((path) => stat(path)))
  return looks.map(({ ino, size, mtimeMs, ctimeMs }) => `${ino}/${size}/${mtimeMs}/${ctimeMs}`).join(' ')
}

export const createFrameStore = ({ dataDir }: { readonly dataDir: string }): FramesPort => {
  const root = join(dataDir, 'frames')
  const folderOf = (hash: string): string => join(root, hash)
  /** Looks of the folders whose bytes were found whole. */
  const seen = new Map<string, string>()

  const files = async (hash: string): Promise<readonly KeptColumn[] | null> => {
    const folder = folderOf(hash)
    const meta = await readMeta(folder, hash)
    if (meta === null) return null
    const kept = meta.columns.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256, path: fileOf(folder, name) }))
    const looks = await looksOf([join(folder, metaName), ...kept.map(({ path }) => path)])
    if (seen.get(hash) === looks) return kept
    if ((await readFrame(folder, hash)) === null) return null
    seen.set(hash, looks)
    return kept
  }

  return {
    read: (hash) => orNull(() => readFrame(folderOf(hash), hash)),
    files: (hash) => orNull(() => files(hash)),
    keep: async (hash, columns) => {
      try {
        await mkdir(root, { recursive: true })
        await sweep(root)
        const filled = temporaryName(folderOf(hash))
        try {
          await writeFrame(filled, hash, columns)
          await place(filled, folderOf(hash), hash)
        } finally {
          await remove(filled)
        }
      } catch (error) {
        throw isSystemError(error) ? writeFailure(error, root) : error
      }
    },
    prune: async (live) => {
      try {
        await sweep(root)
        for (const name of await namesIn(root)) {
          if (!hashForm.test(name) || live.has(name)) continue
          seen.delete(name)
          await remove(folderOf(name))
        }
      } catch (error) {
        throw isSystemError(error) ? writeFailure(error, root) : error
      }
    },
    heldBytes: async () => {
      let bytes = 0
      for (const name of await namesIn(root)) {
        for (const file of await namesIn(join(root, name))) {
          bytes += (await stat(join(root, name, file)).catch(() => null))?.size ?? 0
        }
      }
      return bytes
    },
  }
}
