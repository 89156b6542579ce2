// A real run of a changed Play that touches neither document nor result: what a look back would have brought.
import type { PlayTree } from '../../blocks/play/tree'
import type { DocumentStore } from '../document/store'
import type { Engine } from '../engine/engine'
import type { RunRequest, RunResult, WhyAnswer } from '../engine/protocol'
import { useRun } from '../workbench/run'
import { choicesOf, type RunChoices } from '../workbench/settings'
import type { Threshold } from './hindsight'
import { withThreshold } from './hindsight'
import { allTrades, barMsOf, tradeChange } from './trades'

export interface PreviewFigures {
  readonly value: number
  /** Of this bar's entry: R; `open` while it has none, `none` where there is no entry even so. */
  readonly taken: { readonly kind: 'r'; readonly r: number } | { readonly kind: 'open' } | { readonly kind: 'none' }
  readonly change: { readonly gained: number; readonly lost: number } | null
  readonly returnPct: { readonly before: number | null; readonly after: number | null }
}

export type Preview =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly figures: PreviewFigures }
  | { readonly kind: 'failed'; readonly message: string }

export interface PreviewAsk {
  readonly engine: Engine
  readonly store: DocumentStore
  readonly threshold: Threshold
  readonly value: number
  readonly answer: WhyAnswer
}

interface Standing {
  readonly tree: PlayTree
  readonly choices: RunChoices
  readonly result: RunResult
  readonly request: RunRequest
}

/** The run that is shown, as a request; null while there is none or another is on its way. */
const standing = (store: DocumentStore): Standing | null => {
  const { document } = store.getState()
  const { result, dataset, stale, status } = useRun.getState()
  if (result === null || dataset === null || stale || status.kind === 'running' || status.kind === 'loading')
    return null
  const choices = choicesOf(document.id)
  // Proxies that were found for the run are part of what it ran with.
  const settings = { ...choices.settings, proxies: result.report.settings.proxies }
  const { fromMs, toMs } = dataset
  const request = { tree: document.tree, sets: choices.sets, dataset, settings, fromMs, toMs }
  return { tree: document.tree, choices, result, request }
}

const unchanged = (store: DocumentStore, { tree, choices }: Standing): boolean => {
  const { document } = store.getState()
  return document.tree === tree && choicesOf(document.id) === choices
}

export const previewFigures = (
  before: RunResult,
  after: RunResult,
  { value, answer }: Pick<PreviewAsk, 'value' | 'answer'>,
): PreviewFigures => {
  const { timeMs, side } = answer
  const until = timeMs + barMsOf(after.report)
  const trade = allTrades(after.report).find((one) => one.side === side && one.entryMs >= timeMs && one.entryMs < until)
  return {
    value,
    taken:
      trade === undefined
        ? { kind: 'none' }
        : trade.r === null || trade.exitMs === null
          ? { kind: 'open' }
          : { kind: 'r', r: trade.r },
    change: tradeChange(after.report, before.report),
    returnPct: {
      before: before.report.metrics.returnPct.value,
      after: after.report.metrics.returnPct.value,
    },
  }
}

/** Runs, tells, and puts the shown run back into the engine, so that its answers are of that one again. */
export const preview = async ({ engine, store, threshold, value, answer }: PreviewAsk): Promise<Preview> => {
  const now = standing(store)
  if (now === null) return { kind: 'failed', message: 'Wait until the run of the Play has ended.' }
  const { [threshold.place.kind === 'param' ? threshold.place.name : '']: _, ...sets } = now.request.sets
  try {
    const outcome = await engine.run({ ...now.request, sets, tree: withThreshold(now.tree, threshold, value) })
    if (outcome.kind === 'superseded') return { kind: 'idle' }
    if (outcome.kind === 'refused')
      return { kind: 'failed', message: outcome.problems[0]?.message ?? 'This value does not run.' }
    return { kind: 'done', figures: previewFigures(now.result, outcome.result, { value, answer }) }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  } finally {
    // An edit of the meantime runs by itself, and its run must not be overtaken.
    if (unchanged(store, now)) await engine.run(now.request).catch(() => null)
  }
}
