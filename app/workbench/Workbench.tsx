// The workbench of one Play: opens its document, starts the engine and the automatic runs, and lays out the panels.
'use client'
import { CloudOff, FileQuestion, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { CommandPalette } from '../commands/CommandPalette'
import { HelpDialog } from '../commands/HelpDialog'
import { download, fileName, fileText } from '../document/file'
import { type OpenPlay, useOpenPlay } from '../document/openPlay'
import { storage } from '../document/storage'
import { TabNotice } from '../document/TabNotice'
import { Guide } from '../home/Guide'
import { keepLibrary } from '../library/keepLibrary'
import { keepSweeping } from '../sync/sync'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { Frame } from './Frame'
import { Message, PlainBar, Shell } from './Shell'
import { SessionProvider } from './session'
import { TopBar } from './TopBar'
import { useEngine } from './useEngine'
import { useWorkbenchKeys } from './useWorkbenchKeys'

type Ready = Extract<OpenPlay, { kind: 'ready' }>

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const Bench = ({ id, open }: { id: string; open: Ready }) => {
  const session = useEngine(open.store)
  const router = useRouter()
  const [finding, setFinding] = useState(false)
  const [helping, setHelping] = useState(false)
  const { store, role, takeOver, flush } = open
  const actions = useMemo(
    () => ({
      onFind: () => setFinding(true),
      onHelp: () => setHelping(true),
      onExport: () => {
        const { document } = store.getState()
        download(fileName(document.tree), fileText(document))
      },
      onDuplicate: () => {
        void (async () => {
          await flush()
          const copy = await (await storage()).duplicate(id)
          if (copy === null) throw new Error('This Play is no longer stored in this browser.')
          router.push(`/play/${copy}`)
        })().catch((error: unknown) => notify({ tone: 'error', text: 'No copy was made', detail: said(error) }))
      },
    }),
    [id, store, flush, router],
  )
  useWorkbenchKeys({ store, ...actions })
  if (session === null) return <Opening />
  return (
    <SessionProvider session={session}>
      <Shell bar={<TopBar {...actions} />} at="play" play={id} onHelp={actions.onHelp}>
        <Frame
          notices={
            <>
              <TabNotice role={role} takeOver={takeOver} flush={flush} />
              <div className="contents max-md:hidden">
                <Guide id={id} />
              </div>
            </>
          }
        />
      </Shell>
      <CommandPalette open={finding} onOpen={setFinding} onDuplicate={actions.onDuplicate} />
      <HelpDialog open={helping} onOpen={setHelping} />
    </SessionProvider>
  )
}

const toHome =
  'inline-flex h-7 items-center rounded-node bg-1 px-2.5 font-semibold text-ink no-underline hover:opacity-88'

const Away = () => (
  <Message title="Not opened" at="nowhere">
    <Empty
      icon={<CloudOff size={20} aria-hidden />}
      title="This Play is not in this browser, and the server does not answer"
      action={
        <Button look="primary" onClick={() => window.location.reload()}>
          Try again
        </Button>
      }
    >
      The server may have it. Start it with <code>npm start</code>, then try again. Nothing was changed.
    </Empty>
  </Message>
)

const Closed = ({ open }: { open: Extract<OpenPlay, { kind: 'missing' | 'failed' }> }) => {
  const missing = open.kind === 'missing'
  return (
    <Message title={missing ? 'No such Play' : 'Not opened'} at="nowhere">
      <Empty
        icon={missing ? <FileQuestion size={20} aria-hidden /> : <TriangleAlert size={20} aria-hidden />}
        title={missing ? 'This Play is not on this machine' : 'The Plays of this browser cannot be read'}
        action={
          <Link href="/" className={toHome}>
            All Plays
          </Link>
        }
      >
        {missing
          ? 'It was deleted, or it was made in another browser and never reached this server. If you have its file, drop it on the page of all Plays.'
          : `${open.message} Nothing was changed. Allow this page to store data, or leave the private window, and load the page again.`}
      </Empty>
    </Message>
  )
}

const Opening = () => (
  <Shell bar={<PlainBar title="Opening the Play" />} at="nowhere">
    <main className="min-h-0 bg-app">
      <SkeletonLines label="Opening the Play" />
    </main>
  </Shell>
)

/** `id`: of the document in this browser. */
export const Workbench = ({ id }: { id: string }) => {
  const open = useOpenPlay(id)
  useEffect(keepSweeping, [])
  useEffect(keepLibrary, [])
  if (open.kind === 'loading') return <Opening />
  if (open.kind === 'away') return <Away />
  return open.kind === 'ready' ? <Bench key={id} id={id} open={open} /> : <Closed open={open} />
}
