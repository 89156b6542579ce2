// Commands behind a button or behind the right mouse button: one list, shown by either.
'use client'
import { Check } from 'lucide-react'
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { classes } from './classes'
import { Kbd } from './Kbd'
import { menuItem, menuLabel, menuLine, menuSurface } from './surface'

export interface MenuCommand {
  readonly kind?: 'command'
  readonly label: string
  readonly run: () => void
  readonly icon?: ReactNode
  readonly keys?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Of a choice: shows a tick, or the room for it. */
  readonly checked?: boolean
}

export type MenuEntry = MenuCommand | { readonly kind: 'label'; readonly label: string } | { readonly kind: 'line' }

interface MenuProps {
  readonly entries: readonly MenuEntry[]
  /** One element: the button, or the ground that is clicked on. */
  readonly children: ReactElement
}

type Parts =
  | Pick<typeof Dropdown, 'Item' | 'Label' | 'Separator'>
  | Pick<typeof Context, 'Item' | 'Label' | 'Separator'>

const CommandRow = ({ icon, label, keys, checked }: MenuCommand) => (
  <>
    {checked !== undefined && <span className="w-3 flex-none">{checked && <Check size={12} aria-hidden />}</span>}
    {icon !== undefined && <span className="flex-none text-3">{icon}</span>}
    <span className="mr-4 truncate">{label}</span>
    {keys !== undefined && (
      <span className="ml-auto">
        <Kbd>{keys}</Kbd>
      </span>
    )}
  </>
)

const Entries = ({ entries, parts: { Item, Label, Separator } }: { entries: readonly MenuEntry[]; parts: Parts }) =>
  entries.map((entry, i) => {
    const key = `${i} ${entry.kind === 'line' ? '' : entry.label}`
    if (entry.kind === 'line') return <Separator key={key} className={menuLine} />
    if (entry.kind === 'label')
      return (
        <Label key={key} className={menuLabel}>
          {entry.label}
        </Label>
      )
    return (
      <Fragment key={key}>
        <Item
          className={classes(menuItem, entry.danger === true && 'text-neg data-highlighted:text-neg')}
          disabled={entry.disabled ?? false}
          onSelect={entry.run}
        >
          <CommandRow {...entry} />
        </Item>
      </Fragment>
    )
  })

export const Menu = ({ entries, children, align = 'start' }: MenuProps & { align?: 'start' | 'end' }) => (
  <Dropdown.Root modal={false}>
    <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
    <Dropdown.Portal>
      <Dropdown.Content align={align} sideOffset={4} collisionPadding={8} className={classes(menuSurface, 'min-w-40')}>
        <Entries entries={entries} parts={Dropdown} />
      </Dropdown.Content>
    </Dropdown.Portal>
  </Dropdown.Root>
)

export const ContextMenu = ({ entries, children }: MenuProps) => (
  <Context.Root modal={false}>
    <Context.Trigger asChild>{children}</Context.Trigger>
    <Context.Portal>
      <Context.Content collisionPadding={8} className={classes(menuSurface, 'min-w-40')}>
        <Entries entries={entries} parts={Context} />
      </Context.Content>
    </Context.Portal>
  </Context.Root>
)
