// What the drawings are tried on: a hundred bars with a hole, a trade with its path, pivots.
import type { Pack } from '../../../app/chart/pack'
import type { DrawnPivot } from '../../../app/chart/pivots'
import type { Mark, TradePath } from '../../../app/chart/trades'
import type { TradeRow } from '../../../blocks/engine/report/document'
import { type Done, grid, hour, t0 } from './paper'

/** Bar i from 40 to 60, the closes at 50; bars 20 to 24 are a hole. */
export const packOf = (change: Partial<Pack> = {}): Pack => {
  const hole = (i: number): boolean => i >= 20 && i < 25
  const kept = Array.from({ length: 100 }, (_, i) => i).filter((i) => !hole(i))
  const column = (value: number): Float64Array => Float64Array.from(kept, () => value)
  const places = new Int32Array(100).fill(-1)
  kept.forEach((i, at) => {
    places[i] = at
  })
  const openMs = Float64Array.from(kept, (i) => t0 + i * hour)
  return {
    window: {
      tf: '1h',
      openMs,
      open: column(50),
      high: column(60),
      low: column(40),
      close: column(50),
      volume: column(1),
      firstMs: t0,
      lastMs: t0 + 99 * hour,
    },
    grid,
    places,
    holes: [{ from: 20, to: 24 }],
    decimals: 1,
    overlays: [],
    panes: [],
    band: null,
    pivots: [],
    misses: [],
    ...change,
  }
}

export const at = (bar: number): number => t0 + bar * hour
/** Middle of a bar, px. */
export const x = (bar: number): number => 2 + 4 * bar

export const row = { no: 7, entryMs: at(30) } as TradeRow
export const mark = (kind: Mark['kind'], bar: number, change: Partial<Mark> = {}): Mark => ({
  ms: at(bar),
  price: 50,
  kind,
  side: 'long',
  won: true,
  trade: row,
  ...change,
})

export const path: TradePath = {
  side: 'long',
  entryMs: at(30),
  entryPrice: 50,
  endMs: at(60),
  stops: [
    { fromMs: at(30), toMs: at(40), price: 30 },
    { fromMs: at(40), toMs: at(60), price: 52 },
  ],
  moved: { ms: at(40), price: 52, label: 'stop to break-even' },
  targets: [
    { fromMs: at(30), toMs: at(40), price: 70, filled: true, label: '' },
    { fromMs: at(30), toMs: at(60), price: 90, filled: false, label: 'rest at +2 R' },
  ],
  exits: [
    { ms: at(40), price: 70, won: true, label: '50 % at +1 R' },
    { ms: at(60), price: 45, won: false, label: '50 % at \u22120.25 R' },
  ],
  risk: { fromMs: at(30), toMs: at(40), from: 50, to: 30 },
  rewards: [{ fromMs: at(30), toMs: at(40), from: 50, to: 70 }],
}

export const pivot = (bar: number, known: number, change: Partial<DrawnPivot> = {}): DrawnPivot => ({
  node: 'swing',
  kind: 'high',
  formedMs: at(bar),
  knownMs: at(known),
  price: 60,
  label: 'HH',
  untilMs: null,
  size: 1,
  ...change,
})

export const stroked = (done: readonly Done[], colour: string): readonly Done[] =>
  done.filter((one) => one.what === 'stroke' && one.colour === colour)
