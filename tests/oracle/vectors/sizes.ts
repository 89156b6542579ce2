// Vectors of S31 to S34: size, caps, fees, spot.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const
const second = { instrument: { id: 'test:BBB.P' } } as const
const taker = { fees: { maker: 0, taker: 0.001, liquidation: 0 } } as const

export const sizeVectors: readonly Vector[] = [
  {
    rule: 'S31',
    about: 'risk, notional and quote, of equity at T',
    input: run([
      { minutes: '100*9', long: { when: 'FT', stop }, risk: { size: { risk: 0.01 } } },
      { minutes: '100*9', ...second, long: { when: 'FT', stop }, risk: { size: { notional: 0.3 } } },
      {
        minutes: '100*9',
        instrument: { id: 'test:CCC.P' },
        long: { when: 'FT', stop },
        risk: { size: { quote: 700 } },
      },
    ]),
    // 100 / 5 = 20; 3,000 / 100 = 30; 700 / 100 = 7.
    expected: {
      open: [
        trade('long', [['00:06', 'entry', 100, 20]]),
        trade('long', [['00:06', 'entry', 100, 30]]),
        trade('long', [['00:06', 'entry', 100, 7]]),
      ],
    },
  },
  {
    rule: 'S31',
    about:
      'equity counts the unrealised of the whole wallet at the last close before T; leverage does not multiply size',
    input: run([
      { minutes: '100*8 | 110*4', long: { when: 'FT', stop } },
      { minutes: '100*12', ...second, long: { when: 'FFT', stop }, risk: { size: { notional: 0.5 }, leverage: 5 } },
    ]),
    // 10,000 + 10 x 10 = 10,100; half of it at 100 = 50.5.
    expected: { open: [trade('long', [entered]), trade('long', [['00:09', 'entry', 100, 50.5]])] },
  },
  {
    rule: 'S31',
    about: 'a limit is sized at its price, never again at the fill',
    input: run({
      minutes: '100*6 | 80*3',
      long: { entries: [{ when: 'FT', order: 'limit', at: 90 }], stop },
      risk: { size: { risk: 0.01 } },
    }),
    // Reference 90, stop 85: 100 / 5 = 20, filled as taker at 80.
    expected: { open: [trade('long', [['00:06', 'entry', 80, 20]], { risk: 100 })] },
  },
  {
    rule: 'S32',
    about: 'more than available with fees and slippage: reduced, floored, counted',
    input: run(
      { minutes: '100*9', long: { when: 'FT', stop }, risk: { size: { quote: 2000 } } },
      { settings: { ...taker, equity: 1000 } },
    ),
    // 1,000 / (100 x (1 + 0.002)) = 9.98003.. -> 9.98. Fee 0.998.
    expected: { open: [trade('long', [['00:06', 'entry', 100, 9.98, { fee: 0.998 }]])], capped: 1 },
  },
  {
    rule: 'S32',
    about: 'the notional that a bracket allowing this leverage holds',
    input: run({
      minutes: '100*9',
      long: { when: 'FT', stop },
      risk: { leverage: 20 },
      instrument: {
        brackets: [
          { floor: 0, cap: 500, maxLeverage: 20, rate: 0.01, cum: 0 },
          { floor: 500, cap: 1e9, maxLeverage: 10, rate: 0.02, cum: 5 },
        ],
      },
    }),
    expected: { open: [trade('long', [['00:06', 'entry', 100, 5]])], capped: 1 },
  },
  {
    rule: 'S32',
    about: 'below the least notional, or quantity: refused, never rounded up',
    input: run([
      { minutes: '100*9', long: { when: 'FT', stop }, risk: { size: { quote: 4 } } },
      {
        minutes: '100*9',
        instrument: { id: 'test:BBB.P', minQty: 11 },
        play: 1,
        long: { when: 'FT', stop },
      },
    ]),
    expected: { drops: { 0: { below_minimum: 1 }, 1: { below_minimum: 1 } } },
  },
  {
    rule: 'S32',
    about: 'at the fill: notional / leverage + fee above available is refused',
    input: run({ minutes: '100*6 | 101*3', long: { when: 'FT', stop }, risk: { size: { notional: 1 } } }),
    // 100 units for 10,000; at 101 they need 10,100.
    expected: { drops: { insufficient_margin: 1 } },
  },
  {
    rule: 'S32',
    about: 'at a stop and reverse the margin of the trade that is being closed counts',
    input: run(
      {
        minutes: '100*12',
        long: { when: 'FTF', stop, exitWhen: ['FFTF'] },
        short: { when: 'FFTF', stop },
      },
      { settings: { equity: 1000 } },
    ),
    expected: {
      trades: [trade('long', [entered, ['00:09', 'signal', 100, 10]])],
      open: [trade('short', [['00:09', 'entry', 100, 10]])],
    },
  },
  {
    rule: 'S32',
    about: 'and so does what it has earned: 10 at 100 became 1,100, 10 at 110 are sold',
    input: run(
      {
        minutes: '100*8 | 110*4',
        long: { when: 'FTF', stop, exitWhen: ['FFTF'] },
        short: { when: 'FFTF', stop },
        risk: { size: { notional: 1 } },
      },
      { settings: { equity: 1000 } },
    ),
    expected: {
      trades: [trade('long', [entered, ['00:09', 'signal', 110, 10]], { net: 100 })],
      open: [trade('short', [['00:09', 'entry', 110, 10]])],
    },
  },
  {
    rule: 'S32',
    about: 'the slippage to come is kept aside: 1,000 / (100 x 1.01) = 9.90',
    input: run(
      { minutes: '100*9', long: { when: 'FT', stop }, risk: { size: { quote: 2000 } } },
      { settings: { equity: 1000, slippage: { model: 'fixed', bps: 100 } } },
    ),
    expected: { open: [trade('long', [['00:06', 'entry', 101, 9.9, { ref: 100 }]])], capped: 1 },
  },
  {
    rule: 'S32',
    about: 'at the fill the fee counts: 9.98 x 100.2 = 999.996 would do, 1 of fee is too much',
    input: run(
      {
        minutes: '100*6 | 100.2*3',
        instrument: { tick: '0.1' },
        long: { when: 'FT', stop },
        risk: { size: { quote: 2000 } },
      },
      { settings: { ...taker, equity: 1000 } },
    ),
    expected: { capped: 1, drops: { insufficient_margin: 1 } },
  },
  {
    rule: 'S32',
    about: 'cross: what is lost so far is not available: 1,000 - 500 - 50 = 450',
    input: run(
      [
        { minutes: '100*8 | 90*4', long: { when: 'FT', stop: { by: 50 } }, risk: { size: { quote: 500 } } },
        { minutes: '100*12', ...second, long: { when: 'FFT', stop } },
      ],
      { settings: { equity: 1000, margin: 'cross' } },
    ),
    expected: {
      open: [trade('long', [['00:06', 'entry', 100, 5]]), trade('long', [['00:09', 'entry', 100, 4.5]])],
      capped: 1,
    },
  },
  {
    rule: 'S33',
    about: 'maker for a passive limit and a target, taker for the rest; fee on the fill price',
    input: run(
      {
        minutes: '100*6 | 100 100 97 100 | 100 104 100 103.5 | 103.5',
        long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop, targets: [{ at: 103, close: 0.5 }] },
      },
      { settings: { fees: { maker: 0.0002, taker: 0.0005, liquidation: 0 } } },
    ),
    // 10.2 x 98 x 0.0002 = 0.19992; 5.1 x 103 x 0.0002 = 0.10506.
    expected: {
      open: [
        trade('long', [
          ['00:06', 'entry', 98, 10.2, { fee: 0.19992, ...maker }],
          ['00:07', 'target', 103, 5.1, { fee: 0.10506, ...maker }],
        ]),
      ],
      accounts: { fee: -0.30498, realised: 25.5 },
    },
  },
  {
    rule: 'S34',
    about: 'spot has no liquidation, whatever its brackets say',
    input: run({
      minutes: '100*7 | 100 100 1 1 | 1',
      instrument: {
        id: 'test:AAA',
        kind: 'spot',
        brackets: [{ floor: 0, cap: 1e9, maxLeverage: 1, rate: 0.5, cum: 0 }],
      },
      long: { when: 'FT', stop: { by: 98 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'stop', 2, 10]], { net: -980 })] },
  },
]
