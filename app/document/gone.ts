// Was the open Play deleted elsewhere? It stays open and is saved on, so that bringing it back loses nothing.
import { create } from 'zustand'

export const useGone = create<{ readonly gone: boolean }>()(() => ({ gone: false }))
