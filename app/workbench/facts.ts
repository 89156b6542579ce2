// Tick and step of a market as the trader writes them, where neither a table nor an imported file knows them. Pure.
import type { Settings } from '../../blocks/engine/settings'

export type Fact = 'tick' | 'step'

/** What was written before, as text. */
export const factText = ({ instruments }: Settings, id: string, fact: Fact): string => {
  const value = instruments[id]?.[fact]
  // No exponents: a tick is written as the venue writes it.
  return value === undefined ? '' : value.toFixed(12).replace(/\.?0+$/, '')
}

/** What is wrong with a typed tick or step; null: nothing. Empty: what is known of the market counts. */
export const factFault = (text: string): string | null => {
  if (text === '') return null
  if (!/^\d{1,9}(\.\d{1,12})?$/.test(text)) return 'Write a decimal number, such as 0.01.'
  return Number(text) > 0 ? null : 'It must be more than 0.'
}

/** Settings with the fact of one market; an empty text takes it out. */
export const withFact = (
  settings: Settings,
  { id, fact, text }: { readonly id: string; readonly fact: Fact; readonly text: string },
): Settings => {
  const { [fact]: _, ...others } = settings.instruments[id] ?? {}
  const facts = text === '' ? others : { ...others, [fact]: Number(text) }
  const { [id]: __, ...rest } = settings.instruments
  return { ...settings, instruments: Object.keys(facts).length === 0 ? rest : { ...rest, [id]: facts } }
}
