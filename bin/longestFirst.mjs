// The order of test files: the longest first, so that none of them is still at work when all others have ended. Vitest
// knows durations of earlier runs alone, and a fresh clone has none.
import { relative } from 'node:path'
import { BaseSequencer } from 'vitest/node'

/** Files that take more than about five seconds, longest first, lane by lane. A wrong order costs time, nothing else. */
export const longest = [
  'tests/fences.test.ts',
  'tests/tidy.test.ts',

  'tests/blocks/play/check/documents.test.ts',
  'tests/app/text/textSync.test.ts',
  'tests/blocks/engine/columns/compute.test.ts',
  'tests/oracle/differential.test.ts',
  'tests/blocks/play/connect.test.ts',
  'tests/blocks/engine/simulate/calls.test.ts',
  'tests/blocks/play/text/roundTrip.test.ts',
  'tests/blocks/engine/columns/frames.test.ts',

  'tests/blocks/play/text/fuzz.test.ts',
  'tests/blocks/engine/laws/leapLaws.test.ts',
  'tests/blocks/engine/laws/cacheLaws.test.ts',
  'tests/blocks/engine/laws/prefixLaws.test.ts',
  'tests/blocks/engine/laws/cutLaws.test.ts',
  'tests/blocks/logic/laws.test.ts',
  'tests/blocks/engine/laws/mirrorLaws.test.ts',
  'tests/app/document/editLaws.test.ts',

  'tests/server/data/crash.test.ts',
  'tests/server/exchange/command.test.ts',
  'tests/server/backup/backup.test.ts',
  'tests/server/start.test.ts',
  'tests/server/cli/remote.test.ts',
  'tests/server/cli/data.test.ts',
  'tests/server/exchange/faults.test.ts',
  'tests/server/data/downloadJobs.test.ts',
  'tests/server/services/faults.test.ts',
  'tests/server/data/store.test.ts',
  'tests/server/services/servers.test.ts',
  'tests/server/cli/backtest.test.ts',
  'tests/server/cli/manners.test.ts',
  'tests/server/record/worker.test.ts',
  'tests/server/data/frameCrash.test.ts',

  'tests/server/data/realFiles.test.ts',
  'tests/server/data/realPublished.test.ts',
]

const places = new Map(longest.map((path, place) => [path, place]))

export class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const place = ({ moduleId }) => places.get(relative(this.ctx.config.root, moduleId)) ?? longest.length
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
