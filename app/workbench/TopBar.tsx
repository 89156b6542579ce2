// The bar above everything: which Play, on which market and range, undo, the three faces, and what else can be done.
// It never wraps: words drop to icons first, and what the commands hold as well goes next.
'use client'
import { Download, GitFork, TextAlignStart, TextInitial, Workflow } from 'lucide-react'
import Link from 'next/link'
import { FindButton } from '../commands/FindButton'
import { HistoryButtons } from '../document/HistoryMenu'
import { SyncMenu } from '../sync/SyncMenu'
import { SyntheticChip } from '../ui/Chip'
import { IconButton } from '../ui/IconButton'
import { ModeBadge } from '../ui/ModeBadge'
import { Segmented } from '../ui/Segmented'
import { ThemeToggle } from '../ui/ThemeToggle'
import { belowTablet, useMedia } from '../ui/useMedia'
import { MarketMenu } from './MarketMenu'
import { PlayTitle } from './PlayTitle'
import { RangeMenu } from './RangeMenu'
import { SettingsMenu } from './SettingsMenu'
import { Bar } from './Shell'
import { useDocument } from './session'
import { type Face, useView } from './view'

const faces = [
  {
    value: 'graph',
    label: (
      <>
        <Workflow size={13} aria-hidden /> <span className="max-xl:sr-only">Graph</span>
      </>
    ),
  },
  {
    value: 'text',
    label: (
      <>
        <TextInitial size={13} aria-hidden /> <span className="max-xl:sr-only">Text</span>
      </>
    ),
  },
  {
    value: 'words',
    label: (
      <>
        <TextAlignStart size={13} aria-hidden /> <span className="max-xl:sr-only">Words</span>
      </>
    ),
  },
] as const satisfies readonly { value: Face; label: unknown }[]

const Separator = () => <span aria-hidden className="mx-0.5 h-4 w-px flex-none bg-line-2" />

export interface TopBarProps {
  readonly onFind: () => void
  readonly onExport: () => void
  readonly onDuplicate: () => void
}

/** Where there is no room to draw there are no tools. */
const ReaderBar = () => {
  const title = useDocument(({ document }) => document.tree.title ?? document.tree.play)
  return (
    <Bar>
      <h1 className="min-w-0 flex-1 truncate text-13 font-semibold text-1">{title}</h1>
      <ModeBadge mode="backtest" />
      <ThemeToggle />
    </Bar>
  )
}

export const TopBar = (props: TopBarProps) => {
  const phone = useMedia(belowTablet)
  return phone ? <ReaderBar /> : <Tools {...props} />
}

const Tools = ({ onFind, onExport, onDuplicate }: TopBarProps) => {
  const face = useView((view) => view.face)
  const synthetic = useDocument(({ document }) =>
    Object.values(document.tree.markets)
      .flat()
      .some((id) => id.startsWith('synthetic:')),
  )
  return (
    <Bar>
      <nav aria-label="Where you are" className="flex min-w-12 items-center gap-1.5 text-13 text-3">
        <Link href="/" className="text-3 hover:text-1 max-xl:hidden">
          Plays
        </Link>
        <span aria-hidden className="max-xl:hidden">
          ›
        </span>
        <PlayTitle />
      </nav>
      <SyncMenu />
      <ModeBadge mode="backtest" />
      {synthetic && (
        <span className="flex max-lg:hidden">
          <SyntheticChip />
        </span>
      )}
      <span className="flex-1" />
      <MarketMenu />
      <RangeMenu />
      <SettingsMenu />
      <Separator />
      <HistoryButtons />
      <Segmented
        label="Face of the Play"
        value={face}
        choices={faces}
        onValue={(next) => useView.setState({ face: next })}
      />
      <Separator />
      <FindButton onFind={onFind} />
      <IconButton
        label="Duplicate this Play"
        icon={<GitFork size={15} aria-hidden />}
        onClick={onDuplicate}
        className="max-lg:hidden"
      />
      <IconButton
        label="Export as a file"
        icon={<Download size={15} aria-hidden />}
        onClick={onExport}
        className="max-lg:hidden"
      />
      <ThemeToggle />
    </Bar>
  )
}
