// A button that is only an icon: its name is for screen readers and for the tooltip, its key stands beside it there.
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes'
import { Tooltip } from './Tooltip'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  readonly label: string
  readonly icon: ReactNode
  readonly keys?: string
  readonly size?: 's' | 'm' | 'l'
  /** Of a button that stays pressed. */
  readonly pressed?: boolean
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
}

const sizes = { s: 'size-6', m: 'size-7 pointer-coarse:size-9', l: 'size-9 pointer-coarse:size-11' } as const

export const IconButton = ({ label, icon, keys, size = 'm', pressed, side, className, ...rest }: IconButtonProps) => (
  <Tooltip text={label} {...(keys === undefined ? {} : { keys })} {...(side === undefined ? {} : { side })}>
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      className={classes(
        'grid flex-none place-items-center rounded-node transition-colors duration-(--move-fast) disabled:text-off',
        pressed === true ? 'bg-active text-1' : 'text-3 enabled:hover:bg-hover enabled:hover:text-1',
        sizes[size],
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  </Tooltip>
)
