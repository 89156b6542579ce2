// Find or do: one field, one list, as a dialog; what is in the list is handed in.
'use client'
import { Command as List } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import { Kbd } from '../ui/Kbd'
import { isMac, keyText } from '../ui/keys'
import { type Command, foundIn } from './commands'

const Row = ({ command, onPick }: { command: Command; onPick: () => void }) => (
  <List.Item
    value={command.id}
    onSelect={onPick}
    className="flex h-[28px] items-center gap-2 rounded-[4px] px-2 text-2 data-[selected=true]:bg-hover data-[selected=true]:text-1"
  >
    <span className="max-w-[70%] flex-none truncate">{command.label}</span>
    <span className="min-w-0 flex-1 truncate text-11 text-3">{command.about}</span>
    {command.key !== undefined && <Kbd>{keyText(command.key, isMac())}</Kbd>}
  </List.Item>
)

export interface CommandListProps {
  readonly commands: readonly Command[]
  readonly placeholder: string
  readonly onDone: () => void
}

export const CommandList = ({ commands, placeholder, onDone }: CommandListProps) => {
  const [query, setQuery] = useState('')
  const groups = useMemo(() => foundIn(commands, query), [commands, query])
  return (
    <List label="Find or do" shouldFilter={false} loop className="flex max-h-[min(520px,70vh)] flex-col">
      <div className="flex h-10 flex-none items-center gap-2.5 border-b border-line-2 px-3">
        <Search size={14} className="flex-none text-3" aria-hidden />
        <List.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder={placeholder}
          className="w-full bg-transparent text-13 text-1 outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <List.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {groups.length === 0 && <p className="px-2 py-2 text-3">Nothing of this name. Try another word.</p>}
        {groups.map(({ title, commands: all }) => (
          <List.Group
            key={title}
            heading={title}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-3"
          >
            {all.map((command) => (
              <Row
                key={command.id}
                command={command}
                onPick={() => {
                  onDone()
                  command.run()
                }}
              />
            ))}
          </List.Group>
        ))}
      </List.List>
    </List>
  )
}

export interface FindDialogProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  /** A list of commands; it is made anew each time the dialog opens. */
  readonly children: ReactNode
}

export const FindDialog = ({ open, onOpen, children }: FindDialogProps) => (
  <Radix.Root open={open} onOpenChange={onOpen}>
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-app/60" />
      <Radix.Content
        aria-describedby={undefined}
        className="fixed top-[12vh] left-1/2 z-40 w-[600px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-dialog bg-raised text-12 text-2 shadow-float outline-none"
      >
        <Radix.Title className="sr-only">Find or do</Radix.Title>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
