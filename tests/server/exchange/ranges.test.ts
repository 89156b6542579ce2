// Stretches of time against a plain list of moments, and the plan of a download against the same list.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersect, lengthMs, nextAsk, subtract, union } from '../../../server/core/downloadRanges'
import type { Range } from '../../../server/core/incoming'

const size = 40
const anyRange = fc
  .tuple(fc.integer({ min: 0, max: size }), fc.integer({ min: 0, max: size }))
  .map(([a, b]): Range => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }))
const anyRanges = fc.array(anyRange, { maxLength: 6 })

const has = (ranges: readonly Range[], ms: number): boolean => ranges.some((r) => ms >= r.fromMs && ms < r.toMs)
const moments = Array.from({ length: size }, (_, ms) => ms)
const bits = (ranges: readonly Range[]): boolean[] => moments.map((ms) => has(ranges, ms))

/** Ascending, not touching, not empty. */
const isNormal = (ranges: readonly Range[]): boolean =>
  ranges.every((r, i) => r.fromMs < r.toMs && (i === 0 || r.fromMs > (ranges[i - 1]?.toMs ?? 0)))

describe('stretches', () => {
  it('are joined, cut and counted as sets of moments are', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        expect(bits(union(a))).toEqual(bits(a))
        expect(bits(subtract(a, b))).toEqual(moments.map((ms) => has(a, ms) && !has(b, ms)))
        expect(bits(intersect(a, b))).toEqual(moments.map((ms) => has(a, ms) && has(b, ms)))
        expect(lengthMs(union(a))).toBe(bits(a).filter(Boolean).length)
        for (const out of [union(a), subtract(a, b), intersect(a, b)]) expect(isNormal(out)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the next stretch to ask for', () => {
  it('begins with what is missing, prefers what was never asked for, and asks for no more than it must', () => {
    const sets = fc.record({ stored: anyRanges, doubtful: anyRanges, holes: anyRanges })
    fc.assert(
      fc.property(anyRange, sets, fc.integer({ min: 1, max: 15 }), (wanted, known, pageMs) => {
        const missing = moments.filter((ms) => has([wanted], ms) && !has(known.stored, ms) && !has(known.holes, ms))
        const fresh = missing.filter((ms) => !has(known.doubtful, ms))
        const list = fresh.length > 0 ? fresh : missing
        const ask = nextAsk(wanted, known, pageMs)
        if (list.length === 0) {
          expect(ask).toBeNull()
          return
        }
        const [first = -1] = list
        expect(ask?.fromMs).toBe(first)
        // It ends where a missing stretch ends: the first one, or a later one that still fits into the page.
        const last = (ask?.toMs ?? 0) - 1
        expect(list).toContain(last)
        expect(list).not.toContain(last + 1)
        const run = list.filter((ms, i) => ms === first + i).length
        if (last - first + 1 > run) expect(last - first + 1).toBeLessThanOrEqual(pageMs)
      }),
      { numRuns: 2000 },
    )
  })

  it('puts small gaps that fit into one page into one question', () => {
    const stored = [
      { fromMs: 0, toMs: 10 },
      { fromMs: 11, toMs: 20 },
      { fromMs: 22, toMs: 100 },
    ]
    const known = { stored, doubtful: [], holes: [] }
    expect(nextAsk({ fromMs: 0, toMs: 100 }, known, 12)).toEqual({ fromMs: 10, toMs: 22 })
    expect(nextAsk({ fromMs: 0, toMs: 100 }, known, 11)).toEqual({ fromMs: 10, toMs: 11 })
  })
})
