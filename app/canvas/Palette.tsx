// What can be added, by family and role: searched, dragged onto the canvas, or added with Enter.
'use client'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { addNode } from '../document/edits/nodes'
import { stepLabel } from '../document/labels'
import { useOwn } from '../library/library'
import { classes } from '../ui/classes'
import { Kbd } from '../ui/Kbd'
import { TextField } from '../ui/TextField'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { attendNode } from './attend'
import { roomIn } from './drawn'
import { iconOf } from './icons'
import { found, type Offer, type Shelf, shelvesOf } from './offers'
import { SocketGlyph } from './SocketGlyph'
import { say } from './said'
import { sightMiddle } from './sight'
import { dragType } from './useDrop'

const Row = ({ offer, onAdd }: { offer: Offer; onAdd: (offer: Offer) => void }) => {
  const Icon = iconOf(offer.icon)
  return (
    <button
      type="button"
      draggable
      data-offer={offer.type}
      title={offer.about}
      className="flex h-[26px] w-full items-center gap-2 px-3 text-left text-2 hover:bg-hover hover:text-1 focus-visible:-outline-offset-2"
      onClick={() => onAdd(offer)}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, offer.type)
        event.dataTransfer.effectAllowed = 'copy'
      }}
    >
      <Icon size={13} className="flex-none text-3" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{offer.label}</span>
      {offer.letter !== null && (
        <span className="flex-none">
          <SocketGlyph letter={offer.letter} />
        </span>
      )}
    </button>
  )
}

const ShelfRows = ({ shelf, first, onAdd }: ShelfRowsProps) => (
  <section aria-label={shelf.title}>
    <h3
      className={classes(
        'flex justify-between px-3 pb-[3px] text-11 leading-4 font-medium text-3',
        first ? 'pt-1.5' : 'pt-2.5',
      )}
    >
      {shelf.title}
      {shelf.offers.length > 4 && <span>{shelf.offers.length}</span>}
    </h3>
    {shelf.offers.map((offer) => (
      <Row key={offer.type} offer={offer} onAdd={onAdd} />
    ))}
  </section>
)
interface ShelfRowsProps {
  readonly shelf: Shelf
  readonly first: boolean
  readonly onAdd: (offer: Offer) => void
}

/** Adds a node where the layout has it; in a Play that somebody arranged, in the middle of what is seen. */
const useAdd = () => {
  const { store } = useSession()
  return ({ type }: Offer): void => {
    const { edit, document } = store.getState()
    const at = document.sidecar.positions === undefined ? null : roomIn(document, sightMiddle())
    let id = ''
    edit(stepLabel.add(type), (draft) => {
      id = addNode(draft, { type, at })
    })
    say(stepLabel.add(type))
    useView.setState({ selected: [id], reveal: { node: id } })
    attendNode(id)
  }
}

/** Arrow keys go from row to row, and back to the search. */
const step = (list: HTMLElement | null, by: 1 | -1): void => {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-palette-search],[data-offer]') ?? [])]
  const at = rows.findIndex((row) => row.matches(':focus'))
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus()
}

export const Palette = () => {
  const [query, setQuery] = useState('')
  const blocks = useDocument(({ document }) => document.tree.blocks)
  const own = useOwn()
  const shelves = useMemo(() => shelvesOf(blocks, own), [blocks, own])
  const shown = shelves
    .map((shelf) => ({ ...shelf, offers: found(shelf.offers, query) }))
    .filter(({ offers }) => offers.length > 0)
  const all = found(
    shelves.flatMap(({ offers }) => offers),
    query,
  )
  const list = useRef<HTMLDivElement>(null)
  const add = useAdd()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(list.current, event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape' && query !== '') {
      event.stopPropagation()
      setQuery('')
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk through the buttons inside
    <div ref={list} className="flex h-full min-h-0 flex-col" onKeyDown={onKeyDown}>
      <div className="flex-none px-2.5 pt-2.5 pb-1">
        <TextField
          data-palette-search=""
          value={query}
          onText={setQuery}
          placeholder="Add a block"
          aria-label="Add a block"
          before={<Search size={13} aria-hidden />}
          after={<Kbd>/</Kbd>}
          onKeyDown={(event) => {
            const [first] = all
            if (event.key === 'Enter' && first !== undefined && query.trim() !== '') add(first)
          }}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-3">
        {shown.length === 0 && <p className="px-3 py-2 text-3">Nothing of this name. Try another word.</p>}
        {shown.map((shelf, i) => (
          <ShelfRows key={shelf.title} shelf={shelf} first={i === 0} onAdd={add} />
        ))}
      </div>
    </div>
  )
}
