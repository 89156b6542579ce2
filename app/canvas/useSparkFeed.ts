// Brings the short lines of all nodes from the engine: one question for all, when the run or the resting cursor changes.
'use client'
import { useEffect, useRef } from 'react'
import { type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import type { Engine } from '../engine/engine'
import { useRun } from '../workbench/run'
import { useView } from '../workbench/view'
import type { CursorStore } from './cursor'
import type { CanvasModel } from './model'
import { knownBy, type SparkLine, sparkBars, sparkKey, sparksOf } from './spark'

/** A cursor that moves is not followed: lines change where it comes to rest. */
const restMs = 250

const fetchSparks = async (
  engine: Engine,
  lines: readonly SparkLine[],
  tf: Timeframe,
): Promise<Record<string, readonly number[]> | null> => {
  const { result } = useRun.getState()
  if (result === null || lines.length === 0) return {}
  const { range } = result.report
  const toMs = useView.getState().cursorMs ?? range.toMs
  const ask = { fromMs: toMs - sparkBars * tfMs[tf], toMs, maxBars: sparkBars, tf, lines }
  const windows = await engine.sparks(ask).catch(() => null)
  return windows && Object.fromEntries(windows.map((one) => [sparkKey(one), knownBy(one, toMs)]))
}

interface SparkScene {
  readonly engine: Engine
  readonly cursor: CursorStore
  readonly model: CanvasModel
  /** Timeframe of the Play; null: it names none that there is. */
  readonly tf: Timeframe | null
}

export const useSparkFeed = ({ engine, cursor, model, tf }: SparkScene): void => {
  const lines = JSON.stringify(sparksOf(model.nodes.map(({ view }) => view)))
  const asked = useRef('')
  useEffect(() => {
    if (tf === null) return undefined
    let isClosed = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (): void => {
      void fetchSparks(engine, JSON.parse(lines) as readonly SparkLine[], tf).then((sparks) => {
        if (!isClosed && sparks !== null) cursor.setState({ sparks })
      })
    }
    const offRun = useRun.subscribe((run, before) => {
      if (run.result !== before.result) ask()
    })
    const offView = useView.subscribe((view, before) => {
      if (view.cursorMs === before.cursorMs) return
      clearTimeout(timer)
      timer = setTimeout(ask, restMs)
    })
    if (asked.current !== lines) ask()
    asked.current = lines
    return () => {
      isClosed = true
      clearTimeout(timer)
      offRun()
      offView()
    }
  }, [engine, cursor, lines, tf])
}
