// Vectors of S20 to S24: limits, stop entries, expiry, stop placement, rounding.
import { run } from '../build'
import { trade } from '../check'
import type { Vector } from '../types'

const stop = { by: 5 }
const entered = ['00:06', 'entry', 100, 10] as const
const maker = { maker: true } as const

export const priceVectors: readonly Vector[] = [
  {
    rule: 'S20',
    about: 'a limit that is marketable on arrival: taker at min(limit, open + slippage)',
    input: run(
      { minutes: '100*6 | 98*3', long: { entries: [{ when: 'FT', order: 'limit', at: 100 }], stop } },
      { settings: { slippage: { model: 'fixed', bps: 300 } } },
    ),
    // 98 x 1.03 = 100.94, up to 101, capped at 100.
    expected: { open: [trade('long', [['00:06', 'entry', 100, 10, { ref: 98 }]], { net: 0 })] },
  },
  {
    rule: 'S20',
    about: 'and a sell: max(100, 102 x 0.97 = 98.94, down to 98.5) = 100',
    input: run(
      { minutes: '100*6 | 102*3', short: { entries: [{ when: 'FT', order: 'limit', at: 100 }], stop } },
      { settings: { slippage: { model: 'fixed', bps: 300 } } },
    ),
    expected: { open: [trade('short', [['00:06', 'entry', 100, 10, { ref: 102 }]])] },
  },
  {
    rule: 'S20',
    about: 'without volume nothing passive fills: no limit on the path or at the open, no target at the open',
    input: run([
      {
        minutes: '100*6 | 100 100 97 100 v0 | 95v0 | 100',
        long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop },
      },
      {
        minutes: '100*7 | 106v0 | 104',
        instrument: { id: 'test:BBB.P' },
        long: { when: 'FT', stop, targets: [{ at: 105 }] },
      },
    ]),
    expected: { pending: ['long limit 98 x 10.2'], open: [trade('long', [entered])] },
  },
  {
    rule: 'S20',
    about: 'post_only: marketable on arrival is dropped; at the limit exactly is marketable too',
    input: run({
      minutes: '100*9',
      long: { entries: [{ when: 'FT', order: 'limit', at: 100, postOnly: true }], stop },
    }),
    expected: { drops: { post_only: 1 } },
  },
  {
    rule: 'S20',
    about: 'a passive limit needs a tick beyond: touched is not filled',
    input: run({
      minutes: '100*6 | 100 100 98 100 | 100 100 97.5 100 | 100',
      long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop },
    }),
    expected: { open: [trade('long', [['00:07', 'entry', 98, 10.2, maker]])] },
  },
  {
    rule: 'S20',
    about: 'resting since an earlier minute: own price as maker even when the minute opens beyond it',
    input: run({
      minutes: '100*7 | 95*2',
      long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop: { by: 10 } },
    }),
    expected: { open: [trade('long', [['00:07', 'entry', 98, 10.2, maker]])], equity: [['00:08', 9969.4]] },
  },
  {
    rule: 'S20',
    about: 'a target too fills a tick beyond only, and the stop on touch',
    input: run({
      minutes: '100*6 | 100 105 95.5 100 | 100 105.5 100 105 | 105',
      long: { when: 'FT', stop, targets: [{ at: 105 }] },
    }),
    expected: { trades: [trade('long', [entered, ['00:07', 'target', 105, 10, maker]], { net: 50, r: 1 })] },
  },
  {
    rule: 'S21',
    about: 'limit inside the minute: stop tested with the low',
    input: run({
      minutes: '100*6 | 100 100 93 100 | 100*2',
      long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop, targets: [{ at: 99 }] },
    }),
    // Stop 93 by the low, target 99 by the close of 100: the stop, and the flag.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 98, 10.2, maker],
            ['00:06', 'stop', 93, 10.2],
          ],
          {
            net: -51,
            ambiguous: true,
          },
        ),
      ],
      ambiguous: 1,
    },
  },
  {
    rule: 'S21',
    about: 'limit inside the minute: targets, MFE and break-even see the close, never the high',
    input: run({
      minutes: '100*6 | 100 110 97 99 | 99 99 98.5 99 | 99',
      long: {
        entries: [{ when: 'FT', order: 'limit', at: 98 }],
        stop,
        targets: [{ at: 103 }],
        breakEven: { after: { r: 1 } },
      },
    }),
    // Best = 99: not 98 + 5, so the stop stays at 93 and nothing happens at 98.5. MFE 1 of 98, MAE 1 of 98 (low 97).
    expected: {
      open: [
        trade('long', [['00:06', 'entry', 98, 10.2, maker]], {
          mfePct: 100 / 98,
          maePct: 100 / 98,
          mfeR: 0.2,
          maeR: 0.2,
        }),
      ],
    },
  },
  {
    rule: 'S21',
    about: 'short mirrored: a limit sell inside the minute, closed by the close',
    input: run({
      minutes: '100*6 | 100 103 90 96 | 96*2',
      short: { entries: [{ when: 'FT', order: 'limit', at: 102 }], stop, targets: [{ at: 97 }] },
    }),
    // 1,000 / 102 = 9.80; close 96 is a tick beyond 97: bought at 97. Net 9.8 x 5 = 49.
    expected: {
      trades: [
        trade(
          'short',
          [
            ['00:06', 'entry', 102, 9.8, maker],
            ['00:06', 'target', 97, 9.8, maker],
          ],
          { net: 49 },
        ),
      ],
    },
  },
  {
    rule: 'S21',
    about: 'stop entry on touch: max(stop, open) + slippage as taker, its stop then tested with the low',
    input: run(
      {
        minutes: '100*6 | 100 104 100 104 | 104 105 99 104 | 104',
        long: { entries: [{ when: 'FT', order: 'stop', at: 105, expires: { bars: 2 } }], stop },
      },
      { settings: { slippage: { model: 'fixed', bps: 100 } } },
    ),
    // Sized at its own trigger: 1,000 / 105 = 9.52. 105 x 1.01 = 106.05, up to 106.5; stop 101.5 is touched by the low of 99; 101.5 x 0.99 = 100.485, down to 100.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:07', 'entry', 106.5, 9.52, { ref: 105 }],
            ['00:07', 'stop', 100, 9.52, { ref: 101.5 }],
          ],
          {
            net: -61.88,
          },
        ),
      ],
    },
  },
  {
    rule: 'S21',
    about: 'stop entry reached by the open: at the open',
    input: run({
      minutes: '100*6 | 107*3',
      long: { entries: [{ when: 'FT', order: 'stop', at: 105 }], stop },
    }),
    expected: { open: [trade('long', [['00:06', 'entry', 107, 9.52]])] },
  },
  {
    rule: 'S22',
    about: 'one bar by default: the dip of the third minute after is too late',
    input: run({
      minutes: '100*9 | 100 100 90 100 | 100*2',
      long: { entries: [{ when: 'FT', order: 'limit', at: 98 }], stop },
    }),
    expected: { drops: { expired: 1 } },
  },
  {
    rule: 'S22',
    about: 'four minutes of wall time, holes counted: alive at 00:09, gone at 00:10',
    input: run([
      {
        minutes: '100*6 | -*3 | 100 100 97 100 | 100*2',
        long: { entries: [{ when: 'FT', order: 'limit', at: 98, expires: { ms: 240_000 } }], stop },
      },
      {
        minutes: '100*6 | -*3 | 100 | 100 100 97 100 | 100',
        instrument: { id: 'test:BBB.P' },
        long: { entries: [{ when: 'FT', order: 'limit', at: 98, expires: { ms: 240_000 } }], stop },
      },
    ]),
    expected: { open: [trade('long', [['00:09', 'entry', 98, 10.2, maker]])], drops: { expired: 1 } },
  },
  {
    rule: 'S23',
    about: 'a level stop on the wrong side of the reference, or nearer than a tick: refused',
    input: run({ minutes: '100*15', long: { when: 'FTFTF', stop: { at: [101, 101, 101, 99.75, 99] } } }),
    // Row 3: 99.75 rounds to 100 (199.5 + 0.5 floored = 200 ticks), on the reference itself.
    expected: { drops: { stop_wrong_side: 2 } },
  },
  {
    rule: 'S23',
    about: 'the pad moves a level stop away from the price: 96 - 1',
    input: run({
      minutes: '100*7 | 100 100 95.5 100 | 100 100 95 100',
      long: { when: 'FT', stop: { at: 96, pad: 1 } },
    }),
    expected: { trades: [trade('long', [entered, ['00:08', 'stop', 95, 10]])] },
  },
  {
    rule: 'S23',
    about: 'unknown stop or target price: refused',
    input: run({
      minutes: '100*15',
      long: { when: 'FTFTF', stop: { at: [null, null, null, 95] }, targets: [{ at: [110, 110, 110, null] }] },
    }),
    expected: { drops: { unknown: 2 } },
  },
  {
    rule: 'S23',
    about: 'a target less than a tick ahead of the reference: refused; one tick is enough',
    input: run({ minutes: '100*15', long: { when: 'FTFTF', stop, targets: [{ at: [100, 100, 100, 100.5] }] } }),
    expected: { open: [trade('long', [['00:12', 'entry', 100, 10]])], drops: { target_wrong_side: 1 } },
  },
  {
    rule: 'S23',
    about: 'only the fill gaps beyond the level stop: it opens and is stopped at once, R from the fill to the stop',
    input: run({ minutes: '100*6 | 90 97 90 97 | 97*2', long: { when: 'FT', stop: { at: 95 } } }),
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 90, 10],
            ['00:06', 'stop', 90, 10],
          ],
          { net: 0, risk: 50, r: 0 },
        ),
      ],
    },
  },
  {
    rule: 'S23',
    about: 'only the fill lies beyond a target: its share closes at the same open as a taker, the rest runs',
    input: run(
      { minutes: '100*6 | 110*3', long: { when: 'FT', stop, targets: [{ at: 105, close: 0.4 }] } },
      { settings: { fees: { maker: 0, taker: 0.001, liquidation: 0 } } },
    ),
    // 10 x 110 x 0.001 = 1.1; 4 x 110 x 0.001 = 0.44.
    expected: {
      open: [
        trade(
          'long',
          [
            ['00:06', 'entry', 110, 10, { fee: 1.1 }],
            ['00:06', 'target', 110, 4, { fee: 0.44 }],
          ],
          {
            net: -1.54,
          },
        ),
      ],
    },
  },
  {
    rule: 'S24',
    about: 'a price is the parsed decimal of whole ticks: 285001 x 0.1 is 28500.1',
    input: run({
      minutes: '28500.1*6 | 28500.1 28500.1 28215.1 28215.1 | 28215.1*2',
      instrument: { tick: '0.1', step: '0.001' },
      long: { when: 'FT', stop: { share: 0.01 } },
      risk: { size: { notional: 0.5 } },
    }),
    // 5,000 / 28500.1 = 0.17543.. -> 0.175. Stop 28500.1 x 0.99 = 28215.099, 282150.99 ticks, nearest 282151.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 28500.1, 0.175],
            ['00:06', 'stop', 28215.1, 0.175],
          ],
          { net: -49.875 },
        ),
      ],
    },
  },
  {
    rule: 'S24',
    about: 'a half that doubles miss is a half: 35 x 0.99 is 346.49999999999994 ticks, up to 34.7',
    input: run({
      minutes: '35*7 | 35 35 34.7 34.7 | 34.7',
      instrument: { tick: '0.1' },
      long: { when: 'FT', stop: { share: 0.01 } },
    }),
    // 1,000 / 35 = 28.57; 28.57 x -0.3.
    expected: {
      trades: [
        trade(
          'long',
          [
            ['00:06', 'entry', 35, 28.57],
            ['00:07', 'stop', 34.7, 28.57],
          ],
          { net: -8.571 },
        ),
      ],
    },
  },
  {
    rule: 'S24',
    about: 'limit buys down, limit sells up, stops half up on both sides',
    input: run([
      {
        minutes: '100*6 | 100 100 97 100 | 100*2',
        long: { entries: [{ when: 'FT', order: 'limit', at: 98.7 }], stop: { by: 5.25 } },
      },
      {
        minutes: '100*6 | 100 103 100 100 | 100*2',
        instrument: { id: 'test:BBB.P' },
        short: { entries: [{ when: 'FT', order: 'limit', at: 101.2 }], stop: { by: 5.25 } },
      },
    ]),
    // 98.7 -> 98.5, 1,000 / 98.5 = 10.15; its stop 93.25 is 186.5 ticks -> 187 = 93.5: risk 10.15 x 5 = 50.75.
    // 101.2 -> 101.5, 1,000 / 101.5 = 9.85; its stop 106.75 is 213.5 ticks -> 214 = 107: risk 9.85 x 5.5 = 54.175.
    expected: {
      open: [
        trade('long', [['00:06', 'entry', 98.5, 10.15, maker]], { risk: 50.75 }),
        trade('short', [['00:06', 'entry', 101.5, 9.85, maker]], { risk: 54.175 }),
      ],
    },
  },
]
