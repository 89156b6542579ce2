// The reference Play (ema_pullback, 21 nodes as written) as the engine gets it, and one whole evaluation of it.
import { examples, logicTypes } from '../blocks/catalogue'
import { metricsOf } from '../blocks/engine/metrics/metrics'
import type { Metrics } from '../blocks/engine/metrics/names'
import type { MarketRows } from '../blocks/engine/rows'
import { type Run, run } from '../blocks/engine/run'
import { type Settings, settingsSchema } from '../blocks/engine/settings'
import { Workspace } from '../blocks/engine/workspace'
import type { LogicType } from '../blocks/kit/logic'
import { tfMs } from '../blocks/kit/timeframe'
import { checkPlay } from '../blocks/play/check'
import type { Flat } from '../blocks/play/flat'
import { parseDocument } from '../blocks/play/text/parse'
import type { PlayTree, Scalar } from '../blocks/play/tree'

export const types: ReadonlyMap<string, LogicType> = new Map(
  logicTypes.map((type) => [`${type.type}@${type.major}`, type]),
)
export const settings: Settings = settingsSchema.parse({})

export type DecisionTf = '15m' | '1m'
export type Sets = Readonly<Record<string, Scalar>>

export const referenceText = examples.ema_pullback ?? ''

/** Text to tree, on another timeframe and market if asked. */
export const readReference = (tf: DecisionTf, instrument: string): PlayTree => {
  const { tree } = parseDocument(referenceText)
  if (tree === undefined || !('play' in tree)) throw new Error('the reference Play cannot be read')
  return { ...tree, tf, markets: { main: instrument } }
}

/** Tree to what the engine gets, with other values of parameters. */
export const flattened = (tree: PlayTree, set: Sets = {}): Flat => {
  const { flat, problems } = checkPlay(tree, { set })
  if (flat === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return flat
}

export interface Ask {
  readonly flat: Flat
  readonly workspace: Workspace
  readonly market: MarketRows
  readonly types?: ReadonlyMap<string, LogicType>
}

/** The whole span of the bars. */
export const rangeOf = ({ bars }: MarketRows): { fromMs: number; toMs: number } => ({
  fromMs: bars.openMs[0] ?? 0,
  toMs: (bars.openMs.at(-1) ?? 0) + tfMs[bars.tf],
})

/** A run: columns that are not cached, the simulation, facts. What is left of the ambiguity band is in `otherEnd`. */
export const runOf = (ask: Ask): Run => {
  const { flat, workspace, market } = ask
  const made = run({
    plays: [flat],
    workspace,
    types: ask.types ?? types,
    settings,
    ...rangeOf(market),
    now: () => performance.now(),
    bandLater: true,
  })
  if (Array.isArray(made)) throw new Error(made.map(({ message }) => message).join('\n'))
  return made
}

/** From a flattened Play to its metrics: what an edit asks of the engine first. */
export const evaluated = (ask: Ask): Metrics => metricsOf(runOf(ask).facts)

/** The same and, where an exit was ambiguous, the other end of the band, which the page asks for next. */
export const banded = (ask: Ask): Metrics => {
  const { facts, otherEnd } = runOf(ask)
  const metrics = metricsOf(facts)
  otherEnd?.advance(Number.POSITIVE_INFINITY)
  return metrics
}

export const workspaceOf = (market: MarketRows): Workspace => new Workspace([market])
