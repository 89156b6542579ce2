// Where stop and targets of the trade in question stood, asked of the engine once for each trade and run.
'use client'
import { useEffect, useState } from 'react'
import type { RunResult, TradeLevels } from '../engine/protocol'
import { useRun } from '../workbench/run'
import { useSession } from '../workbench/session'
import { patiently } from './patiently'

interface Held {
  readonly of: RunResult
  readonly no: number
  readonly levels: TradeLevels | null
}

/** Null while it is not known, and where the engine of this page does not know it. */
export const useLevels = (no: number | null): TradeLevels | null => {
  const { engine } = useSession()
  const result = useRun((run) => run.result)
  const [held, setHeld] = useState<Held | null>(null)
  useEffect(() => {
    if (no === null || result === null) return
    let wanted = true
    const ask = (): ReturnType<typeof engine.levels> => engine.levels(no)
    void patiently(engine, () => wanted, ask).then((levels) => {
      if (wanted) setHeld({ of: result, no, levels })
    })
    return () => {
      wanted = false
    }
  }, [engine, result, no])
  return held !== null && held.of === result && held.no === no ? held.levels : null
}
