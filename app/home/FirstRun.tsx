// The guided first backtest, alive on home: the steps, the graph that is wired in them, the chart and the result.
'use client'
import { ArrowRight, Lightbulb, WandSparkles, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Canvas } from '../canvas/Canvas'
import { Chart } from '../chart/Chart'
import { type OpenPlay, useOpenPlay } from '../document/openPlay'
import { storage } from '../document/storage'
import type { DocumentState, DocumentStore } from '../document/store'
import { TabNotice } from '../document/TabNotice'
import { ExplainBar } from '../results/ExplainBar'
import { Boundary } from '../ui/Boundary'
import { Button } from '../ui/Button'
import { Chip, SyntheticChip } from '../ui/Chip'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { tradeMarket } from '../workbench/choose'
import { MarketMenu } from '../workbench/MarketMenu'
import { marketWord } from '../workbench/markets'
import { SettingsMenu } from '../workbench/SettingsMenu'
import { SessionProvider, useDocument, useSession } from '../workbench/session'
import { useEngine } from '../workbench/useEngine'
import { useWorkbenchKeys } from '../workbench/useWorkbenchKeys'
import { useView } from '../workbench/view'
import { FirstResult } from './FirstResult'
import { firstPlay } from './firstPlay'
import { GuideSteps } from './GuideSteps'
import { awaitedIn, guided, guideSteps } from './guide'
import { Sentence } from './Sentence'
import { useGuide } from './useGuide'

type Ready = Extract<OpenPlay, { kind: 'ready' }>

const fresh = firstPlay()

/** The whole workbench shows the same Play: what was not touched yet is stored for it first. */
const useWorkbench = (id: string, { store, flush }: Ready) => {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const go = async (): Promise<void> => {
    await flush()
    const { document, history, loose } = store.getState()
    await (await storage()).save({ document, history, loose: loose?.text ?? null })
    guided.start(id)
    router.push(`/play/${id}`)
  }
  const open = (): void => {
    setBusy(true)
    go().catch((error: unknown) => {
      setBusy(false)
      notify({ tone: 'error', text: 'Not opened', detail: error instanceof Error ? error.message : String(error) })
    })
  }
  return { busy, open }
}

const isPractice = ({ document }: Pick<DocumentState, 'document'>): boolean =>
  Object.values(document.tree.markets)
    .flat()
    .some((id) => id.startsWith('synthetic:'))

interface StepsProps {
  readonly id: string
  readonly open: Ready
  readonly onLeave: () => void
}

const Steps = ({ id, open, onLeave }: StepsProps) => {
  const { store } = useSession()
  const { at, over, step, able } = useGuide()
  const undoable = useDocument(({ history, readOnly }) => history.at > 0 && !readOnly)
  const practice = useDocument(isPractice)
  const workbench = useWorkbench(id, open)
  const { act, label } = step
  return (
    <div className="flex min-h-0 min-w-0 flex-col overflow-y-auto bg-panel p-4 pl-2">
      <div className="mb-2 flex items-baseline gap-2 pl-2.5">
        <h2 id="first-backtest" className="text-13 font-semibold text-1">
          Your first backtest
        </h2>
        <span className="ml-auto text-11 text-3">
          {over ? 'done' : `step ${Math.min(at + 1, guideSteps.length)} of ${guideSteps.length}`}
        </span>
        <IconButton
          size="s"
          label={over ? 'Close the guide' : 'Leave the guide'}
          icon={<X size={14} aria-hidden />}
          onClick={onLeave}
          className="-my-1 self-center"
        />
      </div>
      <GuideSteps at={at} own={!practice} />
      <div className="mt-auto flex items-center gap-2 pt-3 pl-2.5">
        {over || act === null ? (
          <Button look={over ? 'primary' : 'default'} busy={workbench.busy} onClick={workbench.open}>
            Open on the workbench
            <ArrowRight size={13} aria-hidden />
          </Button>
        ) : (
          <Button disabled={!able} onClick={() => store.getState().edit(label, act)}>
            <WandSparkles size={13} aria-hidden />
            Do it for me
          </Button>
        )}
        <Button look="quiet" disabled={!undoable} onClick={() => store.getState().undo()}>
          Back
        </Button>
        {!over && act !== null && (
          <span className="ml-auto flex items-center gap-1.5 text-11 text-3 max-xl:hidden">
            keyboard <Kbd>C</Kbd>
          </span>
        )}
      </div>
    </div>
  )
}

const after = 'On the workbench a click on a trade shows why it was taken.'

const Tip = () => {
  const { over, step } = useGuide()
  const practice = useDocument(isPractice)
  const how = practice ? step.how : (step.own?.how ?? step.how)
  return (
    <div
      role="status"
      className="flex min-h-[58px] flex-none items-start gap-2.5 border-t border-line-1 bg-raised px-4 py-2.5 text-12 leading-[18px] text-2"
    >
      <Lightbulb size={14} className="mt-0.5 flex-none text-3" aria-hidden />
      <p>
        {over && <b>That was your first backtest. </b>}
        <Sentence text={over ? after : how} />
        <span className="block text-11 leading-4 text-3">{step.effect}</span>
      </p>
    </div>
  )
}

/** A wire of the guide moves nodes into their lanes: with each, all of the Play is brought into sight. */
const useAwaited = (): void => {
  const awaited = useDocument(({ document }) => awaitedIn(document.tree).join(' '))
  useEffect(() => useView.setState({ awaited: awaited.split(' '), reveal: { node: null } }), [awaited])
  useEffect(() => () => useView.setState({ awaited: [] }), [])
}

const Stage = () => {
  useAwaited()
  const asking = useView(({ question }) => question !== null)
  const title = useDocument(({ document }) => document.tree.title ?? '')
  return (
    <div className="relative flex min-h-0 min-w-0 flex-col bg-canvas max-lg:min-h-[420px]">
      {asking ? (
        <ExplainBar />
      ) : (
        <div className="flex h-11 flex-none items-center gap-2 px-4">
          <b className="truncate text-13 text-1">{title}</b>
          <Chip tone="outline">template</Chip>
        </div>
      )}
      <div className="min-h-0 flex-1">
        <Boundary what="The graph">
          <Canvas />
        </Boundary>
      </div>
      <Tip />
    </div>
  )
}

const Market = () => {
  const synthetic = useDocument(isPractice)
  return (
    <div className="grid min-h-0 min-w-0 grid-rows-[44px_minmax(0,1fr)_auto] bg-panel max-xl:col-span-full max-xl:grid-rows-[44px_260px_auto]">
      <div className="flex items-center gap-2 px-4">
        <h3 className="sr-only">{synthetic ? 'Practice market' : 'Market'}</h3>
        <span className="-ml-2.5 flex min-w-0 flex-1">
          <MarketMenu />
          <SettingsMenu />
        </span>
        {synthetic && <SyntheticChip />}
      </div>
      <div className="min-h-0 border-y border-line-1">
        <Boundary what="The chart">
          <Chart />
        </Boundary>
      </div>
      <FirstResult />
    </div>
  )
}

export interface FirstRunProps {
  /** Of its Play, which is stored with the first edit. */
  readonly id: string
  /** A market that bars have just come of. */
  readonly offered: string | null
  readonly onLeave: () => void
}

/** Bars that were dropped onto the page meanwhile are what the trader wants to see: said, and undone with one press. */
const useOffered = (store: DocumentStore, offered: string | null): void => {
  useEffect(() => {
    const { undo, document } = store.getState()
    if (offered === null || document.tree.markets.main === offered) return
    tradeMarket(store, offered)
    notify({
      tone: 'you',
      text: `The first backtest runs on ${marketWord(offered)} now.`,
      action: { label: 'Undo', run: undo },
    })
  }, [store, offered])
}

const Live = ({ id, open, offered, onLeave }: FirstRunProps & { open: Ready }) => {
  const { store, role, takeOver, flush } = open
  const session = useEngine(store)
  useWorkbenchKeys({ store })
  useOffered(store, offered)
  useEffect(() => {
    const keep = (): void => {
      if (store.getState().history.steps.length > 0) guided.start(id)
    }
    keep()
    return store.subscribe(keep)
  }, [store, id])
  if (session === null) return <Waiting />
  return (
    <SessionProvider session={session}>
      <section aria-labelledby="first-backtest" className="overflow-hidden rounded-card border border-line-1 bg-line-1">
        <TabNotice role={role} takeOver={takeOver} flush={flush} />
        <div className="grid grid-cols-[260px_minmax(0,1fr)] gap-px lg:h-[512px] max-xl:lg:h-auto xl:grid-cols-[286px_minmax(0,1fr)_346px]">
          <Steps id={id} open={open} onLeave={onLeave} />
          <Stage />
          <Market />
        </div>
      </section>
    </SessionProvider>
  )
}

const Waiting = () => (
  <div className="h-[514px] rounded-card border border-line-1 bg-panel">
    <SkeletonLines lines={5} label="The first backtest is on its way" />
  </div>
)

export const FirstRun = (props: FirstRunProps) => {
  const open = useOpenPlay(props.id, fresh)
  return open.kind === 'ready' ? <Live key={props.id} open={open} {...props} /> : <Waiting />
}
