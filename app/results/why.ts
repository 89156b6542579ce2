// The answer to the open question, asked of the engine once for all who show it.
'use client'
import { useEffect } from 'react'
import { create } from 'zustand'
import type { Engine } from '../engine/engine'
import type { RunResult, WhyAnswer } from '../engine/protocol'
import { useRun } from '../workbench/run'
import { useSession } from '../workbench/session'
import { type Question, useView } from '../workbench/view'
import { patiently } from './patiently'
import { tradeNo } from './trades'

interface WhyState {
  readonly question: Question | null
  readonly result: RunResult | null
  /** Null while it is on its way, or when there is none (`settled`). */
  readonly answer: WhyAnswer | null
  readonly settled: boolean
}

const nothing: WhyState = { question: null, result: null, answer: null, settled: false }

const useWhyState = create<WhyState>()(() => nothing)

const instrumentOf = (question: Question, { report }: RunResult): string =>
  (question.kind === 'trade' ? tradeNo(report, question.no)?.instrument : question.instrument) ??
  report.provenance.instruments[0]?.instrument ??
  ''

const ask = (engine: Engine, question: Question, result: RunResult): Promise<WhyAnswer | null> => {
  const wish = {
    ms: question.ms,
    instrument: instrumentOf(question, result),
    ...(question.kind === 'trade' ? { trade: question.no } : {}),
  }
  return patiently(
    engine,
    () => useWhyState.getState().question === question,
    () => engine.why(wish),
  )
}

const begin = (engine: Engine, question: Question, result: RunResult): void => {
  const now = useWhyState.getState()
  if (now.question === question && now.result === result) return
  // Of the same question the answer of the run before stays until the new one is there.
  const answer = now.question === question ? now.answer : null
  useWhyState.setState({ question, result, answer, settled: false })
  void ask(engine, question, result).then((next) => {
    const late = useWhyState.getState()
    if (late.question === question && late.result === result) useWhyState.setState({ answer: next, settled: true })
  })
}

export interface Why {
  readonly question: Question | null
  readonly answer: WhyAnswer | null
  /** No answer came: there is nothing to say about this moment. */
  readonly empty: boolean
}

export const useWhy = (): Why => {
  const { engine } = useSession()
  const question = useView((view) => view.question)
  const result = useRun((run) => run.result)
  useEffect(() => {
    if (question !== null && result !== null) begin(engine, question, result)
  }, [engine, question, result])
  const state = useWhyState()
  const mine = state.question === question && question !== null
  return { question, answer: mine ? state.answer : null, empty: mine && state.settled && state.answer === null }
}
