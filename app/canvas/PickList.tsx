// A list to choose from, with search, by mouse or keyboard: types for a wire, targets in connect mode.
'use client'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { classes } from '../ui/classes'
import { menuSurface } from '../ui/surface'

export interface Pick {
  readonly key: string
  readonly label: string
  readonly about?: string
  readonly icon?: ReactNode
  readonly end?: ReactNode
}

interface PickListProps {
  readonly label: string
  readonly hint: string
  readonly picks: readonly Pick[]
  readonly onPick: (key: string) => void
  readonly onClose: () => void
  readonly style?: CSSProperties
  /** Stands above the list: why a wire did not fit, and what would mend it. */
  readonly head?: ReactNode
}

const matches = (pick: Pick, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${pick.label} ${pick.about ?? ''}`.toLowerCase().includes(word))

export const PickList = ({ label, hint, picks, onPick, onClose, style, head }: PickListProps) => {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState('')
  const shown = picks.filter((pick) => matches(pick, query))
  // Rows come and go while they are judged: one is chosen as long as there is any.
  const value = shown.some(({ key }) => key.trim() === chosen) ? chosen : (shown[0]?.key.trim() ?? '')
  return (
    <div className="absolute inset-0 z-30">
      <button type="button" aria-label="Close" tabIndex={-1} className="absolute inset-0" onClick={onClose} />
      <Command
        label={label}
        shouldFilter={false}
        loop
        value={value}
        onValueChange={setChosen}
        style={style}
        className={classes(menuSurface, 'absolute flex max-h-80 w-64 flex-col overflow-hidden p-0!')}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key !== 'Escape') return
          event.preventDefault()
          onClose()
        }}
      >
        {head}
        <div className="flex h-8 flex-none items-center gap-2 border-b border-line-2 px-2.5">
          <Search size={13} className="text-3" aria-hidden />
          <Command.Input
            autoFocus
            value={query}
            onValueChange={(next) => {
              setQuery(next)
              setChosen('')
            }}
            placeholder={hint}
            className="w-full bg-transparent text-1 outline-none"
          />
        </div>
        <Command.List className="min-h-0 flex-1 overflow-y-auto p-1">
          {shown.length === 0 && <p className="px-2 py-1.5 text-3">Nothing of this name.</p>}
          {shown.map(({ key, label: name, about, icon, end }) => (
            <Command.Item
              key={key}
              value={key}
              onSelect={() => onPick(key)}
              title={about}
              className="flex h-[26px] items-center gap-2 rounded-[4px] px-2 text-2 data-[selected=true]:bg-hover data-[selected=true]:text-1"
            >
              <span className="flex-none text-3">{icon}</span>
              <span className="flex-none truncate">{name}</span>
              <span className="min-w-0 flex-1 truncate text-10 text-3">{about}</span>
              <span className="flex-none">{end}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </div>
  )
}
