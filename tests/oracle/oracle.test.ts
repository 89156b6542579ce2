// The second simulator: the hand-made vectors, and what must hold over random scenarios whatever the trades are.
import { describe, expect, test } from 'vitest'
import { dropReasons, type Trade } from '../../blocks/engine/trade'
import { differences, near } from './check'
import { compareResults } from './compare'
import { inputOf, type Scenario, scenarios } from './scenario'
import { simulate } from './simulate'
import type { Result } from './types'
import { allVectors } from './vectors/all'

describe('vectors', () => {
  for (const { rule, about, input, expected } of allVectors)
    test(`${rule} ${about}`, () => expect(differences(simulate(input), expected)).toEqual([]))

  test('every rule of the simulation has a vector', () => {
    const held = new Set(allVectors.map(({ rule }) => rule))
    // S10 and S11 are rules of columns; S47 on are reports and hashes.
    const rules = Array.from({ length: 43 }, (_, i) => `S${i + 4}`).filter((rule) => rule !== 'S10' && rule !== 'S11')
    expect(rules.filter((rule) => !held.has(rule))).toEqual([])
  })
})

const sign = (trade: Trade): number => (trade.side === 'long' ? 1 : -1)
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0)

/** Laws of one closed trade: S43's gross, its legs, its books. */
const brokenTrade = (trade: Trade): string[] => {
  const enters = trade.side === 'long' ? 'buy' : 'sell'
  const [entries, exits] = [trade.legs.filter((l) => l.side === enters), trade.legs.filter((l) => l.side !== enters)]
  const gross = sign(trade) * trade.qtyBase * ((trade.exitPrice ?? Number.NaN) - trade.entryPrice)
  const size = trade.qtyBase * trade.entryPrice
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, size)
  return [
    ...(close(gross - trade.feesUsdt + trade.fundingUsdt, trade.netUsdt) ? [] : ['net']),
    ...(near(sum(entries.map((l) => l.qtyBase)), trade.qtyBase) ? [] : ['entry quantity']),
    ...(near(sum(exits.map((l) => l.qtyBase)), trade.qtyBase) ? [] : ['exit quantity']),
    ...(near(sum(trade.legs.map((l) => l.feeUsdt)), trade.feesUsdt) ? [] : ['fees']),
    ...(trade.legs.every((l, i) => i === 0 || l.ms >= (trade.legs[i - 1]?.ms ?? 0)) ? [] : ['order of legs']),
    ...(trade.exitReason === trade.legs.at(-1)?.reason ? [] : ['exit reason']),
  ]
}

/** Books of the whole run: closed nets, what open trades realised, and the insurance fund make the wallet. */
const brokenBooks = (result: Result): string[] => {
  const { ledger, trades, open } = result
  const insured = sum(ledger.filter((x) => x.account === 'insurance').map((x) => x.amount))
  const wallet = sum(ledger.map((x) => x.amount))
  const size = 1 + sum(ledger.map((x) => Math.abs(x.amount)))
  const nets = sum([...trades, ...open].map((t) => t.netUsdt))
  return Math.abs(wallet - nets - insured) <= 1e-9 * size ? [] : [`ledger ${wallet}, trades ${nets}`]
}

/** One position a seat: from flat to flat, nothing overlaps, nothing re-enters inside a minute but a reverse or an order. */
const overlaps = ({ trades, open }: Result): string[] =>
  [...trades, ...open]
    .filter((trade, i, all) =>
      all.some(
        (other, k) =>
          k < i &&
          other.play === trade.play &&
          other.instrument === trade.instrument &&
          (other.exitMs === null || other.exitMs > trade.entryMs),
      ),
    )
    .map((trade) => `overlap at ${trade.entryMs}`)

/** S18: references lie inside their minute; a maker may stand beyond it (S20), a liquidation follows the mark. */
const outside = (scenario: Scenario, result: Result): string[] => {
  const { seats } = inputOf(scenario)
  return [...result.trades, ...result.open].flatMap((trade) =>
    trade.legs
      .filter((leg) => {
        const seat = seats.find((s) => s.instrument.id === trade.instrument)
        if (seat === undefined || leg.maker || leg.reason === 'liquidation') return false
        const k = leg.ms / 60_000 - seat.fill.row0
        return leg.referencePrice < (seat.fill.low[k] ?? 0) || leg.referencePrice > (seat.fill.high[k] ?? 0)
      })
      .map((leg) => `${leg.reason} at ${leg.referencePrice}`),
  )
}

describe('random scenarios', () => {
  const drawn = scenarios(20_260, 500).map((scenario) => ({ scenario, result: simulate(inputOf(scenario)) }))

  test('reach every reason for a fill, every refusal, every account, and the rare events', () => {
    const trades = drawn.flatMap(({ result }) => [...result.trades, ...result.open])
    const reasons = new Set(trades.flatMap((t) => t.legs.map((l) => l.reason)))
    const reached = new Set<string>([
      ...reasons,
      ...drawn.flatMap(({ result }) => Object.values(result.drops).flatMap((x) => Object.keys(x))),
      ...drawn.flatMap(({ result }) => result.ledger.map((x) => x.account)),
      ...drawn.flatMap(({ result }) =>
        (['ambiguous', 'lateFills', 'staleFills', 'partialBars', 'reachedTogether'] as const).filter(
          (k) => result[k] > 0,
        ),
      ),
    ])
    const fills = [
      'entry',
      'add',
      'stop',
      'break_even',
      'trailing',
      'target',
      'signal',
      'invalidation',
      'time',
      'liquidation',
    ]
    const accounts = ['realised', 'fee', 'funding', 'liquidation', 'insurance']
    const rare = ['ambiguous', 'lateFills', 'staleFills', 'partialBars', 'reachedTogether']
    expect([...fills, ...dropReasons, ...accounts, ...rare].filter((x) => !reached.has(x))).toEqual([])
  })

  test('S43 S39 S18 trades, books and references hold', () => {
    const broken = drawn.flatMap(({ scenario, result }, i) =>
      [
        ...result.trades.flatMap(brokenTrade),
        ...brokenBooks(result),
        ...overlaps(result),
        ...outside(scenario, result),
      ].map((what) => `scenario ${i}: ${what}`),
    )
    expect(broken).toEqual([])
  })

  test('S16 without an ambiguous exit both runs are one', () => {
    const broken = drawn
      .filter(({ result }) => result.ambiguous === 0)
      .flatMap(({ scenario, result }) => compareResults(result, simulate(inputOf(scenario, true))).slice(0, 1))
    expect(broken).toEqual([])
  })

  test('S9 a run that ends earlier is the beginning of the longer one', () => {
    const broken = drawn.flatMap(({ scenario, result }, i) => {
      const input = inputOf(scenario)
      const toMs = input.fromMs + Math.floor((input.toMs - input.fromMs) / 120_000) * 60_000
      const part = simulate({ ...input, toMs })
      const whole = result.equity.filter(([ms]) => ms < toMs)
      const ended = result.trades.filter((t) => (t.exitMs ?? 0) < toMs)
      const legs = (trades: readonly Trade[]): string => JSON.stringify(trades.map((t) => t.legs))
      const same = JSON.stringify(part.equity) === JSON.stringify(whole) && legs(part.trades) === legs(ended)
      return same ? [] : [`scenario ${i}`]
    })
    expect(broken).toEqual([])
  })
})
