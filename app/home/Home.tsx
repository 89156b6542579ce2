// Home: the first backtest, the ideas to start from, the Plays of this browser, and files from elsewhere.
'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import type { Problem } from '../../blocks/kit/problem'
import { useApi } from '../ApiProvider'
import { journalOn } from '../document/journal'
import { settleAll } from '../document/leftovers'
import { type Listed, storage } from '../document/storage'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Fault } from '../ui/Fault'
import { Logo } from '../ui/Logo'
import { ModeBadge } from '../ui/ModeBadge'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { ThemeToggle } from '../ui/ThemeToggle'
import { Rail } from '../workbench/Rail'
import { AddBars } from './AddBars'
import { DropTarget, isPlayFile } from './DropTarget'
import { FileSources } from './FileSources'
import { FirstBacktest } from './FirstBacktest'
import { firstPlay } from './firstPlay'
import { guided } from './guide'
import { IdeaCards } from './IdeaCards'
import { examplePlay } from './ideas'
import { PlayList } from './PlayList'
import { keepPlay, newPlay, openFile, runnable } from './plays'

type Plays =
  | { readonly kind: 'loading' }
  | { readonly kind: 'listed'; readonly plays: readonly Listed[]; readonly nowMs: number }
  | { readonly kind: 'failed'; readonly message: string }

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const usePlays = () => {
  const [plays, setPlays] = useState<Plays>({ kind: 'loading' })
  const reload = useCallback(async (): Promise<void> => {
    try {
      const documents = await storage()
      await settleAll({ documents, journal: journalOn(window.localStorage) })
      setPlays({ kind: 'listed', plays: await documents.list(), nowMs: Date.now() })
    } catch (error) {
      setPlays({ kind: 'failed', message: messageOf(error) })
    }
  }, [])
  useEffect(() => {
    void reload()
    // Another tab may have changed them in the meantime.
    const look = (): void => void (document.visibilityState === 'visible' && reload())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reload])
  return { plays, reload }
}

/** Markets that bars are stored of, and what to say of them. */
const useStored = () => {
  const { data, error } = useQuery(useApi().data.list.queryOptions())
  const ids = new Set((data?.series ?? []).filter(({ kind }) => kind === 'klines').map(({ instrument }) => instrument))
  const sentence =
    error !== null
      ? 'The server does not answer.'
      : ids.size === 0
        ? 'None are stored yet.'
        : `Bars of ${ids.size} ${ids.size === 1 ? 'market' : 'markets'} are stored.`
  return { ids, sentence }
}

const OwnPlays = ({ plays, reload }: { plays: Plays; reload: () => Promise<void> }) => {
  if (plays.kind === 'failed')
    return (
      <Fault
        title="The Plays of this browser cannot be read"
        action={<Button onClick={() => void reload()}>Try again</Button>}
      >
        {plays.message} Nothing was changed.
      </Fault>
    )
  if (plays.kind === 'loading') return <SkeletonLines label="Looking for your Plays" />
  return <PlayList plays={plays.plays} nowMs={plays.nowMs} onChange={reload} />
}

const Broken = ({ problems, onClose }: { problems: readonly Problem[]; onClose: () => void }) => (
  <Dialog
    open
    onOpen={(open) => !open && onClose()}
    title="This file is no Play"
    about="Nothing was changed. Mend the file and open it again."
    foot={<Button onClick={onClose}>Close</Button>}
    wide
  >
    <ul className="flex flex-col gap-2">
      {problems.map(({ message, hint, where }) => (
        <li key={`${where.line ?? 0} ${message}`} className="flex gap-3">
          <span className="w-14 flex-none text-3 tabular-nums">
            {where.line === undefined ? '' : `line ${where.line}`}
          </span>
          <span>
            <span className="text-1">{message}</span>
            {hint !== undefined && <span className="block text-3">{hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  </Dialog>
)

const Top = () => (
  <header className="col-span-full flex items-center gap-2.5 bg-panel pr-3">
    <span className="grid w-12 place-items-center text-1">
      <Logo />
    </span>
    <span className="text-13 font-semibold text-1">Home</span>
    <ModeBadge mode="backtest" />
    <span className="ml-auto">
      <ThemeToggle />
    </span>
  </header>
)

/** What can be begun here; each opens the workbench. */
const useStarts = (stored: ReadonlySet<string>) => {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [broken, setBroken] = useState<readonly Problem[] | null>(null)
  const go = (make: () => Promise<string | null>): void => {
    setBusy(true)
    make()
      .then((id) => (id === null ? setBusy(false) : router.push(`/play/${id}`)))
      .catch((error: unknown) => {
        setBusy(false)
        notify({ tone: 'error', text: 'The Play could not be made', detail: messageOf(error) })
      })
  }
  return {
    busy,
    broken,
    mend: () => setBroken(null),
    empty: () => go(newPlay),
    example: (name: string) => go(() => keepPlay(runnable(examplePlay(name), stored))),
    guide: () =>
      go(async () => {
        const id = await keepPlay(firstPlay())
        guided.start(id)
        return id
      }),
    file: (file: File) =>
      go(async () => {
        const opened = await openFile(file)
        if (typeof opened === 'string') return opened
        setBroken(opened.problems)
        return null
      }),
  }
}

const Heading = ({ busy, onEmpty }: { busy: boolean; onEmpty: () => void }) => (
  <div className="flex items-end gap-3">
    <div className="min-w-0 flex-1">
      <h1 className="text-28 leading-[34px] font-semibold text-1">Draw it, then find out if it is true</h1>
      <p className="mt-1 text-13">Nothing here touches an exchange until you say so, twice.</p>
    </div>
    <Button disabled={busy} onClick={onEmpty}>
      <Plus size={14} aria-hidden />
      Empty Play
    </Button>
  </div>
)

const section = 'mb-2.5 text-13 font-semibold text-1'

export const Home = () => {
  const { plays, reload } = usePlays()
  const { ids, sentence } = useStored()
  const { busy, broken, mend, empty, example, guide, file } = useStarts(ids)
  const [bars, setBars] = useState<File | null>(null)
  const known = plays.kind === 'listed' && plays.plays.length > 0
  const own = (known || plays.kind === 'failed') && (
    <section aria-labelledby="own-plays">
      <h2 id="own-plays" className={section}>
        Your Plays
      </h2>
      <OwnPlays plays={plays} reload={reload} />
    </section>
  )
  const first = <FirstBacktest busy={busy} onStart={guide} />
  return (
    <div className="grid h-dvh grid-cols-[48px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)] gap-px bg-line-1">
      <Top />
      <Rail at="home" />
      <main className="min-h-0 overflow-y-auto bg-app">
        <div className="mx-auto flex max-w-[1400px] flex-col gap-6 p-7">
          <Heading busy={busy} onEmpty={empty} />
          {known ? own : first}
          <section aria-labelledby="ideas">
            <h2 id="ideas" className={section}>
              {known ? 'Start from an idea' : 'Or start from another idea'}
            </h2>
            <IdeaCards onOpen={example} />
          </section>
          <FileSources stored={sentence} onBars={setBars} onPlay={file} />
          {known ? first : own}
        </div>
      </main>
      <DropTarget onFile={(dropped) => (isPlayFile(dropped.name) ? file(dropped) : setBars(dropped))} />
      <AddBars file={bars} onClose={() => setBars(null)} />
      {broken !== null && <Broken problems={broken} onClose={mend} />}
    </div>
  )
}
