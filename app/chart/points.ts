// A pack as the points that lightweight-charts takes: candles, volume and lines, holes left empty, nothing bridged.
import type {
  AutoscaleInfoProvider,
  CandlestickData,
  HistogramData,
  LineData,
  Time,
  UTCTimestamp,
  WhitespaceData,
} from 'lightweight-charts'
import { type Grid, openOf } from './grid'
import type { Pack } from './pack'
import type { Colours } from './theme'

type Candle = CandlestickData<Time> | WhitespaceData<Time>
type Column = HistogramData<Time> | WhitespaceData<Time>
type Point = LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>

const timeOf = (grid: Grid, index: number): UTCTimestamp => (openOf(grid, index) / 1000) as UTCTimestamp

/** One candle and one column of volume a bar of the grid. */
export const barPoints = (
  { grid, window, places }: Pick<Pack, 'grid' | 'window' | 'places'>,
  { volumeUp, volumeDown }: Pick<Colours, 'volumeUp' | 'volumeDown'>,
): { readonly candles: Candle[]; readonly volumes: Column[] } => {
  const candles: Candle[] = []
  const volumes: Column[] = []
  for (let i = 0; i < grid.rows; i++) {
    const time = timeOf(grid, i)
    const at = places[i] ?? -1
    if (at < 0) {
      candles.push({ time })
      volumes.push({ time })
      continue
    }
    const [open = 0, close = 0] = [window.open[at], window.close[at]]
    candles.push({ time, open, high: window.high[at] ?? open, low: window.low[at] ?? open, close })
    volumes.push({ time, value: window.volume[at] ?? 0, color: close >= open ? volumeUp : volumeDown })
  }
  return { candles, volumes }
}

/** A stretch without values is not bridged: the piece that would lead over it is not painted. */
export const linePoints = (values: Float64Array, grid: Grid): Point[] =>
  Array.from(values, (value, i): Point => {
    const time = timeOf(grid, i)
    if (Number.isNaN(value)) return { time }
    const torn = i + 1 < values.length && Number.isNaN(values[i + 1])
    return torn ? { time, value, color: 'transparent' } : { time, value }
  })

/** The scale of a pane holds the levels that its values are compared with. */
export const withLevels =
  (levels: readonly number[]): AutoscaleInfoProvider =>
  (original) => {
    const info = original()
    if (info === null || info.priceRange === null) return info
    const { minValue, maxValue } = info.priceRange
    return { ...info, priceRange: { minValue: Math.min(minValue, ...levels), maxValue: Math.max(maxValue, ...levels) } }
  }
