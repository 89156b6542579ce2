// Find or do on home: every Play, every idea, and what can be begun.
'use client'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import type { Command } from '../commands/commands'
import { CommandList, FindDialog } from '../commands/FindDialog'
import type { Listed } from '../document/storage'
import { currentTheme, setTheme } from '../ui/theme'
import { marketWord } from '../workbench/markets'
import { ideas } from './ideas'

export interface HomeDoers {
  readonly empty: () => void
  readonly example: (name: string) => void
  readonly help: () => void
}

export interface HomePaletteProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly plays: readonly Listed[]
  readonly does: HomeDoers
}

/** What can be found and done on home. Pure but for what it is handed. */
export const homeCommands = (
  plays: readonly Listed[],
  { empty, example, help, open, theme }: HomeDoers & { open: (path: string) => void; theme: () => void },
): readonly Command[] => [
  { id: 'empty', group: 'Begin', label: 'Empty Play', about: 'new', run: empty },
  ...plays.map(({ id, title, markets, tf }) => ({
    id: `play ${id}`,
    group: 'Open',
    label: title,
    about: [...markets.map(marketWord), tf].join(' '),
    run: () => open(`/play/${id}`),
  })),
  ...ideas.map(({ name, title, lines }) => ({
    id: `idea ${name}`,
    group: 'Begin',
    label: title,
    about: lines[0],
    run: () => example(name),
  })),
  { id: 'theme', group: 'Show', label: 'Change between dark and light', about: 'theme', run: theme },
  { id: 'help', group: 'Show', label: 'Show all keys', about: 'help', key: '?', run: help },
]

const Commands = ({ plays, does, onDone }: Pick<HomePaletteProps, 'plays' | 'does'> & { onDone: () => void }) => {
  const router = useRouter()
  const commands = useMemo(
    () =>
      homeCommands(plays, {
        ...does,
        open: (path) => router.push(path),
        theme: () => setTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
      }),
    [plays, does, router],
  )
  return <CommandList commands={commands} placeholder="Open a Play, begin one, do anything" onDone={onDone} />
}

export const HomePalette = ({ open, onOpen, plays, does }: HomePaletteProps) => (
  <FindDialog open={open} onOpen={onOpen}>
    <Commands plays={plays} does={does} onDone={() => onOpen(false)} />
  </FindDialog>
)
