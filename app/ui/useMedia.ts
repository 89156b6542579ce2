// Whether the window is as a media query says; false until the page lives.
'use client'
import { useCallback, useSyncExternalStore } from 'react'

/** Widths at which the layout changes, as Tailwind's `xl` and `md` have them. */
export const belowDesk = '(max-width: 1279px)'
export const belowTablet = '(max-width: 767px)'

export const useMedia = (query: string): boolean => {
  const watch = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(
    watch,
    () => window.matchMedia(query).matches,
    () => false,
  )
}
