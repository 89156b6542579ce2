// Vectors of S25 and S26: trails and break-even.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const

export const trailVectors: readonly Vector[] = [
  {
    rule: 'S25',
    about: 'best of completed minutes less the distance, in force from the next minute',
    input: run({
      minutes: '100*6 | 100 104 100 103 | 103 103 101 102 | 102',
      long: { when: 'FT', stop, trail: { by: 3 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'trailing', 101, 10]], { net: 10, r: 0.2 })] },
  },
  {
    rule: 'S25',
    about: 'short mirrored: 96 + 3 = 99',
    input: run({ minutes: '100*6 | 100 100 96 97 | 97 99 97 97 | 97', short: { when: 'FT', stop, trail: { by: 3 } } }),
    expected: { trades: [trade('short', [entered, ['00:07', 'trailing', 99, 10]], { net: 10 })] },
  },
  {
    rule: 'S25',
    about: 'from: close trails the highest close',
    input: run({
      minutes: '100*6 | 100 104 100 103 | 103 103 100.5 101 | 101 101 100 100',
      long: { when: 'FT', stop, trail: { by: 3, from: 'close' } },
    }),
    expected: { trades: [trade('long', [entered, ['00:08', 'trailing', 100, 10]])] },
  },
  {
    rule: 'S25',
    about: 'active once best >= E + 1R; a stop that never moved is a stop',
    input: run([
      {
        minutes: '100*6 | 100 104.5 100 104 | 104 105 101 104 | 104 104 102 102',
        long: { when: 'FT', stop, trail: { by: 3, after: { r: 1 } } },
      },
      {
        minutes: '100*6 | 100 104.5 100 104 | 104 104.5 101 104 | 104 104 95 95',
        instrument: { id: 'test:BBB.P' },
        long: { when: 'FT', stop, trail: { by: 3, after: { r: 1 } } },
      },
    ]),
    // First: 105 reached at 00:07, stop 102 from 00:08. Second: never 105.
    expected: {
      trades: [
        trade('long', [entered, ['00:08', 'trailing', 102, 10]]),
        trade('long', [entered, ['00:08', 'stop', 95, 10]]),
      ],
    },
  },
  {
    rule: 'S25',
    about: 'a percent trail is a share of the best price',
    input: run({
      minutes: '100*6 | 100 104 100 104 | 104 104 102 102 | 102',
      long: { when: 'FT', stop, trail: { share: 0.02 } },
    }),
    // 104 x 0.98 = 101.92 = 203.84 ticks, nearest 204 = 102.
    expected: { trades: [trade('long', [entered, ['00:07', 'trailing', 102, 10]])] },
  },
  {
    rule: 'S25',
    about: 'a share of the best, not of the entry: 110 x 0.95 = 104.5',
    input: run({
      minutes: '100*6 | 100 110 100 109 | 109 109 104.5 105 | 105',
      long: { when: 'FT', stop, trail: { share: 0.05 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'trailing', 104.5, 10]])] },
  },
  {
    rule: 'S25',
    about: 'update: decision moves at closes only',
    input: run({
      minutes: '100*6 | 100 104 100 103 | 103 103 100.5 102 | 102 | 102 102 101 101 | 101*2',
      long: { when: 'FT', stop, trail: { by: 3, update: 'decision' } },
    }),
    expected: { trades: [trade('long', [entered, ['00:09', 'trailing', 101, 10]])] },
  },
  {
    rule: 'S25',
    about: 'a level is read at every T, padded, in force from the first minute after; unknown leaves, lower leaves',
    input: run({
      minutes: '100*8 | 100 100 97.5 100 | 100 100 98.5 100 | 100*5 | 100 100 98 98 | 98*2',
      // T 00:09: 99 - 1 = 98 (the low of 97.5 came before). T 00:12: unknown. T 00:15: 96 - 1 is no tighter.
      long: { when: 'FT', stop, trail: { to: [null, null, 99, null, 96], pad: 1 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:15', 'trailing', 98, 10]])] },
  },
  {
    rule: 'S25',
    about: 'a level of trade scope comes from the program of the trade',
    input: run({
      minutes: '100*9 | 100 100 97 97 | 97*2',
      long: { when: 'FT', stop, trail: { to: [90, 97, 99, 99], atEntry: true } },
    }),
    expected: { trades: [trade('long', [entered, ['00:09', 'trailing', 97, 10]])] },
  },
  {
    rule: 'S25',
    about: 'the distance is that of the decision of the entry; unknown there refuses',
    input: run([
      {
        minutes: '100*6 | 100 104 100 103 | 103 103 101 102 | 102',
        long: { when: 'FT', stop, trail: { by: [9, 3, 9] } },
      },
      { minutes: '100*9', instrument: { id: 'test:BBB.P' }, long: { when: 'FT', stop, trail: { by: [9, null, 9] } } },
    ]),
    expected: { trades: [trade('long', [entered, ['00:07', 'trailing', 101, 10]])], drops: { unknown: 1 } },
  },
  {
    rule: 'S26',
    about: 'once, at E + offset, rounded to tick',
    input: run({
      minutes: '100*6 | 100 105 100 103 | 103 103 101 101 | 101',
      long: { when: 'FT', stop, breakEven: { after: { r: 1 }, offset: { share: 0.01 } } },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'break_even', 101, 10]], { net: 10 })] },
  },
  {
    rule: 'S26',
    about: 'cover_fees adds two taker fees: 100 + 100 x 2 x 0.001 = 100.2, and the trade ends a hair below nothing',
    input: run(
      {
        minutes: '100*6 | 100 105 100 103 | 103 103 100 100 | 100',
        instrument: { tick: '0.1' },
        long: { when: 'FT', stop, breakEven: { after: { r: 1 }, coverFees: true } },
      },
      { settings: { fees: { maker: 0, taker: 0.001, liquidation: 0 } } },
    ),
    // Fees 1 and 1.002; 10 x 0.2 - 2.002 = -0.002.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100, 10, { fee: 1 }],
            ['00:07', 'break_even', 100.2, 10, { fee: 1.002 }],
          ],
          {
            net: -0.002,
          },
        ),
      ],
    },
  },
  {
    rule: 'S26',
    about: '1R touched exactly is reached: 100.2 + 0.4, which doubles put at 100.60000000000001',
    input: run({
      minutes: '100.2*6 | 100.2 100.6 100.2 100.4 | 100.4 100.4 100.2 100.2 | 100.2',
      instrument: { tick: '0.1' },
      long: { when: 'FT', stop: { by: 0.4 }, breakEven: { after: { r: 1 } } },
    }),
    // 1,000 / 100.2 = 9.98.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100.2, 9.98],
            ['00:07', 'break_even', 100.2, 9.98],
          ],
          { net: 0 },
        ),
      ],
    },
  },
  {
    rule: 'S26',
    about: 'once: an add that raises E does not move it again',
    // Stop 100 after 00:06. The add makes E 101.477, best 107 is beyond E + 5, yet the low of 101 stops nothing.
    input: run({
      minutes: '100*6 | 100 107 100 103 | 103*6 | 103 103 101 103 | 103',
      long: { when: 'FTFT', stop, breakEven: { after: { r: 1 } } },
      risk: { scaleIn: { adds: 1, from: { r: 0.5 } } },
    }),
    expected: { open: [trade('long', [entered, ['00:12', 'add', 103, 9.7]])] },
  },
  {
    rule: 'S26',
    about: 'after rung 1 of the ladder',
    input: run({
      minutes: '100*6 | 100 105.5 100 103 | 103 103 100 100 | 100',
      long: {
        when: 'FT',
        stop,
        ladder: [
          { at: { r: 1 }, close: 0.5 },
          { at: { r: 2 }, close: null },
        ],
        breakEven: { after: { rung: 1 } },
      },
    }),
    expected: {
      trades: [
        trade('long', [entered, ['00:06', 'target', 105, 5, maker], ['00:07', 'break_even', 100, 5]], { net: 25 }),
      ],
    },
  },
  {
    rule: 'S26',
    about: 'a rung is a step of the ladder: a target is none',
    input: run({
      minutes: '100*6 | 100 105.5 100 103 | 103 103 100 100 | 100',
      long: { when: 'FT', stop, targets: [{ at: 105, close: 0.5 }], breakEven: { after: { rung: 1 } } },
    }),
    expected: { open: [trade('long', [entered, ['00:06', 'target', 105, 5, maker]])] },
  },
  {
    rule: 'S26',
    about: 'break-even first, then trailing; the tightest wins and names the exit',
    input: run({
      minutes: '100*6 | 100 106 100 105 | 105 105 103 103 | 103',
      long: { when: 'FT', stop, breakEven: { after: { r: 1 } }, trail: { by: 3 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'trailing', 103, 10]])] },
  },
]
