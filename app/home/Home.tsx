// Home: the first backtest, the ideas to start from, the Plays of this browser, and files from elsewhere.
'use client'
import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { FindButton } from '../commands/FindButton'
import { HelpDialog } from '../commands/HelpDialog'
import { newId } from '../document/storage'
import { Boundary } from '../ui/Boundary'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { useLate } from '../ui/Progress'
import { SkeletonLines } from '../ui/Skeleton'
import { belowTablet, useMedia } from '../ui/useMedia'
import { PlainBar, Shell } from '../workbench/Shell'
import { useWorkbenchKeys } from '../workbench/useWorkbenchKeys'
import { AddBars } from './AddBars'
import { BrokenFile } from './BrokenFile'
import { DropTarget, isPlayFile } from './DropTarget'
import { ElsewherePlays } from './ElsewherePlays'
import { FileSources } from './FileSources'
import { FirstBacktest } from './FirstBacktest'
import { type First, firstOf } from './first'
import { guided } from './guide'
import { HomePalette } from './HomePalette'
import { IdeaCards } from './IdeaCards'
import { PlayList } from './PlayList'
import { type Plays, usePlays } from './usePlays'
import { useStarts } from './useStarts'
import { useStored } from './useStored'

const firstHeight = 'h-[442px] rounded-card border border-line-1 bg-panel'

const FirstWaiting = () => (
  <div className={firstHeight}>
    <SkeletonLines lines={5} label="The first backtest is on its way" />
  </div>
)

/** Graph, chart and engine come after the page itself. */
const FirstRun = dynamic(async () => (await import('./FirstRun')).FirstRun, {
  ssr: false,
  loading: FirstWaiting,
})

/** What the guide is about here; settled once, when it is known which Plays there are. */
const useFirst = (plays: Plays) => {
  const [first, setFirst] = useState<First | null>(null)
  useEffect(() => {
    if (plays.kind !== 'listed') return
    const ids = new Set(plays.plays.map(({ id }) => id))
    setFirst((before) => before ?? firstOf({ kept: guided.read(), ids, freshId: newId() }))
  }, [plays])
  return {
    first,
    start: (): void => {
      if (first?.begun === true) guided.start(first.id)
      setFirst((now) => now && { ...now, live: true })
    },
    leave: (): void => {
      guided.leave()
      setFirst((now) => now && { ...now, live: false })
    },
  }
}

const OwnPlays = ({ plays, reload }: { plays: Plays; reload: () => Promise<void> }) => {
  if (plays.kind === 'loading') return null
  if (plays.kind === 'failed')
    return (
      <Fault
        title="The Plays of this browser cannot be read"
        action={<Button onClick={() => void reload()}>Try again</Button>}
      >
        {plays.message} Nothing was changed. Allow this page to store data, or leave the private window.
      </Fault>
    )
  return <PlayList plays={plays.plays} nowMs={plays.nowMs} onChange={reload} />
}

const NoServer = ({ stored: { again, asking } }: { stored: ReturnType<typeof useStored> }) => (
  <Fault
    title="The server does not answer"
    action={
      <Button busy={asking} onClick={again}>
        Try again
      </Button>
    }
  >
    Neither bars nor runs can be had. Your Plays are here and can be edited. Start the server again with{' '}
    <code>npm start</code>.
  </Fault>
)

interface HeadingProps {
  readonly busy: string | null
  readonly onEmpty: () => void
  /** Null: there is nothing to skip. */
  readonly onSkip: (() => void) | null
}

const Heading = ({ busy, onEmpty, onSkip }: HeadingProps) => (
  <div className="flex flex-wrap items-end gap-3">
    <div className="min-w-64 flex-1">
      <h1 className="text-28 leading-[34px] font-semibold text-1 max-md:text-20 max-md:leading-[26px]">
        Draw it, then find out if it is true
      </h1>
      <p className="mt-1 text-13">Nothing here touches an exchange until you say so, twice.</p>
    </div>
    {onSkip !== null && (
      <Button look="quiet" onClick={onSkip}>
        Skip, I know graphs
      </Button>
    )}
    <Button busy={busy === 'empty'} onClick={onEmpty} className="max-md:hidden">
      <Plus size={14} aria-hidden />
      Empty Play
    </Button>
  </div>
)

const Section = ({ id, title, children }: { id: string; title: string; children: React.ReactNode }) => (
  <section aria-labelledby={id}>
    <h2 id={id} className="mb-2.5 text-13 font-semibold text-1">
      {title}
    </h2>
    {children}
  </section>
)

const Top = ({ onFind }: { onFind: () => void }) => (
  <PlainBar title="Home">
    <FindButton onFind={onFind} />
  </PlainBar>
)

/** Files that came to the page, and the market that the last one brought. */
const useFiles = () => {
  const [bars, setBars] = useState<File | null>(null)
  const [market, setMarket] = useState<string | null>(null)
  return { bars, setBars, market, setMarket }
}

export const Home = () => {
  const { plays, reload } = usePlays()
  const stored = useStored()
  const starts = useStarts(stored.wait)
  const { first, start, leave } = useFirst(plays)
  const { bars, setBars, market, setMarket } = useFiles()
  const [finding, setFinding] = useState(false)
  const [helping, setHelping] = useState(false)
  const narrow = useMedia(belowTablet)
  useWorkbenchKeys({ onFind: () => setFinding(true), onHelp: () => setHelping(true) })
  const known = plays.kind === 'listed' && plays.plays.length > 0
  const live = first?.live === true && !narrow
  // Who goes elsewhere at once is not kept waiting by an engine that starts.
  const calm = useLate(live && starts.busy === null)
  const guide =
    first === null ? (
      plays.kind === 'loading' && <div className={firstHeight} />
    ) : live ? (
      <Boundary what="The first backtest">
        {calm ? <FirstRun id={first.id} offered={market} onLeave={leave} /> : <FirstWaiting />}
      </Boundary>
    ) : (
      <FirstBacktest begun={first.begun} onStart={start} />
    )
  // Trouble comes first.
  const top = live || (!known && plays.kind !== 'failed')
  const own = (known || plays.kind === 'failed') && (
    <Section id="own-plays" title="Your Plays">
      <OwnPlays plays={plays} reload={reload} />
    </Section>
  )
  return (
    <Shell bar={<Top onFind={() => setFinding(true)} />} at="home" onHelp={() => setHelping(true)}>
      <main className="min-h-0 overflow-y-auto bg-app">
        <div className="mx-auto flex max-w-[1400px] flex-col gap-6 p-7 max-md:p-4">
          <Heading busy={starts.busy} onEmpty={starts.empty} onSkip={live && !first.begun ? leave : null} />
          {stored.failed && <NoServer stored={stored} />}
          {top ? guide : own}
          <Section id="ideas" title={top ? 'Or start from another idea' : 'Start from an idea'}>
            <IdeaCards busy={starts.busy} onOpen={starts.example} />
          </Section>
          {top ? own : null}
          <ElsewherePlays plays={plays} />
          <FileSources stored={stored.sentence} busy={starts.busy} onBars={setBars} onPlay={starts.file} />
          {top ? null : guide}
        </div>
      </main>
      <DropTarget onFile={(dropped) => (isPlayFile(dropped.name) ? starts.file(dropped) : setBars(dropped))} />
      <AddBars file={bars} onClose={() => setBars(null)} onMarket={setMarket} />
      {starts.broken !== null && <BrokenFile problems={starts.broken} onClose={starts.mend} />}
      <HomePalette
        open={finding}
        onOpen={setFinding}
        plays={plays.kind === 'listed' ? plays.plays : []}
        does={{ empty: starts.empty, example: starts.example, help: () => setHelping(true) }}
      />
      <HelpDialog open={helping} onOpen={setHelping} />
    </Shell>
  )
}
