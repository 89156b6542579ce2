// "Verify again": the same run once more, and whether it came out the same to the last bit.
'use client'
import { ShieldCheck, X } from 'lucide-react'
import Link from 'next/link'
import type { Report } from '../../blocks/engine/report/document'
import { BugReport } from '../results/BugReport'
import { counted } from '../results/format'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { Tooltip } from '../ui/Tooltip'
import { Verdict } from '../ui/Verdict'
import { againSides, useAgain } from './useAgain'

export const AgainButton = ({ id, report }: { id: string; report: Report }) => {
  const { again, run } = useAgain(id, report)
  if (again.kind === 'busy')
    return (
      <Tooltip text={`The server runs the same once more: ${again.step}`}>
        <Button size="s" look="quiet" onClick={again.cancel}>
          <X size={13} aria-hidden />
          Cancel
        </Button>
      </Tooltip>
    )
  if (again.kind === 'identical')
    return (
      <Link href={`/run/${again.id}`} className="flex items-center gap-1.5 text-11 text-2 hover:text-1">
        <Verdict kind="pass" word="verified" /> Run again: identical
      </Link>
    )
  if (again.kind === 'differs')
    return (
      <Popover
        label="What differs between this run and the same once more"
        align="end"
        className="max-h-96 w-[420px] max-w-[calc(100vw-16px)] overflow-y-auto"
        trigger={
          <Button size="s" look="danger">
            {`Bug: ${counted(Math.max(1, again.bug.rows.length), 'difference')}`}
          </Button>
        }
      >
        <BugReport bug={again.bug} sides={againSides} />
      </Popover>
    )
  return (
    <Tooltip
      text={again.kind === 'failed' ? again.message : 'Runs the same once more on the server and compares every hash'}
    >
      <Button size="s" onClick={run}>
        <ShieldCheck size={13} aria-hidden />
        {again.kind === 'failed' ? 'Not verified, try again' : 'Verify again'}
      </Button>
    </Tooltip>
  )
}
