// Vectors of S27 to S30: ladders, time stops, trade scope, scale-in.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const

const thirds = [
  { at: { r: 1 }, close: 0.5 },
  { at: { r: 2 }, close: 0.3 },
  { at: { r: 3 }, close: null },
] as const

const ladders: readonly Vector[] = [
  {
    rule: 'S27',
    about: 'several rungs in one minute, in order of distance, each at its own price; the rest closes all',
    input: run({
      minutes: '100*6 | 100 111 100 110 | 110 116 110 115 | 115',
      long: { when: 'FT', stop, ladder: thirds },
    }),
    // 25 + 30 + 30 = 85; exit price (525 + 330 + 230) / 10 = 108.5.
    expected: {
      trades: [
        trade(
          'long',
          [
            entered,
            ['00:06', 'target', 105, 5, maker],
            ['00:06', 'target', 110, 3, maker],
            ['00:07', 'target', 115, 2, maker],
          ],
          { net: 85, exitPrice: 108.5, r: 1.7 },
        ),
      ],
    },
  },
  {
    rule: 'S27',
    about: 'shares are floored to step, a rung below one step is skipped, the last of a full ladder takes what is left',
    input: run({
      minutes: '100*6 | 100 116 100 115 | 115*2',
      instrument: { step: '1', minQty: 1 },
      long: {
        when: 'FT',
        stop,
        ladder: [
          { at: { r: 1 }, close: 0.05 },
          { at: { r: 2 }, close: 0.35 },
          { at: { r: 3 }, close: 0.6 },
        ],
      },
    }),
    // 10 x 0.05 = 0.5: none. 10 x 0.35 = 3.5: 3. Then 7.
    expected: {
      trades: [
        trade('long', [entered, ['00:06', 'target', 110, 3, maker], ['00:06', 'target', 115, 7, maker]], { net: 135 }),
      ],
    },
  },
  {
    rule: 'S27',
    about: 'targets fill in order of distance, whatever the order of the list',
    input: run({
      minutes: '100*6 | 100 111 100 110 | 110*2',
      long: {
        when: 'FT',
        stop,
        targets: [
          { at: 110, close: 0.3 },
          { at: 105, close: 0.2 },
        ],
      },
    }),
    expected: {
      open: [
        trade('long', [entered, ['00:06', 'target', 105, 2, maker], ['00:06', 'target', 110, 3, maker]], { net: 40 }),
      ],
    },
  },
  {
    rule: 'S27',
    about: 'a sum below 1 leaves a runner that the stop covers',
    input: run({
      minutes: '100*6 | 100 105.5 100 105 | 105 105 95 95 | 95',
      long: { when: 'FT', stop, targets: [{ at: 105, close: 0.25 }] },
    }),
    expected: {
      trades: [
        trade('long', [entered, ['00:06', 'target', 105, 2.5, maker], ['00:07', 'stop', 95, 7.5]], { net: -25 }),
      ],
    },
  },
  {
    rule: 'S27',
    about: 'rungs in percent of the fill, short',
    input: run({
      minutes: '100*6 | 100 100 97.5 98 | 98*2',
      short: { when: 'FT', stop, ladder: [{ at: { share: 0.02 }, close: 0.5 }] },
    }),
    expected: { open: [trade('short', [entered, ['00:06', 'target', 98, 5, maker]], { net: 10 })] },
  },
]

const holding: readonly Vector[] = [
  {
    rule: 'S28',
    about: 'two bars: the bar of the fill and the next',
    input: run({ minutes: '100*12 | 101*3', long: { when: 'FT', stop, timeStop: { bars: 2 } } }),
    expected: { trades: [trade('long', [entered, ['00:12', 'time', 101, 10]])] },
  },
  {
    rule: 'S28',
    about: 'four minutes after the first fill of 00:06: the first T at or after 00:10 is 00:12',
    input: run({ minutes: '100*12 | 101*3', long: { when: 'FT', stop, timeStop: { ms: 240_000 } } }),
    expected: { trades: [trade('long', [entered, ['00:12', 'time', 101, 10]])] },
  },
  {
    rule: 'S28',
    about: 'a limit filled inside a bar counts that bar',
    input: run({
      minutes: '100*7 | 100 100 97 100 | 100 | 101*3',
      long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop, timeStop: { bars: 1 } },
    }),
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:07', 'entry', 98, 10.2, maker],
            ['00:09', 'time', 101, 10.2],
          ],
          { net: 30.6 },
        ),
      ],
    },
  },
  {
    rule: 'S29',
    about: 'unrealised R is (close - E) / R: 97.5 is -0.5R, which is not below -0.5; 97 is',
    input: run({
      minutes: '100*8 | 97.5 | 97.5*2 | 97 | 98*3',
      long: { when: 'FT', stop, exitWhen: [{ value: 'r', is: 'below', than: -0.5 }] },
    }),
    expected: { trades: [trade('long', [entered, ['00:12', 'signal', 98, 10]], { net: -20 })] },
  },
  {
    rule: 'S29',
    about: 'at_entry is the value at the decision of the entry, whatever comes after',
    input: run({
      minutes: '100*8 | 98 | 98*3',
      long: { when: 'FT', stop, invalidations: [{ when: { close: 'below', atEntry: [90, 99, 90] }, on: 'open' }] },
    }),
    expected: { trades: [trade('long', [entered, ['00:09', 'invalidation', 98, 10]])] },
  },
  {
    rule: 'S29',
    about: 'at_entry is known while the order rests: its invalidation cancels it',
    input: run({
      minutes: '100*8 | 98 | 98 98 94 94 | 94*2',
      long: {
        entries: [{ when: 'FT', order: 'limit', at: 95, expires: { bars: 4 } }],
        stop,
        invalidations: [{ when: { close: 'below', atEntry: [90, 99, 90] } }],
      },
    }),
    expected: { drops: { cancelled: 1 } },
  },
  {
    rule: 'S29',
    about: 'flat, the other trade values are unknown: they veto nothing',
    input: run({
      minutes: '100*9',
      long: { when: 'FT', stop, exitWhen: [{ value: 'bars', is: 'below', than: 100 }] },
    }),
    // In from 00:06; the close of 00:09 is `to`.
    expected: { open: [trade('long', [entered])] },
  },
  {
    rule: 'S29',
    about: 'at_entry of the very decision that would send the order: already lost is vetoed',
    input: run({
      minutes: '100*9',
      long: { when: 'FT', stop, invalidations: [{ when: { close: 'below', atEntry: 101 } }] },
    }),
    expected: { drops: { vetoed: 1 } },
  },
]

/** Entry 100 at 00:06, then 103 from 00:09 on: 0.6R at T 00:12, where the setup rises again. */
const climbing = '100*9 | 103*3'

const adds: readonly Vector[] = [
  {
    rule: 'S30',
    about: 'an add at market: E is the mean, stop and R stay, the risk is added up',
    input: run({
      minutes: `${climbing} | 103 | 103 103 95 95 | 95`,
      long: { when: 'FTFT', stop },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    // 1,000 / 103 = 9.708.. -> 9.70. Entry (1,000 + 999.1) / 19.7. Net 19.7 x 95 - 1,999.1 = -127.6.
    // Risk 10 x 5 + 9.7 x 8 = 127.6: exactly -1R.
    expected: {
      trades: [
        trade('long', [entered, ['00:12', 'add', 103, 9.7], ['00:13', 'stop', 95, 19.7]], {
          entryPrice: 1999.1 / 19.7,
          net: -127.6,
          risk: 127.6,
          r: -1,
        }),
      ],
    },
  },
  {
    rule: 'S30',
    about: 'size by risk takes the distance to the current stop: 10,060 x 1 % / 8 = 12.57',
    input: run({
      minutes: `${climbing} | 103*3`,
      long: { when: 'FTFT', stop },
      risk: { size: { risk: 0.01 }, scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    // First size 10,000 x 1 % / 5 = 20, equity at T 00:12 = 10,000 + 20 x 3 = 10,060; 100.6 / 8 = 12.575.
    expected: {
      open: [
        trade('long', [
          ['00:06', 'entry', 100, 20],
          ['00:12', 'add', 103, 12.57],
        ]),
      ],
    },
  },
  {
    rule: 'S30',
    about: 'below `from` the signal is ignored; after the last add it is spent',
    input: run({
      minutes: '100*9 | 102*3 | 103*9 | 103*3',
      long: { when: 'FTFTFTFT', stop },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    // T 00:12: 0.4R. T 00:18: 0.6R, added. T 00:24 is `to`.
    expected: {
      open: [trade('long', [entered, ['00:18', 'add', 103, 9.7]])],
      drops: { in_trade: 1 },
    },
  },
  {
    rule: 'S30',
    about: 'adds spent',
    input: run({
      minutes: `${climbing} | 103*9`,
      long: { when: 'FTFTFTF', stop },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    expected: { open: [trade('long', [entered, ['00:12', 'add', 103, 9.7]])], drops: { adds_spent: 1 } },
  },
  {
    rule: 'S30',
    about: 'an add due at an open at which the stop has just closed the trade is dropped',
    input: run({
      minutes: `${climbing} | 94*3`,
      long: { when: 'FTFT', stop },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    expected: {
      trades: [trade('long', [entered, ['00:12', 'stop', 94, 10]], { net: -60 })],
      drops: { position_changed: 1 },
    },
  },
  {
    rule: 'S30',
    about: 'no add at a T that decides an exit',
    input: run({
      minutes: `${climbing} | 103*3`,
      long: { when: 'FTFT', stop, timeStop: { bars: 2 } },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    expected: { trades: [trade('long', [entered, ['00:12', 'time', 103, 10]])], drops: { in_trade: 1 } },
  },
  {
    rule: 'S30',
    about: 'an add on its way is dropped when the exit is decided',
    input: run(
      {
        // Sent 00:06, filled 00:09; add sent 00:12 for 00:15; exit sent 00:15 for 00:18.
        minutes: '100*10 | 103*11',
        long: { when: 'FTFTF', stop, exitWhen: ['FFFFT'] },
        risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
      },
      { settings: { latency_ms: 180_000 } },
    ),
    expected: {
      trades: [
        trade('long', [
          ['00:09', 'entry', 100, 10],
          ['00:18', 'signal', 103, 10],
        ]),
      ],
      drops: { position_changed: 1 },
    },
  },
  {
    rule: 'S30',
    about: 'an add opens no trade: trades_per_day does not bind it',
    input: run({
      minutes: `${climbing} | 103*3`,
      long: { when: 'FTFT', stop },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } }, limits: { tradesPerDay: 1 } },
    }),
    expected: { open: [trade('long', [entered, ['00:12', 'add', 103, 9.7]])] },
  },
  {
    rule: 'S30',
    about: 'the mean of equal prices is that price: 0R stands at 80 after each add at 80',
    input: run({
      minutes: '80*15',
      long: { entries: [{ when: 'FTTT', whileTrue: true, order: 'stop', at: 78 }], stop: { by: 0.5 } },
      risk: { size: { quote: 50 }, scaleIn: { adds: 2, from: { r: 0 } } },
    }),
    // 50 / 78 = 0.64 at the trigger, then 50 / 80 = 0.62.
    expected: {
      open: [
        trade(
          'long',
          [
            ['00:06', 'entry', 80, 0.64],
            ['00:09', 'add', 80, 0.62],
            ['00:12', 'add', 80, 0.62],
          ],
          {
            entryPrice: 80,
          },
        ),
      ],
    },
  },
  {
    rule: 'S30',
    about: 'what is held counts in the bracket: 1,500 / 103 - 10 = 4.56',
    input: run({
      minutes: `${climbing} | 103*3`,
      long: { when: 'FTFT', stop },
      risk: { leverage: 20, scaleIn: { adds: 1, from: { r: 0.5 } } },
      instrument: {
        brackets: [
          { floor: 0, cap: 1500, maxLeverage: 20, rate: 0.01, cum: 0 },
          { floor: 1500, cap: 1e9, maxLeverage: 10, rate: 0.02, cum: 15 },
        ],
      },
    }),
    expected: { open: [trade('long', [entered, ['00:12', 'add', 103, 4.56]])], capped: 1 },
  },
  {
    rule: 'S30',
    about: 'rungs stay shares of the first size; the last of a full ladder closes what is left',
    input: run({
      minutes: `${climbing} | 103 116 103 115 | 115*2`,
      long: { when: 'FTFT', stop, ladder: thirds },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    // 19.7 held: 5, 3, then 11.7. Net 525 + 330 + 1,345.5 - 1,999.1 = 201.4.
    expected: {
      trades: [
        trade(
          'long',
          [
            entered,
            ['00:12', 'add', 103, 9.7],
            ['00:12', 'target', 105, 5, maker],
            ['00:12', 'target', 110, 3, maker],
            ['00:12', 'target', 115, 11.7, maker],
          ],
          { net: 201.4 },
        ),
      ],
    },
  },
]

export const holdingVectors: readonly Vector[] = [...ladders, ...holding, ...adds]
