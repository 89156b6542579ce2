// Whatever is asked about nodes: a new name, a note, what becomes of a Block.
'use client'
import { type SyntheticEvent, useState } from 'react'
import { FoldDialog } from '../library/FoldDialog'
import { KeepDialog } from '../library/KeepDialog'
import { UpgradeDialog } from '../library/UpgradeDialog'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { TextField } from '../ui/TextField'
import type { Actions } from './actions'
import { asked } from './asked'
import { attended, attendNode } from './attend'
import { titleOf } from './words'

/** The node that it was about has the keyboard again. */
const close = (): void => {
  const ask = asked.getState()
  asked.setState({ kind: 'none' }, true)
  // Unless it has been called otherwise.
  const id = 'id' in ask ? ask.id : 'ids' in ask ? ask.ids[0] : undefined
  if (id !== undefined && attended.getState().kind === 'none') attendNode(id)
}

const RenameForm = ({ id, actions }: { id: string; actions: Actions }) => {
  const [text, setText] = useState(id.replaceAll('_', ' '))
  const [fault, setFault] = useState<string | null>(null)
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    const name = text.trim().toLowerCase().replaceAll(/\s+/g, '_')
    const problem = name === id ? null : actions.rename(id, name)
    if (problem === null) close()
    else setFault(problem.replaceAll('`', ''))
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={send}>
      <Field label="Name" error={fault}>
        {({ id: field, describedBy }) => (
          <TextField
            id={field}
            aria-describedby={describedBy}
            value={text}
            onText={setText}
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            wrong={fault !== null}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button look="primary" type="submit">
          Rename
        </Button>
      </div>
    </form>
  )
}

const NoteForm = ({ id, note, actions }: { id: string; note: string; actions: Actions }) => {
  const [text, setText] = useState(note)
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    actions.note(id, text)
    close()
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={send}>
      <Field label="Note" hint="Never part of the Play">
        {({ id: field }) => (
          <textarea
            id={field}
            value={text}
            rows={4}
            onChange={(event) => setText(event.currentTarget.value)}
            className="resize-y rounded-node border border-line-field bg-inset p-2 text-12 text-1 outline-none focus:border-you"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        {note !== '' && (
          <Button
            look="quiet"
            onClick={() => {
              actions.note(id, '')
              close()
            }}
          >
            Take it away
          </Button>
        )}
        <Button onClick={close}>Cancel</Button>
        <Button look="primary" type="submit">
          Keep the note
        </Button>
      </div>
    </form>
  )
}

export const AskDialog = ({ actions, noteOf }: { actions: Actions; noteOf: (id: string) => string }) => {
  const ask = asked()
  if (ask.kind === 'none') return null
  if (ask.kind === 'fold') return <FoldDialog ids={ask.ids} onClose={close} />
  if (ask.kind === 'keep') return <KeepDialog node={ask.id} onClose={close} />
  if (ask.kind === 'upgrade') return <UpgradeDialog node={ask.id} onClose={close} />
  const title = `${ask.kind === 'rename' ? 'Rename' : 'Note on'} ${titleOf(ask.id)}`
  return (
    <Dialog open onOpen={(open) => !open && close()} title={title}>
      {ask.kind === 'rename' ? (
        <RenameForm id={ask.id} actions={actions} />
      ) : (
        <NoteForm id={ask.id} note={noteOf(ask.id)} actions={actions} />
      )}
    </Dialog>
  )
}
