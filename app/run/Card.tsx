// A card of a run's page: an edge, and what is in it scrolls inside.
import type { ReactNode } from 'react'
import { classes } from '../ui/classes'

export const Card = ({ children, className = '' }: { children: ReactNode; className?: string }) => (
  <div
    className={classes(
      'flex min-h-0 min-w-0 flex-col overflow-hidden rounded-card border border-line-1 bg-panel',
      className,
    )}
  >
    {children}
  </div>
)
