// Tick and step that the trader writes: taken as decimals, taken out again, and never anything else.
import { describe, expect, it } from 'vitest'
import { factFault, factText, withFact } from '../../../app/workbench/facts'
import { usualChoices } from '../../../app/workbench/settings'
import { settingsSchema } from '../../../blocks/engine/settings'

const usual = usualChoices.settings
const id = 'binance:ADAUSDT'

describe('facts of a market', () => {
  it('are kept by market, the other fact and other markets left alone', () => {
    const tick = withFact(usual, { id, fact: 'tick', text: '0.0001' })
    const both = withFact(tick, { id, fact: 'step', text: '0.1' })
    const more = withFact(both, { id: 'binance:X', fact: 'step', text: '1' })
    expect(more.instruments).toEqual({ [id]: { tick: 0.0001, step: 0.1 }, 'binance:X': { step: 1 } })
    expect(settingsSchema.parse(JSON.parse(JSON.stringify(more)))).toEqual(more)
    expect(factText(more, id, 'tick')).toBe('0.0001')
    expect(factText(more, 'binance:X', 'tick')).toBe('')
    expect(usual.instruments).toEqual({})
  })

  it('are gone without a trace when their field is emptied', () => {
    const tick = withFact(usual, { id, fact: 'tick', text: '0.0001' })
    expect(withFact(tick, { id, fact: 'tick', text: '' })).toEqual(usual)
    const both = withFact(tick, { id, fact: 'step', text: '10' })
    expect(withFact(both, { id, fact: 'tick', text: '' }).instruments).toEqual({ [id]: { step: 10 } })
  })

  it('are written without an exponent', () => {
    expect(factText(withFact(usual, { id, fact: 'tick', text: '0.00000001' }), id, 'tick')).toBe('0.00000001')
    expect(factText(withFact(usual, { id, fact: 'step', text: '100' }), id, 'step')).toBe('100')
  })

  it('are decimal numbers above 0', () => {
    for (const text of ['', '0.01', '5', '0.00000001']) expect([text, factFault(text)]).toEqual([text, null])
    for (const text of ['0', '0.0', '-1', '1e-8', '0,01', 'x', '.5', '1.'])
      expect([text, factFault(text)]).not.toEqual([text, null])
  })
})
