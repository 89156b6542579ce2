// Answers about own Blocks.
import { z } from 'zod'
import type { OwnBlock } from '../../run/ports'
import { sha256, timeMs } from './common'

export const ownBlock: z.ZodType<OwnBlock> = z.object({
  name: z.string(),
  version: z.int(),
  role: z.enum(['filter', 'entry', 'exit', 'invalidation']),
  hash: sha256,
  yaml: z.string(),
  note: z.string(),
  createdMs: timeMs,
  actor: z.string(),
})
export const ownBlocks: z.ZodType<readonly OwnBlock[]> = z.array(ownBlock)
