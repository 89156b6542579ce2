// Tick and step of each market of the Play: as they are known, or as the trader writes them.
'use client'
import { useId, useState } from 'react'
import type { Settings } from '../../blocks/engine/settings'
import { TextField } from '../ui/TextField'
import { type Fact, factFault, factText, withFact } from './facts'
import { marketWord } from './markets'

interface FactFieldProps {
  readonly id: string
  readonly fact: Fact
  readonly settings: Settings
  readonly onSettings: (next: Settings) => void
}

const words: Readonly<Record<Fact, string>> = { tick: 'Tick of the price', step: 'Step of the size' }

const FactField = ({ id, fact, settings, onSettings }: FactFieldProps) => {
  const field = useId()
  const [typed, setTyped] = useState(() => factText(settings, id, fact))
  const fault = factFault(typed)
  // What is right is kept elsewhere, and may be set back there.
  const kept = factText(settings, id, fact)
  const shown = fault !== null || Number(typed) === Number(kept) ? typed : kept
  return (
    <>
      <label htmlFor={field}>{words[fact]}</label>
      <TextField
        id={field}
        value={shown}
        placeholder="as the venue says"
        inputMode="decimal"
        wrong={fault !== null}
        title={fault ?? undefined}
        onText={(text) => {
          setTyped(text)
          if (factFault(text) === null) onSettings(withFact(settings, { id, fact, text }))
        }}
      />
    </>
  )
}

/** `ids`: real markets; made-up ones know their own. */
export const FactFields = ({ ids, ...rest }: { ids: readonly string[] } & Omit<FactFieldProps, 'id' | 'fact'>) =>
  ids.map((id) => (
    <fieldset key={id} className="grid grid-cols-[1fr_120px] items-center gap-x-3 gap-y-1.5">
      <legend className="mt-1 mb-1 text-11 text-3">{marketWord(id)}, where it is not known</legend>
      <FactField id={id} fact="tick" {...rest} />
      <FactField id={id} fact="step" {...rest} />
    </fieldset>
  ))
