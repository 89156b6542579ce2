// Number fields: what is typed, stepped and dragged; decimals stay as they are written.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalsOf, scrubSteps, stepped, typed } from '../../../app/ui/numbers'

describe('a step', () => {
  it('leaves no dust of binary fractions', () => {
    expect(stepped(0.1, 2, { step: 0.1 })).toBe(0.3)
    expect(stepped(2.5, -1, { step: 0.1 })).toBe(2.4)
    expect(stepped(1.005, 1, { step: 0.01 })).toBe(1.015)
    expect(stepped(1e-7, 1, { step: 1e-7 })).toBe(2e-7)
  })

  it('stays within the limits', () => {
    expect(stepped(95, 10, { step: 1, min: 0, max: 100 })).toBe(100)
    expect(stepped(5, -10, { step: 1, min: 1, max: 100 })).toBe(1)
  })

  it('and the same back is where one began', () => {
    const hundredths = fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 100)
    fc.assert(
      fc.property(
        hundredths,
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom(1, 0.5, 0.25, 0.01),
        (value, n, step) => {
          expect(stepped(stepped(value, n, { step }), -n, { step })).toBe(value)
        },
      ),
    )
  })

  it('knows the decimals of a number', () => {
    expect([0, 3, 0.25, 1e-7, 2.5e-7, 1e21].map(decimalsOf)).toEqual([0, 0, 2, 7, 8, 0])
  })
})

describe('what is typed', () => {
  const share = { step: 1, min: 0, max: 100, unit: '%' }
  it.each([
    ['40', 40],
    [' 2.50 ', 2.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+7', 7],
    ['0', 0],
    ['100', 100],
  ])('%j is a number', (text, value) => {
    expect(typed(text, share)).toEqual({ ok: true, value })
  })

  it('may have a minus of either kind', () => {
    expect(typed('-3', { step: 1 })).toEqual({ ok: true, value: -3 })
    expect(typed('−3', { step: 1 })).toEqual({ ok: true, value: -3 })
  })

  it.each([
    ['', 'A number is needed here.'],
    ['1,5', 'Write a point for decimals, and no commas.'],
    ['1.000,5', 'Write a point for decimals, and no commas.'],
    ['abc', '"abc" is not a number.'],
    ['1e3', '"1e3" is not a number.'],
    ['0x10', '"0x10" is not a number.'],
    ['Infinity', '"Infinity" is not a number.'],
    ['1 2', '"1 2" is not a number.'],
    ['101', 'At most 100 %.'],
    ['-1', 'At least 0 %.'],
  ])('%j is refused in words', (text, fault) => {
    expect(typed(text, share)).toEqual({ ok: false, fault })
  })

  it('may have to be whole', () => {
    expect(typed('2.5', { step: 1, whole: true })).toEqual({ ok: false, fault: 'A whole number is needed here.' })
    expect(typed('2.0', { step: 1, whole: true })).toEqual({ ok: true, value: 2 })
  })
})

describe('a drag', () => {
  it('is a step each four pixels, ten with Shift, the same to both sides', () => {
    expect([3, 4, 41, -3, -4, -41].map((pixels) => scrubSteps(pixels, false))).toEqual([0, 1, 10, -0, -1, -10])
    expect(scrubSteps(9, true)).toBe(20)
  })
})
