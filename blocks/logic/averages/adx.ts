// Directional movement after Wilder, with the sums and seeds of TA-Lib (semantics.md, indicators).
import { averageMemory, restartAverage, stepAverage } from '../../kit/kernels/average'
import { shiftMemory } from '../../kit/kernels/shift'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { barsPort, out } from '../../kit/port'
import { unsided } from '../../kit/socket'

export default defineLogic({
  type: 'adx',
  major: 1,
  family: 'averages',
  summary: 'Strength of a trend (adx, adxr) and its direction (dmp up, dmn down), 0 to 100.',
  inputs: { bars: barsPort() },
  params: { length: bars(14, 1, 500) },
  outputs: { adx: out(unsided('O')), adxr: out(unsided('O')), dmp: out(unsided('O')), dmn: out(unsided('O')) },
  firstValid: ({ length }) => length,
  settled: ({ length }) => 16 * length,
  mirror: () => ({ outputs: { dmp: 'dmn', dmn: 'dmp' } }),
  memory: ({ length }) => ({
    high: Number.NaN,
    low: Number.NaN,
    close: Number.NaN,
    seen: 0,
    sums: new Float64Array(3),
    adx: averageMemory(),
    past: shiftMemory(Math.max(1, length - 1), Number.NaN),
  }),
  run(memory, inputs, { adx, adxr, dmp, dmn }, { length }, i0, i1) {
    const { high, low, close } = inputs.bars
    const { sums, past } = memory
    for (let i = i0; i < i1; i++) {
      const rise = high[i] - memory.high
      const fall = memory.low - low[i]
      const range = Math.max(high[i] - low[i], Math.abs(high[i] - memory.close), Math.abs(low[i] - memory.close))
      memory.high = high[i]
      memory.low = low[i]
      memory.close = close[i]
      const whole = rise + fall + range + close[i]
      if (whole - whole === 0) addMovement(memory, rise, fall, range, length)
      else restart(memory)
      const known = memory.seen >= length
      const plus = known ? shareOf(sums[0], sums[2]) : Number.NaN
      const minus = known ? shareOf(sums[1], sums[2]) : Number.NaN
      const strength = known ? stepStrength(memory.adx, plus, minus, length) : Number.NaN
      dmp[i] = plus
      dmn[i] = minus
      adx[i] = strength
      const before = length === 1 ? strength : past.ring[past.at]
      past.ring[past.at] = strength
      past.at = past.at + 1 === past.ring.length ? 0 : past.at + 1
      adxr[i] = (strength + before) / 2
    }
  },
  examples: [
    {
      about: 'length 1: an inside bar and a flat one have no direction, so the strength keeps what it was',
      params: { length: 1 },
      inputs: {
        bars: {
          open: [9, 9, 11, 10, 8],
          high: [10, 12, 11, 11, 8],
          low: [8, 8, 9, 7, 8],
          close: [9, 11, 10, 8, 8],
          volume: [1, 1, 1, 1, 1],
        },
      },
      outputs: {
        dmp: [null, 50, 0, 0, 0],
        dmn: [null, 0, 0, 50, 0],
        adx: [null, 100, 100, 100, 100],
        adxr: [null, 100, 100, 100, 100],
      },
    },
    {
      about:
        'length 2: sums start with one movement; row 6 moves both ways alike; flat bars from row 8 have no direction',
      params: { length: 2 },
      inputs: {
        bars: {
          open: [9, 9, 14, 15, 13, 14, 12, null, 10, 10, 10, 10, 10],
          high: [10, 16, 17, 15, 17, 16, 17, null, 10, 10, 10, 10, 12],
          low: [8, 8, 13, 11, 13, 12, 11, null, 10, 10, 10, 10, 10],
          close: [9, 13, 15, 13, 14, 12, 14, null, 10, 10, 10, 10, 12],
          volume: [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1],
        },
      },
      outputs: {
        dmp: [null, null, 50, 25, 37.5, 18.75, 7.5, null, null, null, 0, 0, 100],
        dmn: [null, null, 0, 25, 12.5, 18.75, 7.5, null, null, null, 0, 0, 0],
        adx: [null, null, null, 50, 50, 25, 12.5, null, null, null, null, 0, 50],
        adxr: [null, null, null, null, 50, 37.5, 18.75, null, null, null, null, null, 25],
      },
    },
  ],
})

interface Movement {
  seen: number
  /** Movement up, movement down, true range. */
  sums: Float64Array
  adx: { sum: number; seen: number; value: number }
}

/** The first length - 1 movements are summed plainly; from then on a sum loses its length-th part first. */
const addMovement = (memory: Movement, rise: number, fall: number, range: number, length: number): void => {
  const { sums } = memory
  memory.seen += 1
  const full = memory.seen >= length
  sums[0] += (rise > fall && rise > 0 ? rise : 0) - (full ? sums[0] / length : 0)
  sums[1] += (fall > rise && fall > 0 ? fall : 0) - (full ? sums[1] / length : 0)
  sums[2] += range - (full ? sums[2] / length : 0)
}

/**
 * After a bar that is not known, and at the first of all, which has none before it. The ring of past values needs no
 * blanking: it is shorter than the wait for the next one.
 */
const restart = (memory: Movement): void => {
  restartAverage(memory.adx)
  memory.seen = 0
  memory.sums.fill(0)
}

const shareOf = (movement: number, range: number): number => (range === 0 ? 0 : (100 * movement) / range)

/** Wilder's average of |+DI - -DI| / (+DI + -DI); a bar without any direction keeps it (and seeds with 0). */
const stepStrength = (adx: Movement['adx'], plus: number, minus: number, length: number): number => {
  const both = plus + minus
  if (both === 0 && adx.seen >= length) return adx.value
  return stepAverage(adx, both === 0 ? 0 : (100 * Math.abs(plus - minus)) / both, length, 1 / length)
}
