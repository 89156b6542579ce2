// A question or a task that stops all else: title, what it is about, content, and its buttons at the foot.
'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { classes } from './classes'

export interface DialogProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly title: string
  readonly about?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the one to press last. */
  readonly foot?: ReactNode
  /** `full`: as wide as two texts beside each other want. */
  readonly wide?: boolean | 'full'
}

export const Dialog = ({ open, onOpen, title, about, children, foot, wide = false }: DialogProps) => {
  // What had the focus before gets it back, whatever opened the dialog.
  const opener = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-app/70" />
        <Radix.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          {...(about === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[85vh] max-w-[calc(100vw-32px)] -translate-1/2 flex-col rounded-dialog bg-raised text-12 text-2 shadow-float outline-none',
            wide === 'full' ? 'w-[1080px]' : wide ? 'w-[720px]' : 'w-[440px]',
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-3.5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-15 leading-[22px] font-semibold text-1">{title}</Radix.Title>
              {about !== undefined && <Radix.Description className="mt-1 text-3">{about}</Radix.Description>}
            </div>
            <Radix.Close
              aria-label="Close"
              className="grid size-6 place-items-center rounded-node text-3 hover:bg-hover hover:text-1"
            >
              <X size={14} aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>
          {foot !== undefined && (
            <footer className="flex justify-end gap-2 border-t border-line-2 px-4 py-3">{foot}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
