// Windows of conditions by words against one row at a time: rare and frequent rows, short and long windows, any cut.
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Bits, bitsOf, getBit, setBit } from '../../../blocks/kit/bits'
import { withinMemory, withinRows } from '../../../blocks/kit/kernels/within'

const rows = 400
const places = (most: number) => fc.uniqueArray(fc.integer({ min: 0, max: rows - 1 }), { maxLength: most })
/** Rows that are yes, and rows that are not known; all others are no. */
const condition = fc
  .tuple(fc.oneof(places(4), places(60)), fc.oneof(places(3), places(40)))
  .map(([yes, unknown]): Bits => {
    const bits = bitsOf(rows)
    for (let i = 0; i < rows; i++) if (!yes.includes(i) && !unknown.includes(i)) setBit(bits.f, i)
    for (const i of yes) setBit(bits.t, i)
    return bits
  })
const lengths = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 41, max: 200 }),
  fc.constantFrom(31, 32, 33, 64),
)
const cuts = fc
  .array(fc.integer({ min: 0, max: rows }), { maxLength: 4 })
  .map((at) => [...at.sort((a, b) => a - b), rows])

describe('withinRows', () => {
  it('any of the last n rows is yes; all of the last n rows are no, and there are as many', () => {
    fc.assert(
      fc.property(condition, lengths, cuts, ({ t, f }, n, ends) => {
        const memory = withinMemory(n)
        const out = bitsOf(rows)
        let from = 0
        for (const to of ends) {
          withinRows(memory, t, f, out.t, out.f, n, from, to)
          from = to
        }
        for (let i = 0; i < rows; i++) {
          let any = false
          let all = i - n + 1 >= 0
          for (let k = Math.max(0, i - n + 1); k <= i; k++) {
            any ||= getBit(t, k)
            all &&= getBit(f, k)
          }
          // A plain test: expect() would cost as much as all that is looked at.
          if (getBit(out.t, i) !== any || getBit(out.f, i) !== all) throw new Error(`row ${i} of ${n}: ${any}, ${all}`)
        }
      }),
      { numRuns: 400 },
    )
  })
})
