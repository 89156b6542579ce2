// The rail at the left edge: the places of the program. Those that are not built yet are not shown.
'use client'
import { Activity, BookOpen, Database, History, House, Workflow } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

const Place = ({
  href,
  label,
  here,
  children,
}: {
  href: string
  label: string
  here: boolean
  children: ReactNode
}) => (
  <Link
    href={href}
    aria-label={label}
    title={label}
    aria-current={here ? 'page' : undefined}
    className={`grid size-9 place-items-center rounded-node transition-colors ${
      here ? 'bg-active text-1' : 'text-3 hover:bg-hover hover:text-1'
    }`}
  >
    {children}
  </Link>
)

export interface RailProps {
  /** The place that is open. */
  readonly at: 'home' | 'play' | 'runs' | 'data' | 'health' | 'nowhere'
  /** Id of the open Play. */
  readonly play?: string
  /** Opens the list of keys. */
  readonly onHelp?: () => void
}

/** A phone has no room for it: there the mark in the bar leads home. */
export const Rail = ({ at, play, onHelp }: RailProps) => (
  <nav aria-label="Places" className="flex flex-col items-center gap-0.5 bg-panel py-2 max-md:hidden">
    <Place href="/" label="Home" here={at === 'home'}>
      <House size={18} strokeWidth={1.6} aria-hidden />
    </Place>
    {play !== undefined && (
      <Place href={`/play/${play}`} label="Play" here={at === 'play'}>
        <Workflow size={18} strokeWidth={1.6} aria-hidden />
      </Place>
    )}
    <Place href="/data" label="Data" here={at === 'data'}>
      <Database size={18} strokeWidth={1.6} aria-hidden />
    </Place>
    <Place href="/runs" label="Runs" here={at === 'runs'}>
      <History size={18} strokeWidth={1.6} aria-hidden />
    </Place>
    <span className="flex-1" />
    <Place href="/health" label="Health" here={at === 'health'}>
      <Activity size={18} strokeWidth={1.6} aria-hidden />
    </Place>
    {onHelp !== undefined && (
      <button
        type="button"
        aria-label="Keys"
        title="Keys ?"
        onClick={onHelp}
        className="grid size-9 place-items-center rounded-node text-3 hover:bg-hover hover:text-1"
      >
        <BookOpen size={18} strokeWidth={1.6} aria-hidden />
      </button>
    )}
  </nav>
)
