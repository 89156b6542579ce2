// Above the canvas while a trade or a bar is explained: what it is, what came of it, the way to its neighbours and out.
'use client'
import { ChevronLeft, ChevronRight, Crosshair, X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { TradeRow } from '../../blocks/engine/report/document'
import type { WhyAnswer } from '../engine/protocol'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { actionIn } from '../ui/keys'
import { Verdict } from '../ui/Verdict'
import { useDocument } from '../workbench/session'
import { askBar, askTrade, leaveQuestion, type Question } from '../workbench/view'
import { clock, marketName, price, riskMultiple, signOf, time } from './format'
import { type QuestionAction, questionKeys } from './keys'
import { allTrades, barMsOf, beside } from './trades'
import { useReport, useTick } from './useReport'
import { useWhy } from './why'
import { barTitle, shortWhy, trueCount } from './whyWords'

interface Steps {
  readonly before: (() => void) | null
  readonly after: (() => void) | null
}

/** Keys belong to whoever types, slides or walks rows; to the canvas when one of its nodes has the focus. */
const takesKeys =
  'input, textarea, select, [contenteditable="true"], [role="grid"], [role="slider"], [role="separator"], [role="menu"], [role="listbox"], [role="dialog"], [role="radiogroup"], [role="tablist"], .react-flow__node, .cm-editor'

const isTaken = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest(takesKeys) !== null

/** Escape leaves what is typed or opened first. */
const isWritten = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('input, textarea, [role="dialog"], [role="menu"], .cm-editor') !== null

const useKeys = ({ before, after }: Steps): void => {
  useEffect(() => {
    const doers: Readonly<Record<QuestionAction, (() => void) | null>> = { before, after, leave: leaveQuestion }
    const onKey = (event: KeyboardEvent): void => {
      const action = actionIn(questionKeys, event)
      if (action === null || event.defaultPrevented || event.shiftKey) return
      const taken = action === 'leave' ? isWritten(event) : isTaken(event)
      const act = doers[action]
      if (taken || act === null) return
      act()
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [before, after])
}

const Leave = () => (
  <button
    type="button"
    onClick={leaveQuestion}
    className="ml-1 flex flex-none items-center gap-2 border-l border-line-2 pl-3 text-2 hover:text-1"
  >
    Leave{' '}
    <span className="max-md:hidden">
      <Kbd>Esc</Kbd>
    </span>
  </button>
)

const frame =
  'mx-2 mt-2 flex h-9 flex-none items-center gap-2.5 overflow-hidden rounded-card border bg-panel pr-3 pl-1.5'

const Around = ({ before, after, what }: Steps & { what: string }) => (
  <span className="flex flex-none">
    <IconButton
      size="s"
      label={`Previous ${what}`}
      keys="←"
      disabled={before === null}
      onClick={() => before?.()}
      icon={<ChevronLeft size={14} aria-hidden />}
    />
    <IconButton
      size="s"
      label={`Next ${what}`}
      keys="→"
      disabled={after === null}
      onClick={() => after?.()}
      icon={<ChevronRight size={14} aria-hidden />}
    />
  </span>
)

const Instant = ({ ms }: { ms: number }) => (
  <span className="flex flex-none items-center gap-1.5 rounded-[4px] bg-you-bg px-2 leading-5 text-you max-md:hidden">
    <Crosshair size={12} aria-hidden /> {time(ms)}
  </span>
)

/** Orders that wait are filled later: then the time of the fill is said as well. */
const filledAt = ({ entryMs, entryPrice, instrument }: TradeRow, decidedMs: number, tick: string): string => {
  const at = entryMs === decidedMs ? '' : ` ${entryMs - decidedMs < 86_400_000 ? clock(entryMs) : time(entryMs)}`
  return instrument === '' ? '' : `filled${at} at ${price(entryPrice, tick)}`
}

const OfTrade = ({ trade, answer }: { trade: TradeRow; answer: WhyAnswer | null }) => {
  const report = useReport()
  const tickOf = useTick()
  const steps = useMemo((): Steps => {
    const trades = report === null ? [] : allTrades(report)
    const [last, next] = [beside(trades, trade.no, -1), beside(trades, trade.no, 1)]
    return { before: last && (() => askTrade(last)), after: next && (() => askTrade(next)) }
  }, [report, trade])
  useKeys(steps)
  const decidedMs = answer?.timeMs ?? trade.entryMs
  const tone = trade.r === null ? 0 : signOf(trade.r, 2)
  return (
    <section aria-label="This trade" className={`${frame} border-you-line`}>
      <Around {...steps} what="trade" />
      <b className="flex-none">{`Trade ${trade.no}, ${trade.side}`}</b>
      <Instant ms={decidedMs} />
      <span className="min-w-0 truncate">
        {answer === null ? '' : `${trueCount(answer)}, `}
        {filledAt(trade, decidedMs, tickOf(trade.instrument))}
      </span>
      <span className={`ml-auto flex-none font-semibold ${tone > 0 ? 'text-pos' : tone < 0 ? 'text-neg' : 'text-2'}`}>
        {trade.exitMs === null ? 'still open' : trade.r === null ? '' : riskMultiple(trade.r)}
      </span>
      <Leave />
    </section>
  )
}

interface OfBarProps {
  readonly question: Extract<Question, { kind: 'bar' }>
  readonly answer: WhyAnswer | null
  readonly empty: boolean
}

const OfBar = ({ question: { ms, instrument }, answer, empty }: OfBarProps) => {
  const report = useReport()
  const tree = useDocument(({ document }) => document.tree)
  const markets = report?.provenance.instruments ?? []
  const at = answer?.timeMs ?? ms
  const barMs = report === null ? null : barMsOf(report)
  const fromMs = report?.range.fromMs ?? 0
  const toMs = report?.range.toMs ?? 0
  const steps = useMemo((): Steps => {
    if (barMs === null) return { before: null, after: null }
    return {
      before: at - barMs > fromMs ? () => askBar(at - barMs, instrument) : null,
      after: at + barMs < toMs ? () => askBar(at + barMs, instrument) : null,
    }
  }, [at, barMs, fromMs, toMs, instrument])
  useKeys(steps)
  const no = answer === null || !['entry', 'add', 'exit'].includes(answer.did)
  return (
    <section aria-label="This bar" className={`${frame} ${no ? 'border-neg-line' : 'border-you-line'} pl-3`}>
      {answer !== null && <Verdict kind={no ? 'fail' : 'pass'} word={no ? 'no entry' : 'something was done'} />}
      <b className="flex-none">{`${answer === null ? 'Bar of' : barTitle(answer)} ${time(at)}`}</b>
      {markets.length > 1 && (
        <span className="flex-none">{marketName(instrument ?? markets[0]?.instrument ?? '')}</span>
      )}
      <span className="min-w-0 truncate">
        {answer !== null ? shortWhy(tree, answer) : empty ? 'outside of the run' : ''}
      </span>
      <span className="ml-auto" />
      <Around {...steps} what="bar" />
      <Leave />
    </section>
  )
}

const isOf = (question: Question, trade: TradeRow): boolean => question.kind === 'trade' && trade.no === question.no

export const ExplainBar = () => {
  const { question, answer, empty } = useWhy()
  const report = useReport()
  if (question === null) return null
  if (question.kind === 'bar') return <OfBar question={question} answer={answer} empty={empty} />
  const trade = report === null ? undefined : allTrades(report).find((one) => isOf(question, one))
  if (trade !== undefined) return <OfTrade trade={trade} answer={answer} />
  return (
    <section aria-label="This trade" className={`${frame} border-line-2 pl-3`}>
      <span>{`There is no trade ${question.no} in this run any more.`}</span>
      <IconButton
        size="s"
        label="Leave"
        onClick={leaveQuestion}
        icon={<X size={14} aria-hidden />}
        className="ml-auto"
      />
    </section>
  )
}
