// Find or do: every action with its key, every block to add, every node, every Play. One field, one list.
'use client'
import { Command as List } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { type Listed, storage } from '../document/storage'
import { Kbd } from '../ui/Kbd'
import { useDocument } from '../workbench/session'
import { useView } from '../workbench/view'
import { type Command, commandsOf, foundIn } from './commands'
import { keyText } from './keys'
import { useDoers } from './useDoers'

export interface CommandPaletteProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

const isMac = (): boolean => /Mac|iP(?:hone|ad)/.test(navigator.platform)

/** The Plays of this browser; none while they are read, or when they cannot be. */
const usePlays = (): readonly Listed[] => {
  const [plays, setPlays] = useState<readonly Listed[]>([])
  useEffect(() => {
    let gone = false
    storage()
      .then((store) => store.list())
      .then((list) => {
        if (!gone) setPlays(list)
      })
      .catch(() => {})
    return () => {
      gone = true
    }
  }, [])
  return plays
}

const useCommands = (): readonly Command[] => {
  const doers = useDoers()
  const plays = usePlays()
  const document = useDocument((state) => state.document)
  const history = useDocument((state) => state.history)
  const readOnly = useDocument((state) => state.readOnly)
  const chosen = useView(({ selected }) => selected.some((id) => Object.hasOwn(document.tree.nodes, id)))
  return useMemo(
    () => commandsOf(doers, { document, history, readOnly, chosen, plays }),
    [doers, document, history, readOnly, chosen, plays],
  )
}

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

const Commands = ({ onDone }: { onDone: () => void }) => {
  const [query, setQuery] = useState('')
  const commands = useCommands()
  const groups = useMemo(() => foundIn(commands, query), [commands, query])
  return (
    <List label="Find or do" shouldFilter={false} loop className="flex max-h-[min(520px,70vh)] flex-col">
      <div className="flex h-10 flex-none items-center gap-2.5 border-b border-line-2 px-3">
        <Search size={14} className="flex-none text-3" aria-hidden />
        <List.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder="Add a block, go to a node, open a Play, do anything"
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

export const CommandPalette = ({ open, onOpen }: CommandPaletteProps) => (
  <Radix.Root open={open} onOpenChange={onOpen}>
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-app/60" />
      <Radix.Content
        aria-describedby={undefined}
        className="fixed top-[12vh] left-1/2 z-40 w-[600px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-dialog bg-raised text-12 text-2 shadow-float outline-none"
      >
        <Radix.Title className="sr-only">Find or do</Radix.Title>
        <Commands onDone={() => onOpen(false)} />
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
