// A real run of a changed Play that touches neither document nor result, held against the run that is shown.
import type { Report } from '../../blocks/engine/report/document'
import type { PlayTree, Scalar } from '../../blocks/play/tree'
import type { DocumentStore } from '../document/store'
import type { Engine } from '../engine/engine'
import type { RunRequest, RunResult } from '../engine/protocol'
import { ownUnder } from '../library/library'
import { useRun } from '../workbench/run'
import { choicesOf } from '../workbench/settings'
import { type TradeChange, tradeChange } from './trades'

/** What the change would do to the whole run. */
export interface Effect {
  readonly after: Report
  readonly change: TradeChange | null
  readonly returnPct: { readonly before: number | null; readonly after: number | null }
}

export type Tried =
  | { readonly kind: 'ran'; readonly effect: Effect }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly message: string }

interface Changed {
  readonly tree: PlayTree
  readonly sets: Readonly<Record<string, Scalar>>
}

/** The run that is shown, as a request; null while there is none or another is on its way. */
const standing = (store: DocumentStore): { request: RunRequest; result: RunResult } | null => {
  const { document } = store.getState()
  const { result, dataset, stale, status } = useRun.getState()
  if (result === null || dataset === null || stale || status.kind === 'running' || status.kind === 'loading')
    return null
  const choices = choicesOf(document.id)
  // Proxies that were found for the run are part of what it ran with.
  const settings = { ...choices.settings, proxies: result.report.settings.proxies }
  const { fromMs, toMs } = dataset
  const { tree } = document
  const request = { tree, blocks: ownUnder(tree), sets: choices.sets, dataset, settings, fromMs, toMs }
  return { result, request }
}

export interface Bench {
  readonly engine: Engine
  readonly store: DocumentStore
}

export const tryOut = async ({ engine, store }: Bench, change: (now: Changed) => Changed): Promise<Tried> => {
  const now = standing(store)
  if (now === null) return { kind: 'failed', message: 'Wait until the run of the Play has ended.' }
  if (useRun.getState().status.kind === 'too_much_data')
    return {
      kind: 'failed',
      message: 'These data run on the server, where nothing is tried out. Choose a shorter range.',
    }
  const { tree, sets } = now.request
  const outcome = await engine.tryOut({ ...now.request, ...change({ tree, sets }) })
  if (outcome === null || outcome.kind === 'superseded') return { kind: 'overtaken' }
  if (outcome.kind === 'refused')
    return { kind: 'failed', message: outcome.problems[0]?.message ?? 'This change does not run.' }
  const [before, after] = [now.result.report, outcome.result.report]
  return {
    kind: 'ran',
    effect: {
      after,
      change: tradeChange(after, before),
      returnPct: { before: before.metrics.returnPct.value, after: after.metrics.returnPct.value },
    },
  }
}
