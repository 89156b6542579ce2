// Says that another tab or browser writes this Play, and that a save failed: above the Play, until it is settled.
'use client'
import { Eye, GitCompareArrows, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ConflictDialog } from '../sync/ConflictDialog'
import { nameOf, useSync } from '../sync/sync'
import { Button } from '../ui/Button'
import { notify } from '../ui/notify'
import { useSession } from '../workbench/session'
import { useSaveState } from './autosave'
import { download, fileName, fileText } from './file'
import { useGone } from './gone'
import { storage } from './storage'
import type { Role } from './tabs'
import { troubleText } from './trouble'

export interface TabNoticeProps {
  readonly role: Role
  readonly takeOver: () => Promise<void>
  /** Tries to save again. */
  readonly flush: () => Promise<boolean>
}

const Strip = ({
  tone,
  icon,
  children,
  action,
}: {
  tone: 'you' | 'neg'
  icon: React.ReactNode
  children: React.ReactNode
  action: React.ReactNode
}) => (
  <div
    role="status"
    className={`flex flex-none items-center gap-2 border-b px-3 py-1.5 text-12 ${
      tone === 'you' ? 'border-you-line bg-you-bg text-1' : 'border-neg-line bg-neg-bg text-1'
    }`}
  >
    <span className={tone === 'you' ? 'text-you' : 'text-neg'}>{icon}</span>
    <span className="min-w-0 flex-1">{children}</span>
    {action}
  </div>
)

const bringBack = async (id: string): Promise<void> => {
  try {
    await (await storage()).restore(id)
    // The other tabs are told by the store; this one may have been the only one.
    useGone.setState({ gone: false })
    // The server may have been told of the deletion.
    void useSync.getState().check?.()
  } catch (error) {
    notify({ tone: 'error', text: 'Not brought back', detail: troubleText(error) })
  }
}

const GoneElsewhere = ({ bringBack }: { bringBack: () => Promise<void> }) => {
  const [busy, setBusy] = useState(false)
  const back = (): void => {
    setBusy(true)
    void bringBack().finally(() => setBusy(false))
  }
  return (
    <Strip
      tone="neg"
      icon={<Trash2 size={14} aria-hidden />}
      action={
        <Button size="s" busy={busy} onClick={back}>
          Bring it back
        </Button>
      }
    >
      This Play was deleted in another browser. It is still here, with all your edits.
    </Strip>
  )
}

/** What another browser did to this Play. */
const Elsewhere = () => {
  const { state, answer, bringBack } = useSync()
  const [comparing, setComparing] = useState(false)
  const theirs = state.kind === 'choose' ? state.theirs : null
  if (state.kind === 'gone' && bringBack !== null) return <GoneElsewhere bringBack={bringBack} />
  if (state.kind === 'unread')
    return (
      <Strip
        tone="you"
        icon={<GitCompareArrows size={14} aria-hidden />}
        action={
          <Button size="s" onClick={() => window.location.reload()}>
            Load the page again
          </Button>
        }
      >
        Another browser saved this Play with a newer version of this page. Yours stays in this browser until then.
      </Strip>
    )
  if (theirs === null || answer === null) return null
  return (
    <>
      <Strip
        tone="you"
        icon={<GitCompareArrows size={14} aria-hidden />}
        action={
          <Button size="s" onClick={() => setComparing(true)}>
            Compare and choose
          </Button>
        }
      >
        Changed here and in {nameOf(theirs.origin)}. Both versions are kept until you choose, and after.
      </Strip>
      {comparing && <ConflictDialog theirs={theirs} onAnswer={answer} onClose={() => setComparing(false)} />}
    </>
  )
}

const NotSaved = ({ message, flush }: { message: string; flush: () => Promise<boolean> }) => {
  const { store } = useSession()
  const exportFile = (): void => {
    const { document } = store.getState()
    download(fileName(document.tree), fileText(document))
  }
  return (
    <Strip
      tone="neg"
      icon={<TriangleAlert size={14} aria-hidden />}
      action={
        <>
          <Button size="s" onClick={exportFile}>
            Export as a file
          </Button>
          <Button size="s" onClick={() => void flush()}>
            Save again
          </Button>
        </>
      }
    >
      Not saved. {message} Your edits are still here: export the Play before you close this tab.
    </Strip>
  )
}

export const TabNotice = ({ role, takeOver, flush }: TabNoticeProps) => {
  const state = useSaveState((one) => one.state)
  const gone = useGone((one) => one.gone)
  const { store } = useSession()
  const [busy, setBusy] = useState(false)
  const take = (): void => {
    setBusy(true)
    void takeOver().finally(() => setBusy(false))
  }
  if (gone)
    return (
      <Strip
        tone="neg"
        icon={<Trash2 size={14} aria-hidden />}
        action={
          <Button size="s" onClick={() => void bringBack(store.getState().document.id)}>
            Bring it back
          </Button>
        }
      >
        This Play was deleted in another tab. It can be brought back for a day.
      </Strip>
    )
  if (role === 'follower')
    return (
      <Strip
        tone="you"
        icon={<Eye size={14} aria-hidden />}
        action={
          <Button size="s" busy={busy} onClick={take}>
            Edit here
          </Button>
        }
      >
        This Play is open in another tab. You see its edits as they are made.
      </Strip>
    )
  if (state.kind === 'failed') return <NotSaved message={state.message} flush={flush} />
  return <Elsewhere />
}
