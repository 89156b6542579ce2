// What is to be done with one Play: of what is here, what is on the server, and what both last agreed on. Pure.
// Order is by revision alone; no clock is asked.
import type { Base } from '../document/storage'

export interface Here {
  readonly deleted: boolean
  readonly mark: string
}

export interface Head {
  readonly revision: number
  readonly deleted: boolean
}

export type Step =
  | 'nothing'
  /** Changed here alone. */
  | 'send'
  /** Changed there alone. */
  | 'take'
  /** Changed here and there: somebody has to choose. */
  | 'choose'
  | 'removeThere'
  | 'restoreThere'
  | 'removeHere'
  | 'restoreHere'
  /** Deleted in both places without a word between them. */
  | 'agreeDeleted'
  /** Deleted there, changed here since: it stays, and is told. */
  | 'tellGone'

/** `head` null: the server knows nothing of it; a database that begins anew is given everything again. */
export const decide = (here: Here, base: Base | null, head: Head | null): Step => {
  if (head === null) return here.deleted ? 'nothing' : 'send'
  const changed = base === null || here.mark !== base.mark
  const moved = head.revision !== (base?.revision ?? 0)
  const knewDeleted = base?.deleted ?? false
  if (head.deleted) {
    if (here.deleted) return knewDeleted ? 'nothing' : 'agreeDeleted'
    // It was known to be deleted and is not deleted here: somebody brought it back here.
    if (knewDeleted) return 'restoreThere'
    return changed ? 'tellGone' : 'removeHere'
  }
  if (here.deleted) {
    // Brought back there, or edited there by somebody who did not know: an edit is worth more than a deletion.
    return knewDeleted || moved ? 'restoreHere' : 'removeThere'
  }
  if (moved) return changed ? 'choose' : 'take'
  return changed ? 'send' : 'nothing'
}
