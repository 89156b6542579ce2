// The bar above everything: which Play, on which market and range, undo, the three faces, and what else can be done.
'use client'
import { Download, GitFork, Search, TextAlignStart, TextInitial, Workflow } from 'lucide-react'
import Link from 'next/link'
import { HistoryButtons } from '../document/HistoryMenu'
import { Button } from '../ui/Button'
import { SyntheticChip } from '../ui/Chip'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { ModeBadge } from '../ui/ModeBadge'
import { Segmented } from '../ui/Segmented'
import { ThemeToggle } from '../ui/ThemeToggle'
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
        <Workflow size={13} aria-hidden /> Graph
      </>
    ),
  },
  {
    value: 'text',
    label: (
      <>
        <TextInitial size={13} aria-hidden /> Text
      </>
    ),
  },
  {
    value: 'words',
    label: (
      <>
        <TextAlignStart size={13} aria-hidden /> Words
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

export const TopBar = ({ onFind, onExport, onDuplicate }: TopBarProps) => {
  const face = useView((view) => view.face)
  const synthetic = useDocument(({ document }) =>
    Object.values(document.tree.markets)
      .flat()
      .some((id) => id.startsWith('synthetic:')),
  )
  return (
    <Bar>
      <nav aria-label="Where you are" className="flex min-w-0 items-center gap-1.5 text-13 text-3">
        <Link href="/" className="text-3 hover:text-1 max-lg:hidden">
          Plays
        </Link>
        <span aria-hidden className="max-lg:hidden">
          ›
        </span>
        <PlayTitle />
      </nav>
      <ModeBadge mode="backtest" />
      {synthetic && <SyntheticChip />}
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
      <Button
        look="quiet"
        onClick={onFind}
        aria-label="Find or do"
        aria-keyshortcuts="Control+K Meta+K"
        className="px-1.5"
      >
        <Search size={15} aria-hidden />
        <Kbd>⌘K</Kbd>
      </Button>
      <IconButton label="Duplicate this Play" icon={<GitFork size={15} aria-hidden />} onClick={onDuplicate} />
      <IconButton label="Export as a file" icon={<Download size={15} aria-hidden />} onClick={onExport} />
      <ThemeToggle />
    </Bar>
  )
}
