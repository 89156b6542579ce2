// The Plays of this browser, listed anew when another tab may have changed them.
'use client'
import { useCallback, useEffect, useState } from 'react'
import { journalOn } from '../document/journal'
import { settleAll } from '../document/leftovers'
import { type Listed, storage } from '../document/storage'

export type Plays =
  | { readonly kind: 'loading' }
  | { readonly kind: 'listed'; readonly plays: readonly Listed[]; readonly nowMs: number }
  | { readonly kind: 'failed'; readonly message: string }

export const usePlays = () => {
  const [plays, setPlays] = useState<Plays>({ kind: 'loading' })
  const reload = useCallback(async (): Promise<void> => {
    try {
      const documents = await storage()
      await settleAll({ documents, journal: journalOn(window.localStorage) })
      setPlays({ kind: 'listed', plays: await documents.list(), nowMs: Date.now() })
    } catch (error) {
      setPlays({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }, [])
  useEffect(() => {
    void reload()
    const look = (): void => void (document.visibilityState === 'visible' && reload())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reload])
  return { plays, reload }
}
