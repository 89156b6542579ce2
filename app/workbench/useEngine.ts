// The engine of the Play that a screen shows: it lives as long as the screen shows this store.
'use client'
import { useEffect, useState } from 'react'
import type { DocumentStore } from '../document/store'
import { startEngine } from '../engine/start'
import { resetTradeFilter } from '../results/tradeFilter'
import { startAutorun } from './autorun'
import type { Session } from './session'
import { resetView } from './view'

/** Null until the engine is there. */
export const useEngine = (store: DocumentStore): Session | null => {
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    const engine = startEngine()
    const stop = startAutorun({ store, engine })
    setSession({ store, engine })
    return () => {
      stop()
      engine.close()
      resetView()
      resetTradeFilter()
    }
  }, [store])
  return session
}
