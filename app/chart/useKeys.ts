// The chart by keyboard: along the bars, in and out, to the question; each step is said in a sentence.
'use client'
import { type KeyboardEvent, useState } from 'react'
import { actionIn } from '../ui/keys'
import { askBar, askTrade } from '../workbench/view'
import type { Controller } from './controller'
import { type ChartAction, chartKeys } from './keys'
import { spoken } from './text'
import { type Mark, marksIn } from './trades'

/** Trades that began or ended on the bar that closed at `closeMs`. */
const marksOn = (marks: readonly Mark[], openMs: number, closeMs: number): readonly Mark[] =>
  marksIn(marks, openMs, closeMs - 1)

const explain = (controller: Controller, marks: readonly Mark[]): void => {
  const closeMs = controller.cursorClose()
  if (closeMs === null) return
  const [mark] = marksOn(marks, controller.readout.getState().openMs, closeMs)
  if (mark === undefined) askBar(closeMs, controller.instrument)
  else askTrade(mark.trade)
}

/** What each key of the table does. */
export const chartDoers = (
  controller: Controller,
  marks: readonly Mark[],
): Readonly<Record<ChartAction, () => void>> => ({
  before: () => controller.step(-1),
  after: () => controller.step(1),
  tenBefore: () => controller.step(-10),
  tenAfter: () => controller.step(10),
  first: () => controller.end('first'),
  last: () => controller.end('last'),
  closer: () => controller.zoom(1),
  wider: () => controller.zoom(-1),
  explain: () => explain(controller, marks),
  day: () => controller.askDay(),
})

const events: Readonly<Record<Mark['kind'], string>> = { entry: 'opened', part: 'partly closed', exit: 'closed' }

/** The sentence on the bar under the cursor. */
const sentence = (controller: Controller, marks: readonly Mark[]): string => {
  const { tf, openMs, bar, decimals } = controller.readout.getState()
  const closeMs = controller.cursorClose()
  if (tf === null || closeMs === null) return ''
  const also = marksOn(marks, openMs, closeMs).map(
    ({ kind, side, trade }) => `${side} trade ${trade.no} ${events[kind]}`,
  )
  return spoken({ openMs, tf, bar, decimals, also })
}

/** Time that a window takes to come, amply, ms. */
const fetchMs = 600

/** Keys of the chart, and the sentence that is spoken after each. */
export const useKeys = (controller: Controller | null, marks: readonly Mark[]) => {
  const [said, setSaid] = useState('')
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = actionIn(chartKeys, event)
    if (controller === null || action === null) return
    chartDoers(controller, marks)[action]()
    event.preventDefault()
    event.stopPropagation()
    // The readout follows within a frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        setSaid(sentence(controller, marks))
        // A far bar is fetched first: what is said of it is said again when it can be there.
        if (controller.readout.getState().bar === null) setTimeout(() => setSaid(sentence(controller, marks)), fetchMs)
      }),
    )
  }
  return { said, onKeyDown }
}
