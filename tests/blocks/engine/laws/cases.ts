// Random runs: seeded Plays on seeded markets under seeded settings, one Play or a basket or several on one wallet.
import { logicTypes } from '../../../../blocks/catalogue'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { isProblems, type PreparedSeat, prepareSeats, type SeatRequest } from '../../../../blocks/engine/seats'
import { type Settings, settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { checkPlay } from '../../../../blocks/play/check'
import type { Flat } from '../../../../blocks/play/flat'
import type { Body, PlayTree, Scalar } from '../../../../blocks/play/tree'
import { dayMs, marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'
import { effort, torture } from '../../../fixtures/effort'
import { type RandomPlayOptions, randomPlay } from '../../../fixtures/randomPlay'
import { enlivened, reckless } from './lively'

/** How many random Plays each law tries. */
export const plays = Number(process.env.PLAYLOOM_PLAYS ?? effort(200, 20_000))

/** Milliseconds that a law may take: the machine may be busy, and torture takes hours. */
export const patience = effort(300_000, 14_400_000)

export const typesByKey = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))

export interface Case {
  readonly seed: number
  readonly trees: readonly PlayTree[]
  readonly flats: readonly Flat[]
  readonly markets: readonly MarketRows[]
  readonly settings: Settings
  readonly fromMs: number
  readonly toMs: number
}

export const flatOf = (tree: PlayTree): Flat => {
  const { flat, problems } = checkPlay(tree)
  if (flat === undefined) throw new Error(`${tree.play}: ${JSON.stringify(problems)}`)
  return flat
}

const btc = 'binance:BTCUSDT.P'
const eth = 'binance:ETHUSDT.P'

const isList = (body: Body): body is readonly Scalar[] => Array.isArray(body)

/** Slow bars, or all but those that are traded on, come from another market. */
const readsAnother = (tree: PlayTree, all: boolean): PlayTree => ({
  ...tree,
  markets: { ...tree.markets, other: 'binance:SOLUSDT.P' },
  nodes: Object.fromEntries(
    Object.entries(tree.nodes).map(([id, node]) => {
      const { bars } = node
      if (bars === undefined || isList(bars) || !(all || 'tf' in bars)) return [id, node]
      return [id, { bars: { ...bars, market: 'other' } }]
    }),
  ),
})

const treesOf = (seed: number, dice: Dice, tfs: RandomPlayOptions['tfs']): PlayTree[] => {
  const options = tfs === undefined ? {} : { tfs }
  const shape = dice.int(1, 12)
  if (shape <= 7) return [randomPlay({ seed, ...options })]
  if (shape === 8) return [randomPlay({ seed, main: 'binance:BTCUSDT', ...options })]
  if (shape === 9) return [readsAnother(randomPlay({ seed, ...options }), false)]
  if (shape === 10) return [readsAnother(randomPlay({ seed, main: [btc, eth], ...options }), dice.chance(50))]
  if (shape === 11) return [randomPlay({ seed, main: [btc, eth], ...options })]
  return [randomPlay({ seed, ...options }), randomPlay({ seed: seed + 1_000_000, main: [eth, btc], ...options })]
}

const settingsOf = (dice: Dice): Settings =>
  settingsSchema.parse({
    equity: dice.pick([10_000, 10_000, 1000, 300]),
    fees: dice.pick([
      { maker: 0.0002, taker: 0.0005, liquidation: 0.005 },
      { maker: -0.0001, taker: 0.001, liquidation: 0.01 },
      { maker: 0, taker: 0, liquidation: 0 },
    ]),
    slippage: dice.pick([
      { model: 'fixed', bps: 1 },
      { model: 'fixed', bps: 0 },
      { model: 'fixed', bps: 15 },
      { model: 'spread', spread_bps: 7 },
      { model: 'volume_share' },
      { model: 'volume_share', max_share: 0.02, rest: 'cancel' },
    ]),
    latency_ms: dice.pick([0, 0, 0, 500, 60_000, 200_000]),
    margin: dice.pick(['isolated', 'isolated', 'cross']),
    funding_gaps: 'mark',
  })

const livelier = (tree: PlayTree, dice: Dice): PlayTree => {
  const lively = enlivened(tree, dice)
  return dice.chance(20) && Object.values(tree.markets).flat()[0]?.endsWith('.P') ? reckless(lively, dice) : lively
}

const makeCase = (seed: number): Case => {
  const dice = new Dice(seed * 7919)
  const trees = treesOf(seed, dice, ['5m', '15m', '15m', '30m', '1h']).map((tree) => livelier(tree, dice))
  const flats = trees.map(flatOf)
  const ids = [...new Set(flats.flatMap((flat) => Object.values(flat.markets).flat()))]
  const minutes = dice.int(5000, 9000)
  const startMs = monday + dice.int(0, 3000) * minuteMs
  const holes = dice.pick([0, 3, 3, 12, 40])
  const markets = ids.map((id, j) =>
    marketOf({
      seed: seed * 31 + j,
      id,
      // One series begins and ends a little apart from the others.
      minutes: minutes - 37 * j,
      fromMs: startMs + 11 * j * minuteMs,
      tick: dice.pick(['0.1', '0.1', '0.5', '10', '25'] as const),
      step: dice.pick(['0.001', '0.001', '0.01']),
      holes,
      mark: dice.chance(40),
    }),
  )
  const fromMs = startMs + dice.int(500, 3500) * minuteMs + dice.pick([0, 0, 0, 30_000])
  const endMs = startMs + (minutes - dice.int(60, 200)) * minuteMs
  const toMs = dice.chance(30) ? Math.floor(endMs / dayMs) * dayMs : endMs
  return { seed, trees, flats, markets, settings: settingsOf(dice), fromMs, toMs }
}

const made = new Map<number, Case>()

/** The same case for the same seed. The usual ones are made once for all laws of a process: nothing writes into them. */
export const caseOf = (seed: number): Case => {
  const known = made.get(seed)
  if (known !== undefined) return known
  const one = makeCase(seed)
  if (!torture && seed <= plays) made.set(seed, one)
  return one
}

export const requestOf = (one: Case, workspace = new Workspace(one.markets)): SeatRequest => {
  const { flats, settings, fromMs, toMs } = one
  return { plays: flats, workspace, types: typesByKey, settings, fromMs, toMs }
}

export const prepared = (one: Case, workspace = new Workspace(one.markets)): PreparedSeat[] => {
  const made = prepareSeats(requestOf(one, workspace))
  if (isProblems(made)) throw new Error(`case ${one.seed}: ${JSON.stringify(made)}`)
  return made
}

/** Seeds of the random runs, from 1. */
export const seeds: readonly number[] = Array.from({ length: plays }, (_, j) => j + 1)
