// Slower columns on a faster clock: S2 (conditions held, events once), S5 (holes), S10 (last closed bar that exists).
import { describe, expect, it } from 'vitest'
import { align } from '../../../../blocks/engine/columns/align'
import type { AnyColumn } from '../../../../blocks/engine/columns/store'
import type { Frame } from '../../../../blocks/engine/frame'
import { type Bits, bitsOf, setBit, setVerdict, verdictAt } from '../../../../blocks/kit/bits'
import { closeMsOf, rowOf, type Timeframe, tfMs } from '../../../../blocks/kit/timeframe'
import { Dice } from '../../../fixtures/dice'

const day = 1_704_067_200_000

/** A grid alone: `shape` has a letter a row, `.` is a hole. */
const grid = (tf: Timeframe, shape: string, fromMs = day): Frame => {
  const rows = shape.length
  const column = (): Float64Array => new Float64Array(rows)
  const hole = new Uint32Array((rows + 31) >>> 5)
  for (let i = 0; i < rows; i++) if (shape[i] === '.') setBit(hole, i)
  const frame = { open: column(), high: column(), low: column(), close: column(), volume: column() }
  return { ...frame, tf, rows, row0: rowOf(tf, fromMs), hole, partial: new Uint32Array(hole.length) }
}
const bits = (text: string): Bits => {
  const out = bitsOf(text.length)
  for (let i = 0; i < text.length; i++) setVerdict(out, i, text[i] === 'T' ? 1 : text[i] === 'F' ? -1 : 0)
  return out
}
const text = (column: AnyColumn, rows: number): string => {
  if (column instanceof Float64Array || !('t' in column)) throw new Error('not a condition')
  return Array.from({ length: rows }, (_, i) => ({ 1: 'T', 0: '?', [-1]: 'F' })[verdictAt(column, i)]).join('')
}
const numbers = (column: AnyColumn): number[] => {
  if (!(column instanceof Float64Array)) throw new Error('not numbers')
  return [...column]
}

describe('S10', () => {
  it('a value is known from the close of its bar on, not before', () => {
    const frames = { from: grid('15m', 'xx'), to: grid('5m', 'xxxxxxx') }
    const nan = Number.NaN
    // Bar 0 closes with the third fast bar, bar 1 with the sixth.
    expect(numbers(align(Float64Array.of(1, 2), frames, false))).toEqual([nan, nan, 1, 1, 1, 2, 2])
  })

  it('of bars that do not exist nothing is taken: the last existing one stands', () => {
    const frames = { from: grid('15m', 'x.x'), to: grid('5m', 'xxxxxxxxx') }
    const nan = Number.NaN
    expect(numbers(align(Float64Array.of(1, 99, 3), frames, false))).toEqual([nan, nan, 1, 1, 1, 1, 1, 1, 3])
  })

  it('grids that begin at different instants meet in time, not by index', () => {
    const frames = { from: grid('1h', 'xx', day - 3_600_000), to: grid('30m', 'xxx') }
    // The hour before midnight is closed already; the one after closes with the second half hour.
    expect(numbers(align(Float64Array.of(7, 8), frames, false))).toEqual([7, 8, 8])
  })
})

describe('S2', () => {
  it('a slower condition is held until its next close', () => {
    const frames = { from: grid('15m', 'xxx'), to: grid('5m', 'xxxxxxxxx') }
    expect(text(align(bits('TF?'), frames, false), 9)).toBe('??TTTFFF?')
  })

  it('a slower event is true only on the first faster bar that knows it', () => {
    const frames = { from: grid('15m', 'xxx'), to: grid('5m', 'xxxxxxxxxx') }
    expect(text(align(bits('TTF'), frames, true), 10)).toBe('??TFFTFFFF')
  })

  it('an event of a bar before the grid is no news', () => {
    const frames = { from: grid('1h', 'xx', day - 3_600_000), to: grid('30m', 'xxxx') }
    expect(text(align(bits('TT'), frames, true), 4)).toBe('FTFF')
  })

  it('any frames, row by row: the last existing bar closed by then', () => {
    const tfs: readonly Timeframe[] = ['5m', '15m', '30m', '1h', '4h', '1d']
    for (let seed = 1; seed <= 300; seed++) {
      const dice = new Dice(seed)
      const [fast, slow] = [dice.pick(tfs.slice(0, 3)), dice.pick(tfs.slice(1))]
      if (fast === undefined || slow === undefined || tfMs[slow] <= tfMs[fast]) continue
      const shape = (n: number): string => Array.from({ length: n }, () => (dice.chance(20) ? '.' : 'x')).join('')
      const from = grid(slow, shape(dice.int(1, 9)), day - dice.int(0, 3) * tfMs[slow])
      const to = grid(fast, shape(dice.int(1, 60)), day)
      const states = bits(Array.from({ length: from.rows }, () => dice.pick(['T', 'F', '?'] as const)).join(''))
      const values = Float64Array.from({ length: from.rows }, (_, r) => r + 0.5)
      const [held, events, aligned] = [
        align(states, { from, to }, false),
        align(states, { from, to }, true),
        align(values, { from, to }, false),
      ]
      for (const { t, f } of [held as Bits, events as Bits])
        expect(
          t.map((word, w) => word & (f[w] ?? 0)).every((word) => word === 0),
          `seed ${seed}: both`,
        ).toBe(true)
      for (let i = 0; i < to.rows; i++) {
        const now = closeMsOf(fast, to.row0 + i)
        let last = -1
        for (let r = 0; r < from.rows; r++)
          if (closeMsOf(slow, from.row0 + r) <= now && ((from.hole[0] ?? 0) >>> r) % 2 === 0) last = r
        const verdict = last < 0 ? 0 : verdictAt(states, last)
        const news = last >= 0 && closeMsOf(slow, from.row0 + last) > now - tfMs[fast]
        const where = `seed ${seed}, row ${i}`
        expect(numbers(aligned)[i], where).toBe(last < 0 ? Number.NaN : last + 0.5)
        expect('t' in held && verdictAt(held as Bits, i), where).toBe(verdict)
        expect('t' in events && verdictAt(events as Bits, i), where).toBe(verdict === 1 && !news ? -1 : verdict)
      }
    }
  })
})
