// The line that screen readers speak after each change.
'use client'
import { useSaid } from './said'

export const SaidLine = () => {
  const { text, no } = useSaid()
  return (
    <output key={no} className="sr-only" aria-live="polite">
      {text}
    </output>
  )
}
