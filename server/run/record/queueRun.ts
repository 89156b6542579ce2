// Use-case: a run for the record. What is run is kept first, as a version of its Play; then its job is in the queue.
import { z } from 'zod'
import type { Problem } from '../../../blocks/kit/problem'
import { canonicalText } from '../../../blocks/play/canonical'
import { Failure } from '../../core/failure'
import { textOf } from '../backtest/pageText'
import { readPlays } from '../backtest/read'
import { pageRunSchema } from '../backtest/verify'
import type { PageRun } from '../ports'
import type { Actor, PlayStore, RunStore } from '../stores'

/** Of a document: the page makes it, and nothing of it is looked into. */
export const playIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not the id of a Play')

/** Positions, notes, folds. Never part of a hash. */
export const sidecarSchema: z.ZodType<object> = z.record(z.string(), z.unknown())

export interface RecordAsk {
  readonly playId: string
  readonly run: PageRun
  readonly sidecar: object
}

export const recordAskSchema: z.ZodType<RecordAsk> = z.strictObject({
  playId: playIdSchema,
  run: pageRunSchema,
  sidecar: sidecarSchema,
})

export interface RecordPorts {
  readonly plays: Pick<PlayStore, 'ensure' | 'publish'>
  readonly runs: Pick<RunStore, 'queue'>
  readonly actor: Actor
}

export interface Queued {
  readonly id: string
  /** Number of the version that is run. */
  readonly version: number
}

const deleted = (): Failure =>
  new Failure('file_not_found', 'this Play was deleted', { hint: 'bring it back from the list of Plays' })

/** Problems where the Play cannot be run: nothing is kept then. */
export const queueRun = async (ask: RecordAsk, ports: RecordPorts): Promise<Queued | Failure | Problem[]> => {
  const { playId, run, sidecar } = ask
  const { plays, runs, actor } = ports
  const { sets, settings, blocks = [] } = run
  const text = textOf(run.tree)
  if (text instanceof Failure) return text
  const read = readPlays({ plays: [{ file: 'the open Play', text }], blocks, sets, settings, markets: {}, proxies: {} })
  const [play] = read
  if (play === undefined || 'severity' in play) return read as Problem[]
  const { tree, flat } = play
  const title = tree.title ?? tree.play.replaceAll('_', ' ')
  if (!(await plays.ensure({ id: playId, title, actor }))) return deleted()
  const { playHash, logicHash } = flat
  const version = { playHash, logicHash, canonical: canonicalText(tree), yaml: text, sidecar }
  const published = await plays.publish(playId, version, { note: '', actor })
  if (published === null) return deleted()
  const { fromMs, toMs } = run
  const hashes = { playHash, logicHash, playVersionId: published.id }
  const id = await runs.queue({ playId, ...hashes, fromMs, toMs, request: run, actor })
  return { id, version: published.number }
}
