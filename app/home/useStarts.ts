// What can be begun on home: an empty Play, an idea, a file. Each opens the workbench.
'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Problem } from '../../blocks/kit/problem'
import { notify } from '../ui/notify'
import { examplePlay } from './ideas'
import { keepPlay, newPlay, openFile, runnable } from './plays'

/** `wait`: markets that bars are stored of; null when the server does not tell. */
export const useStarts = (wait: () => Promise<ReadonlySet<string> | null>) => {
  const router = useRouter()
  const [busy, setBusy] = useState<string | null>(null)
  const [broken, setBroken] = useState<readonly Problem[] | null>(null)
  const go = (what: string, make: () => Promise<string | null>): void => {
    if (busy !== null) return
    setBusy(what)
    make()
      .then((id) => (id === null ? setBusy(null) : router.push(`/play/${id}`)))
      .catch((error: unknown) => {
        setBusy(null)
        const detail = error instanceof Error ? error.message : String(error)
        notify({ tone: 'error', text: 'The Play could not be made', detail })
      })
  }
  return {
    /** Name of what is on its way. */
    busy,
    broken,
    mend: () => setBroken(null),
    empty: () => go('empty', newPlay),
    example: (name: string) =>
      go(name, async () => {
        const stored = await wait()
        // Which bars there are decides the market. Not told, it stays the one that the idea names.
        return keepPlay(stored === null ? examplePlay(name) : runnable(examplePlay(name), stored))
      }),
    file: (file: File) =>
      go('file', async () => {
        const opened = await openFile(file)
        if (typeof opened === 'string') return opened
        setBroken(opened.problems)
        return null
      }),
  }
}
