// Faces of one thing behind each other; the chosen one is raised out of a sunken strip.
'use client'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { segment, strip } from './segments'

export interface Tab<T extends string> {
  readonly value: T
  readonly label: ReactNode
  readonly content: ReactNode
}

export interface TabsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly tabs: readonly Tab<T>[]
  readonly onValue: (value: T) => void
  /** Left of the strip: the title of what is behind it. */
  readonly head?: ReactNode
  readonly size?: 's' | 'm'
}

export const Tabs = <T extends string>({ label, value, tabs, onValue, head, size = 's' }: TabsProps<T>) => (
  <Radix.Root
    value={value}
    onValueChange={(next) => {
      const tab = tabs.find((one) => one.value === next)
      if (tab !== undefined) onValue(tab.value)
    }}
    className="flex min-h-0 flex-1 flex-col"
  >
    <div className="flex h-9 flex-none items-center gap-2 px-3">
      {head}
      <Radix.List aria-label={label} className={classes(strip(size), 'ml-auto')}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={segment(size)}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
    </div>
    {tabs.map((tab) => (
      <Radix.Content
        key={tab.value}
        value={tab.value}
        className="min-h-0 flex-1 overflow-y-auto data-[state=inactive]:hidden"
      >
        {tab.content}
      </Radix.Content>
    ))}
  </Radix.Root>
)
