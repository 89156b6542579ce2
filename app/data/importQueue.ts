// The files of this tab that are on their way into the store: sent one after the other, each with the way out.
import { createStore } from 'zustand/vanilla'
import type { UploadAnswer, UploadAsk } from '../home/upload'
import { factsSent, type ImportItem, type ImportState, nextOf, noFacts, unsettled } from './imports'

export interface Imports {
  readonly items: readonly ImportItem[]
  readonly add: (files: readonly File[]) => void
  /** Other facts, or the bad rows left out: it is sent once more. */
  readonly retry: (item: ImportItem) => void
  /** Stops it, or takes it off the list. */
  readonly drop: (id: number) => void
  readonly clear: () => void
}

export interface QueueEnds {
  /** Null: it was stopped. */
  readonly send: (ask: UploadAsk) => Promise<UploadAnswer | null>
  /** After each file, whatever came of it: some of it may be stored. */
  readonly ended: () => void
}

const stateOf = (answer: UploadAnswer | null): ImportState => {
  if (answer === null) return { kind: 'cancelled' }
  return answer.kind === 'refused' ? { kind: 'refused', answer } : { kind: 'imported', answer }
}

/** Lives as long as its tab: it goes on while another page is looked at. */
export const createImportQueue = ({ send, ended }: QueueEnds) => {
  const stops = new Map<number, AbortController>()
  let serial = 0
  return createStore<Imports>()((set, get) => {
    const put = (id: number, state: ImportState): void =>
      set(({ items }) => ({ items: items.map((item) => (item.id === id ? { ...item, state } : item)) }))

    const sendNext = async (): Promise<void> => {
      const item = nextOf(get().items)
      if (item === null) return
      const { id, file, facts, skipBad } = item
      const stop = new AbortController()
      stops.set(id, stop)
      put(id, { kind: 'sending', sent: 0 })
      const onSent = (sent: number): void => put(id, { kind: 'sending', sent })
      const answer = await send({ file, facts: factsSent(facts), skipBad, signal: stop.signal, onSent })
      stops.delete(id)
      put(id, stateOf(answer))
      ended()
      void sendNext()
    }

    return {
      items: [],
      add: (files) => {
        const added = files.map((file): ImportItem => {
          const id = serial++
          return { id, file, facts: noFacts, skipBad: false, state: { kind: 'waiting' } }
        })
        set(({ items }) => ({ items: [...items, ...added] }))
        void sendNext()
      },
      retry: (item) => {
        set(({ items }) => ({
          items: items.map((one) => (one.id === item.id ? { ...item, state: { kind: 'waiting' } } : one)),
        }))
        void sendNext()
      },
      drop: (id) => {
        const stop = stops.get(id)
        if (stop === undefined) set(({ items }) => ({ items: items.filter((item) => item.id !== id) }))
        else stop.abort()
      },
      clear: () => set(({ items }) => ({ items: unsettled(items) })),
    }
  })
}
