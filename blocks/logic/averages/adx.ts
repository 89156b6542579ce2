// Directional movement after Wilder, with the sums and seeds of TA-Lib (semantics.md, indicators).
import { averageMemory, restartAverage, stepAverage } from '../../kit/kernels/average'
import { restartShift, shiftMemory } from '../../kit/kernels/shift'
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
    up: 0,
    down: 0,
    range: 0,
    adx: averageMemory(),
    past: shiftMemory(Math.max(1, length - 1), Number.NaN),
  }),
  run(memory, inputs, { adx, adxr, dmp, dmn }, { length }, i0, i1) {
    const { high, low, close } = inputs.bars
    const { past } = memory
    for (let i = i0; i < i1; i++) {
      const known = stepMovement(memory, high[i], low[i], close[i], length)
      const plus = known ? shareOf(memory.up, memory.range) : Number.NaN
      const minus = known ? shareOf(memory.down, memory.range) : Number.NaN
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
  high: number
  low: number
  close: number
  seen: number
  up: number
  down: number
  range: number
  adx: { sum: number; seen: number; value: number }
  past: { ring: Float64Array; at: number }
}

/** Takes in a bar; true once the sums hold the movement of `length` bars. */
const stepMovement = (memory: Movement, high: number, low: number, close: number, length: number): boolean => {
  const rise = high - memory.high
  const fall = memory.low - low
  const range = Math.max(high - low, Math.abs(high - memory.close), Math.abs(low - memory.close))
  const whole = rise + fall + range + close
  memory.high = high
  memory.low = low
  memory.close = close
  if (whole - whole !== 0) {
    // The ring holds numbers only once an ADX was known, so blanking it costs a step a bar at most.
    if (memory.adx.seen >= length) restartShift(memory.past, Number.NaN)
    restartAverage(memory.adx)
    memory.seen = 0
    memory.up = 0
    memory.down = 0
    memory.range = 0
    return false
  }
  const up = rise > fall && rise > 0 ? rise : 0
  const down = fall > rise && fall > 0 ? fall : 0
  memory.seen += 1
  // The first length - 1 movements are summed plainly; from then on the sum loses its length-th part first.
  const full = memory.seen >= length
  memory.up += up - (full ? memory.up / length : 0)
  memory.down += down - (full ? memory.down / length : 0)
  memory.range += range - (full ? memory.range / length : 0)
  return full
}

const shareOf = (movement: number, range: number): number => (range === 0 ? 0 : (100 * movement) / range)

/** Wilder's average of |+DI - -DI| / (+DI + -DI); a bar without any direction keeps it (and seeds with 0). */
const stepStrength = (adx: Movement['adx'], plus: number, minus: number, length: number): number => {
  const both = plus + minus
  if (both === 0 && adx.seen >= length) return adx.value
  return stepAverage(adx, both === 0 ? 0 : (100 * Math.abs(plus - minus)) / both, length, 1 / length)
}
