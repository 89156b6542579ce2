// One of a few, from a list that opens under it.
'use client'
import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useNonce } from '../NonceProvider'
import { classes } from './classes'
import { type FieldSize, fieldBox } from './Field'
import { menuItem, menuSurface } from './surface'

export interface Choice<T extends string> {
  readonly value: T
  readonly label: ReactNode
  /** A quieter word at its right. */
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

export interface SelectProps<T extends string> {
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onValue: (value: T) => void
  readonly size?: FieldSize
  readonly id?: string
  readonly 'aria-label'?: string
  readonly disabled?: boolean
}

const ChoiceItem = <T extends string>({ value, label, hint, disabled = false }: Choice<T>) => (
  <Radix.Item value={value} disabled={disabled} className={classes(menuItem, 'pr-7')}>
    <Radix.ItemText>{label}</Radix.ItemText>
    {hint !== undefined && <span className="ml-auto text-3">{hint}</span>}
    <Radix.ItemIndicator className="absolute right-2">
      <Check size={12} aria-hidden />
    </Radix.ItemIndicator>
  </Radix.Item>
)

export const Select = <T extends string>({ value, choices, onValue, size = 'm', ...rest }: SelectProps<T>) => {
  const nonce = useNonce()
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((one) => one.value === next)
        if (choice !== undefined) onValue(choice.value)
      }}
      disabled={rest.disabled ?? false}
    >
      <Radix.Trigger
        id={rest.id}
        aria-label={rest['aria-label']}
        className={classes(fieldBox(size, false), 'w-full justify-between hover:border-line-3')}
      >
        <span className="truncate">
          {/* Said here and not left to the list, which is not there before the page lives. */}
          <Radix.Value>{choices.find((one) => one.value === value)?.label ?? value}</Radix.Value>
        </span>
        <Radix.Icon className="flex-none text-3">
          <ChevronDown size={12} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={classes(
            menuSurface,
            'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)',
          )}
        >
          <Radix.Viewport nonce={nonce}>
            {choices.map((choice) => (
              <ChoiceItem key={choice.value} {...choice} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
