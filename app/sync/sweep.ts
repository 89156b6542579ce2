// What was changed while the server was away, in Plays that are not open now: sent once, Play by Play. What others changed
// is taken when a Play is opened, as a step of its history.
import type { Storage, StoredDocument } from '../document/storage'
import { contentOf, markOf } from './content'
import { decide } from './decide'
import { type Ends, send, settleDeletion } from './exchange'
import type { ServerHead, SyncServer } from './server'

export interface SweepParts extends Ends {
  readonly documents: Ends['documents'] & Pick<Storage, 'kept' | 'keptOne'>
  readonly server: SyncServer
  /** A tab edits it now: that one syncs what it holds. */
  readonly isOpen: (id: string) => Promise<boolean>
  /** One piece of work on a Play at a time, among all tabs. */
  readonly alone: (id: string, work: () => Promise<void>) => Promise<void>
}

/** True: it waits for somebody else. False: something was done, or a tab has it open, and it is looked at again. */
const sweepOne = async (one: StoredDocument, head: ServerHead | null, parts: SweepParts): Promise<boolean> => {
  const { documents, server, isOpen } = parts
  const { id, deletedMs } = one
  const base = await documents.base(id)
  const content = contentOf(one)
  const step = decide({ deleted: deletedMs !== null, mark: markOf(content) }, base, head)
  if (step === 'nothing' || step === 'take' || step === 'choose' || step === 'tellGone') return true
  if (step !== 'removeThere' && step !== 'restoreThere' && (await isOpen(id))) return false
  if (step === 'send') await send({ id, content, base, seen: head?.revision ?? 0 }, { documents, server })
  else if (head !== null) await settleDeletion(step, { id, base, head }, { documents, server })
  return false
}

/** How a Play stood when it was looked at: while it stands so, there is nothing to do. */
export type Looked = Map<string, string>

const standing = ({ changedMs, deletedMs }: StoredDocument, head: ServerHead | undefined): string =>
  `${changedMs} ${deletedMs} ${head?.revision} ${head?.deleted}`

/** One look at all Plays: the list first, then only what differs. Rejects with Away. */
export const sweep = async (parts: SweepParts, looked: Looked): Promise<void> => {
  const { documents, server, alone } = parts
  const all = await documents.kept()
  if (all.length === 0 || !(await server.keeps())) return
  const heads = new Map((await server.heads()).map((head) => [head.id, head]))
  for (const old of all) {
    const { id } = old
    const head = heads.get(id)
    const now = standing(old, head)
    if (looked.get(id) === now) continue
    await alone(id, async () => {
      // Read again: it may have changed while the others were looked at.
      const one = await documents.keptOne(id)
      if (one !== null && (await sweepOne(one, head ?? null, parts))) looked.set(id, now)
    })
  }
}
