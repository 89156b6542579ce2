// Where one is when looking into Blocks, and the way back.
'use client'
import { ChevronRight } from 'lucide-react'
import { Chip } from '../ui/Chip'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { titleOf } from './words'

export const Breadcrumbs = () => {
  const inside = useView((view) => view.inside)
  const tree = useDocument((state) => state.document.tree)
  if (inside.length === 0) return null
  const steps = [
    { label: tree.title ?? titleOf(tree.play), depth: 0 },
    ...inside.map((id, i) => ({ label: titleOf(id), depth: i + 1 })),
  ]
  return (
    <nav
      aria-label="Inside a Block"
      className="absolute top-2.5 left-2.5 z-10 flex items-center gap-1 rounded-card border border-line-2 bg-raised px-2 py-1 text-12 shadow-rest"
    >
      {steps.map(({ label, depth }) => (
        <span key={depth} className="flex items-center gap-1">
          {depth > 0 && <ChevronRight size={12} className="text-3" aria-hidden />}
          {depth === inside.length ? (
            <b aria-current="page">{label}</b>
          ) : (
            <button
              type="button"
              className="max-w-48 truncate rounded-chip px-1 text-you hover:underline"
              onClick={() => useView.setState({ inside: inside.slice(0, depth), selected: [] })}
            >
              {label}
            </button>
          )}
        </span>
      ))}
      <Chip tone="outline">read only</Chip>
    </nav>
  )
}
