// Dates of a run as they are typed: the last day belongs to it, nothing typed means the usual end, wrong days are told.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, dayText, endsOf, monthText, textOf } from '../../../app/workbench/range'

const day = 86_400_000

describe('dates of a range', () => {
  it('takes both days into the run', () => {
    expect(endsOf({ from: '2023-01-01', to: '2023-12-31' })).toEqual({
      fromMs: Date.UTC(2023, 0, 1),
      toMs: Date.UTC(2024, 0, 1),
    })
  })

  it('leaves an end that is not typed to the data', () => {
    expect(endsOf({ from: '', to: '' })).toEqual({ fromMs: null, toMs: null })
    expect(endsOf({ from: '2024-02-29', to: '' })).toEqual({ fromMs: Date.UTC(2024, 1, 29), toMs: null })
  })

  it('accepts one day and refuses an order that runs backwards', () => {
    expect(endsOf({ from: '2024-03-01', to: '2024-03-01' })).toEqual({
      fromMs: Date.UTC(2024, 2, 1),
      toMs: Date.UTC(2024, 2, 2),
    })
    expect(endsOf({ from: '2024-03-02', to: '2024-03-01' })).toMatch(/before the first/)
  })

  it.each(['2023-02-29', '2023-13-01', '01.02.2023', '2023-1-1', 'tomorrow', '2023-01-01T00:00'])(
    'names the field that holds no day: %s',
    (text) => {
      expect(dayOf(text)).toBeNull()
      expect(endsOf({ from: text, to: '' })).toMatch(/^The first day is not a date/)
      expect(endsOf({ from: '', to: text })).toMatch(/^The last day is not a date/)
    },
  )

  it('writes what it reads, on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 3000 }), (first, length) => {
        const ends = { fromMs: first * day, toMs: (first + length + 1) * day }
        expect(endsOf(textOf(ends))).toEqual(ends)
      }),
    )
  })

  it('says day and month of an instant in UTC', () => {
    expect(dayText(Date.UTC(2024, 0, 1) - 1)).toBe('2023-12-31')
    expect(monthText(Date.UTC(2024, 0, 1) - 1)).toBe('Dec 2023')
    expect(monthText(Date.UTC(2024, 8, 1))).toBe('Sep 2024')
  })
})
