// Answers about this server.
import { z } from 'zod'
import { type HealthRow, healthNames, healthStates } from '../../run/health'

export const health: z.ZodType<readonly HealthRow[]> = z.array(
  z.object({
    name: z.enum(healthNames),
    state: z.enum(healthStates),
    word: z.string(),
    hint: z.string().nullable(),
  }),
)

export const about = z.object({
  version: z.string(),
  engine: z.string(),
  /** The folder that holds the bars, as the one who started the server knows it. */
  dataDir: z.string(),
  /** Stored series, market facts apart; 0: only synthetic markets can be run. */
  series: z.int(),
  /** Plays, runs and trials are kept on this server: a database is there. */
  keeps: z.boolean(),
  /** What is damaged, a sentence each. */
  damaged: z.array(z.string()),
})
