// Windows of a run for a chart: bars on the finest timeframe that fits, values that became known, pivots; by hand.
import { describe, expect, it } from 'vitest'
import { candleWindow, fittingTimeframe, pivotsOf, seriesWindow } from '../../../../blocks/engine/look/window'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { isProblems, type PreparedSeat, prepareSeats } from '../../../../blocks/engine/seats'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { getBit } from '../../../../blocks/kit/bits'
import { closeMsOf, openMsOf } from '../../../../blocks/kit/timeframe'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { flatOf, typesByKey } from '../laws/cases'

const hour = 60 * minuteMs
const id = 'binance:BTCUSDT.P'
const market: MarketRows = marketOf({ seed: 5, minutes: 3000, holes: 20 })
const workspace = new Workspace([market])
const all = { fromMs: monday, toMs: monday + 3000 * minuteMs }

const text = `dsl: 1
play: windows
markets: { main: ${id} }
tf: 5m
nodes:
  price: { bars: { market: main } }
  slow: { bars: { market: main, tf: 1h } }
  mean: { sma: { of: slow.close, length: 3 } }
  fast: { ema: { of: price.close, length: 5 } }
  swing: { swing: { bars: price, left: 2, right: 2 } }
  crossed: { crosses_above: [fast, mean] }
  high: { equals: { of: swing.last_kind, is: high } }
  go: { all: [crossed, high] }
  buy: { entry: { when: go } }
  stop: { stop: { by: 2% } }
long: { entries: [buy], exits: [stop] }
short: none
risk: { size: { risk: 1% } }
`
const seat = ((): PreparedSeat => {
  const { tree } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('no Play')
  const settings = settingsSchema.parse({ funding_gaps: 'mark' })
  const made = prepareSeats({ plays: [flatOf(tree)], workspace, types: typesByKey, settings, ...all })
  if (isProblems(made) || made[0] === undefined) throw new Error(JSON.stringify(made))
  return made[0]
})()

describe('the timeframe of a window', () => {
  it.each([
    { maxBars: 100, tf: '1m', stored: '1m', minutes: 10, wanted: '1m' },
    { maxBars: 10, tf: '1m', stored: '1m', minutes: 10, wanted: '1m' },
    { maxBars: 9, tf: '1m', stored: '1m', minutes: 10, wanted: '3m' },
    { maxBars: 100, tf: '15m', stored: '1m', minutes: 10, wanted: '15m' },
    { maxBars: 24, tf: '1m', stored: '1m', minutes: 1440, wanted: '1h' },
    { maxBars: 23, tf: '1m', stored: '1m', minutes: 1440, wanted: '2h' },
    { maxBars: 100, tf: '1m', stored: '1h', minutes: 1440, wanted: '1h' },
    { maxBars: 1, tf: '1m', stored: '1m', minutes: 9000 * 1440, wanted: '1w' },
    { maxBars: 10, tf: '1m', stored: '2h', minutes: 1800, wanted: '4h' },
  ] as const)('at most $maxBars bars in $minutes minutes, not below $tf, stored on $stored: $wanted', (one) => {
    const { maxBars, tf, stored, minutes, wanted } = one
    expect(fittingTimeframe({ fromMs: monday, toMs: monday + minutes * minuteMs, maxBars, tf }, stored)).toBe(wanted)
  })
})

describe('candles', () => {
  it('are the stored bars where these fit: no hole is filled', () => {
    const { tf, openMs, close, volume } = candleWindow(workspace, id, { ...all, maxBars: 3000, tf: '1m' })
    expect(tf).toBe('1m')
    expect([openMs, close, volume]).toEqual([market.bars.openMs, market.bars.close, market.bars.volume])
    expect(openMs.length).toBeLessThan(3000)
  })

  it('of a stretch: those that open in it, the end left out', () => {
    const ask = { fromMs: monday + 30_000, toMs: monday + hour, maxBars: 100, tf: '1m' as const }
    const { openMs } = candleWindow(workspace, id, ask)
    const wanted = market.bars.openMs.filter((ms) => ms >= ask.fromMs && ms < ask.toMs)
    expect(openMs).toEqual(wanted)
    expect(candleWindow(workspace, id, { ...ask, toMs: monday + hour + 1 }).openMs.length).toBe(wanted.length + 1)
  })

  it('are built from their minutes on a slower timeframe', () => {
    const { tf, ...made } = candleWindow(workspace, id, { ...all, maxBars: 200, tf: '5m' })
    expect(tf).toBe('15m')
    const { bars } = market
    const first = made.openMs[0] ?? 0
    const rows = [...bars.openMs.keys()].filter((j) => {
      const ms = bars.openMs[j] ?? 0
      return ms >= first && ms < first + 15 * minuteMs
    })
    const of = (column: Float64Array): number[] => rows.map((j) => column[j] ?? Number.NaN)
    expect(made.high[0]).toBe(Math.max(...of(bars.high)))
    expect(made.low[0]).toBe(Math.min(...of(bars.low)))
    expect(made.open[0]).toBe(of(bars.open)[0])
    expect(made.close[0]).toBe(of(bars.close).at(-1))
    expect(made.volume[0]).toBe(of(bars.volume).reduce((sum, x) => sum + x, 0))
  })

  it('tell the first and the last bar there is, whatever is asked', () => {
    const { openMs, firstMs, lastMs } = candleWindow(workspace, id, { fromMs: 0, toMs: 1, maxBars: 5, tf: '1m' })
    expect(openMs).toHaveLength(0)
    expect([firstMs, lastMs]).toEqual([market.bars.openMs[0], market.bars.openMs.at(-1)])
  })
})

describe('values of a node', () => {
  it('on its own clock: one a bar that exists, known at its close', () => {
    const { knownMs, values, kinds } = seriesWindow(
      seat,
      { node: 'fast', output: 'value' },
      { ...all, maxBars: 5000, tf: '1m' },
    )
    const { decision } = seat.seat
    const wanted = Array.from({ length: decision.rows }, (_, i) => i).filter((i) => !getBit(decision.hole, i))
    expect([...knownMs]).toEqual(wanted.map((i) => closeMsOf('5m', decision.row0 + i)))
    const column =
      seat.evaluated.nodes[seat.evaluated.flat.nodes.findIndex(({ path }) => path === 'fast')]?.outputs.value
    expect([...values]).toEqual(wanted.map((i) => (column as Float64Array)[i]))
    expect(kinds).toBeNull()
  })

  it('a slower node has as many values as it has bars', () => {
    const { knownMs } = seriesWindow(seat, { node: 'mean', output: 'value' }, { ...all, maxBars: 5000, tf: '1m' })
    expect(knownMs.length).toBe(50)
    expect(knownMs[0]).toBe(monday + hour)
  })

  it('where these are too many: the last one of each slower bar', () => {
    const fine = seriesWindow(seat, { node: 'fast', output: 'value' }, { ...all, maxBars: 5000, tf: '1m' })
    const coarse = seriesWindow(seat, { node: 'fast', output: 'value' }, { ...all, maxBars: 60, tf: '1m' })
    expect(coarse.knownMs.length).toBe(50)
    coarse.knownMs.forEach((ms, k) => {
      const at = fine.knownMs.indexOf(ms)
      expect(coarse.values[k]).toBe(fine.values[at])
      // The next finer value, if there is one, belongs to the next hour.
      const next = fine.knownMs[at + 1]
      if (next !== undefined) expect(Math.floor((next - 1) / hour)).toBeGreaterThan(Math.floor((ms - 1) / hour))
    })
  })

  it('of an event: was there one in the bar; no cross is lost', () => {
    const ask = { node: 'crossed', output: '' }
    const fine = seriesWindow(seat, ask, { ...all, maxBars: 5000, tf: '1m' })
    const hours = new Set(
      [...fine.knownMs].flatMap((ms, k) => (fine.values[k] === 1 ? [Math.floor((ms - 1) / hour)] : [])),
    )
    const coarse = seriesWindow(seat, ask, { ...all, maxBars: 60, tf: '1m' })
    const marked = [...coarse.knownMs].filter((_, k) => coarse.values[k] === 1).map((ms) => Math.floor((ms - 1) / hour))
    expect(hours.size).toBeGreaterThan(3)
    expect(marked).toEqual([...hours])
  })

  it('of a kind: its codes, with their names', () => {
    const { values, kinds } = seriesWindow(
      seat,
      { node: 'swing', output: 'last_kind' },
      { ...all, maxBars: 5000, tf: '1m' },
    )
    expect(kinds).toEqual(['high', 'low'])
    expect(new Set([...values].filter(Number.isFinite))).toEqual(new Set([0, 1]))
  })

  it.each([
    ['nobody', 'value'],
    ['fast', 'nothing'],
    ['price', ''],
    ['buy', ''],
    ['fast', 'constructor'],
  ])('%s.%s has none', (node, output) => {
    expect(seriesWindow(seat, { node, output }, { ...all, maxBars: 100, tf: '1m' }).values).toHaveLength(0)
  })
})

describe('pivots', () => {
  const ask = { ...all, maxBars: 10_000, tf: '1m' as const }

  it('stand at the bar that formed them and are known two bars later', () => {
    const pivots = pivotsOf(seat, ask)
    const { high, low, row0 } = seat.seat.decision
    expect(pivots.length).toBeGreaterThan(50)
    for (const { node, kind, formedMs, knownMs, price } of pivots) {
      const row = Math.round(formedMs / (5 * minuteMs)) - row0
      const column = kind === 'high' ? high : low
      expect([node, openMsOf('5m', row0 + row), knownMs]).toEqual(['swing', formedMs, formedMs + 15 * minuteMs])
      expect(column[row]).toBe(price)
      for (const other of [-2, -1, 1, 2]) {
        const beside = column[row + other] ?? Number.NaN
        expect(kind === 'high' ? price > beside : price < beside).toBe(true)
      }
    }
    const known = pivots.map(({ knownMs }) => knownMs)
    expect(known).toEqual([...known].sort((a, b) => a - b))
  })

  it('of a stretch are those that formed in it; of too many the newest', () => {
    const whole = pivotsOf(seat, ask)
    const [fromMs, toMs] = [monday + 7 * hour, monday + 19 * hour]
    const inside = whole.filter(({ formedMs }) => formedMs >= fromMs && formedMs < toMs)
    expect(pivotsOf(seat, { ...ask, fromMs, toMs })).toEqual(inside)
    expect(pivotsOf(seat, { ...ask, maxBars: 7 })).toEqual(whole.slice(-7))
    expect(pivotsOf(seat, { ...ask, maxBars: 0 })).toEqual([])
  })
})
