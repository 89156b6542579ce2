// The feed over a false engine: what it asks, what it drops, what it hands over.
import { describe, expect, it } from 'vitest'
import { Feed, type FeedPorts, type Subject } from '../../../app/chart/feed'
import type { Line } from '../../../app/chart/lines'
import type { Pack } from '../../../app/chart/pack'
import type { CandleWindow, SeriesWindow, WindowAsk } from '../../../app/engine/protocol'
import { rowOf, tfMs } from '../../../blocks/kit/timeframe'

const hour = tfMs['1h']
const t0 = Date.UTC(2024, 0, 1)

/** Bars of every timeframe from t0 on, `bars` hours long; close = hours since t0. */
const windowOf = ({ fromMs, toMs, tf }: WindowAsk, hours: number): CandleWindow => {
  const opens: number[] = []
  for (let ms = Math.max(t0, fromMs); ms < Math.min(toMs, t0 + hours * hour); ms += tfMs[tf]) opens.push(ms)
  const column = Float64Array.from(opens, (ms) => (ms - t0) / hour)
  const openMs = Float64Array.from(opens)
  return {
    tf,
    openMs,
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
    firstMs: t0,
    lastMs: t0 + (hours - 1) * hour,
  }
}

const line: Line = {
  key: 'ema.value',
  node: 'ema',
  output: 'value',
  letter: 'P',
  clock: '1h',
  thresholds: [],
  held: false,
  compared: 'own',
}

const subject: Subject = {
  instrument: 'x:A',
  finest: '1h',
  overlays: [line],
  panes: [],
  band: null,
  off: [],
  structure: false,
  misses: false,
  colourOf: () => 's1',
  titleOf: (path) => `<${path}>`,
}

const made = (hours = 100_000, change: Partial<FeedPorts['engine']> = {}) => {
  const asks: WindowAsk[] = []
  const seriesAsks: WindowAsk[] = []
  const packs: Pack[] = []
  const nothing: number[] = []
  const engine: FeedPorts['engine'] = {
    candles: (ask) => {
      asks.push(ask)
      return Promise.resolve(windowOf(ask, hours))
    },
    series: (ask): Promise<SeriesWindow> => {
      seriesAsks.push(ask)
      const { openMs, close } = windowOf(ask, hours)
      return Promise.resolve({
        node: ask.node,
        output: ask.output,
        knownMs: openMs.map((ms) => ms + hour),
        values: close,
        kinds: null,
      })
    },
    pivots: () => Promise.resolve([]),
    nearMisses: () => Promise.resolve([]),
    ...change,
  }
  const feed = new Feed({
    engine,
    show: (pack) => packs.push(pack),
    nothing: (last) => nothing.push(last),
    wait: () => Promise.resolve(),
  })
  return { feed, asks, seriesAsks, packs, nothing }
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0))
const seen = (from: number, hours: number) => ({ fromMs: t0 + from * hour, toMs: t0 + (from + hours) * hour })

describe('the feed', () => {
  it('hands over bars and lines of one window at once, each value on the bar that closed with it', async () => {
    const { feed, packs, seriesAsks, asks } = made()
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    expect(packs).toHaveLength(1)
    const [pack] = packs
    expect(pack?.grid.row0).toBe(rowOf('1h', asks[0]?.fromMs ?? 0))
    expect(pack?.overlays[0]?.values).toEqual(pack?.window.close)
    expect(seriesAsks[0]?.fromMs).toBeLessThan(asks[0]?.fromMs ?? 0)
    expect(seriesAsks[0]?.maxBars).toBeGreaterThan(5000)
  })

  it('asks nothing while the window will do, and again before its edge', async () => {
    const { feed, asks } = made()
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    feed.look(seen(5050, 100), 500)
    await settle()
    expect(asks).toHaveLength(1)
    feed.look(seen(5350, 100), 500)
    await settle()
    expect(asks).toHaveLength(2)
  })

  it('does not ask twice for what is on its way, and drops what a newer one replaced', async () => {
    const { feed, asks, packs } = made()
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    feed.look(seen(5010, 100), 500)
    expect(asks).toHaveLength(1)
    feed.look(seen(50_000, 100), 500)
    await settle()
    expect(asks).toHaveLength(2)
    expect(packs).toHaveLength(1)
    expect(packs[0]?.window.openMs[0]).toBe(asks[1]?.fromMs)
  })

  it('drops bars whose lines were still on their way when the look moved on', async () => {
    const late: (() => void)[] = []
    const { feed, packs, asks } = made(100_000, {
      series: () => new Promise((done) => late.push(() => done(null))),
    })
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    feed.look(seen(50_000, 100), 500)
    await settle()
    for (const answer of late) answer()
    await settle()
    expect(packs.map(({ window }) => window.openMs[0])).toEqual([asks[1]?.fromMs])
  })

  it('takes coarser bars for a longer look', async () => {
    const { feed, packs } = made()
    feed.about(subject)
    feed.look(seen(5000, 2000), 500)
    await settle()
    expect(packs[0]?.grid.tf).toBe('6h')
  })

  it('asks for the same window again when lines or the run change', async () => {
    const { feed, asks, packs } = made()
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    feed.about({ ...subject, overlays: [] })
    await settle()
    expect(asks[1]).toEqual(asks[0])
    expect(packs[1]?.overlays).toEqual([])
  })

  it('asks again when another question overtook its own, and says so when there is nothing', async () => {
    let left = 1
    const { feed, packs } = made(100_000, {
      candles: (ask) => Promise.resolve(left-- > 0 ? null : windowOf(ask, 100_000)),
    })
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    expect(packs).toHaveLength(1)
    const empty = made(10)
    empty.feed.about(subject)
    empty.feed.look(seen(90_000, 100), 500)
    await settle()
    expect(empty.packs).toHaveLength(0)
    expect(empty.nothing).toEqual([t0 + 9 * hour])
  })

  it('says nothing while the data are not there yet, and shows them when told to ask again', async () => {
    let there = false
    const { feed, packs, nothing } = made(100_000, {
      candles: (ask) => Promise.resolve(there ? windowOf(ask, 100_000) : null),
    })
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    expect([packs.length, nothing.length]).toEqual([0, 0])
    there = true
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    await settle()
    expect(packs).toHaveLength(1)
  })

  it('shows nothing once it was stopped', async () => {
    const { feed, packs } = made()
    feed.about(subject)
    feed.look(seen(5000, 100), 500)
    feed.stop()
    await settle()
    expect(packs).toEqual([])
  })

  it('asks for nothing once it was stopped, whoever has not heard of it yet', async () => {
    const { feed, asks } = made()
    feed.about(subject)
    feed.stop()
    feed.look(seen(5000, 100), 500)
    feed.about({ ...subject, instrument: 'x:ETHUSDT' })
    feed.look(seen(5000, 100), 500)
    await settle()
    expect(asks).toEqual([])
  })

  it('names the band by what people call its node, and by its output where it has several', async () => {
    const { feed, packs } = made()
    const band = { node: 'short/reclaimed', output: '', letter: 'C', clock: '1h' } as const
    feed.about({ ...subject, band })
    feed.look(seen(5000, 100), 500)
    await settle()
    feed.about({ ...subject, band: { ...band, node: 'breakout', output: 'broke_out' } })
    await settle()
    expect(packs.map((pack) => pack.band?.name)).toEqual(['<short/reclaimed>', '<breakout> broke out'])
  })
})
