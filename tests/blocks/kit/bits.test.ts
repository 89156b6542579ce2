// Counting and setting rows by words against one row at a time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearRows, countBeside, countBits, getBit, popcount, setRows, wordsFor } from '../../../blocks/kit/bits'

const rows = 200
const word = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff, 0x80000000, 1))
const words = fc.array(word, { minLength: wordsFor(rows), maxLength: wordsFor(rows) }).map((x) => Uint32Array.from(x))
/** Any [i0, i1), empty ones, single rows, and ends on and beside the ends of words among them. */
const range = fc
  .tuple(fc.integer({ min: 0, max: rows }), fc.integer({ min: 0, max: rows }))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])

const every = (check: (i: number) => boolean, [i0, i1]: readonly [number, number]): number => {
  let count = 0
  for (let i = i0; i < i1; i++) if (check(i)) count += 1
  return count
}

describe('rows by words', () => {
  it('popcount is the number of ones in the text of a word, signed or not', () => {
    fc.assert(
      fc.property(word, (x) => {
        const ones = (x >>> 0).toString(2).replaceAll('0', '').length
        expect(popcount(x)).toBe(ones)
        expect(popcount(x | 0)).toBe(ones)
      }),
      { numRuns: 500 },
    )
  })

  it('countBits counts the rows of a range that are set', () => {
    fc.assert(
      fc.property(words, range, (set, [i0, i1]) => {
        expect(countBits(set, i0, i1)).toBe(every((i) => getBit(set, i), [i0, i1]))
      }),
      { numRuns: 1000 },
    )
  })

  it('countBeside leaves out the rows that are set in the second', () => {
    fc.assert(
      fc.property(words, words, range, (set, without, at) => {
        expect(countBeside(set, without, at)).toBe(every((i) => getBit(set, i) && !getBit(without, i), at))
      }),
      { numRuns: 1000 },
    )
  })

  it('setRows and clearRows change the rows of a range and no other', () => {
    fc.assert(
      fc.property(words, range, (before, [i0, i1]) => {
        const set = before.slice()
        const cleared = before.slice()
        setRows(set, i0, i1)
        clearRows(cleared, i0, i1)
        for (let i = 0; i < 32 * before.length; i++) {
          const inside = i >= i0 && i < i1
          // Plain tests: expect() would cost more than what it looks at.
          if (getBit(set, i) !== (inside || getBit(before, i))) throw new Error(`row ${i} after setting`)
          if (getBit(cleared, i) !== (!inside && getBit(before, i))) throw new Error(`row ${i} after clearing`)
        }
      }),
      { numRuns: 300 },
    )
  })
})
