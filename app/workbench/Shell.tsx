// The frame of every screen: the bar above, the rail at the left edge (none on a phone), and the screen itself.
'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '../ui/Logo'
import { ModeBadge } from '../ui/ModeBadge'
import { ThemeToggle } from '../ui/ThemeToggle'
import { Rail, type RailProps } from './Rail'

const frame =
  'grid h-dvh grid-cols-[48px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)] gap-px bg-line-1 max-md:grid-cols-[minmax(0,1fr)] max-md:grid-rows-[48px_minmax(0,1fr)]'

/** The bar above; the mark at its left leads home. */
export const Bar = ({ children }: { children: ReactNode }) => (
  <header className="col-span-full flex min-w-0 items-center gap-2 bg-panel pr-3 whitespace-nowrap max-xl:gap-1">
    <Link
      href="/"
      aria-label="Playloom, home"
      className="grid w-12 flex-none place-items-center self-stretch text-1 -outline-offset-2"
    >
      <Logo />
    </Link>
    {children}
  </header>
)

/** The bar of a screen that has no tools of its own. */
export const PlainBar = ({ title, children }: { title: string; children?: ReactNode }) => (
  <Bar>
    <span className="truncate text-13 font-semibold text-1">{title}</span>
    <ModeBadge mode="backtest" />
    <span className="ml-auto flex items-center gap-2">
      {children}
      <ThemeToggle />
    </span>
  </Bar>
)

export interface ShellProps extends RailProps {
  readonly bar: ReactNode
  /** The screen; one element that fills what is left. */
  readonly children: ReactNode
}

export const Shell = ({ bar, children, ...rail }: ShellProps) => (
  <div className={frame}>
    {bar}
    <Rail {...rail} />
    {children}
  </div>
)

/** A screen that has one thing to say, in its middle. */
export const Message = ({ title, at, children }: { title: string; at: RailProps['at']; children: ReactNode }) => (
  <Shell bar={<PlainBar title={title} />} at={at}>
    <main className="grid min-h-0 place-content-center overflow-y-auto bg-app p-6 [&>*]:max-w-[460px]">{children}</main>
  </Shell>
)
