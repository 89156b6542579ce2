// Which version of the open Play is looked at.
import { create } from 'zustand'

/** Id of a version; null: none. */
export const useVersions = create<{ readonly looking: string | null }>()(() => ({ looking: null }))
