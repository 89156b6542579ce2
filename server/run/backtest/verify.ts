// Use-case: the run of a page once more on the server, as the command line would do it.
import { z } from 'zod'
import type { Report } from '../../../blocks/engine/report/document'
import { settingsSchema } from '../../../blocks/engine/settings'
import type { Problem } from '../../../blocks/kit/problem'
import { maxBytes } from '../../../blocks/play/text/guard'
import { printDocument } from '../../../blocks/play/text/print'
import type { PlayTree } from '../../../blocks/play/tree'
import { Failure } from '../../core/failure'
import type { PageRun } from '../ports'
import type { RunPorts } from './ask'
import { setsSchema } from './askSchema'
import { backtest } from './backtest'

/** A run from outside. Its tree may be anything that JSON holds: it is judged as text, like any document. */
export const pageRunSchema: z.ZodType<PageRun> = z.strictObject({
  tree: z.record(z.string(), z.unknown()),
  sets: setsSchema,
  settings: settingsSchema,
  fromMs: z.number(),
  toMs: z.number(),
})

const notRead = (why: string): Failure =>
  new Failure('file_unreadable', `this Play cannot be read: ${why}`, { hint: 'undo the last step, or open it anew' })

/** The text of a tree that may be none: hostile ones fail in the printer or in the parser, never further in. */
export const textOf = (tree: PageRun['tree']): string | Failure => {
  try {
    const text = printDocument(tree as unknown as PlayTree)
    return text.length <= maxBytes ? text : notRead(`it has more than ${maxBytes} characters`)
  } catch {
    return notRead('it has not the form of a document')
  }
}

export const runOfPage = async (run: PageRun, ports: RunPorts): Promise<Report | Failure | Problem[]> => {
  const text = textOf(run.tree)
  if (text instanceof Failure) return text
  const { sets, settings, fromMs, toMs } = run
  const plays = [{ file: 'the open Play', text }]
  const done = await backtest({ plays, sets, settings, from: fromMs, to: toMs, markets: {}, proxies: {} }, ports)
  return done instanceof Failure || Array.isArray(done) ? done : done.report
}
