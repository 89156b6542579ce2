// What a look back would have brought: a real run with the threshold moved, and what became of the bar in question.

import type { TradeRow } from '../../blocks/engine/report/document'
import type { DocumentStore } from '../document/store'
import type { Engine } from '../engine/engine'
import type { WhyAnswer } from '../engine/protocol'
import { withConstant } from './constants'
import type { Threshold } from './hindsight'
import { allTrades, barMsOf } from './trades'
import { type Effect, tryOut } from './whatIf'

export interface PreviewFigures {
  readonly value: number
  /** Of this bar's entry: R; `open` while it has none, `none` where there is no entry even so. */
  readonly taken: { readonly kind: 'r'; readonly r: number } | { readonly kind: 'open' } | { readonly kind: 'none' }
  /** The trade that this bar would have opened: the chart draws it. */
  readonly trade: TradeRow | null
  readonly change: Effect['change']
  readonly returnPct: Effect['returnPct']
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

export const previewFigures = (
  { after, change, returnPct }: Effect,
  { value, answer }: Pick<PreviewAsk, 'value' | 'answer'>,
): PreviewFigures => {
  const { timeMs, side } = answer
  const until = timeMs + barMsOf(after)
  const trade = allTrades(after).find((one) => one.side === side && one.entryMs >= timeMs && one.entryMs < until)
  return {
    value,
    taken:
      trade === undefined
        ? { kind: 'none' }
        : trade.r === null || trade.exitMs === null
          ? { kind: 'open' }
          : { kind: 'r', r: trade.r },
    trade: trade ?? null,
    change,
    returnPct,
  }
}

export const preview = async ({ engine, store, threshold, value, answer }: PreviewAsk): Promise<Preview> => {
  const { place } = threshold
  const tried = await tryOut({ engine, store }, ({ tree, sets }) => {
    const { [place.kind === 'param' ? place.name : '']: _, ...others } = sets
    return { tree: withConstant(tree, threshold, value), sets: others }
  })
  if (tried.kind === 'failed') return tried
  return tried.kind === 'overtaken'
    ? { kind: 'idle' }
    : { kind: 'done', figures: previewFigures(tried.effect, { value, answer }) }
}
