// Versions of the open Play: what was asked for, and which one is looked at.
import { create } from 'zustand'

interface Versions {
  /** The list is open. */
  readonly open: boolean
  /** Id of the version that is looked at. */
  readonly looking: string | null
}

export const useVersions = create<Versions>()(() => ({ open: false, looking: null }))

export const openVersions = (): void => useVersions.setState({ open: true })
