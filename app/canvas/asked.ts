// A question of the canvas to the trader that needs typing: a new name, a note.
import { create } from 'zustand'

export type Asked = { readonly kind: 'none' } | { readonly kind: 'rename' | 'note'; readonly id: string }

export const asked = create<Asked>()((): Asked => ({ kind: 'none' }))
