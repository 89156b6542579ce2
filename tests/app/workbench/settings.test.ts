// Choices of runs that a browser kept: taken back as they were, and what is no longer understood runs as usual.
import { describe, expect, it } from 'vitest'
import { choicesOf, keptChoices, setChoices, usualChoices } from '../../../app/workbench/settings'

describe('kept choices', () => {
  it('survive being written as JSON', () => {
    const own = {
      ...usualChoices,
      fromMs: Date.UTC(2023, 0, 1),
      settings: { ...usualChoices.settings, equity: 2500, margin: 'cross' as const },
      sets: { fast: 21, dip: '6b' },
    }
    expect(keptChoices(JSON.parse(JSON.stringify({ byDocument: { a: own } })))).toEqual({ a: own })
  })

  it('drop what this version does not understand and keep the others', () => {
    const kept = { byDocument: { a: usualChoices, b: { ...usualChoices, settings: { equity: -1 } }, c: 7 } }
    expect(keptChoices(kept)).toEqual({ a: usualChoices })
  })

  it.each([null, undefined, 'text', { byDocument: [] }, {}])('are none where nothing sound was kept: %j', (kept) => {
    expect(keptChoices(kept)).toEqual({})
  })

  it('belong to one document', () => {
    setChoices('one', { toMs: 5 })
    expect(choicesOf('one')).toEqual({ ...usualChoices, toMs: 5 })
    expect(choicesOf('two')).toBe(usualChoices)
  })
})
