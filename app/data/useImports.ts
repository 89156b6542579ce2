// The files of this page that are on their way into the store: sent one after the other, each with the way out.
'use client'
import { useEffect, useRef, useState } from 'react'
import { upload } from '../home/upload'
import { factsSent, type ImportItem, type ImportState, nextOf, noFacts, unsettled } from './imports'
import { useStoreChanged } from './useDownloads'

export interface Imports {
  readonly items: readonly ImportItem[]
  readonly add: (files: readonly File[]) => void
  /** Other facts, or the bad rows left out: it is sent once more. */
  readonly retry: (item: ImportItem) => void
  /** Stops it, or takes it off the list. */
  readonly drop: (id: number) => void
  readonly clear: () => void
}

export const useImports = (): Imports => {
  const [items, setItems] = useState<readonly ImportItem[]>([])
  const serial = useRef(0)
  const stops = useRef(new Map<number, AbortController>())
  const changed = useStoreChanged()
  const set = (id: number, state: ImportState): void =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, state } : item)))

  const send = async ({ id, file, facts, skipBad }: ImportItem): Promise<void> => {
    const stop = new AbortController()
    stops.current.set(id, stop)
    set(id, { kind: 'sending', sent: 0 })
    const onSent = (sent: number): void => set(id, { kind: 'sending', sent })
    const answer = await upload({ file, facts: factsSent(facts), skipBad, signal: stop.signal, onSent })
    stops.current.delete(id)
    if (answer === null) set(id, { kind: 'cancelled' })
    else if (answer.kind === 'refused') set(id, { kind: 'refused', answer })
    else set(id, { kind: 'imported', answer })
    if (answer?.kind === 'imported') changed()
  }

  const next = nextOf(items)
  const sending = useRef<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one is next decides alone
  useEffect(() => {
    if (next === null || sending.current === next.id) return
    sending.current = next.id
    void send(next).finally(() => {
      sending.current = null
    })
  }, [next?.id])

  return {
    items,
    add: (files) =>
      setItems((now) => [
        ...now,
        ...files.map((file): ImportItem => {
          const id = serial.current++
          return { id, file, facts: noFacts, skipBad: false, state: { kind: 'waiting' } }
        }),
      ]),
    retry: (item) =>
      setItems((now) => now.map((one) => (one.id === item.id ? { ...item, state: { kind: 'waiting' } } : one))),
    drop: (id) => {
      const stop = stops.current.get(id)
      if (stop === undefined) setItems((now) => now.filter((item) => item.id !== id))
      else stop.abort()
    },
    clear: () => setItems(unsettled),
  }
}
