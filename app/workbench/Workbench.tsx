// The workbench of one Play: opens its document, starts the engine and the automatic runs, and lays out the panels.
'use client'
import { FileQuestion, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { CommandPalette } from '../commands/CommandPalette'
import { HelpDialog } from '../commands/HelpDialog'
import { download, fileName, fileText } from '../document/file'
import { type OpenPlay, useOpenPlay } from '../document/openPlay'
import { storage } from '../document/storage'
import { TabNotice } from '../document/TabNotice'
import { startEngine } from '../engine/start'
import { Guide } from '../home/Guide'
import { Empty } from '../ui/Empty'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { startAutorun } from './autorun'
import { Frame } from './Frame'
import { Rail } from './Rail'
import { type Session, SessionProvider } from './session'
import { TopBar } from './TopBar'
import { useWorkbenchKeys } from './useWorkbenchKeys'
import { resetView } from './view'

type Ready = Extract<OpenPlay, { kind: 'ready' }>

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The engine lives as long as the page shows this store. */
const useSessionOf = ({ store }: Ready): Session | null => {
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    const engine = startEngine()
    const stop = startAutorun({ store, engine })
    setSession({ store, engine })
    return () => {
      stop()
      engine.close()
      resetView()
    }
  }, [store])
  return session
}

const Bench = ({ id, open }: { id: string; open: Ready }) => {
  const session = useSessionOf(open)
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
  if (session === null) return <SkeletonLines label="Opening the Play" />
  return (
    <SessionProvider session={session}>
      <TopBar {...actions} />
      <Rail at="play" play={id} onHelp={actions.onHelp} />
      <Frame
        notices={
          <>
            <TabNotice role={role} takeOver={takeOver} flush={flush} />
            <Guide id={id} />
          </>
        }
      />
      <CommandPalette open={finding} onOpen={setFinding} />
      <HelpDialog open={helping} onOpen={setHelping} />
    </SessionProvider>
  )
}

const Message = ({ open }: { open: Exclude<OpenPlay, { kind: 'ready' }> }) => {
  if (open.kind === 'loading') return <SkeletonLines label="Opening the Play" />
  const missing = open.kind === 'missing'
  return (
    <Empty
      icon={missing ? <FileQuestion aria-hidden /> : <TriangleAlert aria-hidden />}
      title={missing ? 'This Play is not on this machine' : 'The Plays of this browser cannot be read'}
      action={<Link href="/">All Plays</Link>}
    >
      {missing
        ? 'It was deleted, or it was made in another browser. Import its file to open it here.'
        : `${open.message} Nothing was changed.`}
    </Empty>
  )
}

/** `id`: of the document in this browser. */
export const Workbench = ({ id }: { id: string }) => {
  const open = useOpenPlay(id)
  return (
    <div className="grid h-dvh grid-cols-[48px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)] gap-px bg-line-1">
      {open.kind === 'ready' ? (
        <Bench key={id} id={id} open={open} />
      ) : (
        <main className="col-span-full row-span-full bg-app">
          <Message open={open} />
        </main>
      )}
    </div>
  )
}
