// Vectors of S4 to S9: what fires, holes, when a decision is filled, the range. Minute k opens at 00:0k, decisions at 3m.

import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const

export const setupVectors: readonly Vector[] = [
  {
    rule: 'S4',
    about: 'a level that stays true does not enter again after the stop',
    input: run({ minutes: '100*7 | 100 100 95 96 | 96*7', long: { when: 'FTTTT', stop } }),
    // 1,000 / 100 = 10; 10 x (95 - 100) = -50.
    expected: { trades: [trade('long', [entered, ['00:07', 'stop', 95, 10]], { net: -50, r: -1, risk: 50 })] },
  },
  {
    rule: 'S4',
    about: 'while_true enters again at the next free decision',
    input: run({
      minutes: '100*7 | 100 100 95 96 | 96*4',
      long: { entries: [{ when: 'FTTT', whileTrue: true }], stop },
    }),
    // At 00:09 the close is 96: 1,000 / 96 = 10.416.. floored to 10.41.
    expected: {
      trades: [trade('long', [entered, ['00:07', 'stop', 95, 10]])],
      open: [trade('long', [['00:09', 'entry', 96, 10.41]], { net: 0 })],
    },
  },
  {
    rule: 'S4',
    about: 'a rise that a filter stops is spent, also when the filter opens one bar later',
    input: run({ minutes: '100*12', long: { when: 'FTTF', filters: ['FFTT'], stop } }),
    expected: { drops: { filtered: 1 } },
  },
  {
    rule: 'S4',
    about: 'unknown to true is no rise; an unknown filter is not true',
    input: run({ minutes: '100*18', long: { when: '?TFTFF', filters: ['TTT?TT'], stop } }),
    expected: { drops: { filtered: 1 } },
  },
  {
    rule: 'S4',
    about: 'the first setup in the list is the tag when two rise together',
    input: run({
      minutes: '100*9',
      long: {
        entries: [
          { path: 'a', when: 'FFT' },
          { path: 'b', when: 'FTF' },
          { path: 'c', when: 'FTF' },
        ],
        stop,
      },
    }),
    expected: { open: [trade('long', [entered], { setup: 'b' })] },
  },
  {
    rule: 'S5',
    about: 'a bar with a missing minute is decided on like any other and counted',
    input: run({ minutes: '100*3 | 100 | - | 100 | 100*3', long: { when: 'FT', stop } }),
    expected: { open: [trade('long', [entered])], partialBars: 1 },
  },
  {
    rule: 'S5',
    about: 'in a hole every condition is unknown: no decision there, and no rise on the bar after',
    input: run({ minutes: '100*3 | -*3 | 100*6', long: { when: 'FTT', stop } }),
    expected: {},
  },
  {
    rule: 'S5',
    about: 'an exit that a hole delays acts at the next existing close, and the count of bars counts the hole',
    // First fill 00:06 in row 2. T 00:09: 1 bar; T 00:12: 2 bars, but row 3 is a hole; T 00:15: 3 bars.
    input: run({ minutes: '100*9 | -*3 | 101*6', long: { when: 'FT', stop, timeStop: { bars: 2 } } }),
    expected: { trades: [trade('long', [entered, ['00:15', 'time', 101, 10]], { net: 10 })] },
  },
  {
    rule: 'S6',
    about: 'latency of half a minute: the first minute at or after T + latency, sized at T',
    input: run({ minutes: '100*7 | 101*2', long: { when: 'FT', stop } }, { settings: { latency_ms: 30_000 } }),
    expected: { open: [trade('long', [['00:07', 'entry', 101, 10]], { net: 0 })], equity: [['00:07', 10_000]] },
  },
  {
    rule: 'S6',
    about: 'a resting order takes part in the whole of the first minute at or after T + latency, not before',
    input: run(
      {
        // The dip of 00:06 is missed, the dip of 00:07 is taken.
        minutes: '100*6 | 100 100 97 100 | 100 100 97 100 | 100',
        long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop },
      },
      { settings: { latency_ms: 60_000 } },
    ),
    // 1,000 / 98 = 10.204.. floored to 10.20.
    expected: { open: [trade('long', [['00:07', 'entry', 98, 10.2, { maker: true }]])] },
  },
  {
    rule: 'S7',
    about: 'a due market order fills at the first existing minute and is counted late',
    input: run({ minutes: '100*6 | -*2 | 102', long: { when: 'FT', stop } }),
    expected: { open: [trade('long', [['00:08', 'entry', 102, 10]])], lateFills: 1 },
  },
  {
    rule: 'S7',
    about: 'one decision bar after T is not yet too late',
    input: run({ minutes: '100*6 | -*3 | 102*3', long: { when: 'FT', stop } }),
    expected: { open: [trade('long', [['00:09', 'entry', 102, 10]])], lateFills: 1 },
  },
  {
    rule: 'S7',
    about: 'later than T + one decision bar an entry expires',
    input: run({ minutes: '100*6 | -*4 | 102*2', long: { when: 'FT', stop } }),
    // Row 3 has two of its three minutes, but closes at 00:12 = `to`: not decided, not counted.
    expected: { drops: { data_gap: 1 } },
  },
  {
    rule: 'S7',
    about: 'an exit waits as long as it must',
    input: run({ minutes: '100*9 | -*6 | 103*3', long: { when: 'FT', stop, exitWhen: ['FFTF'] } }),
    expected: { trades: [trade('long', [entered, ['00:15', 'signal', 103, 10]], { net: 30 })], lateFills: 1 },
  },
  {
    rule: 'S7',
    about: 'in a minute without volume market orders fill (stale), passive limits and targets do not',
    input: run({
      // The target of 105 is a tick behind 106 at 00:07 (no volume), at 00:08 the minute trades through it.
      minutes: '100*6 | 100v0 | 100 106 100 106 v0 | 104 106 104 104',
      long: { when: 'FT', stop, targets: [{ at: 105 }] },
    }),
    expected: {
      trades: [trade('long', [entered, ['00:08', 'target', 105, 10, { maker: true }]], { net: 50 })],
      staleFills: 1,
    },
  },
  {
    rule: 'S8',
    about: 'the fill interval may be slower than a minute: 15m decisions on 5m bars',
    input: run({
      minutes: '100*6 | 100 100 94 97 | 97*2',
      tf: '15m',
      fillTf: '5m',
      long: { when: 'FT', stop },
    }),
    // Row 1 closes at 00:30, the 5m bar that opens then fills and is stopped in one bar.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:30', 'entry', 100, 10],
            ['00:30', 'stop', 95, 10],
          ],
          { net: -50 },
        ),
      ],
    },
  },
  {
    rule: 'S9',
    about: 'the decision at `from` counts, even of a bar before it; the run starts flat',
    input: run({ minutes: '100*12', long: { when: 'FTF', stop } }, { from: '00:06' }),
    expected: { open: [trade('long', [entered])] },
  },
  {
    rule: 'S9',
    about: 'the decision at `to` does not count',
    input: run({ minutes: '100*12', long: { when: 'FTF', stop } }, { to: '00:06' }),
    expected: {},
  },
  {
    rule: 'S9',
    about: 'at `to` nothing is closed: marked at the last close, listed as open; a resting order is listed',
    input: run([
      { minutes: '100*7 | 100 103 100 103', long: { when: 'FT', stop } },
      {
        minutes: '100*8',
        instrument: { id: 'test:BBB.P' },
        short: { entries: [{ when: 'FT', order: 'limit', at: 102 }], stop },
      },
    ]),
    // 1,000 / 102 = 9.80.., floored to 9.80.
    expected: {
      open: [trade('long', [entered], { net: 0 })],
      pending: ['short limit 102 x 9.8'],
      equity: [['00:07', 10_030]],
    },
  },
]
