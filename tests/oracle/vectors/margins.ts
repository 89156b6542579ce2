// Vectors of S35 to S39: isolated and cross margin, liquidation, mark, funding, ledger.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const
const second = { instrument: { id: 'test:BBB.P' } } as const
const taker = { fees: { maker: 0, taker: 0.001, liquidation: 0 } } as const

export const marginVectors: readonly Vector[] = [
  {
    rule: 'S35',
    about: 'gapped by the open between liquidation and bankruptcy: at the open, the fee is what is left of M',
    input: run({ minutes: '100*7 | 95.5*2', long: { when: 'FT', stop: { by: 10 } }, risk: { leverage: 20 } }),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'liquidation', 95.5, 10, { fee: 5 }]], { net: -50 })],
      liquidations: 1,
      accounts: { realised: -45, liquidation: -5 },
    },
  },
  {
    rule: 'S35',
    about: 'gapped beyond bankruptcy: never more than M',
    input: run({ minutes: '100*7 | 80*2', long: { when: 'FT', stop: { by: 30 } }, risk: { leverage: 20 } }),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'liquidation', 95, 10]], { net: -50 })],
      liquidations: 1,
    },
  },
  {
    rule: 'S35',
    about: 'a fill that slips past its own liquidation price goes at once, at bankruptcy at worst',
    // 103 at leverage 50: M = 20.6, liquidation 1,009.4 / 9.9 = 101.96 above the open of 100, bankruptcy 100.94.
    input: run(
      { minutes: '100*9', long: { when: 'FT', stop: { by: 20 } }, risk: { leverage: 50 } },
      { settings: { slippage: { model: 'fixed', bps: 300 } } },
    ),
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 103, 10, { ref: 100 }],
            ['00:06', 'liquidation', 100.94, 10],
          ],
          { net: -20.6 },
        ),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S35',
    about: 'short: (qE + M + cum) / (q (1 + rate)) = 1,050 / 10.1',
    input: run({
      minutes: '100*7 | 100 104 100 100 | 100',
      short: { when: 'FT', stop: { by: 30 } },
      risk: { leverage: 20 },
    }),
    expected: {
      trades: [
        trade('short', [entered, ['00:07', 'liquidation', 1050 / 10.1, 10, { fee: 50 - 10 * (1050 / 10.1 - 100) }]], {
          net: -50,
        }),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S35',
    about: 'the bracket is the one that holds q x the liquidation price',
    // First bracket: (1,000 - 100) / (10 x 0.95) = 94.74, notional 947: not below 940. Second, from 940: cum 940 x 0.05
    // = 47 keeps maintenance continuous at rate 0.1: (1,000 - 100 - 47) / 9 = 94.78, notional 947.8: it holds.
    input: run({
      minutes: '100*7 | 100 100 94.5 100 | 100',
      long: { when: 'FT', stop: { by: 30 } },
      risk: { leverage: 10 },
      instrument: {
        brackets: [
          { floor: 0, cap: 940, maxLeverage: 20, rate: 0.05, cum: 0 },
          { floor: 940, cap: 1e9, maxLeverage: 20, rate: 0.1, cum: 47 },
        ],
      },
    }),
    expected: {
      trades: [
        trade('long', [entered, ['00:07', 'liquidation', 853 / 9, 10, { fee: 100 + 10 * (853 / 9 - 100) }]], {
          net: -100,
        }),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S35',
    about: 'a partial exit releases its part of M: the rest costs 25, not 50',
    input: run({
      minutes: '100*6 | 100 106 100 105 | 100 100 95.5 100 | 100',
      long: { when: 'FT', stop: { by: 10 }, targets: [{ at: 105, close: 0.5 }] },
      risk: { leverage: 20 },
    }),
    // (500 - 25) / 4.95 = 95.9595.. as before. 5 x 5 - 25 = 0.
    expected: {
      trades: [
        trade(
          'long',
          [
            entered,
            ['00:06', 'target', 105, 5, maker],
            ['00:07', 'liquidation', 475 / 4.95, 5, { fee: 25 + 5 * (475 / 4.95 - 100) }],
          ],
          { net: 0 },
        ),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S35',
    about: 'funding paid comes out of M and brings the liquidation nearer: 960 / 9.9 = 96.97',
    input: run({
      minutes: '100*8 | 100 100 96.5 100',
      long: { when: 'FT', stop: { by: 10 } },
      risk: { leverage: 20 },
      funding: [['00:07', 0.01]],
    }),
    expected: {
      trades: [
        trade('long', [entered, ['00:08', 'liquidation', 960 / 9.9, 10, { fee: 40 + 10 * (960 / 9.9 - 100) }]], {
          net: -50,
          funding: -10,
        }),
      ],
      liquidations: 1,
    },
  },
  {
    rule: 'S36',
    about: 'cross: the whole wallet stands behind it; settles at mark with the fee of the settings',
    input: run(
      { minutes: '100*7 | 100 100 90 100 | 100', long: { when: 'FT', stop: { by: 50 } }, risk: { leverage: 20 } },
      { settings: { equity: 100, margin: 'cross', fees: { maker: 0, taker: 0, liquidation: 0.005 } } },
    ),
    // (1,000 - 100) / 9.9 = 90.909..; loss 90.909.., fee 909.09.. x 0.005 = 4.5454..; left 4.5454..
    expected: {
      trades: [trade('long', [entered, ['00:07', 'liquidation', 900 / 9.9, 10, { fee: (9000 / 9.9) * 0.005 }]], {})],
      liquidations: 1,
      equity: [['00:07', 100 + 10 * (900 / 9.9 - 100) - (9000 / 9.9) * 0.005]],
    },
  },
  {
    rule: 'S36',
    about: 'cross: the balance is floored at 0, the rest is the insurance fund’s',
    input: run(
      { minutes: '100*7 | 80*2', long: { when: 'FT', stop: { by: 50 } }, risk: { leverage: 20 } },
      { settings: { equity: 100, margin: 'cross' } },
    ),
    expected: {
      trades: [trade('long', [entered, ['00:07', 'liquidation', 80, 10]], { net: -200 })],
      liquidations: 1,
      accounts: { realised: -200, insurance: 100 },
      equity: [['00:08', 0]],
      ruined: true,
    },
  },
  {
    rule: 'S36',
    about: 'two symbols: adverse extremes together; the largest maintenance goes first, what then holds stays',
    input: run(
      [
        { minutes: '100*7 | 100 100 90 100 | 100', long: { when: 'FT', stop: { by: 50 } }, risk: { leverage: 20 } },
        {
          minutes: '100*7 | 100 100 90 100 | 100',
          ...second,
          long: { when: 'FT', stop: { by: 50 } },
          risk: { leverage: 20, size: { quote: 500 } },
        },
      ],
      { settings: { equity: 100, margin: 'cross' } },
    ),
    // B at 90: unrealised -50, maintenance 450 x 0.01 = 4.5. Behind A: 100 - 50 - 4.5 = 45.5: (1,000 - 45.5) / 9.9 = 96.41..
    // A's maintenance is the larger: settled there. Then 100 - 35.86 - 50 = 14.14 > 4.5: B stays.
    expected: {
      trades: [trade('long', [entered, ['00:07', 'liquidation', 954.5 / 9.9, 10]])],
      open: [trade('long', [['00:06', 'entry', 100, 5]], { instrument: 'test:BBB.P' })],
      liquidations: 1,
    },
  },
  {
    rule: 'S37',
    about: 'with mark bars the last price liquidates nothing',
    input: run({
      minutes: '100*7 | 100 100 93 100 | 100',
      mark: '100*9',
      long: { when: 'FT', stop: { by: 8 } },
      risk: { leverage: 20 },
    }),
    expected: { open: [trade('long', [entered])] },
  },
  {
    rule: 'S37',
    about: 'with mark bars the mark liquidates though the last price never moved',
    input: run({
      minutes: '100*9',
      mark: '100*7 | 100 100 95 100 | 100',
      long: { when: 'FT', stop: { by: 8 } },
      risk: { leverage: 20 },
    }),
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
    rule: 'S38',
    about: 'entered at the open of s: none; held: -s x q x mark x rate; closed in s: full; after it: none',
    input: run({
      minutes: '100*7 | 102 102 102 102 | 102 102 95 95 | 95*4',
      long: { when: 'FT', stop },
      funding: [
        ['00:06', 0.001],
        ['00:07', 0.001],
        ['00:08', 0.001, 110],
        ['00:09', 0.001],
      ],
    }),
    // Open of 00:07: 10 x 102 x 0.001 = 1.02. Mark of 00:08: 10 x 110 x 0.001 = 1.1.
    expected: {
      trades: [trade('long', [entered, ['00:08', 'stop', 95, 10]], { funding: -2.12, net: -52.12 })],
      accounts: { funding: -2.12 },
    },
  },
  {
    rule: 'S38',
    about: 'a short receives; a missing minute is charged at the first existing one after it; no rate, no charge',
    input: run({
      minutes: '100*7 | - | 101 | 101*3',
      short: { when: 'FT', stop },
      funding: [
        ['00:07', 0.001],
        ['00:09', Number.NaN],
      ],
    }),
    expected: { open: [trade('short', [entered], { funding: 1.01, net: 1.01 })], partialBars: 1 },
  },
  {
    rule: 'S39',
    about: 'equity is the wallet plus the unrealised at the last close',
    input: run(
      { minutes: '100*6 | 100 106 99 104 | 104*2', long: { when: 'FT', stop, targets: [{ at: 105, close: 0.5 }] } },
      { settings: taker },
    ),
    // Fee 1; 5 x 5 = 25; 5 x (104 - 100) = 20 unrealised.
    expected: {
      open: [
        trade(
          'long',
          [
            ['00:06', 'entry', 100, 10, { fee: 1 }],
            ['00:06', 'target', 105, 5, maker],
          ],
          { net: 24 },
        ),
      ],
      equity: [
        ['00:05', 10_000],
        ['00:06', 10_044],
      ],
      accounts: { fee: -1, realised: 25 },
    },
  },
]
