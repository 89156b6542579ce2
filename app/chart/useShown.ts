// What of the open Play the chart draws: its lines by what is pointed at and switched on, its trades, the question's bar.
'use client'
import { useEffect, useMemo, useState } from 'react'
import type { TradeRow } from '../../blocks/engine/report/document'
import { isTimeframe, type Timeframe } from '../../blocks/kit/timeframe'
import { checkPlay } from '../../blocks/play/check'
import type { Flat } from '../../blocks/play/flat'
import type { PlayTree } from '../../blocks/play/tree'
import type { TradeLevels } from '../engine/protocol'
import { useBlocks } from '../library/library'
import { pathTitle } from '../results/names'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { type Question, useView } from '../workbench/view'
import { seriesColour } from './colours'
import type { Drawing } from './drawing'
import type { QuestionMark } from './drawQuestion'
import type { Subject } from './feed'
import { bandsOf, belongs, linesOf, shownOf } from './lines'
import type { Scene } from './pack'
import { marksOf, tradeOfQuestion, tradePath, whatIfOf } from './trades'

/** A value that has stood for a moment: passing over ten nodes on the way to one shows that one. */
const useRested = <T>(value: T, ms: number): T => {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}

/** The last form of the Play that stood the check: its lines stay while the trader is in the middle of an edit. */
export const useFlat = (): Flat | null => {
  const tree = useDocument(({ document }) => document.tree)
  const blocks = useBlocks()
  const [flat, setFlat] = useState<Flat | null>(null)
  useEffect(() => {
    const checked = checkPlay(tree, blocks).flat
    if (checked !== undefined) setFlat(checked)
  }, [tree, blocks])
  return flat
}

/** Instruments that the Play names, the traded ones first. */
export const instrumentsIn = ({ markets }: Pick<PlayTree, 'markets'>): readonly string[] => {
  const listed = (market: string | readonly string[]): readonly string[] =>
    typeof market === 'string' ? [market] : market
  const { main = [], ...others } = markets
  return [...new Set([...listed(main), ...Object.values(others).flatMap(listed)])]
}

const finestOf = ({ tf }: Pick<PlayTree, 'tf'>): Timeframe => (isTimeframe(tf) ? tf : '1h')

const restMs = 120

export const useSubject = (instrument: string, flat: Flat | null, { switched, structure }: Drawing): Subject => {
  const tree = useDocument(({ document }) => document.tree)
  const hovered = useRested(
    useView((view) => view.hovered),
    restMs,
  )
  const selected = useView((view) => view.selected)
  // Only who asks why a bar led to nothing wants to see others like it.
  const misses = useView((view) => view.question?.kind === 'bar')
  const lines = useMemo(() => (flat === null ? [] : linesOf(flat)), [flat])
  const bands = useMemo(() => (flat === null ? [] : bandsOf(flat)), [flat])
  return useMemo(() => {
    const eye = hovered ?? (selected.length === 1 ? (selected[0] ?? null) : null)
    const shown = shownOf(lines, { hovered, selected, switched })
    return {
      instrument,
      finest: finestOf(tree),
      ...shown,
      band:
        bands.find(({ node }) => node === eye) ??
        (eye === null ? null : (bands.find(({ node }) => belongs(node, eye)) ?? null)),
      structure,
      misses,
      colourOf: (node) => seriesColour(node, tree),
      titleOf: (path) => pathTitle(tree, path),
    }
  }, [instrument, tree, lines, bands, hovered, selected, switched, structure, misses])
}

const noTrades: readonly TradeRow[] = []

/** Trades of the newest run, those that are still open among them. */
export const useTrades = (): readonly TradeRow[] => {
  const report = useRun(({ result }) => result?.report ?? null)
  return useMemo(() => {
    if (report === null) return noTrades
    const open = report.open === null ? [] : 'legs' in report.open ? [report.open] : report.open
    return [...report.trades, ...open]
  }, [report])
}

/** Where stop and targets of a trade stood; null until the engine has told, and where it has nothing to tell. */
const useLevels = (no: number | null): TradeLevels | null => {
  const { engine } = useSession()
  const result = useRun((run) => run.result)
  const [levels, setLevels] = useState<TradeLevels | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ended changes what the engine answers
  useEffect(() => {
    setLevels(null)
    if (no === null) return
    let live = true
    void engine.levels(no).then((answer) => {
      if (live) setLevels(answer)
    })
    return () => {
      live = false
    }
  }, [engine, no, result])
  return levels
}

/** The answer is asked for a moment after the question: the panel that explains it asks first. */
const askAfterMs = 200

const useQuestionMark = (question: Question | null, instrument: string): QuestionMark | null => {
  const { engine, store } = useSession()
  const ms = question?.kind === 'bar' ? question.ms : null
  const [mark, setMark] = useState<QuestionMark | null>(null)
  useEffect(() => {
    setMark(null)
    if (ms === null) return
    let live = true
    const timer = setTimeout(() => {
      void engine.why({ ms, instrument }).then((answer) => {
        if (!live || answer === null || answer.did === 'entry' || answer.did === 'add') return
        const tone = answer.did === 'refused' ? 'refused' : 'no'
        const label =
          tone === 'refused'
            ? 'not taken'
            : answer.node === null
              ? ''
              : pathTitle(store.getState().document.tree, answer.node)
        // The decision is made at the close: the bar that closed then said no.
        setMark({ ms: answer.timeMs - 1, tone, label })
      })
    }, askAfterMs)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [engine, store, ms, instrument])
  return mark
}

export const useScene = (instrument: string, { structure, volume }: Drawing): Scene => {
  const trades = useTrades()
  const range = useRun(({ result }) => result?.report.range ?? null)
  const lockboxMs = useRun(({ result, dataset }) => dataset?.lockboxMs ?? result?.report.provenance.lockboxMs ?? null)
  const question = useView((view) => view.question)
  const mark = useQuestionMark(question, instrument)
  const tried = useView((view) => view.whatIf)
  const whatIf = useMemo(() => whatIfOf(tried, instrument), [tried, instrument])
  const marks = useMemo(() => marksOf(trades, instrument), [trades, instrument])
  const no = question?.kind === 'trade' ? question.no : null
  const levels = useLevels(no)
  const path = useMemo(() => {
    const trade = no === null ? null : tradeOfQuestion(trades, no)
    if (trade === null || trade.instrument !== instrument) return null
    return tradePath({ trade, untilMs: range?.toMs ?? trade.entryMs, levels })
  }, [no, trades, instrument, range, levels])
  return useMemo(
    () => ({ marks, path, question: mark, whatIf, lockboxMs, structure, volume }),
    [marks, path, mark, whatIf, lockboxMs, structure, volume],
  )
}
