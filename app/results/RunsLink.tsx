// The way from a Play to what was run of it on the server.
'use client'
import { History } from 'lucide-react'
import Link from 'next/link'
import { Tooltip } from '../ui/Tooltip'
import { useDocument } from '../workbench/session'
import { useKeeps } from './useKeeps'

export const RunsLink = () => {
  const id = useDocument(({ document }) => document.id)
  if (!useKeeps()) return null
  return (
    <Tooltip text="Runs of this Play on the server">
      <Link
        href={`/runs?play=${id}`}
        aria-label="Runs of this Play"
        className="grid size-6 flex-none place-items-center rounded-node text-2 hover:bg-hover hover:text-1"
      >
        <History size={14} aria-hidden />
      </Link>
    </Tooltip>
  )
}
