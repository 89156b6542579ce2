// Places of a node that wait for a wire and take a number as well: one press puts it there, ready to be typed over.
'use client'
import { Hash } from 'lucide-react'
import { attendField } from './attend'
import type { NodeView } from './nodeParts'
import { useScene } from './scene'

export const StartButtons = ({ view }: { view: NodeView }) => {
  const { actions } = useScene()
  return view.starts.map(({ key, label, value }) => (
    <button
      key={key}
      type="button"
      aria-label={`Number as ${label} of ${view.title}`}
      title={`Put a number here: ${label}`}
      className="grid h-4 w-[18px] place-items-center rounded-chip text-3 hover:text-1"
      onClick={() => {
        actions.setValue(view.id, key, value)
        attendField(view.id, key)
      }}
    >
      <Hash size={11} aria-hidden />
    </button>
  ))
}
