// The mirror law over whole runs (engine.md): reflected bars and the mirrored Play give the mirrored trades. Without
// fees, slippage, funding, caps and liquidation, sized by risk; where a price meets half a tick the case is dropped.
import { expect, it, vi } from 'vitest'
import type { EvaluatedPlay } from '../../../../blocks/engine/columns/evaluate'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { DecisionRecord, Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, openTrades, pendingOrders } from '../../../../blocks/engine/simulate/simulate'
import type { Unit } from '../../../../blocks/engine/simulate/ticks'
import type { Trade } from '../../../../blocks/engine/trade'
import type { Flat } from '../../../../blocks/play/flat'
import { marketOf, monday, reflected } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'
import { randomPlay } from '../../../fixtures/randomPlay'
import { flatOf, patience, plays, prepared } from './cases'
import { difference } from './difference'
import { enlivened } from './lively'

/** Roundings that reflection may turn: prices at half a tick, sizes at a whole step. */
const seen = vi.hoisted(() => ({ halves: 0, steps: 0 }))
vi.mock('../../../../blocks/engine/simulate/ticks', async (original) => {
  const real = await original<typeof import('../../../../blocks/engine/simulate/ticks')>()
  const units = (unit: Unit, x: number): number => (x * unit.scale) / unit.mantissa
  return {
    ...real,
    nearest: (tick: Unit, x: number): number => {
      const t = units(tick, x)
      if (Math.abs(t - Math.floor(t) - 0.5) < 1e-6) seen.halves += 1
      return real.nearest(tick, x)
    },
    stepsIn: (step: Unit, qty: number): number => {
      const t = units(step, qty)
      if (Math.abs(t - Math.round(t)) < 1e-6) seen.steps += 1
      return real.stepsIn(step, qty)
    },
  }
})

const centre = 30_000
const tick = '0.01'

interface Told {
  readonly sim: Sim
  readonly play: EvaluatedPlay
  readonly records: readonly DecisionRecord[]
  readonly capped: number
}

const runOf = (flat: Flat, market: MarketRows, seed: number): Told => {
  const dice = new Dice(seed)
  const settings = settingsSchema.parse({
    equity: 1_000_000,
    fees: { maker: 0, taker: 0, liquidation: 0 },
    slippage: { model: 'fixed', bps: 0 },
    latency_ms: dice.pick([0, 0, 60_000]),
    funding_gaps: 'mark',
  })
  const fromMs = monday + dice.int(600, 3000) * 60_000
  const toMs = monday + 7000 * 60_000
  const one = { seed, trees: [], flats: [flat], markets: [market], settings, fromMs, toMs }
  // Funding may be read by the Play, but is not charged: its payments follow the price, not the distance to the centre.
  const made = prepared(one)
  const seats = made.map(({ seat }) => ({ ...seat, funding: null }))
  const records: DecisionRecord[] = []
  const sim = begin({ seats, settings, fromMs, toMs, trace: (record) => records.push(record) })
  advance(sim, sim.endMinute)
  const [first] = made
  if (first === undefined) throw new Error('no seat')
  return { sim, play: first.evaluated, records, capped: sim.state.counts[0]?.capped ?? 0 }
}

/** S50: a comparison of two doubles that differ by less than 1e-12 of their size is a tie, which rounding may turn. */
const hasTie = ({ flat, nodes, onDecision, decision }: EvaluatedPlay): boolean =>
  flat.nodes.some((node, place) => {
    if (nodes[place] === null || node.sockets['']?.letter === undefined || !'CE'.includes(node.sockets[''].letter))
      return false
    const columns = Object.values(node.inputs).flatMap((list) =>
      list.flatMap((operand) => {
        const column =
          'node' in operand
            ? onDecision(operand.node, operand.output)
            : new Float64Array(decision.rows).fill(operand.constant)
        return column instanceof Float64Array ? [column] : []
      }),
    )
    return columns.some((a, j) =>
      columns.slice(j + 1).some((b) => a.some((x, i) => x !== b[i] && Math.abs(x - (b[i] ?? 0)) < 1e-12 * Math.abs(x))),
    )
  })

const other = { long: 'short', short: 'long', buy: 'sell', sell: 'buy' } as const
const name = (path: string | null): string | null => path?.replace(/^short\//, '') ?? null

/** Prices as whole ticks from the centre, on the other side of it when `turn`. */
const offset = (price: number | null, turn: boolean): number | null =>
  price === null ? null : (turn ? -1 : 1) * Math.round((price - centre) / Number(tick))

const tradeView = (trade: Trade, turn: boolean): object => ({
  side: turn ? other[trade.side] : trade.side,
  setup: name(trade.setup),
  ambiguous: trade.ambiguous,
  exitMs: trade.exitMs,
  legs: trade.legs.map(({ ms, side, reason, price, referencePrice, qtyBase, maker }) => ({
    ms,
    side: turn ? other[side] : side,
    reason,
    price: offset(price, turn) ?? 0,
    reference: offset(referencePrice, turn) ?? 0,
    steps: Math.round(qtyBase * 1e6),
    maker,
  })),
})

const view = ({ sim, records }: Told, turn: boolean): object => ({
  trades: [...sim.state.trades, ...openTrades(sim)].map((trade) => tradeView(trade, turn)),
  pending: pendingOrders(sim).map(({ side, setup, order, sentMs, price }) => ({
    side: turn ? other[side] : side,
    setup: name(setup),
    order,
    sentMs,
    price: offset(price, turn) ?? 0,
  })),
  drops: sim.state.counts[0]?.drops,
  // A conflict is told of the long side on either side of the mirror; of one instant the long side is told first.
  records: records
    .map(({ ms, did, side, reason }) => {
      const told = reason === 'conflict' || !turn ? side : other[side]
      return `${ms} ${did} ${reason} ${told}`
    })
    .sort(),
})

/** -0 and 0 are one price. */
const plain = (tree: object): unknown => JSON.parse(JSON.stringify(tree))

it(
  `at least ${plays} random Plays on reflected bars`,
  () => {
    const tally = { cases: 0, trades: 0, halves: 0, steps: 0, capped: 0, ties: 0 }
    for (let seed = 1; seed <= Math.ceil(1.7 * plays); seed++) {
      const dice = new Dice(seed + 4242)
      const tree = enlivened(randomPlay({ seed, mirrorLaw: true, tfs: ['5m', '15m', '30m'] }), dice)
      const whole = flatOf(tree)
      const flat: Flat = { ...whole, risk: { ...whole.risk, size: { risk: 0.0001 }, leverage: 1 } }
      const market = marketOf({
        seed: seed * 13,
        minutes: 7000,
        tick,
        step: '0.000001',
        startPrice: centre,
        holes: dice.pick([0, 5, 30]),
      })
      // Both sides are their own mirror; a single one becomes the other.
      const single = dice.chance(40)
      Object.assign(seen, { halves: 0, steps: 0 })
      const straight = runOf(single ? { ...flat, short: null } : flat, market, seed)
      const mirrored = runOf(single ? { ...flat, long: null } : flat, reflected(market, centre), seed)
      tally.cases += 1
      if (seen.halves > 0) tally.halves += 1
      else if (seen.steps > 0) tally.steps += 1
      else if (straight.capped + mirrored.capped > 0) tally.capped += 1
      else if (hasTie(straight.play) || hasTie(mirrored.play)) tally.ties += 1
      else {
        expect(difference(plain(view(mirrored, true)), plain(view(straight, false))), `case ${seed}`).toEqual([])
        tally.trades += straight.sim.state.trades.length
      }
    }
    const dropped = tally.halves + tally.steps + tally.capped + tally.ties
    // Half ticks are common: a tenth of R, or the middle of a channel. Enough must be left.
    expect(tally.cases - dropped, JSON.stringify(tally)).toBeGreaterThanOrEqual(plays)
    expect(tally.trades).toBeGreaterThan(2 * tally.cases)
  },
  patience,
)
