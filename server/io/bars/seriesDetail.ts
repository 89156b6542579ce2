// A series as its manifest tells it, with every file that it consists of; no row of it is read.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, failureOr } from '../../core/failure'
import type { SeriesKey } from '../../core/series'
import type { SeriesDetail } from '../../run/ports'
import { namesIn } from './files'
import { damaged, infoOf, type Manifest, readManifest } from './manifest'

const sizeOf = async (path: string): Promise<number | null> => (await stat(path).catch(() => null))?.size ?? null

/** What a look at the sizes alone shows: a file is gone or was cut. A commit may replace files meanwhile. */
const cutOf = async (folder: string, key: SeriesKey, { files }: Manifest): Promise<Failure | null> => {
  for (const { name, bytes } of files) {
    const size = await sizeOf(join(folder, name))
    if (size === null) return damaged(key, `the file ${name} is missing`)
    if (size !== bytes) return damaged(key, `the file ${name} has ${size} bytes where ${bytes} were written`)
  }
  return null
}

/** Bytes of a folder whose manifest cannot be read. */
const bytesIn = async (folder: string): Promise<number> => {
  let bytes = 0
  for (const name of await namesIn(folder)) bytes += (await sizeOf(join(folder, name))) ?? 0
  return bytes
}

const damagedDetail = async (folder: string, key: SeriesKey, damage: Failure): Promise<SeriesDetail> => ({
  ...{ key, info: null, damage, bytes: await bytesIn(folder), gaps: [], holes: [], files: [], sources: [] },
})

/** A writer may be quicker than one look; one that is quicker each time would have to be a machine. */
const looks = 5

/** Null: nothing is stored there. */
export const detailOf = async (folder: string, key: SeriesKey): Promise<SeriesDetail | null> => {
  for (let look = 1; ; look++) {
    const manifest = await failureOr(() => readManifest(folder, key))
    if (manifest === null) return null
    if (manifest instanceof Failure) return await damagedDetail(folder, key, manifest)
    const damage = await cutOf(folder, key, manifest)
    if (damage !== null && look < looks) {
      const now = await failureOr(() => readManifest(folder, key))
      if (JSON.stringify(now) !== JSON.stringify(manifest)) continue
    }
    const { files, sources, gaps, holes = [] } = manifest
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return { key, info: infoOf(manifest), damage, bytes, gaps, holes, files, sources }
  }
}
