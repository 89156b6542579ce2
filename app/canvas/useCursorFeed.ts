// Brings the values at the time cursor from the engine into the cursor store: one question under way, the newest next.
'use client'
import { useEffect } from 'react'
import type { Engine } from '../engine/engine'
import { useWhy } from '../results/why'
import { useRun } from '../workbench/run'
import { useView } from '../workbench/view'
import { type CursorStore, emptyCursor } from './cursor'

/** Another panel may have asked at the same moment, and only the newest of such questions is answered. */
const pauseMs = 60

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, pauseMs)
  })

/** Asks for the newest instant, never two questions at once. */
const feedOf = (engine: Engine, cursor: CursorStore) => {
  let isBusy = false
  let isAsked = false
  let isClosed = false
  const answer = async (): Promise<void> => {
    const { result } = useRun.getState()
    const { question, cursorMs } = useView.getState()
    if (result === null) {
      cursor.setState(emptyCursor)
      return
    }
    // The answer to a question carries its own values.
    if (question !== null) return
    const at = await engine.at(cursorMs ?? result.report.range.toMs)
    if (isClosed) return
    if (at !== null) cursor.setState({ timeMs: at.timeMs, values: at.values, why: null })
    else if (!isAsked) {
      await pause()
      isAsked = true
    }
  }
  const ask = (): void => {
    isAsked = true
    if (isBusy) return
    isBusy = true
    void (async () => {
      while (isAsked && !isClosed) {
        isAsked = false
        // The engine's own trouble is told by its status; values stay as they were.
        await answer().catch(() => undefined)
      }
      isBusy = false
    })()
  }
  const close = (): void => {
    isClosed = true
  }
  return { ask, close }
}

export const useCursorFeed = (engine: Engine, cursor: CursorStore): void => {
  const { answer } = useWhy()
  useEffect(() => {
    if (answer !== null) cursor.setState({ timeMs: answer.timeMs, values: answer.values, why: answer })
  }, [answer, cursor])
  useEffect(() => {
    const feed = feedOf(engine, cursor)
    const offView = useView.subscribe((view, before) => {
      if (view.cursorMs !== before.cursorMs || view.question !== before.question) feed.ask()
    })
    const offRun = useRun.subscribe((run, before) => {
      if (run.result !== before.result) feed.ask()
      if (run.stale !== before.stale) cursor.setState({ stale: run.stale })
    })
    feed.ask()
    return () => {
      feed.close()
      offView()
      offRun()
    }
  }, [engine, cursor])
}
