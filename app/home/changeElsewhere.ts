// Deletes and brings back Plays that the server alone keeps, and says what came of it.
import { notify } from '../ui/notify'

export interface ElsewhereParts {
  readonly remove: (id: string) => Promise<unknown>
  readonly restore: (id: string) => Promise<unknown>
  /** The list is another one, or may be. */
  readonly changed: () => void
}

const trouble = (text: string, error: unknown): void =>
  void notify({ tone: 'error', text, detail: error instanceof Error ? error.message : String(error) })

export const restoreElsewhere = async (id: string, { restore, changed }: ElsewhereParts): Promise<void> => {
  await restore(id).catch((error: unknown) => trouble('Not brought back', error))
  changed()
}

export const removeElsewhere = async (
  { id, title }: { readonly id: string; readonly title: string },
  parts: ElsewhereParts,
): Promise<void> => {
  try {
    await parts.remove(id)
    const undo = { label: 'Undo', run: () => void restoreElsewhere(id, parts) }
    notify({ tone: 'done', text: `${title} was deleted.`, action: undo })
  } catch (error) {
    trouble('Not deleted', error)
  }
  parts.changed()
}
