// All stores on one database.
import type { Stores } from '../../run/stores'
import { createBlockStore } from './blocks'
import { openDatabase } from './client'
import { createDataUses } from './dataUses'
import { healthOf } from './health'
import { createJobBoard } from './jobBoard'
import { createJobQueue } from './jobs'
import { createPlayStore } from './plays'
import { createRunStore } from './runs'
import { createTrialStore } from './trials'

export const openStores = (url: string): Stores => {
  const db = openDatabase(url)
  return {
    plays: createPlayStore(db),
    blocks: createBlockStore(db),
    jobs: createJobQueue(db, url),
    board: createJobBoard(db, url),
    uses: createDataUses(db),
    runs: createRunStore(db, url),
    trials: createTrialStore(db),
    health: () => healthOf(db),
    hot: null,
    close: () => db.$disconnect(),
  }
}
