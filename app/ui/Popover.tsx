// A small surface beside what opened it, for more than a word and less than a dialog.
'use client'
import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes'

export interface PopoverProps {
  /** Read by screen readers. */
  readonly label: string
  /** One element that opens it. */
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpen?: (open: boolean) => void
  readonly className?: string
}

export const Popover = ({ label, trigger, children, side = 'bottom', align = 'start', ...rest }: PopoverProps) => {
  const { open, onOpen, className } = rest
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpen === undefined ? {} : { onOpenChange: onOpen })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classes('z-40 rounded-card bg-raised p-3 text-12 text-2 shadow-float outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
