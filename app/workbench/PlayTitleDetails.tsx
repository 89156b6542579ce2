// What a Play says of itself beside its title: its name in files and commands, what it is about, and its markets.
'use client'
import { Info, Plus, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { reasonWords } from '../canvas/words'
import { type Head, headFault, setHead } from '../document/edits/play'
import { stepLabel } from '../document/labels'
import { Field, fieldBox } from '../ui/Field'
import { IconButton } from '../ui/IconButton'
import { Popover } from '../ui/Popover'
import { TextField } from '../ui/TextField'
import { useDocument, useSession } from './session'

type Markets = NonNullable<Head['markets']>

/** Writes a part of the head as one step. A sentence why not, else null. */
const useHead = () => {
  const { store } = useSession()
  return (head: Head, key: keyof Head): string | null => {
    const { edit, document } = store.getState()
    const fault = headFault(document.tree, head)
    if (fault !== null) return reasonWords(fault)
    edit(stepLabel.head(key), (draft) => void setHead(draft, head))
    return null
  }
}

interface TypedProps {
  readonly value: string
  /** A sentence why not, else null. */
  readonly keep: (text: string) => string | null
}

/** Kept with Enter or by leaving the field; what is refused stays as typed, with the reason. */
const useTyped = ({ value, keep }: TypedProps) => {
  const [typed, setTyped] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const done = (): void => {
    if (typed === null) return
    const wrong = typed.trim() === value ? null : keep(typed.trim())
    setFault(wrong)
    if (wrong === null) setTyped(null)
  }
  const type = (text: string): void => {
    setTyped(text)
    setFault(null)
  }
  return { text: typed ?? value, fault, type, done }
}

interface LineProps extends TypedProps {
  readonly label: string
  readonly hint?: string
  readonly placeholder?: string
}

const Line = ({ label, hint, placeholder, ...of }: LineProps) => {
  const { text, fault, type, done } = useTyped(of)
  return (
    <Field label={label} error={fault} {...(hint === undefined ? {} : { hint })}>
      {({ id, describedBy }) => (
        <TextField
          id={id}
          aria-describedby={describedBy}
          value={text}
          placeholder={placeholder}
          wrong={fault !== null}
          onText={type}
          onBlur={done}
          onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && done()}
        />
      )}
    </Field>
  )
}

const AboutField = (of: TypedProps) => {
  const { text, type, done } = useTyped(of)
  return (
    <Field label="About">
      {({ id }) => (
        <textarea
          id={id}
          rows={3}
          value={text}
          placeholder="What it bets on, in a sentence or two"
          className={`${fieldBox('m', false)} h-auto resize-y py-1.5 outline-none`}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={done}
        />
      )}
    </Field>
  )
}

const written = (market: Markets[string]): string => (typeof market === 'string' ? market : market.join(', '))
/** One instrument, or a basket with commas between. */
const read = (text: string): Markets[string] => {
  const ids = text.split(/[\s,]+/).filter((id) => id !== '')
  return ids.length === 1 ? (ids[0] ?? '') : ids
}

const MarketLines = () => {
  const markets = useDocument(({ document }) => document.tree.markets)
  const keepHead = useHead()
  const [fresh, setFresh] = useState('')
  return (
    <section aria-label="Markets" className="flex flex-col gap-2 border-t border-line-2 pt-2.5">
      {Object.entries(markets).map(([name, market]) => (
        <div key={name} className="flex items-end gap-1">
          <div className="min-w-0 flex-1">
            <Line
              label={name === 'main' ? 'Market that is traded' : `Market ${name}, read only`}
              value={written(market)}
              placeholder="binance:BTCUSDT.P"
              keep={(text) => keepHead({ markets: { ...markets, [name]: read(text) } }, 'markets')}
            />
          </div>
          {name !== 'main' && (
            <IconButton
              label={`Take market ${name} away`}
              icon={<X size={12} aria-hidden />}
              onClick={() => {
                const { [name]: _, ...rest } = markets
                keepHead({ markets: rest }, 'markets')
              }}
            />
          )}
        </div>
      ))}
      <div className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <Field label="Another market to read, by a name">
            {({ id }) => <TextField id={id} value={fresh} onText={setFresh} placeholder="spot" />}
          </Field>
        </div>
        <IconButton
          label="Add this market"
          icon={<Plus size={12} aria-hidden />}
          disabled={fresh.trim() === '' || Object.hasOwn(markets, fresh.trim())}
          onClick={() => {
            // It begins as the one that is traded: the trader writes its instrument over it.
            const fault = keepHead({ markets: { ...markets, [fresh.trim()]: markets.main ?? '' } }, 'markets')
            if (fault === null) setFresh('')
          }}
        />
      </div>
    </section>
  )
}

export const PlayTitleDetails = () => {
  const { play, about = '' } = useDocument(({ document }) => document.tree)
  const keepHead = useHead()
  return (
    <Popover
      label="About this Play"
      className="w-80"
      trigger={
        <IconButton size="s" label="About this Play" icon={<Info size={13} aria-hidden />} className="max-lg:hidden" />
      }
    >
      <div className="flex max-h-[70vh] flex-col gap-2.5 overflow-y-auto">
        <Line
          label="Name"
          hint={`${play}.play.yaml`}
          value={play}
          keep={(text) => keepHead({ play: text.toLowerCase().replaceAll(/\s+/g, '_') }, 'play')}
        />
        <AboutField value={about} keep={(text) => keepHead({ about: text }, 'about')} />
        <MarketLines />
      </div>
    </Popover>
  )
}
