// Puts a Block of the Play into the trader's library: its name, which version it becomes, and what that changes.
'use client'
import { type SyntheticEvent, useMemo, useState } from 'react'
import { playHash } from '../../blocks/play/canonical'
import { typeOf } from '../../blocks/play/references'
import { printDocument } from '../../blocks/play/text/print'
import { asOwn, keepFault } from '../document/edits/blocks'
import { nameOf } from '../document/edits/params'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { TextField } from '../ui/TextField'
import { useDocument, useSession } from '../workbench/session'
import { FaceChanges } from './FaceChanges'
import { faceChanges, insideDiffers } from './face'
import { ownLibrary } from './keepLibrary'
import { ownNow, useOwn } from './library'
import { type KnownBlock, newestOf, type Own } from './own'
import { whyNotKept } from './server'
import { keepStep } from './steps'

const newestIn = (own: Own, name: string): KnownBlock | null =>
  newestOf(own).find((one) => one.name === `my/${name}`) ?? null

type Plan =
  | { readonly kind: 'fault'; readonly fault: string }
  /** The library has it, to the letter. */
  | { readonly kind: 'same'; readonly known: KnownBlock }
  | {
      readonly kind: 'new'
      readonly block: NonNullable<ReturnType<typeof asOwn>>
      /** The version before; null: it is the first. */
      readonly before: KnownBlock | null
    }

const usePlan = (here: string, name: string): Plan => {
  const { tree, sidecar } = useDocument(({ document }) => document)
  const own = useOwn()
  return useMemo(() => {
    const fault = keepFault(tree, here, name)
    if (fault !== null) return { kind: 'fault', fault }
    const before = newestIn(own, name)
    const as = (version: number) => asOwn({ tree, sidecar }, { here, name, version })
    const same = before === null ? null : as(before.version)
    if (before !== null && same !== null && playHash(same.tree) === before.hash) return { kind: 'same', known: before }
    const block = as((before?.version ?? 0) + 1)
    return block === null
      ? { kind: 'fault', fault: 'The Play does not have it any more.' }
      : { kind: 'new', block, before }
  }, [tree, sidecar, own, here, name])
}

const Becomes = ({ plan }: { plan: Plan }) => {
  if (plan.kind === 'fault') return null
  if (plan.kind === 'same')
    return <p>Your library has it already, to the letter: the Play takes version {plan.known.version}.</p>
  const { block, before } = plan
  if (before === null) return <p>It becomes version 1. A version never changes; the next one stands beside it.</p>
  return (
    <div className="flex flex-col gap-1.5">
      <p>
        It becomes version {block.tree.version}. Plays that use version {before.version} go on with it. What changes:
      </p>
      <FaceChanges changes={faceChanges(before.tree, block.tree)} inside={insideDiffers(before.tree, block.tree)} />
    </div>
  )
}

interface KeepProps {
  /** A node that holds the Block. */
  readonly node: string
  readonly onClose: () => void
}

/** Keeps it at the server, then in the Play; what kept it from being kept, in sentences. */
const useKeeping = (here: string, plan: Plan, onClose: () => void) => {
  const { store } = useSession()
  const [busy, setBusy] = useState(false)
  const [faults, setFaults] = useState<readonly string[]>([])
  const publish = async (block: NonNullable<ReturnType<typeof asOwn>>, note: string): Promise<void> => {
    setBusy(true)
    try {
      const line = await ownLibrary().publish({ yaml: printDocument(block.tree, block.sidecar), note: note.trim() })
      keepStep(store, here, ownNow().get(`${line.name}@${line.version}`)?.tree ?? block.tree)
      onClose()
    } catch (error) {
      setFaults(whyNotKept(error))
      // Another browser may have taken this version: what it becomes is told anew.
      void ownLibrary().refresh()
    } finally {
      setBusy(false)
    }
  }
  const keep = (note: string): void => {
    if (busy || plan.kind === 'fault') return
    if (plan.kind === 'new') void publish(plan.block, note)
    else {
      keepStep(store, here, plan.known.tree)
      onClose()
    }
  }
  return { busy, faults, keep, forget: () => setFaults([]) }
}

const Faults = ({ faults }: { faults: readonly string[] }) =>
  faults.length > 0 && (
    <ul role="alert" className="text-11 leading-4 text-neg">
      {faults.slice(0, 3).map((one) => (
        <li key={one}>{one.replaceAll('`', '')}</li>
      ))}
    </ul>
  )

const KeepForm = ({ here, onClose }: { here: string; onClose: () => void }) => {
  const [text, setText] = useState(here.replaceAll('_', ' '))
  const [note, setNote] = useState('')
  const plan = usePlan(here, nameOf(text))
  const { busy, faults, keep, forget } = useKeeping(here, plan, onClose)
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    keep(note)
  }
  const rename = (next: string): void => {
    setText(next)
    forget()
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={send}>
      <Field label="Name" error={plan.kind === 'fault' ? plan.fault.replaceAll('`', '') : null}>
        {({ id, describedBy }) => (
          <TextField
            id={id}
            aria-describedby={describedBy}
            value={text}
            onText={rename}
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            wrong={plan.kind === 'fault'}
          />
        )}
      </Field>
      {plan.kind !== 'same' && (
        <Field label="Note" hint="What is different, in a few words">
          {({ id }) => <TextField id={id} value={note} onText={setNote} maxLength={500} />}
        </Field>
      )}
      <div aria-live="polite" className="text-11 leading-4 text-2">
        <Becomes plan={plan} />
      </div>
      <Faults faults={faults} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" busy={busy} disabled={plan.kind === 'fault'}>
          Keep it
        </Button>
      </div>
    </form>
  )
}

export const KeepDialog = ({ node, onClose }: KeepProps) => {
  const tree = useDocument(({ document }) => document.tree)
  const held = tree.nodes[node]
  const type = held === undefined ? '' : typeOf(held)[0]
  // Once it is kept the node holds another Block, and the dialog is on its way out.
  const [here] = useState(type.replace(/^here\//, ''))
  return (
    <Dialog
      open
      onOpen={(open) => !open && onClose()}
      title="Keep in my library"
      about="Every Play of yours can take it from there. In this Play all its uses become uses of the library’s."
    >
      <KeepForm here={here} onClose={onClose} />
    </Dialog>
  )
}
