// The steps that here and there have in common, for an open Play and for closed ones. Each may be cut off anywhere: what is
// agreed on is written last, so that a step cut off is taken again and never one that was not taken believed.
import { hashOf } from '../../blocks/kit/hash'
import { emptyHistory } from '../document/history'
import { type Base, type Storage, titleOf } from '../document/storage'
import { type Content, markOf, type Typed } from './content'
import type { Head, Step } from './decide'
import type { Draft, SyncServer } from './server'

export type Bases = Pick<Storage, 'base' | 'setBase'>

export interface Ends {
  readonly documents: Bases & Pick<Storage, 'remove' | 'restore'>
  readonly server: SyncServer
}

/** Of a Play that nothing is agreed of. */
export const noBase = (id: string): Base => ({ id, revision: 0, mark: '', sent: null, deleted: false })

export interface Sending {
  readonly id: string
  readonly content: Content
  readonly base: Base | null
  /** The revision that it is put on. */
  readonly seen: number
}

export type Sent = { readonly kind: 'agreed' | 'gone' | 'again' } | { readonly kind: 'choose'; readonly theirs: Draft }

/** Theirs may be mine: the same content, or a save of this browser whose answer was lost. */
export const meet = async (
  { id, content, base }: Omit<Sending, 'seen'>,
  theirs: Draft,
  { setBase }: Pick<Bases, 'setBase'>,
): Promise<Sent> => {
  const mark = markOf(theirs)
  const same = mark === markOf(content)
  if (!same && mark !== base?.sent) return { kind: 'choose', theirs }
  await setBase({ id, revision: theirs.revision, mark, sent: null, deleted: false })
  return { kind: same ? 'agreed' : 'again' }
}

/** Compare-and-set: nothing of another is ever written over. */
export const send = async (sending: Sending, { documents, server }: Ends): Promise<Sent> => {
  const { id, content, seen } = sending
  const mark = markOf(content)
  const base = { ...(sending.base ?? noBase(id)), revision: seen, sent: mark }
  // Should the answer be lost, the next look finds out by this that it was heard.
  await documents.setBase(base)
  const answer = await server.save(id, seen, content)
  if (answer.kind === 'gone') return { kind: 'gone' }
  if (answer.kind === 'conflict') return meet({ id, content, base: sending.base }, answer.theirs, documents)
  await documents.setBase({ id, revision: answer.revision, mark, sent: null, deleted: false })
  return { kind: 'agreed' }
}

/** Steps that only delete or bring back. */
export const settleDeletion = async (
  step: Step,
  { id, base, head }: { readonly id: string; readonly base: Base | null; readonly head: Head },
  { documents, server }: Ends,
): Promise<void> => {
  const work = {
    removeThere: () => server.remove(id),
    restoreThere: () => server.restore(id),
    removeHere: () => documents.remove(id),
    restoreHere: () => documents.restore(id),
    agreeDeleted: () => Promise.resolve(),
  } as const
  if (!Object.hasOwn(work, step)) return
  await work[step as keyof typeof work]()
  const deleted = step !== 'restoreThere' && step !== 'restoreHere'
  await documents.setBase({ ...(base ?? { ...noBase(id), revision: head.revision }), deleted })
}

/** Keeps a content as a Play of its own. Its id follows from it: what is cut off and done again makes no second one. */
export const keepApart = async (
  id: string,
  { tree, sidecar, loose }: Typed,
  { from, adopt }: { readonly from: string; readonly adopt: Storage['adopt'] },
): Promise<string> => {
  const copy = hashOf({ id, from, tree, sidecar, loose }).slice(0, 12)
  const title = `${titleOf(tree).slice(0, 150)} (${from})`
  const document = { id: copy, tree: { ...tree, title }, sidecar }
  await adopt({ document, history: emptyHistory, loose }, null)
  return copy
}
