// A question of the canvas to the trader: a new name, a note, what becomes of a Block.
import { create } from 'zustand'

export type Asked =
  | { readonly kind: 'none' }
  | { readonly kind: 'rename' | 'note' | 'keep' | 'upgrade'; readonly id: string }
  | { readonly kind: 'fold'; readonly ids: readonly string[] }

export const asked = create<Asked>()((): Asked => ({ kind: 'none' }))
