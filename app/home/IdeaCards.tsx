// The example Plays as cards: a drawing, a title and two lines on what each teaches.
'use client'
import { LoaderCircle } from 'lucide-react'
import { Drawing } from './Drawing'
import { examplePlay, type Idea, ideas } from './ideas'

const count = (name: string): number => Object.keys(examplePlay(name).tree.nodes).length

const Card = ({ idea, busy, onOpen }: { idea: Idea; busy: boolean; onOpen: () => void }) => (
  <button
    type="button"
    onClick={onOpen}
    aria-busy={busy || undefined}
    className="flex min-w-0 flex-col overflow-hidden rounded-card max-sm:flex-row border border-line-1 bg-panel text-left transition-colors duration-(--move-fast) hover:border-line-3"
  >
    <span className="block w-full border-b border-line-1 bg-canvas px-2 py-3 max-sm:flex max-sm:w-28 max-sm:flex-none max-sm:items-center max-sm:border-r max-sm:border-b-0">
      <Drawing sketch={idea.sketch} />
    </span>
    <span className="flex w-full flex-1 flex-col gap-0.5 px-3 py-2.5">
      <span className="flex items-baseline gap-2">
        <b className="min-w-0 flex-1 truncate text-12 text-1">{idea.title}</b>
        <span className="flex flex-none items-center gap-1.5 text-11 text-3">
          {busy && <LoaderCircle size={12} className="animate-spin" aria-hidden />}
          {count(idea.name)} nodes
        </span>
      </span>
      <span className="text-11 leading-4 text-2">{idea.lines[0]}</span>
      <span className="text-11 leading-4 text-3">{idea.lines[1]}</span>
    </span>
  </button>
)

export interface IdeaCardsProps {
  /** Name of the idea that is being opened. */
  readonly busy: string | null
  readonly onOpen: (name: string) => void
}

export const IdeaCards = ({ busy, onOpen }: IdeaCardsProps) => (
  <ul className="grid grid-cols-[repeat(auto-fit,minmax(190px,1fr))] gap-3">
    {ideas.map((idea) => (
      <li key={idea.name} className="flex min-w-0 *:flex-1">
        <Card idea={idea} busy={busy === idea.name} onOpen={() => onOpen(idea.name)} />
      </li>
    ))}
  </ul>
)
