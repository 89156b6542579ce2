// Vectors of S13 and S17: conflicts, vetoes, reversals, pending orders, cool-downs, labels of exits.

import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
/** In at 00:06, stopped at 00:07 (row 2) at 95. */
const stopped = '100*7 | 100 100 95 100 | 100*16'
const stoppedTrade = trade('long', [entered, ['00:07', 'stop', 95, 10]])

export const decisionVectors: readonly Vector[] = [
  {
    rule: 'S13',
    about: 'both sides fire: neither',
    input: run({ minutes: '100*12', long: { when: 'FTF', stop }, short: { when: 'FTF', stop } }),
    expected: { drops: { conflict: 1 } },
  },
  {
    rule: 'S13',
    about: 'both sides fire while an exit is decided: neither, and the exit stands',
    input: run({
      minutes: '100*15',
      long: { when: 'FTFTF', stop, exitWhen: ['FFFTF'] },
      short: { when: 'FFFTF', stop },
    }),
    expected: { trades: [trade('long', [entered, ['00:12', 'signal', 100, 10]])], drops: { conflict: 1 } },
  },
  {
    rule: 'S13',
    about: 'an entry while its own exit_when is true is vetoed, and so while its invalidation is',
    input: run({
      minutes: '100*15',
      long: { when: 'FTFTF', stop, exitWhen: ['FTFFF'], invalidations: [{ when: 'FFFTF', on: 'pending' }] },
    }),
    expected: { drops: { vetoed: 2 } },
  },
  {
    rule: 'S13',
    about: 'stop and reverse: exit first, both at one open',
    input: run({
      minutes: '100*9 | 104 104 104 104 | 104*2',
      long: { when: 'FTF', stop, exitWhen: ['FFTF'] },
      short: { when: 'FFTF', stop },
    }),
    // The short is sized at the close of 00:08 = 100: 10 units, filled at the open of 104.
    expected: {
      trades: [trade('long', [entered, ['00:09', 'signal', 104, 10]], { net: 40 })],
      open: [trade('short', [['00:09', 'entry', 104, 10]])],
    },
  },
  {
    rule: 'S13',
    about: 'an opposite setup closes nothing by itself',
    input: run({ minutes: '100*12', long: { when: 'FTF', stop }, short: { when: 'FFTF', stop } }),
    expected: { open: [trade('long', [entered])], drops: { in_trade: 1 } },
  },
  {
    rule: 'S13',
    about: 'a same-side setup while open is ignored',
    input: run({ minutes: '100*15', long: { when: 'FTFT', stop } }),
    expected: { open: [trade('long', [entered])], drops: { in_trade: 1 } },
  },
  {
    rule: 'S13',
    about: 'at most one pending entry; a second signal is ignored, the first expires',
    input: run({
      minutes: '100*18',
      long: { entries: [{ when: 'FTFTFF', order: 'limit', at: 90, expires: { bars: 3 } }], stop },
    }),
    // Sent at 00:06 for three bars: removed at 00:15, before the decision there.
    expected: { drops: { ignored_pending: 1, expired: 1 } },
  },
  {
    rule: 'S13',
    about: 'an order that expires at T makes room for the signal of the same T',
    input: run({
      minutes: '100*12 | 100 100 89 100',
      long: { entries: [{ when: 'FTFT', order: 'limit', at: 90, expires: { bars: 2 } }], stop },
    }),
    // 1,000 / 90 = 11.11.
    expected: {
      open: [trade('long', [['00:12', 'entry', 90, 11.11, { maker: true }]])],
      drops: { expired: 1 },
    },
  },
  {
    rule: 'S13',
    about: 'an invalidation cancels the resting entry; one for open trades only does not',
    input: run([
      {
        minutes: '100*10 | 100 100 97 100 | 100',
        long: {
          entries: [{ when: 'FTFF', order: 'limit', at: 98, expires: { bars: 4 } }],
          stop,
          invalidations: [{ when: 'FFTF' }],
        },
      },
      {
        minutes: '100*10 | 100 100 97 100 | 100',
        instrument: { id: 'test:BBB.P' },
        long: {
          entries: [{ when: 'FTFF', order: 'limit', at: 98, expires: { bars: 4 } }],
          stop,
          invalidations: [{ when: 'FFTF', on: 'open' }],
        },
      },
    ]),
    expected: {
      open: [trade('long', [['00:10', 'entry', 98, 10.2, { maker: true }]], { instrument: 'test:BBB.P' })],
      drops: { cancelled: 1 },
    },
  },
  {
    rule: 'S13',
    about: 'an invalidation of pending entries closes no open trade',
    input: run({ minutes: '100*12', long: { when: 'FTF', stop, invalidations: [{ when: 'FFTF', on: 'pending' }] } }),
    expected: { open: [trade('long', [entered])] },
  },
  {
    rule: 'S13',
    about: 'cool-down of 2 bars after the stop in row 2: the rise of row 3 cools, the one of row 5 enters',
    input: run({
      minutes: stopped,
      long: { when: 'FTFTFTF', stop },
      risk: { cooldown: { after: 'stop', for: { bars: 2 } } },
    }),
    expected: {
      trades: [stoppedTrade],
      open: [trade('long', [['00:18', 'entry', 100, 10]])],
      drops: { cooling_down: 1 },
    },
  },
  {
    rule: 'S13',
    about: 'after: loss leaves a winner free; after: stop means break-even and trailing too',
    input: run([
      {
        minutes: '100*7 | 106 106 100 100 | 100*7',
        long: { when: 'FTFTF', stop, targets: [{ at: 105 }] },
        risk: { cooldown: { after: 'loss', for: { bars: 5 } } },
      },
      {
        minutes: '100*6 | 100 106 100 103 | 103 103 100 100 | 100*7',
        instrument: { id: 'test:BBB.P' },
        play: 1,
        long: { when: 'FTFTF', stop, breakEven: { after: { r: 1 } } },
        risk: { cooldown: { after: 'stop', for: { bars: 5 } } },
      },
    ]),
    expected: {
      trades: [
        trade('long', [entered, ['00:07', 'target', 105, 10, { maker: true }]]),
        trade('long', [entered, ['00:07', 'break_even', 100, 10]]),
      ],
      open: [trade('long', [['00:12', 'entry', 100, 10]], { play: 0 })],
      drops: { 1: { cooling_down: 1 } },
    },
  },
  {
    rule: 'S13',
    about: 'i - x >= k exactly: one bar of cool-down after row 2 frees row 3',
    input: run({
      minutes: stopped,
      long: { when: 'FTFTF', stop },
      risk: { cooldown: { after: 'any', for: { bars: 1 } } },
    }),
    expected: { trades: [stoppedTrade], open: [trade('long', [['00:12', 'entry', 100, 10]])] },
  },
  {
    rule: 'S13',
    about: 'cool-down as time counts from the exit minute: 00:07 + 5m is free at T 00:12, + 6m is not',
    input: run([
      { minutes: stopped, long: { when: 'FTFTF', stop }, risk: { cooldown: { after: 'loss', for: { ms: 300_000 } } } },
      {
        minutes: stopped,
        instrument: { id: 'test:BBB.P' },
        play: 1,
        long: { when: 'FTFTF', stop },
        risk: { cooldown: { after: 'loss', for: { ms: 360_000 } } },
      },
    ]),
    expected: {
      trades: [stoppedTrade, stoppedTrade],
      open: [trade('long', [['00:12', 'entry', 100, 10]], { play: 0 })],
      drops: { 1: { cooling_down: 1 } },
    },
  },
  {
    rule: 'S13',
    about: 'after: loss does not cool a trade that won, after: invalidation not a stop',
    input: run({
      minutes: stopped,
      long: { when: 'FTFTF', stop },
      risk: { cooldown: { after: 'invalidation', for: { bars: 5 } } },
    }),
    expected: { trades: [stoppedTrade], open: [trade('long', [['00:12', 'entry', 100, 10]])] },
  },
  {
    rule: 'S17',
    about: 'invalidation, signal and time at one T are one order with the first label',
    input: run({
      minutes: '100*9 | 101*3',
      long: {
        when: 'FTF',
        stop,
        timeStop: { bars: 1 },
        exitWhen: ['FFTF'],
        invalidations: [{ when: 'FFTF', on: 'open' }],
      },
    }),
    expected: { trades: [trade('long', [entered, ['00:09', 'invalidation', 101, 10]], { net: 10 })] },
  },
  {
    rule: 'S17',
    about: 'signal before time',
    input: run({
      minutes: '100*9 | 101*3',
      long: { when: 'FTF', stop, timeStop: { bars: 1 }, exitWhen: ['FFTF'] },
    }),
    expected: { trades: [trade('long', [entered, ['00:09', 'signal', 101, 10]])] },
  },
  {
    rule: 'S17',
    about: 'a market exit and a gapped stop at one open: the market exit, one fee',
    input: run(
      { minutes: '100*9 | 90*3', long: { when: 'FTF', stop, exitWhen: ['FFTF'] } },
      { settings: { fees: { maker: 0, taker: 0.001, liquidation: 0 } } },
    ),
    // Fees 0.1 %: 1,000 x 0.001 = 1 and 900 x 0.001 = 0.9; net -100 - 1.9.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100, 10, { fee: 1 }],
            ['00:09', 'signal', 90, 10, { fee: 0.9 }],
          ],
          {
            net: -101.9,
            fees: 1.9,
          },
        ),
      ],
    },
  },
]
