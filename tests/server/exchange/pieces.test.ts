// A series that grows piece by piece: a commit touches the files of its own rows alone, and the whole stays one series.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsOf } from '../../../server/core/gate'
import type { Incoming } from '../../../server/core/incoming'
import { minutes, openWorkshop, start } from '../../fixtures/data/workshop'

const key = { instrument: 'binance:BTCUSDT.P', kind: 'klines', tf: '30m' } as const
const halfHour = 1_800_000
const count = 4000
/** Four months of half hours: prices of minutes serve as well. */
const rows = minutes(count)
const timeMs = Float64Array.from(rows.openMs, (_, i) => start + i * halfHour)

const piece = (from: number, to: number): Incoming => ({
  path: `rows ${from}`,
  sha256: `${from}-${to}`.padEnd(64, '0').replaceAll('-', 'a'),
  table: {
    timeMs: timeMs.slice(from, to),
    values: [rows.open, rows.high, rows.low, rows.close, rows.volume].map((column) => column.slice(from, to)),
  },
  line: Float64Array.from({ length: to - from }, (_, i) => i + 1),
  faults: [],
  duplicates: 0,
})
const options = { skipBad: false, checkpoint: () => {} }

describe('pieces in any order', () => {
  it('make the series that their rows make at once, with true gaps after every one', { timeout: 120_000 }, async () => {
    const anyPieces = fc.array(fc.tuple(fc.nat(count - 2), fc.integer({ min: 1, max: 900 })), {
      minLength: 1,
      maxLength: 7,
    })
    await fc.assert(
      fc.asyncProperty(anyPieces, async (pieces) => {
        const { store } = openWorkshop()
        const there = new Set<number>()
        for (const [from, length] of pieces) {
          const to = Math.min(count, from + length)
          await store.commit(key, [piece(from, to)], options)
          for (let i = from; i < to; i++) there.add(i)
          const indices = [...there].sort((a, b) => a - b)
          const [inspection] = await store.inspect()
          expect(inspection?.damage).toEqual([])
          const stamps = Float64Array.from(indices, (i) => timeMs[i] ?? 0)
          expect(Array.from(inspection?.table?.timeMs ?? [])).toEqual(Array.from(stamps))
          const gaps = gapsOf(stamps, '30m')
          expect(inspection?.info).toMatchObject({ rows: there.size, gaps: gaps.length })
          expect((await store.coverage(key)).stored).toHaveLength(gaps.length + 1)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('leave the files of other months as they are', async () => {
    const { store } = openWorkshop()
    await store.commit(key, [piece(0, 3000)], options)
    const written: string[] = []
    const checkpoint = (label: string): void => void written.push(label)
    await store.commit(key, [piece(3000, 3100)], { ...options, checkpoint })
    expect(written).toEqual(['writing 2024-03', 'committing'])
    const [inspection] = await store.inspect()
    expect([inspection?.damage, inspection?.info?.rows]).toEqual([[], 3100])
  })

  it('refuse a contradiction wherever it is', async () => {
    const { store } = openWorkshop()
    await store.commit(key, [piece(0, 3000)], options)
    const good = piece(1400, 1600)
    const close = Float64Array.from(good.table.values[3] ?? [], (price, i) => (i === 100 ? price + 0.01 : price))
    const bad = { ...good, table: { ...good.table, values: good.table.values.with(3, close) } }
    await expect(store.commit(key, [{ ...bad, sha256: 'b'.repeat(64) }], options)).rejects.toMatchObject({
      code: 'rows_refused',
    })
    expect((await store.inspect())[0]?.info?.rows).toBe(3000)
  })
})
