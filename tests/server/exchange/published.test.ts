// Open interest and long/short ratios from venues: whole, at the moments of their snapshots, through every fault.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import type { PublishedKind } from '../../../server/core/series'
import { createFileReader } from '../../../server/io/bars/fileReader'
import { importFiles } from '../../../server/run/data/importFiles'
import { metricsFile } from '../../fixtures/data/published'
import { minute, snapshot, start } from '../../fixtures/data/workshop'
import { bybit, openScene, perp, type Scene, spot } from '../../fixtures/venue/scene'
import type { Fault } from '../../fixtures/venue/venue'

const day = 1440 * minute
const statistics = /openInterestHist|LongShortAccountRatio|open-interest|account-ratio/
const oi = { kind: 'open-interest', tf: '5m' } as const
const ratio = { kind: 'long-short', tf: '5m' } as const

const rows = async ({ store }: Scene, kind: PublishedKind, instrument = perp): Promise<number[][]> => {
  const { timeMs, values } = await store.published({ instrument, kind, tf: '5m' }, Infinity)
  return Array.from(timeMs, (ms, i) => [ms, ...values.map((column) => column[i] ?? Number.NaN)])
}

/** What the venue has seen in [from, to), minutes after its first bar. */
const truth = ({ venue }: Scene, fromMinute: number, toMinute: number) =>
  venue.history.snapshots({
    tf: '5m',
    fromMs: start + fromMinute * minute,
    toMs: start + toMinute * minute,
    nowMs: Number.POSITIVE_INFINITY,
  })
const openInterest = (scene: Scene, from: number, to: number): number[][] =>
  truth(scene, from, to).map(([ms, base, quote]) => [ms, Number(base), Number(quote)])

describe('snapshots of a venue', () => {
  it.each([
    [perp, 'open-interest', 'GET /futures/data/openInterestHist'],
    [perp, 'long-short', 'GET /futures/data/globalLongShortAccountRatio'],
    [bybit, 'open-interest', 'GET /v5/market/open-interest'],
    [bybit, 'long-short', 'GET /v5/market/account-ratio'],
  ] as const)('of %s: %s, whole, at their moments', async (instrument, kind, endpoint) => {
    const scene = await openScene({ minutes: 4 * 1440 })
    const result = await scene.took({ instrument, kind, tf: '5m' })
    // The last one has to be an interval old.
    const told = truth(scene, 5, 4 * 1440)
    const stored = await rows(scene, kind, instrument)
    expect(stored.map(([ms]) => ms)).toEqual(told.map(([ms]) => ms))
    const values = told.map(([, base, quote, ratio]) =>
      kind === 'long-short' ? [Number(ratio)] : [Number(base), instrument === bybit ? Number.NaN : Number(quote)],
    )
    if (kind === 'long-short' && instrument === bybit)
      for (const [i, [, value = 0]] of stored.entries()) expect(value).toBeCloseTo(values[i]?.[0] ?? 0, 3)
    else expect(stored.map(([, ...of]) => of)).toEqual(values)
    expect(result).toMatchObject({
      added: told.length,
      notes: [],
      holes: [{ fromMs: start, toMs: start + 5 * minute }],
    })
    const [venue] = instrument.split(':')
    const published = { name: kind, source: venue, delayMs: minute, maxAgeMs: 15 * minute }
    expect(await scene.store.series(instrument)).toMatchObject([{ kind, tf: '5m', gaps: 0, published }])
    expect(result.series?.source[0]).toContain(`${venue} ${endpoint} by `)
    expect(scene.venue.violations).toEqual([])
  })

  it('what is stored is not asked for again, a gap in it is', async () => {
    const scene = await openScene({ minutes: 4 * 1440 })
    const range = (from: number, to: number) => ({ fromMs: start + from * day, toMs: start + to * day })
    await scene.took({ ...oi, ...range(1, 2) })
    await scene.took({ ...oi, ...range(3, 4) })
    const before = scene.venue.log.filter(({ path }) => statistics.test(path)).length
    const { added } = await scene.took({ ...oi, ...range(1, 4) })
    expect(added).toBe(288)
    expect(scene.venue.log.filter(({ path }) => statistics.test(path)).length - before).toBe(1)
    expect(await rows(scene, 'open-interest')).toEqual(openInterest(scene, 1440, 4 * 1440))
    expect((await scene.took({ ...oi, ...range(1, 4) })).pages).toBe(0)
  })

  it('Binance keeps 30 days: what is older is not asked for, and said; alone it is refused', async () => {
    const scene = await openScene({ minutes: 40 * 1440 })
    const { fromMs, notes } = await scene.took({ ...oi })
    // 30 days, less the hour for the request and two intervals.
    expect(fromMs).toBe(start + 10 * day + 75 * minute)
    expect(notes).toEqual([
      'the venue keeps open-interest of the last 30d alone: nothing before 2024-01-11 01:10 UTC was asked for',
    ])
    expect(await rows(scene, 'open-interest')).toEqual(openInterest(scene, 10 * 1440 + 75, 40 * 1440))
    const { failure } = await scene.refused({ ...oi, toMs: start + 5 * day })
    expect(failure).toMatchObject({ code: 'range_empty', hint: expect.stringMatching(/data import/) })
    // Bybit has all of it.
    expect((await scene.took({ ...oi, instrument: bybit, toMs: start + day })).notes).toEqual([])
  })

  it('archives and answers of Binance are one series: the same moments, the ratio rounded differently', async () => {
    const scene = await openScene({ minutes: 3 * 1440 })
    const told = truth(scene, 5, 1440 + 5)
    const header = metricsFile(0).trim()
    const lines = told.map(([ms, base, quote, value]) => {
      const time = new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
      return `${time},BTCUSDT,${base}00000000,${quote}00000000,1,1,${(Number(value) + 0.00004).toFixed(8)},1`
    })
    const folder = join(scene.dataDir, '..', 'in')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'BTCUSDT-metrics-2024-01-01.csv')
    writeFileSync(path, `${[header, ...lines].join('\n')}\n`)
    const files = createFileReader({ dataDir: scene.dataDir })
    const imported = await importFiles({ files: [path] }, { store: scene.store, files, nowMs: scene.clock.nowMs })
    files.close()
    expect(imported).toMatchObject({ series: [{ added: 288 }, { added: 288 }] })
    for (const kind of [oi, ratio]) await scene.took({ ...kind, fromMs: start + 5 * minute })
    expect(await rows(scene, 'open-interest')).toEqual(openInterest(scene, 5, 3 * 1440))
    const ratios = await rows(scene, 'long-short')
    expect(ratios).toHaveLength(3 * 288 - 1)
    expect([ratios[0]?.[1], ratios[400]?.[1]]).toEqual([
      Number((Number(told[0]?.[3]) + 0.00004).toFixed(8)),
      Number(truth(scene, 5, 3 * 1440)[400]?.[3]),
    ])
  })

  it('a past that was changed is refused, the store is as before', async () => {
    const scene = await openScene({ minutes: 2 * 1440 })
    await scene.took({ ...oi, toMs: start + day })
    const change = (list: unknown[]) => list.map((row) => ({ ...(row as object), sumOpenInterest: '19999.5' }))
    scene.venue.fail(statistics, { kind: 'rows', change })
    const { failure, changed } = await scene.refused({ ...oi })
    expect([failure.code, changed]).toEqual(['rows_refused', false])
    expect(failure.message).toMatch(/its past was changed.*the first is of 2024-01-01T23:55/)
  })

  it.each([
    ['spot', { instrument: spot, ...oi }, /belongs to a perpetual/],
    ['a week', { ...oi, tf: '1w' }, /has no open-interest of 1w/],
    ['8h at Bybit', { ...ratio, instrument: bybit, tf: '8h' }, /has no long-short of 8h/],
    ['liquidations', { kind: 'liquidations', tf: '5m' }, /not downloaded/],
    ['a series', { kind: 'series', tf: '1d' }, /not downloaded/],
  ])('%s is refused without a request for rows', async (_, request, words) => {
    const scene = await openScene({ minutes: 100 })
    const { failure } = await scene.refused(request)
    expect([failure.code, words.test(failure.message)]).toEqual(['option_wrong', true])
    expect(scene.venue.log.filter(({ path }) => statistics.test(path))).toEqual([])
  })
})

describe('a fault that passes', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['503', { kind: 'status', status: 503 }],
    ['429 with Retry-After', { kind: 'status', status: 429, retryAfterS: 30 }],
    ['HTML', { kind: 'html' }],
    ['cut JSON', { kind: 'cutJson' }],
    ['a body that ends early', { kind: 'cutBody' }],
    ['a reset', { kind: 'reset' }],
    ['an overlapping page', { kind: 'rows', change: (list) => [...list.slice(0, 3), ...list] }],
    ['rows beyond the question', { kind: 'rows', change: (list, { query }) => [...list, late(list, query)] }],
  ]
  /** The same row a year ahead. */
  const late = (list: readonly unknown[], query: URLSearchParams): unknown => {
    const [row] = list as readonly { readonly timestamp: number | string }[]
    const ms = Number(query.get('endTime')) + 365 * day
    return { ...row, timestamp: typeof row?.timestamp === 'string' ? String(ms) : ms }
  }
  it.each(faults.flatMap(([name, fault]) => [perp, bybit].map((instrument) => [name, instrument, fault] as const)))(
    '%s, of %s',
    async (_, instrument, fault) => {
      const scene = await openScene({ minutes: 3 * 1440, timeoutMs: 400 })
      scene.venue.fail(statistics, fault, { times: 1, skip: 1 })
      await scene.took({ ...oi, instrument })
      const told = openInterest(scene, 5, 3 * 1440)
      expect((await rows(scene, 'open-interest', instrument)).map((row) => row.slice(0, 2))).toEqual(
        told.map((row) => row.slice(0, 2)),
      )
      expect(scene.venue.scripts).toMatchObject([{ times: 0 }])
      expect(scene.venue.violations).toEqual([])
    },
  )

  it('a venue whose clock is ahead or behind decides what is over', async () => {
    for (const skewMs of [-40 * minute, 40 * minute]) {
      const scene = await openScene({ minutes: 2 * 1440, nowMinutes: 1440, skewMs })
      await scene.took({ ...oi })
      const last = (await rows(scene, 'open-interest')).at(-1)?.[0] ?? 0
      expect(last).toBe(start + day + skewMs - 5 * minute)
    }
  })

  it('stopped in the middle keeps what came before and goes on there', async () => {
    const scene = await openScene({ minutes: 8 * 1440 })
    const stop = new AbortController()
    const ended = await scene.run({ ...oi, signal: stop.signal, progress: ({ pages }) => pages === 2 && stop.abort() })
    expect(ended instanceof Failure && ended.code).toBe('cancelled')
    const kept = await rows(scene, 'open-interest')
    expect(kept.length).toBeGreaterThan(400)
    expect(kept.length).toBeLessThan(1100)
    expect(kept).toEqual(openInterest(scene, 5, 8 * 1440).slice(0, kept.length))
    const before = snapshot(scene.dataDir)
    const { added } = await scene.took({ ...oi })
    expect(added).toBe(8 * 288 - 1 - kept.length)
    expect(snapshot(scene.dataDir)).not.toEqual(before)
    expect(await rows(scene, 'open-interest')).toEqual(openInterest(scene, 5, 8 * 1440))
  })

  it('two downloads of one series at once end with all of its rows once', async () => {
    const scene = await openScene({ minutes: 5 * 1440 })
    await Promise.all([scene.took({ ...oi }), scene.took({ ...oi }), scene.took({ ...ratio })])
    expect(await rows(scene, 'open-interest')).toEqual(openInterest(scene, 5, 5 * 1440))
    const inspections = await scene.store.inspect(perp)
    expect(inspections.map(({ damage, info }) => [damage, info?.rows])).toEqual([
      [[], 5 * 288 - 1],
      [[], 5 * 288 - 1],
    ])
  })
})
