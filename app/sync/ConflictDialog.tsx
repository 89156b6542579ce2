// Both changed: the two versions beside each other, and three answers. Whatever is chosen, both can still be had.
'use client'
import { useState } from 'react'
import { ago } from '../document/times'
import { Dialog } from '../ui/Dialog'
import { useDocument } from '../workbench/session'
import { type Content, contentOf, typedOf } from './content'
import type { Answer } from './playSync'
import { SideBySide } from './SideBySide'
import type { Draft } from './server'
import { nameOf } from './sync'

const counted = (n: number): string => (n === 1 ? '1 node' : `${n} nodes`)

const Version = ({ name, when, content }: { name: string; when: string; content: Content }) => {
  const nodes = Object.keys(typedOf(content)?.tree.nodes ?? {}).length
  return (
    <div className="min-w-0 rounded-node border border-line-2 px-3 py-2">
      <div className="flex items-baseline gap-2">
        <b className="truncate text-1">{name}</b>
        <span className="ml-auto flex-none text-11 text-3">{when}</span>
      </div>
      <div className="truncate text-11 text-3">
        {content.title} · {counted(nodes)}
        {content.loose !== null && ' · text that is no Play yet'}
      </div>
    </div>
  )
}

const answers: readonly { readonly answer: Answer; readonly label: string; readonly about: string }[] = [
  { answer: 'mine', label: 'Keep mine', about: 'Theirs stays in the history: one undo shows it.' },
  { answer: 'theirs', label: 'Take theirs', about: 'Mine stays in the history: one undo brings it back.' },
  { answer: 'both', label: 'Keep both', about: 'Mine stays here, theirs becomes a Play of its own.' },
]

const Answers = ({ busy, onAnswer }: { busy: Answer | null; onAnswer: (answer: Answer) => void }) => (
  <div className="grid w-full grid-cols-3 gap-2 max-md:grid-cols-1">
    {answers.map(({ answer, label, about }) => (
      <button
        key={answer}
        type="button"
        aria-busy={busy === answer}
        disabled={busy !== null && busy !== answer}
        aria-describedby={`answer-${answer}`}
        aria-label={label}
        onClick={() => busy === null && onAnswer(answer)}
        className="rounded-node border border-line-2 bg-raised px-3 py-2 text-left transition-colors hover:border-line-3 hover:bg-hover disabled:text-off"
      >
        <b className="block text-1">{label}</b>
        <span id={`answer-${answer}`} className="block text-11 leading-4 text-3">
          {about}
        </span>
      </button>
    ))}
  </div>
)

const useMine = (): Content => {
  const document = useDocument((state) => state.document)
  const loose = useDocument((state) => state.loose)
  return contentOf({ tree: document.tree, sidecar: document.sidecar, loose: loose?.text ?? null })
}

export interface ConflictDialogProps {
  readonly theirs: Draft
  readonly onAnswer: (answer: Answer) => Promise<void>
  readonly onClose: () => void
}

export const ConflictDialog = ({ theirs, onAnswer, onClose }: ConflictDialogProps) => {
  const [busy, setBusy] = useState<Answer | null>(null)
  const [nowMs] = useState(() => Date.now())
  const mine = useMine()
  const other = nameOf(theirs.origin)
  const answer = (one: Answer): void => {
    setBusy(one)
    void onAnswer(one).finally(onClose)
  }
  return (
    <Dialog
      open
      onOpen={(open) => !open && onClose()}
      wide="full"
      title={`Changed here and in ${other}`}
      about="Nothing was written over. Choose which one goes on here; the other can still be had."
      foot={<Answers busy={busy} onAnswer={answer} />}
    >
      <div className="mb-3 grid grid-cols-2 gap-2 max-md:grid-cols-1">
        <Version name="Mine, this browser" when="open now" content={mine} />
        <Version name={`Theirs, ${other}`} when={`saved ${ago(theirs.savedMs, nowMs)}`} content={theirs} />
      </div>
      <h3 className="mb-1 text-11 text-3">From mine to theirs</h3>
      <SideBySide left={{ name: 'Mine', content: mine }} right={{ name: 'Theirs', content: theirs }} />
    </Dialog>
  )
}
