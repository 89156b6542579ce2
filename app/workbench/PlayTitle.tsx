// The title of the open Play, changed where it stands; beside it what else the Play says of itself.
'use client'
import { useState } from 'react'
import { retitled, setHead } from '../document/edits/play'
import { stepLabel } from '../document/labels'
import { PlayTitleDetails } from './PlayTitleDetails'
import { useDocument, useSession } from './session'

export const PlayTitle = () => {
  const { store } = useSession()
  const title = useDocument(({ document }) => document.tree.title ?? document.tree.play)
  const [typed, setTyped] = useState<string | null>(null)
  const keep = (): void => {
    const next = typed?.trim() ?? ''
    setTyped(null)
    if (next === '' || next === title) return
    const { edit, document } = store.getState()
    edit(stepLabel.retitle(next), (draft) => void setHead(draft, retitled(document.tree, next)))
  }
  return (
    <>
      <input
        aria-label="Title of the Play"
        value={typed ?? title}
        spellCheck={false}
        maxLength={200}
        className="field-sizing-content max-w-64 min-w-8 truncate rounded-chip bg-transparent px-1 py-0.5 font-semibold text-1 outline-offset-1 hover:bg-hover focus:bg-inset"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key !== 'Escape') return
          setTyped(title)
          // The blur that follows must find nothing typed.
          const field = event.currentTarget
          requestAnimationFrame(() => field.blur())
        }}
      />
      <PlayTitleDetails />
    </>
  )
}
