// A panel of the workbench: a head with its title and actions, and a body that scrolls inside itself.
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes'

export interface PanelProps extends Omit<ComponentProps<'section'>, 'title'> {
  readonly title: ReactNode
  /** A quieter word after the title: a count, a unit, a time. */
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  /** The content is of an earlier Play: its colours go out, and words say so; it stays readable. */
  readonly stale?: boolean
  /** As a card with an edge; without it the panel fills its column. */
  readonly card?: boolean
}

export const Panel = ({
  title,
  hint,
  actions,
  stale = false,
  card = false,
  children,
  className,
  ...rest
}: PanelProps) => (
  <section
    className={classes(
      'flex min-h-0 min-w-0 flex-col bg-panel',
      card && 'rounded-card border border-line-1',
      className,
    )}
    {...rest}
  >
    <header className="flex h-9 flex-none items-center gap-2 px-3">
      <h2 className="truncate text-12 leading-4 font-semibold text-1">{title}</h2>
      {hint !== undefined && <span className="truncate text-11 text-3">{hint}</span>}
      {stale && <span className="text-11 text-warn">of the Play before the last edit</span>}
      {actions !== undefined && <div className="ml-auto flex flex-none items-center gap-1">{actions}</div>}
    </header>
    <PanelBody stale={stale}>{children}</PanelBody>
  </section>
)

export const PanelBody = ({ stale = false, children }: { stale?: boolean; children: ReactNode }) => (
  <div aria-busy={stale || undefined} className={classes('min-h-0 flex-1 overflow-y-auto', stale && 'grayscale')}>
    {children}
  </div>
)
