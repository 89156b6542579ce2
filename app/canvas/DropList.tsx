// At the end of a wire that was dropped: why it did not fit, what would mend it, and the types that can follow.
'use client'
import { ArrowRight, Plus } from 'lucide-react'
import type { Wiring } from '../../blocks/play/connect'
import { Button } from '../ui/Button'
import { useDocument } from '../workbench/session'
import type { Actions } from './actions'
import { iconOf } from './icons'
import { offersFor } from './offers'
import { PickList } from './PickList'
import type { Dropped } from './pull'
import { SocketGlyph } from './SocketGlyph'
import { reasonWords } from './words'

const Refused = ({ dropped, actions, onDone }: { dropped: Dropped; actions: Actions; onDone: () => void }) => {
  if (dropped.refused === null) return null
  const { wire, verdict } = dropped.refused
  const { insert } = verdict
  return (
    <div className="flex flex-col gap-1.5 border-b border-line-2 p-2.5 text-11 leading-4 text-2">
      <p>
        <b>Does not fit. </b>
        {reasonWords(verdict.reason)}
      </p>
      {insert !== undefined && (
        <Button
          size="s"
          className="self-start"
          onClick={() => {
            actions.connectThrough(wire, insert, dropped.at)
            onDone()
          }}
        >
          <Plus size={12} aria-hidden />
          {`Insert ${insert.label}`}
        </Button>
      )}
    </div>
  )
}

interface DropListProps {
  readonly dropped: Dropped
  readonly wiring: Wiring
  readonly actions: Actions
  readonly onDone: () => void
}

export const DropList = ({ dropped, wiring, actions, onDone }: DropListProps) => {
  const { from, at } = dropped
  const blocks = useDocument(({ document }) => document.tree.blocks)
  const offers = offersFor(wiring, from, blocks)
  const pick = (type: string): void => {
    const offer = offers.find((one) => one.type === type)
    onDone()
    if (offer === undefined) return
    const left = from.socket.side === 'out' ? at[0] : at[0] - 150
    actions.addWired(type, [left, at[1] - 13], (id) =>
      from.socket.side === 'out'
        ? { source: from.node, output: from.socket.name, target: id, handle: offer.socket ?? '' }
        : { source: id, output: offer.socket, target: from.node, handle: from.socket.name ?? '' },
    )
  }
  return (
    <PickList
      label="Add a node to this wire"
      hint="Add to this wire"
      style={{ left: Math.max(8, dropped.screen[0] - 20), top: Math.max(8, dropped.screen[1] - 16) }}
      head={<Refused dropped={dropped} actions={actions} onDone={onDone} />}
      picks={offers.map(({ type, label, about, icon, letter }) => {
        const Icon = iconOf(icon)
        return {
          key: type,
          label,
          about,
          icon: <Icon size={13} aria-hidden />,
          end: letter === null ? <ArrowRight size={12} aria-hidden /> : <SocketGlyph letter={letter} />,
        }
      })}
      onPick={pick}
      onClose={onDone}
    />
  )
}
