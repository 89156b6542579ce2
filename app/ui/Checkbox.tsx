// One of several that may be ticked.
'use client'
import { Check } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface CheckboxProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly disabled?: boolean
}

export const Checkbox = ({ label, checked, onChecked, disabled = false }: CheckboxProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is a button, which a label may hold
  <label className="inline-flex items-center gap-[7px]">
    <Radix.Root
      checked={checked}
      onCheckedChange={(next) => onChecked(next === true)}
      disabled={disabled}
      className="grid size-4 flex-none place-items-center rounded-[4px] border-[1.5px] border-line-field text-ink data-[state=checked]:border-1 data-[state=checked]:bg-1 disabled:opacity-50"
    >
      <Radix.Indicator>
        <Check size={11} strokeWidth={3.5} aria-hidden />
      </Radix.Indicator>
    </Radix.Root>
    {label}
  </label>
)
