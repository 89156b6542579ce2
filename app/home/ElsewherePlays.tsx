// Plays that the server keeps and this browser has not: each opens, and is a Play of this browser from then on.
'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useId, useState } from 'react'
import { useApi, useApiClient } from '../ApiProvider'
import { ago } from '../document/times'
import { counted } from '../results/format'
import { useKeeps } from '../results/useKeeps'
import { useSwept } from '../sync/sync'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { type ElsewhereParts, removeElsewhere } from './changeElsewhere'
import type { Plays } from './usePlays'

interface Head {
  readonly id: string
  readonly title: string
  readonly revision: number
  readonly changedMs: number
  readonly deleted: boolean
}

/** Newest first. */
const elsewhere = (heads: readonly Head[], known: ReadonlySet<string>): readonly Head[] =>
  heads
    .filter(({ id, revision, deleted }) => !deleted && revision > 0 && !known.has(id))
    .sort((a, b) => b.changedMs - a.changedMs || (a.id < b.id ? -1 : 1))

const useHeads = () => {
  const api = useApi()
  const client = useApiClient()
  const queries = useQueryClient()
  const { data } = useQuery(api.play.heads.queryOptions(undefined, { enabled: useKeeps() }))
  const swept = useSwept(({ times }) => times)
  const filter = api.play.heads.queryFilter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look at the server is a reason to ask anew
  useEffect(() => void queries.invalidateQueries(filter), [swept])
  const { play } = client
  const parts: ElsewhereParts = {
    remove: (id) => play.remove.mutate({ id }),
    restore: (id) => play.restore.mutate({ id }),
    changed: () => void queries.invalidateQueries(filter),
  }
  const remove = (head: Head): Promise<void> => removeElsewhere(head, parts)
  return { heads: data ?? [], remove }
}

const Row = ({ head, nowMs, onRemove }: { head: Head; nowMs: number; onRemove: () => void }) => (
  <li className="flex h-[30px] items-center gap-3 border-t border-line-1 pr-2 pl-3 hover:bg-hover max-md:h-12">
    <Link
      href={`/play/${head.id}`}
      className="min-w-0 flex-1 truncate rounded-chip py-2 font-semibold text-1 hover:underline"
    >
      {head.title}
    </Link>
    <span className="flex-none text-3 tabular-nums">{ago(head.changedMs, nowMs)}</span>
    <IconButton
      size="s"
      className="pointer-coarse:size-9"
      label={`Delete ${head.title}`}
      icon={<Trash2 size={13} aria-hidden />}
      onClick={onRemove}
    />
  </li>
)

/** Open from the start where this browser has none of its own: on a new machine they are what is looked for. */
export const ElsewherePlays = ({ plays }: { plays: Plays }) => {
  const { heads, remove } = useHeads()
  const [chosen, setChosen] = useState<boolean | null>(null)
  const list = useId()
  if (plays.kind !== 'listed') return null
  const others = elsewhere(heads, plays.known)
  if (others.length === 0) return null
  const open = chosen ?? plays.known.size === 0
  return (
    <section aria-label="Plays of other browsers">
      <h2 className="mb-2.5 text-13 font-semibold text-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setChosen(!open)}
          className="flex items-center gap-1 rounded-chip hover:text-1"
        >
          <ChevronRight size={14} aria-hidden className={classes('transition-transform', open && 'rotate-90')} />
          {counted(others.length, 'Play')} from other browsers
        </button>
      </h2>
      {open && (
        <ul
          id={list}
          className="max-h-72 overflow-y-auto rounded-card border border-line-1 bg-panel text-12 [&>li:first-child]:border-t-0"
        >
          {others.map((head) => (
            <Row key={head.id} head={head} nowMs={plays.nowMs} onRemove={() => void remove(head)} />
          ))}
        </ul>
      )}
    </section>
  )
}
