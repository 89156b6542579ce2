// The environment, parsed once: everything that a process takes from outside its arguments.
import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** Where bars live; default: `.data` in the working directory. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** PostgreSQL; absent where none was started: a command line that runs without servers. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Where that PostgreSQL has its files; absent: somewhere else, or it is not known. */
  DATABASE_DIR: z.string().min(1).optional(),
  /** Redis; absent: its news go through PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Where servers, logs and backups lie; default: `.state` in the working directory. */
  STATE_DIR: z.string().min(1).default('.state'),
  /** `host:port` of a Temporal server. */
  TEMPORAL_ADDRESS: z.string().optional(),
  /** Answers in place of every venue, at `/<host>/<path>` below it; rows from there say so in their source. */
  VENUE_URL: z.url({ protocol: /^https?$/ }).optional(),
})

export interface Env {
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly databaseDir: string | null
  readonly redisUrl: string | null
  readonly stateDir: string
  readonly temporalAddress: string | null
  readonly venueUrl: string | null
}

export const readEnv = (variables: Readonly<Record<string, string | undefined>>): Env => {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, variables[name] || undefined]))
  const { DATA_DIR, DATABASE_URL, DATABASE_DIR, REDIS_URL, STATE_DIR, TEMPORAL_ADDRESS, VENUE_URL } =
    schema.parse(given)
  return {
    dataDir: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL ?? null,
    databaseDir: DATABASE_DIR ?? null,
    redisUrl: REDIS_URL ?? null,
    stateDir: resolve(STATE_DIR),
    temporalAddress: TEMPORAL_ADDRESS || null,
    venueUrl: VENUE_URL ?? null,
  }
}
