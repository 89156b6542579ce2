// What of a Play travels: its text, its sidecar, and what is being typed. Equal marks: the same content. Pure.
import { z } from 'zod'
import { hashOf } from '../../blocks/kit/hash'
import { parseDocument } from '../../blocks/play/text/parse'
import { printDocument } from '../../blocks/play/text/print'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { titleOf } from '../document/storage'

export interface Content {
  readonly title: string
  readonly yaml: string
  /** JSON. */
  readonly sidecar: Record<string, unknown>
  /** Text that is no Play yet, as it was typed. */
  readonly loose: string | null
}

/** A Play with what is being typed beside it. */
export interface Typed {
  readonly tree: PlayTree
  readonly sidecar: Sidecar
  readonly loose: string | null
}

/** The database holds neither U+0000 nor half a surrogate pair. */
const clean = (text: string): string => text.replaceAll(/[\0\p{Cs}]/gu, '\ufffd')

/** Longest title that is listed. */
const longest = 200

export const contentOf = ({ tree, sidecar, loose }: Typed): Content => ({
  title: clean(titleOf(tree).slice(0, longest)),
  yaml: clean(printDocument(tree, sidecar)),
  sidecar: JSON.parse(
    JSON.stringify(sidecar, (_key, value: unknown) => (typeof value === 'string' ? clean(value) : value)),
  ) as Record<string, unknown>,
  loose: loose === null ? null : clean(loose),
})

export const markOf = ({ title, yaml, sidecar, loose }: Content): string => hashOf({ title, yaml, sidecar, loose })

const sidecarSchema = z.object({
  positions: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  order: z.array(z.string()).optional(),
  notes: z.record(z.string(), z.string()).optional(),
  collapsed: z.array(z.string()).optional(),
  frames: z.array(z.object({ id: z.string(), title: z.string(), nodes: z.array(z.string()) })).optional(),
  colours: z.record(z.string(), z.string()).optional(),
})

/** Null: the text is of another release of the language, and nothing may be done with it here. */
export const typedOf = ({ yaml, sidecar, loose }: Omit<Content, 'title'>): Typed | null => {
  const { tree, sidecar: told } = parseDocument(yaml)
  if (tree === undefined || !('play' in tree)) return null
  // A layout that is none is laid out anew; notes and order stand in the text as well.
  const { success, data } = sidecarSchema.safeParse(sidecar)
  return { tree, sidecar: success ? (data as Sidecar) : told, loose }
}
