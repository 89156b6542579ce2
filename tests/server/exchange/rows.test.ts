// Every row is judged before it is stored, and held against what is stored: good ones once, bad ones not at all.
import { describe, expect, it } from 'vitest'
import { minute, start } from '../../fixtures/data/workshop'
import type { Bar } from '../../fixtures/venue/history'
import { bybit, openScene, perp, type Scene, truth } from '../../fixtures/venue/scene'

const klines = /klines?$/
const swap = (rows: unknown[], place: number, change: (row: unknown[]) => unknown[]): unknown[] =>
  rows.map((row, i) => (i === place ? change(row as unknown[]) : row))

describe('rows that are not as asked for', () => {
  const good: readonly (readonly [string, (rows: unknown[], scene: Scene) => unknown[], number])[] = [
    ['unordered', (rows) => [...rows].reverse(), 2],
    ['shuffled', (rows) => rows.map((_, i) => rows[(i * 7) % rows.length]), 2],
    ['twice', (rows) => [...rows, ...rows], 2],
    [
      'with rows of the time before',
      (rows, { venue }) => [
        ...venue.history
          .bars({ tf: '1m', mark: false, fromMs: start, toMs: start + 50 * minute, nowMs: Infinity })
          .map((bar) => [...bar, bar[0] + minute - 1, '1', 1, '1', '1', '0']),
        ...rows,
      ],
      2,
    ],
    ['with holes that are filled when asked again', (rows) => rows.filter((_, i) => i % 100 > 3), 1],
    ['short', (rows) => rows.slice(0, 10), 5],
    ['few, because the venue gives fewer than it did', (rows) => rows.slice(0, 300), 99],
  ]
  it.each(good)('%s: taken once, in order, whole', async (_, change, answers) => {
    const scene = await openScene({ minutes: 2501 })
    scene.venue.fail(klines, { kind: 'rows', change: (rows) => change(rows, scene) }, answers)
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 2501))
    expect((await scene.store.coverage({ instrument: perp, kind: 'klines', tf: '1m' })).holes).toEqual([])
  })

  it.each([perp, bybit])(
    'more than was asked for of %s: neither the running bar nor later ones are taken',
    async (instrument) => {
      const scene = await openScene({ minutes: 300, nowMinutes: 100 })
      const { nowMs } = scene.clock
      const change = (rows: unknown[], { host }: { readonly host: string }) => {
        const ask = { tf: '1m', mark: false, fromMs: start + 95 * minute, toMs: Infinity, nowMs: nowMs() } as const
        const more = scene.venue.history.bars(ask)
        expect(more).toHaveLength(6)
        return [
          ...rows,
          ...more.map((bar) => (host.includes('bybit') ? [...bar, '1'] : [...bar, 0, '1', 1, '1', '1', '0'])),
        ]
      }
      scene.venue.fail(klines, { kind: 'rows', change }, 99)
      await scene.took({ instrument, toMs: start + 98 * minute })
      expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 98))
      await scene.took({ instrument })
      expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 100))
    },
  )

  it('fewer than before of Bybit, the last ones first', async () => {
    const scene = await openScene({ minutes: 2501 })
    scene.venue.fail(klines, { kind: 'rows', change: (rows) => rows.slice(0, 150) }, 99)
    await scene.took({ instrument: bybit })
    expect(await scene.rows(bybit)).toEqual(truth(scene, 0, 2501))
    expect((await scene.store.coverage({ instrument: bybit, kind: 'klines', tf: '1m' })).holes).toEqual([])
  })

  const bad: readonly (readonly [string, string, RegExp, (rows: unknown[]) => unknown[]])[] = [
    [
      'high below low',
      'rows_refused',
      /high below low.*2024-01-01T00:07/,
      (rows) => swap(rows, 7, ([t, o, h, l, ...rest]) => [t, o, l, h, ...rest].map((x, i) => (i === 2 ? '1' : x))),
    ],
    [
      'open outside',
      'rows_refused',
      /open or close outside/,
      (rows) => swap(rows, 3, ([t, , h, ...rest]) => [t, String(Number(h) + 1), h, ...rest]),
    ],
    [
      'a price of zero',
      'rows_refused',
      /price not above zero/,
      (rows) => swap(rows, 3, ([t, o, h, , c, ...rest]) => [t, o, h, '0', c, ...rest]),
    ],
    ['an empty price', 'rows_refused', /no number/, (rows) => swap(rows, 3, ([t, , ...rest]) => [t, '', ...rest])],
    [
      'negative volume',
      'rows_refused',
      /negative volume/,
      (rows) => swap(rows, 3, ([t, o, h, l, c, , ...rest]) => [t, o, h, l, c, '-1', ...rest]),
    ],
    [
      'a time off the grid',
      'rows_refused',
      /off the grid/,
      (rows) => swap(rows, 3, ([t, ...rest]) => [Number(t) + 1, ...rest]),
    ],
    ['no time', 'rows_refused', /no number/, (rows) => swap(rows, 3, ([, ...rest]) => [null, ...rest])],
    ['a row that is none', 'rows_refused', /no number/, (rows) => swap(rows, 3, () => [])],
    [
      'one time with two prices',
      'rows_refused',
      /same time with other values/,
      (rows) => [...rows, (rows[5] as unknown[]).map((x, i) => (i === 5 ? '0.5' : x))],
    ],
    ['bars of another timeframe', 'venue_wrong', /300 s apart, not 1m/, (rows) => rows.filter((_, i) => i % 5 === 0)],
    [
      'rows of another time',
      'venue_wrong',
      /another time than asked for/,
      (rows) =>
        rows.map((row) => {
          const [t, ...rest] = row as unknown[]
          return [Number(t) - 86_400_000, ...rest]
        }),
    ],
  ]
  it.each(bad)('%s: refused whole, the store unchanged', async (...[, code, words, change]) => {
    const scene = await openScene({ minutes: 900 })
    scene.venue.fail(klines, { kind: 'rows', change }, 99)
    const { failure, changed } = await scene.refused()
    expect([failure.code, changed]).toEqual([code, false])
    expect([failure.message, ...failure.problems.map(({ message }) => message)].join(' ')).toMatch(words)
    expect(failure.hint).not.toMatch(/skip-bad|file/)
  })

  it('a page that goes backwards once is asked for again', async () => {
    const scene = await openScene({ minutes: 2500 })
    const first = scene.venue.history.bars({
      tf: '1m',
      mark: false,
      fromMs: start,
      toMs: start + 500 * minute,
      nowMs: Infinity,
    })
    scene.venue.fail(
      klines,
      { kind: 'rows', change: () => first.map((bar) => [...bar, 0, '1', 1, '1', '1', '0']) },
      { times: 1, skip: 1 },
    )
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 2500))
  })

  it.each([
    ['an object', {}],
    ['null', null],
    ['a word', 'ok'],
    ['rows that are objects', [{ open: '1' }]],
  ])('an answer that is %s', async (_, body) => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'answer', body }, 99)
    const { failure, changed } = await scene.refused()
    expect(['venue_wrong', 'venue_unreachable', 'rows_refused']).toContain(failure.code)
    expect(changed).toBe(false)
  })

  it.each([
    ['another symbol', { category: 'linear', symbol: 'ETHUSDT' }],
    ['another category', { category: 'inverse', symbol: 'BTCUSDT' }],
  ])('an answer for %s', async (_, head) => {
    const scene = await openScene({ minutes: 100 })
    scene.venue.fail(klines, { kind: 'answer', body: { retCode: 0, result: { ...head, list: [] }, time: 1 } }, 99)
    const { failure, changed } = await scene.refused({ instrument: bybit })
    expect([failure.code, changed]).toEqual(['venue_wrong', false])
  })

  it.each([perp, bybit])('settlements of another symbol for %s', async (instrument) => {
    const scene = await openScene({ minutes: 2000 })
    const change = (rows: unknown[]) => rows.map((row) => ({ ...(row as object), symbol: 'ETHUSDT' }))
    scene.venue.fail(/fundingRate|funding.history/, { kind: 'rows', change }, 99)
    const { failure, changed } = await scene.refused({ instrument, kind: 'funding', tf: undefined })
    expect([failure.code, changed]).toEqual(['venue_wrong', false])
  })
})

describe('a venue that contradicts what is stored', () => {
  const worse = (bar: Bar): Bar => [bar[0], bar[1], String(Number(bar[2]) + 1), bar[3], bar[4], bar[5]]

  it('in the last stored bar is seen by the next download and refused whole', async () => {
    const scene = await openScene({ minutes: 2000 })
    await scene.took({ toMs: start + 500 * minute })
    scene.venue.history.revised.set(start + 499 * minute, worse)
    const { failure, changed } = await scene.refused()
    expect([failure.code, changed]).toEqual(['rows_refused', false])
    expect(failure.message).toMatch(/same time with other values.*2024-01-01T08:19:00/)
    expect(await scene.rows()).toHaveLength(500)
  })

  it('in the first stored bar after a gap is seen too', async () => {
    const scene = await openScene({ minutes: 2000 })
    await scene.took({ fromMs: start + 500 * minute })
    scene.venue.history.revised.set(start + 500 * minute, worse)
    const { failure, changed } = await scene.refused()
    expect([failure.code, changed]).toEqual(['rows_refused', false])
  })

  it('between two pages of one download', async () => {
    const scene = await openScene({ minutes: 1500 })
    scene.venue.fail(
      klines,
      { kind: 'rows', change: (rows) => swap(rows, 0, ([t, o, h, ...rest]) => [t, o, String(Number(h) + 5), ...rest]) },
      { times: 1, skip: 1 },
    )
    const { failure } = await scene.refused()
    expect(failure.code).toBe('rows_refused')
    expect(await scene.rows()).toEqual(truth(scene, 0, 1000))
  })

  it('in a settlement', async () => {
    const scene = await openScene({ minutes: 3000 })
    const ask = { kind: 'funding', tf: undefined }
    await scene.took({ ...ask, toMs: start + 1500 * minute })
    // A stretch that is asked for again: its rows were known.
    const change = (rows: unknown[]) => [
      ...scene.venue.history
        .settlements(start, start + 1500 * minute, Infinity)
        .map(([fundingTime]) => ({ symbol: 'BTCUSDT', fundingTime, fundingRate: '0.0123' })),
      ...rows,
    ]
    scene.venue.fail(/fundingRate/, { kind: 'rows', change }, 99)
    const { failure, changed } = await scene.refused(ask)
    expect([failure.code, changed]).toEqual(['rows_refused', false])
  })
})
