// Vectors of S40 to S46: limits, ruin, one wallet, trades, samples, excursions.
import { at, run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const
const second = { instrument: { id: 'test:BBB.P' } } as const

/** In at 00:06, stopped at 00:07, rises again at 00:12. */
const lost = '100*7 | 100 100 95 100 | 100*7'
const lostTrade = trade('long', [entered, ['00:07', 'stop', 95, 10]])

export const limitVectors: readonly Vector[] = [
  {
    rule: 'S40',
    about: 'trades a day, counted by first fill, with a new day at 00:00',
    input: run({
      minutes: '100*24',
      startMs: at('23:42'),
      long: { when: 'FTFTFTF', stop, timeStop: { bars: 1 } },
      risk: { limits: { tradesPerDay: 1 } },
    }),
    // Rises at T 23:48, 23:54 (refused) and 1 00:00 (a new day).
    expected: {
      trades: [
        trade('long', [
          ['23:48', 'entry', 100, 10],
          ['23:51', 'time', 100, 10],
        ]),
        trade('long', [
          ['1 00:00', 'entry', 100, 10],
          ['1 00:03', 'time', 100, 10],
        ]),
      ],
      drops: { limit_reached: 1 },
    },
  },
  {
    rule: 'S40',
    about: 'daily loss of 0.5 %: 50 of 10,000 reaches it exactly; 0.51 % is not reached',
    input: run([{ minutes: lost, long: { when: 'FTFTF', stop }, risk: { limits: { dailyLoss: 0.005 } } }]),
    expected: { trades: [lostTrade], drops: { limit_reached: 1 } },
  },
  {
    rule: 'S40',
    about: 'a daily loss not reached lets the next one in',
    input: run({ minutes: lost, long: { when: 'FTFTF', stop }, risk: { limits: { dailyLoss: 0.0051 } } }),
    expected: { trades: [lostTrade], open: [trade('long', [['00:12', 'entry', 100, 10]])] },
  },
  {
    rule: 'S40',
    about: 'losses in a row',
    input: run([
      { minutes: lost, long: { when: 'FTFTF', stop }, risk: { limits: { lossesInRow: 1 } } },
      { minutes: lost, ...second, play: 1, long: { when: 'FTFTF', stop }, risk: { limits: { lossesInRow: 2 } } },
    ]),
    expected: {
      trades: [lostTrade, lostTrade],
      open: [trade('long', [['00:12', 'entry', 100, 10]], { play: 1 })],
      drops: { limit_reached: 1 },
    },
  },
  {
    rule: 'S40',
    about: 'the first reason in the order of S4 is counted: cool-down before limits, limits before the open trade',
    input: run([
      {
        minutes: lost,
        long: { when: 'FTFTF', stop },
        risk: { limits: { lossesInRow: 1 }, cooldown: { after: 'any', for: { bars: 5 } } },
      },
      {
        minutes: '100*15',
        ...second,
        play: 1,
        long: { when: 'FTFFF', stop },
        short: { when: 'FFFTF', stop },
        risk: { limits: { tradesPerDay: 1 } },
      },
    ]),
    expected: {
      trades: [lostTrade],
      open: [trade('long', [entered], { play: 1 })],
      drops: { 0: { cooling_down: 1 }, 1: { limit_reached: 1 } },
    },
  },
  {
    rule: 'S40',
    about: 'losses and the daily loss of yesterday are forgotten at 00:00',
    input: run({
      minutes: '100*7 | 100 100 95 100 | 100*12',
      startMs: at('23:42'),
      long: { when: 'FTFTFT', stop },
      risk: { limits: { lossesInRow: 1, dailyLoss: 0.005 } },
    }),
    // In at 23:48, stopped at 23:49; T 23:54 refused; T 00:00 is a new day that begins with 9,950.
    expected: {
      trades: [
        trade('long', [
          ['23:48', 'entry', 100, 10],
          ['23:49', 'stop', 95, 10],
        ]),
      ],
      open: [trade('long', [['1 00:00', 'entry', 100, 10]])],
      drops: { limit_reached: 1 },
      daily: [['1 00:00', 9950]],
    },
  },
  {
    rule: 'S40',
    about:
      'no bar closes at 00:00: the first decision of the day sees a loss that is still open, and it is of this day',
    input: run({
      minutes: '100*15 | -*3 | 97*6',
      startMs: at('23:42'),
      long: { when: 'FT', stop, exitWhen: ['FFFFFFT'] },
      short: { entries: [{ when: 'FFFFFFT', whileTrue: true }], stop },
      risk: { limits: { dailyLoss: 0.003 } },
    }),
    // The bar that closes at 1 00:00 is a hole; at 1 00:03 the long is 30 of 10,000 down, and is left all the same.
    expected: {
      trades: [
        trade('long', [
          ['23:48', 'entry', 100, 10],
          ['1 00:03', 'signal', 97, 10],
        ]),
      ],
      drops: { limit_reached: 1 },
      daily: [['1 00:00', 10_000]],
    },
  },
  {
    rule: 'S40',
    about: 'a day that begins in a hole, after a lost one, is lost for itself, and stays so when the loss is made good',
    input: run({
      minutes: '100*7 | 98*8 | -*3 | 97*3 | 98*6',
      startMs: at('23:42'),
      long: { when: 'FT', stop, exitWhen: ['FFFFFFFT'] },
      short: { entries: [{ when: 'FFFFFFFT', whileTrue: true }], stop },
      risk: { limits: { dailyLoss: 0.001 } },
    }),
    // Lost at 23:51; the new day starts with 9,980 and is lost at 1 00:03 with 9,970; at 1 00:06 it is 9,980 again.
    expected: {
      trades: [
        trade('long', [
          ['23:48', 'entry', 100, 10],
          ['1 00:06', 'signal', 98, 10],
        ]),
      ],
      drops: { limit_reached: 1 },
      daily: [['1 00:00', 9980]],
    },
  },
  {
    rule: 'S40',
    about: 'a win between two losses breaks the row',
    input: run({
      minutes: '100*7 | 100 100 95 100 | 100*5 | 103 103 100 100 | 100*5 | 100 100 95 100 | 100*5',
      long: { when: 'FTFTFTFT', stop, targets: [{ at: 102 }] },
      risk: { limits: { lossesInRow: 2 } },
    }),
    expected: {
      trades: [
        lostTrade,
        trade('long', [
          ['00:12', 'entry', 100, 10],
          ['00:13', 'target', 102, 10, maker],
        ]),
        trade('long', [
          ['00:18', 'entry', 100, 10],
          ['00:19', 'stop', 95, 10],
        ]),
      ],
      open: [trade('long', [['00:24', 'entry', 100, 10]])],
    },
  },
  {
    rule: 'S40',
    about: 'open positions: a pending entry of another symbol counts, at the same T too',
    input: run([
      {
        minutes: '100*9',
        long: { entries: [{ when: 'FT', order: 'limit', at: 90, expires: { bars: 5 } }], stop },
        risk: { limits: { openPositions: 1 } },
      },
      { minutes: '100*9', ...second, long: { when: 'FT', stop }, risk: { limits: { openPositions: 1 } } },
    ]),
    expected: { pending: ['long limit 90 x 11.11'], drops: { limit_reached: 1 } },
  },
  {
    rule: 'S41',
    about: 'five refusals of S32 in a row: ruined, and no entries',
    input: run({
      minutes: '100*24',
      long: { entries: [{ when: 'FTTTTTTT', whileTrue: true }], stop },
      risk: { size: { quote: 1 } },
    }),
    // Decisions at 00:06 .. 00:21: six; the fifth marks the run, the sixth is refused for it.
    expected: { drops: { below_minimum: 5, ruined: 1 }, ruined: true },
  },
  {
    rule: 'S41',
    about: 'an accepted entry begins the count again',
    // 1 quote unit of risk: 50 away is 0.02 units for 2, too little; 5 away (row 5) is 0.2 units for 20.
    input: run({
      minutes: '100*36',
      long: {
        entries: [{ when: 'FTTTTTTTTTTT', whileTrue: true }],
        stop: { by: [50, 50, 50, 50, 50, 5, 50] },
        timeStop: { bars: 1 },
      },
      risk: { size: { risk: 0.0001 } },
    }),
    // Refused at rows 1-4, in at row 5, out by time at row 6, refused at rows 7-10; row 11 closes at `to`.
    expected: {
      trades: [
        trade('long', [
          ['00:18', 'entry', 100, 0.2],
          ['00:21', 'time', 100, 0.2],
        ]),
      ],
      drops: { below_minimum: 8, in_trade: 1 },
    },
  },
  {
    rule: 'S42',
    about: 'two Plays at one T: one equity snapshot, and the first reserves its margin at once',
    input: run([
      { minutes: '100*9', long: { when: 'FT', stop }, risk: { size: { notional: 0.75 } } },
      { minutes: '100*9', ...second, play: 1, long: { when: 'FT', stop }, risk: { size: { notional: 0.75 } } },
    ]),
    // 75 for 7,500; the second wants 75 of the same 10,000 and finds 2,500: 25, capped.
    expected: {
      open: [
        trade('long', [['00:06', 'entry', 100, 75]], { play: 0 }),
        trade('long', [['00:06', 'entry', 100, 25]], { play: 1 }),
      ],
      capped: 1,
    },
  },
  {
    rule: 'S42',
    about: 'a resting order keeps its margin reserved until it ends',
    input: run([
      {
        minutes: '100*12',
        long: { entries: [{ when: 'FT', order: 'limit', at: 80 }], stop },
        risk: { size: { notional: 1 } },
      },
      { minutes: '100*12', ...second, long: { when: 'FTFT', stop } },
      { minutes: '100*12', instrument: { id: 'test:CCC.P' }, long: { when: 'FFT', stop } },
    ]),
    // 10,000 / 80 = 125 reserves all of it at T 00:06; at T 00:09 it has expired.
    expected: {
      open: [trade('long', [['00:09', 'entry', 100, 10]], { instrument: 'test:CCC.P' })],
      drops: { below_minimum: 1, expired: 1 },
      capped: 1,
    },
  },
  {
    rule: 'S43',
    about: 'entry and exit price over all fills, so that gross = s x q x (exit - entry) after add and reduce',
    input: run({
      minutes: '100*6 | 100 102 100 102 | 102*2 | 103*3 | 103 103 99 99 | 99*2',
      long: { when: 'FTFT', stop: { by: 1 }, targets: [{ at: 101, close: 0.5 }] },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    // 10 at 100; 5 off at 101; 9.7 at 103, stop 99 for 14.7. Entry 1,999.1 / 19.7; exit (505 + 1,455.3) / 19.7.
    // Net 1,960.3 - 1,999.1 = -38.8.
    expected: {
      trades: [
        trade(
          'long',
          [entered, ['00:06', 'target', 101, 5, maker], ['00:12', 'add', 103, 9.7], ['00:12', 'stop', 99, 14.7]],
          { entryPrice: 1999.1 / 19.7, exitPrice: 1960.3 / 19.7, net: -38.8 },
        ),
      ],
    },
  },
  {
    rule: 'S44',
    about: 'the sample of 00:00 is the last existing minute before it; funding of 00:00 belongs to the new day',
    input: run({
      minutes: '100*8 | 100*2 | 101 | - | 102*3',
      startMs: at('23:48'),
      long: { when: 'FT', stop },
      funding: [['1 00:00', 0.001]],
    }),
    // 23:58 closes at 101: 10,010. 23:59 is missing. Then 102 less 10 x 102 x 0.001.
    expected: {
      open: [trade('long', [['23:54', 'entry', 100, 10]], { funding: -1.02 })],
      daily: [['1 00:00', 10_010]],
      equity: [['1 00:00', 10_018.98]],
      partialBars: 1,
    },
  },
  {
    rule: 'S44',
    about: 'the first equity is the sample when `from` is midnight',
    input: run({ minutes: '100*9', long: { when: 'FT', stop } }),
    expected: { open: [trade('long', [entered])], daily: [['00:00', 10_000]] },
  },
  {
    rule: 'S45',
    about: 'R is the first fill with slippage to the stop rounded to tick; rungs hang on it',
    input: run(
      {
        minutes: '100*6 | 100 109 100 108 | 108*2',
        long: { when: 'FT', stop: { at: 95.2 }, ladder: [{ at: { r: 1 }, close: 1 }] },
      },
      { settings: { slippage: { model: 'fixed', bps: 100 } } },
    ),
    // Fill 101, stop 95.2 -> 95: R = 6, the rung at 107. Net 10 x 6 = 60 = 1R.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 101, 10, { ref: 100 }],
            ['00:06', 'target', 107, 10, maker],
          ],
          {
            net: 60,
            risk: 60,
            r: 1,
          },
        ),
      ],
    },
  },
  {
    rule: 'S46',
    about: 'MAE and MFE: completed minutes and exit references, not the extremes of the exit minute',
    input: run({
      minutes: '100*6 | 100 102 98 100 | 100 110 96 100 | 100',
      long: { when: 'FT', stop, targets: [{ at: 105 }] },
    }),
    expected: {
      trades: [
        trade('long', [entered, ['00:07', 'target', 105, 10, maker]], { maePct: 2, mfePct: 5, maeR: 0.4, mfeR: 1 }),
      ],
    },
  },
]
