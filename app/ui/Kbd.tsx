// A key, printed where it acts.
import type { ReactNode } from 'react'

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-grid h-4 min-w-4 place-items-center rounded-chip border border-line-2 bg-inset px-1 font-sans text-[10px] leading-none font-medium text-3">
    {children}
  </kbd>
)
