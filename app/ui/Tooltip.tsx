// Words about what is under the mouse or in focus, with the key that does the same.
'use client'
import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd'

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={200} disableHoverableContent>
    {children}
  </Radix.Provider>
)

export interface TooltipProps {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes a ref and the usual events. */
  readonly children: ReactElement
}

export const Tooltip = ({ text, keys, side = 'bottom', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 flex max-w-72 items-center gap-2 rounded-node bg-raised px-2 py-1 text-11 leading-4 text-1 shadow-float"
      >
        {text}
        {keys !== undefined && <Kbd>{keys}</Kbd>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
