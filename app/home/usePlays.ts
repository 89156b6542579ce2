// The Plays of this browser, listed anew when another tab may have changed them.
'use client'
import { useCallback, useEffect, useState } from 'react'
import { journalOn } from '../document/journal'
import { settleAll } from '../document/leftovers'
import { type Listed, storage } from '../document/storage'
import { keepSweeping, useSwept } from '../sync/sync'

export type Plays =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'listed'
      readonly plays: readonly Listed[]
      /** Ids of all Plays of this browser, deleted ones too. */
      readonly known: ReadonlySet<string>
      readonly nowMs: number
    }
  | { readonly kind: 'failed'; readonly message: string }

export const usePlays = () => {
  const [plays, setPlays] = useState<Plays>({ kind: 'loading' })
  const reload = useCallback(async (): Promise<void> => {
    try {
      const documents = await storage()
      await settleAll({ documents, journal: journalOn(window.localStorage) })
      const [plays, kept] = await Promise.all([documents.list(), documents.kept()])
      setPlays({ kind: 'listed', plays, known: new Set(kept.map(({ id }) => id)), nowMs: Date.now() })
    } catch (error) {
      setPlays({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }, [])
  useEffect(keepSweeping, [])
  // What a look at the server changed: a Play deleted or brought back elsewhere.
  const swept = useSwept(({ times }) => times)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is a reason to list anew
  useEffect(() => void reload(), [reload, swept])
  useEffect(() => {
    const look = (): void => void (document.visibilityState === 'visible' && reload())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reload])
  return { plays, reload }
}
