// Says that another tab writes this Play, and that a save failed: above the Play, until it is settled.
'use client'
import { Eye, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button'
import { useSaveState } from './autosave'
import type { Role } from './tabs'

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

export const TabNotice = ({ role, takeOver, flush }: TabNoticeProps) => {
  const state = useSaveState((one) => one.state)
  const [busy, setBusy] = useState(false)
  const take = (): void => {
    setBusy(true)
    void takeOver().finally(() => setBusy(false))
  }
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
  if (state.kind === 'failed')
    return (
      <Strip
        tone="neg"
        icon={<TriangleAlert size={14} aria-hidden />}
        action={
          <Button size="s" onClick={() => void flush()}>
            Save again
          </Button>
        }
      >
        Not saved: {state.message} Your edits are still here. Export the Play as a file before you close this tab.
      </Strip>
    )
  return null
}
