// Makes a Block of the chosen nodes: its name, and what comes in and goes out of it, before it is done.
'use client'
import { type SyntheticEvent, useMemo, useState } from 'react'
import type { BlockBody } from '../document/edits/blocks'
import { fold } from '../document/edits/fold'
import { nameOf } from '../document/edits/params'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Fault } from '../ui/Fault'
import { Field } from '../ui/Field'
import { TextField } from '../ui/TextField'
import { useDocument, useSession } from '../workbench/session'
import { foldStep } from './steps'

const words = (name: string): string => name.replaceAll('_', ' ')

const Row = ({ title, names }: { title: string; names: readonly string[] }) => (
  <>
    <dt className="text-3">{title}</dt>
    <dd className="min-w-0 break-words text-1">{names.length === 0 ? 'none' : names.join(', ')}</dd>
  </>
)

const Face = ({ block: { role, inputs = {}, params = {}, outputs } }: { block: BlockBody }) => (
  <dl aria-label="The Block" className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-11 leading-4">
    <Row title="Role" names={[role]} />
    <Row title="Inputs" names={Object.entries(inputs).map(([name, { type }]) => `${words(name)} (${type})`)} />
    <Row title="Parameters" names={Object.keys(params).map(words)} />
    <Row title="Also gives" names={Object.keys(outputs).slice(1).map(words)} />
  </dl>
)

/** What makes the role is the best word for it, where no Block bears it. */
const firstName = (made: ReturnType<typeof fold>, taken: object): string => {
  const [maker = ''] = 'fault' in made ? [] : Object.values(made.block.outputs)
  return Object.hasOwn(taken, maker) ? '' : words(maker)
}

export const FoldDialog = ({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) => {
  const { store } = useSession()
  const { tree, sidecar } = useDocument(({ document }) => document)
  // Whether it can be made at all hangs on no name.
  const made = useMemo(() => fold(tree, { ids, name: null }, sidecar.order), [tree, sidecar.order, ids])
  const [text, setText] = useState(() => firstName(made, tree.blocks ?? {}))
  const [refused, setRefused] = useState<string | null>(null)
  const name = nameOf(text)
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    const fault = foldStep(store, { ids, name })
    if (fault === null) onClose()
    else setRefused(fault)
  }
  return (
    <Dialog
      open
      onOpen={(open) => !open && onClose()}
      title="Make a Block"
      about={`${ids.length === 1 ? 'One node becomes' : `${ids.length} nodes become`} a Block of this Play. What the Play does stays the same.`}
    >
      {'fault' in made ? (
        <div className="flex flex-col gap-3">
          <Fault title="These are no Block">{made.fault.replaceAll('`', '')}</Fault>
          <div className="flex justify-end">
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <form className="flex flex-col gap-3" onSubmit={send}>
          <Field label="Name" error={refused}>
            {({ id, describedBy }) => (
              <TextField
                id={id}
                aria-describedby={describedBy}
                value={text}
                onText={(next) => {
                  setText(next)
                  setRefused(null)
                }}
                autoFocus
                onFocus={(event) => event.currentTarget.select()}
                wrong={refused !== null}
              />
            )}
          </Field>
          <Face block={made.block} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit">
              Make the Block
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
