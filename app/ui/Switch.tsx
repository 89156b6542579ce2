// On or off, at once.
'use client'
import { Switch as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface SwitchProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly disabled?: boolean
}

export const Switch = ({ label, checked, onChecked, disabled = false }: SwitchProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is a button, which a label may hold
  <label className="inline-flex items-center gap-[7px]">
    <Radix.Root
      checked={checked}
      onCheckedChange={onChecked}
      disabled={disabled}
      className="group relative h-4 w-7 flex-none rounded-card bg-active data-[state=checked]:bg-1 disabled:opacity-50"
    >
      <Radix.Thumb className="absolute top-0.5 left-0.5 size-3 rounded-full bg-3 transition-transform duration-(--move-fast) data-[state=checked]:translate-x-3 data-[state=checked]:bg-panel" />
    </Radix.Root>
    {label}
  </label>
)
