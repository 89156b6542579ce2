// Vectors of S12, S14 to S16, S18 and S19: the order inside a minute, slippage, gaps.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const

export const pathVectors: readonly Vector[] = [
  {
    rule: 'S12',
    about: 'break-even is set at the end of the minute that earns it: its own low does not touch it',
    input: run({
      minutes: '100*6 | 100 106 99 101 | 101 101 99 99',
      long: { when: 'FT', stop, breakEven: { after: { r: 1 } } },
    }),
    // 106 >= 100 + 1R of 5: stop 100 from 00:07, whose low of 99 touches it on the path.
    expected: { trades: [trade('long', [entered, ['00:07', 'break_even', 100, 10]], { net: 0, r: 0 })] },
  },
  {
    rule: 'S12',
    about: 'a market entry fills at the open and its stop sees the whole of that minute',
    input: run({ minutes: '100*6 | 100 101 95 101 | 101*2', long: { when: 'FT', stop } }),
    expected: { trades: [trade('long', [entered, ['00:06', 'stop', 95, 10]])] },
  },
  {
    rule: 'S12',
    about: 'nothing re-enters inside a minute: the stop of 00:07 frees the decision of 00:09',
    input: run({
      minutes: '100*7 | 100 105 94 100 | 100*5',
      long: { when: 'FT', stop },
      short: { entries: [{ when: 'FFT', order: 'limit', at: 104 }], stop },
    }),
    // The limit sell of 104 rests from 00:09 to before 00:12 and is not met.
    expected: { trades: [trade('long', [entered, ['00:07', 'stop', 95, 10]])], drops: { expired: 1 } },
  },
  {
    rule: 'S14',
    about: 'liquidation nearer to the open than the stop: it acts, and costs exactly the margin',
    input: run({ minutes: '100*7 | 100 100 94 100 | 100', long: { when: 'FT', stop }, risk: { leverage: 20 } }),
    // M = 1,000 / 20 = 50; price (10 x 100 - 50) / (10 x 0.99) = 950 / 9.9 = 95.9595..; fee = 50 + 10 (price - 100).
    expected: {
      trades: [
        trade('long', [entered, ['00:07', 'liquidation', 950 / 9.9, 10, { fee: 50 + 10 * (950 / 9.9 - 100) }]], {
          net: -50,
        }),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S14',
    about: 'the stop nearer to the open than the liquidation: the stop acts',
    input: run({ minutes: '100*7 | 100 100 90 100 | 100', long: { when: 'FT', stop }, risk: { leverage: 10 } }),
    // M = 100: liquidation at 900 / 9.9 = 90.909.., reached by the low of 90 as well.
    expected: { trades: [trade('long', [entered, ['00:07', 'stop', 95, 10]])] },
  },
  {
    rule: 'S14',
    about: 'equally near: liquidation',
    input: run({
      minutes: '100*7 | 100 100 94 100 | 100',
      long: { when: 'FT', stop },
      risk: { leverage: 20 },
      instrument: { brackets: [{ floor: 0, cap: 1e9, maxLeverage: 125, rate: 0, cum: 0 }] },
    }),
    // Without maintenance the price is (1,000 - 50) / 10 = 95, the stop's own; the fee is what is left of M: 0.
    expected: { trades: [trade('long', [entered, ['00:07', 'liquidation', 95, 10]], { net: -50 })], liquidations: 1 },
  },
  {
    rule: 'S15',
    about: 'stop before target when both lie inside the path; the trade carries the flag',
    input: run({ minutes: '100*7 | 100 106 94 100 | 100', long: { when: 'FT', stop, targets: [{ at: 105 }] } }),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'stop', 95, 10]], { ambiguous: true })],
      ambiguous: 1,
    },
  },
  {
    rule: 'S15',
    about: 'a target that the open satisfies fills first and is not ambiguous',
    input: run({ minutes: '100*7 | 106 106 94 100 | 100', long: { when: 'FT', stop, targets: [{ at: 105 }] } }),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'target', 105, 10, maker]], { ambiguous: false, net: 50 })],
    },
  },
  {
    rule: 'S16',
    about: 'the second run takes the target first',
    input: run(
      { minutes: '100*7 | 100 106 94 100 | 100', long: { when: 'FT', stop, targets: [{ at: 105, close: 0.5 }] } },
      { targetsFirst: true },
    ),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'target', 105, 5, maker], ['00:07', 'stop', 95, 5]], { net: 0 })],
      ambiguous: 1,
    },
  },
  {
    rule: 'S18',
    about: 'fixed bps against the trader on entry and stop; R and the stop hang on the slipped fill',
    input: run(
      { minutes: '100*7 | 100 100 96 96 | 96', long: { when: 'FT', stop } },
      { settings: { slippage: { model: 'fixed', bps: 100 } } },
    ),
    // 100 x 1.01 = 101; stop 96; 96 x 0.99 = 95.04, down to 95. Net 10 x (95 - 101) = -60; risk 10 x 5 = 50.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 101, 10, { ref: 100 }],
            ['00:07', 'stop', 95, 10, { ref: 96 }],
          ],
          {
            net: -60,
            risk: 50,
            r: -1.2,
          },
        ),
      ],
    },
  },
  {
    rule: 'S18',
    about: 'spread: half of it on each market fill, none on a target',
    input: run(
      { minutes: '100*7 | 100 104 100 104 | 104', short: { when: 'FT', stop, targets: [{ at: 95 }] } },
      { settings: { slippage: { model: 'spread', spread_bps: 200 } } },
    ),
    // 100 x 0.99 = 99 sold; stop 104; the high touches 104: bought at 104 x 1.01 = 105.04, up to 105.5.
    expected: {
      trades: [
        trade(
          'short',
          [
            ['00:06', 'entry', 99, 10, { ref: 100 }],
            ['00:07', 'stop', 105.5, 10, { ref: 104 }],
          ],
          {
            net: -65,
          },
        ),
      ],
    },
  },
  {
    rule: 'S18',
    about: 'volume share: a tenth of the volume a minute, the rest is due for the next',
    input: run(
      { minutes: '100*6 | 100v60 | 101v0 | 102v1000', long: { when: 'FT', stop } },
      { settings: { slippage: { model: 'volume_share' } } },
    ),
    // 6 of 60: share 0.1, price 100 x (1 + 0.1 x 0.01) = 100.1, up to 100.5. No volume: nothing. Then 4 of 1,000:
    // 102 x (1 + 0.1 x 0.000016) = 102.00016.., up to 102.5.
    expected: {
      open: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100.5, 6, { ref: 100 }],
            ['00:08', 'entry', 102.5, 4, { ref: 102 }],
          ],
          {
            entryPrice: (6 * 100.5 + 4 * 102.5) / 10,
            // Stop of the first fill: 95.5. 6 x 5 + 4 x 7.
            risk: 58,
          },
        ),
      ],
    },
  },
  {
    rule: 'S18',
    about: 'volume share with rest: cancel keeps what the minute gave',
    input: run(
      { minutes: '100*6 | 100v60 | 101 | 102', long: { when: 'FT', stop } },
      { settings: { slippage: { model: 'volume_share', rest: 'cancel' } } },
    ),
    expected: { open: [trade('long', [['00:06', 'entry', 100.5, 6, { ref: 100 }]])] },
  },
  {
    rule: 'S18',
    about: 'a stop that is cut and cancelled acts once a minute, then again at the next open',
    // In: 10 of 1,000: 100 x (1 + 0.1 x 0.0001), up to 100.5. Out: 2 of 20: 90 x 0.999 = 89.91, down to 89.5; then 8.
    input: run(
      { minutes: '100*7 | 90v20 | 90', long: { when: 'FT', stop } },
      { settings: { slippage: { model: 'volume_share', rest: 'cancel' } } },
    ),
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100.5, 10, { ref: 100 }],
            ['00:07', 'stop', 89.5, 2, { ref: 90 }],
            ['00:08', 'stop', 89.5, 8, { ref: 90 }],
          ],
          { net: -110 },
        ),
      ],
    },
  },
  {
    rule: 'S18',
    about: 'the rest of a stop is at work: no target of that minute, and out at the next open wherever it is',
    input: run(
      { minutes: '100*7 | 90 106 90 101 v20 | 101', long: { when: 'FT', stop, targets: [{ at: 105 }] } },
      { settings: { slippage: { model: 'volume_share' } } },
    ),
    expected: {
      trades: [
        trade('long', [
          ['00:06', 'entry', 100.5, 10, { ref: 100 }],
          ['00:07', 'stop', 89.5, 2, { ref: 90 }],
          ['00:08', 'stop', 100.5, 8, { ref: 101 }],
        ]),
      ],
    },
  },
  {
    rule: 'S18',
    about: 'a reverse waits until the rest of its exit is out',
    input: run(
      {
        minutes: '100*9 | 100v50 | 100 | 100',
        long: { when: 'FTF', stop, exitWhen: ['FFTF'] },
        short: { when: 'FFTF', stop },
      },
      { settings: { slippage: { model: 'volume_share' } } },
    ),
    // 5 of 50: 99.9, down to 99.5. The rest and the short a minute later, a hair below 100: 99.5.
    expected: {
      trades: [
        trade('long', [
          ['00:06', 'entry', 100.5, 10, { ref: 100 }],
          ['00:09', 'signal', 99.5, 5, { ref: 100 }],
          ['00:10', 'signal', 99.5, 5, { ref: 100 }],
        ]),
      ],
      open: [trade('short', [['00:10', 'entry', 99.5, 10, { ref: 100 }]])],
    },
  },
  {
    rule: 'S19',
    about: 'stop 95, next minute O80 H82 L78 C81: 80; the short mirrored: stop 105, open 120: 120',
    input: run([
      { minutes: '100*7 | 80 82 78 81 | 81', long: { when: 'FT', stop } },
      { minutes: '100*7 | 120 122 118 119 | 119', instrument: { id: 'test:BBB.P' }, short: { when: 'FT', stop } },
    ]),
    expected: {
      trades: [
        trade('long', [entered, ['00:07', 'stop', 80, 10]], { net: -200, r: -4 }),
        trade('short', [entered, ['00:07', 'stop', 120, 10]], { net: -200, r: -4 }),
      ],
    },
  },
]
