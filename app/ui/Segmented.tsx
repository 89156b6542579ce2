// One of two to four, all in sight; where it switches whole panels, Tabs is the right one.
'use client'
import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { segment, strip } from './segments'

export interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly { readonly value: T; readonly label: ReactNode; readonly disabled?: boolean }[]
  readonly onValue: (value: T) => void
  readonly size?: 's' | 'm'
}

export const Segmented = <T extends string>({ label, value, choices, onValue, size = 'm' }: SegmentedProps<T>) => (
  <Radix.Root
    type="single"
    value={value}
    aria-label={label}
    className={strip(size)}
    onValueChange={(next) => {
      // Pressing the chosen one again leaves it chosen.
      const choice = choices.find((one) => one.value === next)
      if (choice !== undefined) onValue(choice.value)
    }}
  >
    {choices.map((choice) => (
      <Radix.Item key={choice.value} value={choice.value} disabled={choice.disabled ?? false} className={segment(size)}>
        {choice.label}
      </Radix.Item>
    ))}
  </Radix.Root>
)
