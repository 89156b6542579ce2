// The page of a report as a terminal shows it. The snapshots were read as a trader would before they were stored.
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../blocks/engine/report/build'
import type { ReportInput } from '../../../blocks/engine/report/input'
import { renderComparison } from '../../../server/cli/render/comparison'
import { renderReport } from '../../../server/cli/render/report'
import { plain, styleFor } from '../../../server/cli/render/table'
import { dayMs, factsOf, newYear } from '../../blocks/engine/metrics/facts'
import { sampleInput } from '../../blocks/engine/report/sample'

const page = (over: Partial<ReportInput> = {}): string => renderReport(buildReport(sampleInput(over)))
/** Lines of one section, its head left out. */
const section = (text: string, head: string): string[] => {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.startsWith(head))
  const length = lines.slice(from).indexOf('')
  return lines.slice(from + 1, length < 0 ? lines.length : from + length)
}

const synthetic: Partial<ReportInput> = {
  markets: [
    {
      instrument: 'synthetic:BTCUSDT.P',
      barsOf: 'synthetic:BTCUSDT.P',
      synthetic: true,
      step: '0.001',
      fillTf: '1m',
      source: 'made up',
    },
  ],
  facts: factsOf([10_000, 10_000, 10_000]),
  pending: [],
  notices: [],
  friction: { capped: 0, refused: {}, partialBars: 0, lateFills: 0, staleFills: 0, holes: 0 },
  range: { fillBars: 2880, decisionBars: 192, holes: 0 },
  ambiguity: { exits: 0, netPessimisticUsdt: 0, netOptimisticUsdt: 0 },
  lockboxMs: newYear + dayMs,
}

describe('a report of 60 trades on a price proxy', () => {
  it('reads like this', () => {
    expect(page()).toMatchInlineSnapshot(`
      "PRICE PROXY  bars of binance:BTCUSDT stand in for binance:BTCUSDT.P
      ema_pullback (15m) on binance:BTCUSDT.P
      2024-01-01 to 2025-03-01 UTC, 425 days, engine 1.0.0

      What it rests on
        Price proxy     bars of binance:BTCUSDT
        Data            611,920 bars of 1m to fill on, 40,798 decisions
        Missing         80 bars missing (0.013 %)
        Fills           1 late fill, 4 decisions on incomplete bars
        Either way      3 exits could have gone either way inside a bar: net 1,120.40 to 1,389.90 USDT
                        (this report takes the stop first)
        Costs           433.27 USDT, 30.3 % of the profit before costs
        Lockbox         the range ends at or before the line of 2025-05-15; later data is untouched
        Sample          60 closed trades, 425 daily returns
        Note            12 rows of binance:BTCUSDT 1m were left out at import: high below low.

      Result
        Net profit USDT         997.24  Return                  9.97 %  A year (CAGR)           8.51 %
        Max drawdown            9.12 %  Drawdown time           61d 7h  Recovered in         undefined
        Sharpe                    0.68  Sortino                   1.01  Calmar                    0.93
        Volatility/yr          13.40 %  Sharpe above 0          76.7 %  Worst 5 % days         -1.30 %
        Profit factor             2.95  Win rate               60.00 %  Win / loss                1.96
        USDT a trade             86.22  R a trade               0.86 R  SQN                       3.95
        Worst point            -0.64 R  Best point              2.16 R  Given back              1.19 R
        Time in market         18.30 %  Leverage, mean            1.04  Turnover/yr             104.52
        Buy and hold          -12.39 %  At our risk            -5.12 %  Beta                      0.05
        Liquidations                 0  Nearest to one         18.20 %  Lowest margin             9.40
        Undefined       Recovered in: the largest drawdown has not recovered

      Costs, USDT
        Fees, maker              41.20  Fees, taker             310.77  Fees, liquidation         0.00
        Funding paid             18.40  Funding received          6.10  Funding, net            -12.30
        Slippage                 62.90  Slippage, bps             1.00  Of gross profit        30.29 %
        Gaps            12.50 lost where a bar opened beyond the stop; not in the costs above

      Return by month, %
              Jan  Feb   Mar  Apr   May  Jun   Jul  Aug  Sep  Oct  Nov  Dec  Year
        2024 -6.7  1.5  -2.8  3.0  -1.8  2.5  -5.8  6.8  2.4  6.2  2.4  3.5  10.3
        2025 -0.7  0.4                                                       -0.3*
        * a part of the month or year

      Trades
                              Trades      Won   Net USDT  Mean R    Fees  Funding
        Exit by  break even        7   57.1 %     539.59    0.77   73.10    -1.88
                 signal            7   42.9 %     -50.32   -0.07   75.30    -1.27
                 stop             15    0.0 %  -1,662.13   -1.11  159.28    -2.84
                 target           14  100.0 %   3,312.28    2.37  148.77    -2.50
                 time             10   80.0 %   1,415.11    1.42  107.18    -1.86
                 trailing          7  100.0 %   1,618.92    2.31   73.69    -1.39
        Side     long             37   62.2 %   3,707.93    1.00  392.94    -7.88
                 short            23   56.5 %   1,465.52    0.64  244.39    -3.86
        Setup    enter            37   62.2 %   3,707.93    1.00  392.94    -7.88
                 short/enter      23   56.5 %   1,465.52    0.64  244.39    -3.86
        winners held 1d on average, losers 23h 10m; longest streaks 4 won, 3 lost

      Signals that became no trade
        Count  Why                                              Name
           14  cooling down after a trade                       cooling_down
            6  a limit of the Play was reached                  limit_reached
            6  - of these by the limit: trades per day
            2  the size was below the venue's minimum           below_minimum
            3  taken with a size reduced to what margin allows  capped

      Last trades (10 at most)
        No  Entered, UTC      Side      Entry      Exit     Held  Exit by     Net USDT      R
        51  2024-10-27 08:12  short  41,743.7  42,143.7       2d  stop ?       -110.62  -1.11
        52  2024-11-02 11:11  long   41,494.0  41,094.0   1d 22h  stop         -110.55  -1.11
        53  2024-11-08 05:42  long   44,185.2  43,785.2   15h 2m  stop         -111.16  -1.11
        54  2024-11-14 16:15  long   40,827.9  41,815.1    1d 4h  break even    236.12   2.36
        55  2024-11-20 10:23  short  41,189.0  40,621.8  17h 43m  time          131.39   1.31
        56  2024-11-26 21:14  long   41,743.5  41,343.5  10h 47m  stop         -110.64  -1.11
        57  2024-12-02 18:36  long   44,316.3  45,236.0       2d  trailing      218.40   2.18
        58  2024-12-08 01:08  long   44,958.7  46,104.3  20h 10m  time          274.73   2.75
        59  2024-12-14 11:48  long   42,254.8  43,515.6  12h 39m  target        304.23   3.04
        60  2024-12-20 00:46  long   42,390.5  41,990.5  19h 43m  break even   -110.61  -1.11
        ? could have gone either way inside the bar

      Still standing at the end
        Open            long 0.25 BTCUSDT.P at 40,815.8 since 2024-12-26 00:52, booked so far -5.40 USDT
        Waiting         short limit order for 0.24 BTCUSDT.P at 43,120.5, until 2025-03-01 06:00

      Hashes
        play            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        logic           bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        settings        620fa2058320f38f0d78827c14efd1cf5c4f4f9e8f0ed7ed6e4e20e7a39efa58
        trades          e04d0b656e21966ee2d054f64c5ddea77d9180bf505b2e5f4a49a8b7895da8bc
        equity          c64e8309399ab9869c774040b07b7ed9a6ec28ea823710ab7d312d63af12d5ed
        data            cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc binance:BTCUSDT
                        klines 1m
        data            dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd binance:BTCUSDT.P
                        funding
        computed in 268 ms"
    `)
  })
})

describe('a report on made-up data without a trade', () => {
  it('reads like this', () => {
    expect(page(synthetic)).toMatchInlineSnapshot(`
      "SYNTHETIC  made by a generator: nothing here says anything about a market
      ema_pullback (15m) on synthetic:BTCUSDT.P  SYNTHETIC
      2024-01-01 to 2024-01-03 UTC, 2 days, engine 1.0.0

      What it rests on  SYNTHETIC
        Data            SYNTHETIC, 2,880 bars of 1m to fill on, 192 decisions
        Either way      no exit depends on the order of prices inside a bar
        Costs           0.00 USDT, and there was no profit before costs
        Lockbox         the range goes PAST the line of 2024-01-02: the held-back data has been looked at
        Sample          0 closed trades, 2 daily returns: ratios need 30 of each

      Result  SYNTHETIC
        Net profit USDT           0.00  Return                  0.00 %  A year (CAGR)  not enough data
        Max drawdown   not enough data  Drawdown time  not enough data  Recovered in   not enough data
        Sharpe         not enough data  Sortino        not enough data  Calmar         not enough data
        Volatility/yr  not enough data  Sharpe above 0 not enough data  Worst 5 % days not enough data
        Profit factor  not enough data  Win rate       not enough data  Win / loss     not enough data
        USDT a trade   not enough data  R a trade      not enough data  SQN            not enough data
        Worst point    not enough data  Best point     not enough data  Given back     not enough data
        Time in market          0.00 %  Leverage, mean       undefined  Turnover/yr    not enough data
        Buy and hold         undefined  At our risk    not enough data  Beta           not enough data
        Undefined       Leverage, mean: never in the market
        Undefined       Buy and hold: no bar to buy at in the range

      Costs, USDT  SYNTHETIC
        Fees, maker               0.00  Fees, taker               0.00  Fees, liquidation         0.00
        Funding paid              0.00  Funding received          0.00  Funding, net              0.00
        Slippage                  0.00  Slippage, bps        undefined  Of gross profit      undefined
        Undefined       Slippage, bps: nothing was filled with slippage
        Undefined       Of gross profit: no profit before costs
        Gaps            0.00 lost where a bar opened beyond the stop; not in the costs above

      Return by month, %  SYNTHETIC
             Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec  Year
        2024 0.0*                                                         0.0*
        * a part of the month or year

      Signals that became no trade  SYNTHETIC
        none

      Last trades (10 at most)  SYNTHETIC
        none

      Hashes  SYNTHETIC
        play            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        logic           bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        settings        cbb73311e7c69948033f52bbf3464cfa42942ec6ca176f4a2ffe9bf9afc0bff6
        trades          e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        equity          8df30087c262e8e56cafe62f878f670a8f2a9e2d7a2e33c21a9d6057ccce756b
        data            cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc binance:BTCUSDT
                        klines 1m
        data            dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd binance:BTCUSDT.P
                        funding
        computed in 268 ms"
    `)
  })
  it('says SYNTHETIC in its title and at every head', () => {
    const lines = page(synthetic).split('\n')
    const heads = lines.filter((_, i) => i === 0 || lines[i - 1] === '')
    expect(heads.length).toBeGreaterThan(6)
    for (const head of heads) expect(head).toContain('SYNTHETIC')
    expect(lines[1]).toBe('ema_pullback (15m) on synthetic:BTCUSDT.P  SYNTHETIC')
    expect(page()).not.toContain('SYNTHETIC')
  })
})

describe('trust', () => {
  it('stands before any profit', () => {
    const text = page()
    for (const label of ['Price proxy', 'Missing', 'Either way', 'Costs', 'Lockbox']) {
      expect(text.indexOf(label), label).toBeGreaterThan(0)
      expect(text.indexOf(label), label).toBeLessThan(text.indexOf('Net profit'))
    }
    expect(text.startsWith('PRICE PROXY')).toBe(true)
  })
  it('says when the range goes past the lockbox line', () => {
    expect(page()).toContain('at or before the line of 2025-05-15')
    expect(page({ lockboxMs: newYear + 100 * dayMs })).toContain('goes PAST the line of 2024-04-10')
    expect(page({ lockboxMs: newYear + 425 * dayMs })).toContain('at or before the line of 2025-03-01')
    expect(page({ lockboxMs: null })).toContain('not known for this data')
  })
  it('says when a run was ruined', () => {
    expect(page({ facts: { ...sampleInput().facts, ruined: true } })).toMatch(/Ruined {10}yes/)
    expect(page()).not.toContain('Ruined')
  })
  it('shows "not enough data" instead of a ratio from few days or trades', () => {
    const { facts } = sampleInput()
    const few = section(page({ facts: { ...facts, trades: facts.trades.slice(0, 29) } }), 'Result')
    expect(few.join('\n')).toMatch(/Profit factor +not enough data/)
    expect(few.join('\n')).toMatch(/Sharpe +0\.68/)
    expect(few[0]).toMatch(/Net profit USDT +997\.24/)
  })
})

describe('layout', () => {
  const several = page({
    plays: [...sampleInput().plays, { name: 'fade', playHash: 'e'.repeat(64), logicHash: 'f'.repeat(64), tf: '1h' }],
    bindings: [...sampleInput().bindings, { markets: {}, params: {} }],
    markets: [...sampleInput().markets, ...(synthetic.markets ?? [])],
  })

  it('keeps to 100 columns and leaves no space at line ends', () => {
    const { facts } = sampleInput()
    const few = page({ facts: { ...facts, trades: facts.trades.slice(0, 9) } })
    for (const text of [page(), page(synthetic), several, few]) {
      for (const line of text.split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(100)
        expect(line).toBe(line.trimEnd())
      }
    }
  })
  it('names the market of each trade and the part of each Play where there are several', () => {
    expect(section(several, 'Last trades')[1]).toMatch(/^ {2}51 {2}2024-10-27 08:12 {2}BTCUSDT\.P {2}short/)
    expect(section(several, 'Plays').map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      'Play',
      'ema_pullback (15m)',
      'fade (1h)',
    ])
  })
  it('is the same text with colour, and colours only a terminal without NO_COLOR', () => {
    const report = buildReport(sampleInput())
    const coloured = renderReport(report, styleFor({}, true))
    expect(coloured).toContain('\u001b[')
    expect(stripVTControlCharacters(coloured)).toBe(renderReport(report))
    expect(styleFor({ NO_COLOR: '1' }, true)).toEqual(plain)
    expect(styleFor({ NO_COLOR: '' }, true).colour).toBe(true)
    expect(styleFor({}, false)).toEqual(plain)
  })
  it('orders refusals by count and puts limits under theirs', () => {
    expect(section(page(), 'Signals').map((line) => line.trim().split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'Count Why',
      '14 cooling down after a trade',
      '6 a limit of the Play was reached',
      '6 - of these by the limit: trades per day',
      "2 the size was below the venue's minimum",
      '3 taken with a size reduced to what margin allows',
    ])
  })
})

describe('a comparison', () => {
  it('is one line when identical, else a list', () => {
    expect(renderComparison({ identical: true, differences: [] })).toBe(
      'Identical: the same trades, equity and figures.',
    )
    const differences = [{ what: 'engine', message: 'The engine version differs: 1 and 2.' }]
    expect(renderComparison({ identical: false, differences })).toBe(
      'Not identical:\n- The engine version differs: 1 and 2.',
    )
  })
})
