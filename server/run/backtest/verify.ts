// Use-case: the run of a page once more on the server, as the command line would do it.
import { z } from 'zod'
import type { Report } from '../../../blocks/engine/report/document'
import { settingsSchema } from '../../../blocks/engine/settings'
import type { Problem } from '../../../blocks/kit/problem'
import { Failure } from '../../core/failure'
import type { PageRun } from '../ports'
import type { RunPorts } from './ask'
import { setsSchema } from './askSchema'
import { backtest } from './backtest'
import { textOf } from './pageText'

/** A run from outside. Its tree may be anything that JSON holds: it is judged as text, like any document. */
export const pageRunSchema: z.ZodType<PageRun> = z.strictObject({
  tree: z.record(z.string(), z.unknown()),
  sets: setsSchema,
  settings: settingsSchema,
  fromMs: z.number(),
  toMs: z.number(),
})

export const runOfPage = async (run: PageRun, ports: RunPorts): Promise<Report | Failure | Problem[]> => {
  const text = textOf(run.tree)
  if (text instanceof Failure) return text
  const { sets, settings, fromMs, toMs, blocks = [] } = run
  const plays = [{ file: 'the open Play', text }]
  const done = await backtest(
    { plays, blocks, sets, settings, from: fromMs, to: toMs, markets: {}, proxies: {} },
    ports,
  )
  return done instanceof Failure || Array.isArray(done) ? done : done.report
}
