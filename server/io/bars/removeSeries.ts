// Takes a series out of the store. Its manifest goes first, in one step: from then on it is not there, whatever is left.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn, syncFolder } from './files'
import { withLock } from './lock'
import { manifestName } from './manifest'
import { removeStrays } from './partitions'

/**
 * False: nothing was there. Readers at work have it whole or find nothing. The empty folder stays: another writer may
 * be waiting in it.
 */
export const removeSeriesIn = async (folder: string, wait: Parameters<typeof withLock>[1]): Promise<boolean> => {
  if ((await namesIn(folder)).length === 0) return false
  return await withLock(folder, wait, async (still) => {
    const there = (await namesIn(folder)).some((name) => name === manifestName || name.endsWith('.parquet'))
    await still()
    await rm(join(folder, manifestName), { force: true })
    await syncFolder(folder)
    await removeStrays(folder, [])
    return there
  })
}
