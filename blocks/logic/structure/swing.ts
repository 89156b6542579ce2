// Fractal pivots: a high strictly above the `left` highs before it and the `right` highs after it, lows turned; a tie is
// none. Known `right` bars late, held from then on; `*_idx` is the absolute row of the pivot bar itself.

import { setVerdict } from '../../kit/bits'
import { pivotMemory, restartPivot, stepPivot } from '../../kit/kernels/pivot'
import { fillVerdict } from '../../kit/kernels/words'
import type { Output } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { barsPort, out, outBits } from '../../kit/port'
import { price, type Socket, unsided } from '../../kit/socket'

/** The wire that structure types will read. No column yet: none of the types of the first version reads it. */
const history: Output<never> = { socket: unsided('W') }
const kinds: Socket = {
  letter: 'K',
  centre: null,
  kinds: ['high', 'low'],
  mirrored: { high: 'low', low: 'high' },
}
const highKind = 0
const lowKind = 1

const noPivots = (): Pivots => ({
  high: Number.NaN,
  low: Number.NaN,
  highRow: Number.NaN,
  lowRow: Number.NaN,
  kind: Number.NaN,
})

export default defineLogic({
  type: 'swing',
  major: 1,
  family: 'structure',
  summary: 'Swing highs and lows: pivots confirmed by the bars on both sides of them.',
  inputs: { bars: barsPort() },
  params: { left: bars(3, 1, 50), right: bars(3, 1, 50) },
  outputs: {
    '': history,
    high_level: out(price),
    low_level: out(price),
    high_idx: out(unsided('N')),
    low_idx: out(unsided('N')),
    high_new: outBits('E'),
    low_new: outBits('E'),
    last_kind: out(kinds),
  },
  firstValid: ({ left, right }) => left + right,
  settled: ({ left, right }) => left + right,
  mirror: () => ({
    outputs: {
      high_level: 'low_level',
      low_level: 'high_level',
      high_idx: 'low_idx',
      low_idx: 'high_idx',
      high_new: 'low_new',
      low_new: 'high_new',
    },
  }),
  memory: ({ left, right }) => ({
    highs: pivotMemory(left, right),
    lows: pivotMemory(left, right),
    last: noPivots(),
  }),
  run({ highs, lows, last }, inputs, outputs, { left, right }, i0, i1, row0) {
    const { high, low } = inputs.bars
    fillVerdict(outputs.high_new, -1, i0, i1)
    fillVerdict(outputs.low_new, -1, i0, i1)
    for (let i = i0; i < i1; i++) {
      const top = high[i]
      const bottom = low[i]
      if (top - top + (bottom - bottom) === 0) {
        const peak = stepPivot(highs, top, left, right)
        // A low is the high of the turned series.
        const trough = -stepPivot(lows, -bottom, left, right)
        if (!Number.isNaN(peak) || !Number.isNaN(trough)) take(last, peak, trough, row0 + i - right)
        if (!Number.isNaN(peak)) setVerdict(outputs.high_new, i, 1)
        if (!Number.isNaN(trough)) setVerdict(outputs.low_new, i, 1)
      } else {
        // A bar that is not known starts everything anew.
        restartPivot(highs)
        restartPivot(lows)
        Object.assign(last, noPivots())
      }
      if (highs.seen <= left + right) {
        setVerdict(outputs.high_new, i, 0)
        setVerdict(outputs.low_new, i, 0)
      }
      outputs.high_level[i] = last.high
      outputs.low_level[i] = last.low
      outputs.high_idx[i] = last.highRow
      outputs.low_idx[i] = last.lowRow
      outputs.last_kind[i] = last.kind
    }
  },
  examples: [
    {
      about: 'left 2, right 1: the high 5 is known one bar late, the low 1 too; the equal highs 4, 4 are no pivot',
      params: { left: 2, right: 1 },
      row0: 100,
      inputs: {
        bars: {
          open: [2, 3, 5, 3, 2, 2, 3, 4, 4, 3, 4, 6, 5],
          high: [2, 3, 5, 4, 3, 2, 3, 4, 4, 3, 4, 6, 5],
          low: [1, 2, 4, 3, 2, 1, 2, 3, 3, 2, 3, 5, 4],
          close: [2, 3, 4, 3, 2, 2, 3, 4, 3, 3, 4, 5, 4],
          volume: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        },
      },
      outputs: {
        high_level: [null, null, null, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6],
        high_idx: [null, null, null, 102, 102, 102, 102, 102, 102, 102, 102, 102, 111],
        high_new: '???TFFFFFFFFT',
        low_level: [null, null, null, null, null, null, 1, 1, 1, 1, 2, 2, 2],
        low_idx: [null, null, null, null, null, null, 105, 105, 105, 105, 109, 109, 109],
        low_new: '???FFFTFFFTFF',
        last_kind: [null, null, null, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0],
      },
    },
    {
      about: 'left 1, right 1: row 1 is high and low at once, first of all: no last kind; row 6 is both after a low',
      params: { left: 1, right: 1 },
      inputs: {
        bars: {
          open: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
          high: [6, 9, 6, 6, 6, 6, 9, 6, 7, 6, 6, 6],
          low: [4, 1, 4, 3, 4, 4, 2, 4, 4, 4, 4, 4],
          close: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
          volume: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        },
      },
      outputs: {
        high_level: [null, null, 9, 9, 9, 9, 9, 9, 9, 7, 7, 7],
        high_idx: [null, null, 1, 1, 1, 1, 1, 6, 6, 8, 8, 8],
        high_new: '??TFFFFTFTFF',
        low_level: [null, null, 1, 1, 3, 3, 3, 2, 2, 2, 2, 2],
        low_idx: [null, null, 1, 1, 3, 3, 3, 6, 6, 6, 6, 6],
        low_new: '??TFTFFTFFFF',
        last_kind: [null, null, null, null, 1, 1, 1, 1, 1, 0, 0, 0],
      },
    },
  ],
})

interface Pivots {
  high: number
  low: number
  highRow: number
  lowRow: number
  kind: number
}

/** Remembers what has just been confirmed; NaN where nothing was. */
const take = (last: Pivots, peak: number, trough: number, row: number): void => {
  const isHigh = !Number.isNaN(peak)
  const isLow = !Number.isNaN(trough)
  if (isHigh) {
    last.high = peak
    last.highRow = row
  }
  if (isLow) {
    last.low = trough
    last.lowRow = row
  }
  // A bar that is both: the kind that was not last comes first, so the last stays (unknown when first of all).
  if (isHigh !== isLow) last.kind = isHigh ? highKind : lowKind
}
