// The environment, parsed once: everything that a process takes from outside its arguments.
import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** Where bars live; default: `.data` in the working directory. */
  DATA_DIR: z.string().min(1).default('.data'),
})

export interface Env {
  readonly dataDir: string
}

export const readEnv = (variables: Readonly<Record<string, string | undefined>>): Env => {
  const { DATA_DIR } = schema.parse({ DATA_DIR: variables.DATA_DIR || undefined })
  return { dataDir: resolve(DATA_DIR) }
}
