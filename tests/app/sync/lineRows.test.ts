// Two texts beside each other: every line of both stands there once, in order, and what is equal is only shortened.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineRows } from '../../../app/sync/lineRows'

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`)
const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

describe('rows of two texts', () => {
  it('of equal ones are none', () => {
    expect(lineRows('a\nb\n', 'a\nb\n')).toEqual([])
  })

  it('put what changed in one row, what came and went in one of its own, and count what is equal', () => {
    const before = text(...numbers(1, 10), 'old', 'gone', ...numbers(11, 13))
    const after = text(...numbers(1, 10), 'new', ...numbers(11, 13), 'come')
    expect(lineRows(before, after)).toEqual([
      { kind: 'skipped', left: '8', right: '8' },
      { kind: 'same', left: '9', right: '9' },
      { kind: 'same', left: '10', right: '10' },
      { kind: 'changed', left: 'old', right: 'new' },
      { kind: 'gone', left: 'gone', right: null },
      { kind: 'same', left: '11', right: '11' },
      { kind: 'same', left: '12', right: '12' },
      { kind: 'same', left: '13', right: '13' },
      { kind: 'come', left: null, right: 'come' },
    ])
  })

  it('hold every line of both, in order', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const rows = lineRows(text(...a), text(...b))
        const skipped = rows.reduce((sum, { kind, left }) => sum + (kind === 'skipped' ? Number(left) : 0), 0)
        const shown = (side: 'left' | 'right') =>
          rows.flatMap((row) => (row.kind === 'skipped' || row[side] === null ? [] : [row[side]]))
        if (a.join('\n') === b.join('\n')) expect(rows).toEqual([])
        else {
          expect(shown('left').length + skipped).toBe(a.length)
          expect(shown('right').length + skipped).toBe(b.length)
          // Lines of a side keep their order among those that are shown.
          for (const row of rows) if (row.kind === 'same') expect(row.left).toBe(row.right)
          if (skipped === 0) expect([shown('left'), shown('right')]).toEqual([a, b])
        }
      }),
    )
  })

  it('of very long texts stand as a whole, at once', () => {
    const [a, b] = [numbers(1, 3000), numbers(5000, 8000)]
    const rows = lineRows(text(...a), text(...b))
    expect(rows).toHaveLength(3001)
    expect(rows.at(-1)).toEqual({ kind: 'come', left: null, right: '8000' })
  })
})
