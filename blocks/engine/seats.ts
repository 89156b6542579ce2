// Play and data become seats: one a Play and symbol, refused with a sentence where a run would be a wrong number.
import type { LogicType } from '../kit/logic'
import type { Problem } from '../kit/problem'
import { openMsOf, type Timeframe, tfMs } from '../kit/timeframe'
import type { Flat } from '../play/flat'
import { type EvaluatedPlay, evaluate } from './columns/evaluate'
import { compileSide } from './compile'
import type { Seat } from './plan'
import type { Program } from './program'
import type { MarketRows } from './rows'
import type { Settings } from './settings'
import type { Workspace } from './workspace'

export interface SeatRequest {
  readonly plays: readonly Flat[]
  readonly workspace: Workspace
  readonly types: ReadonlyMap<string, LogicType>
  readonly settings: Settings
  /** [from, to), Unix ms. */
  readonly fromMs: number
  readonly toMs: number
}

export interface PreparedSeat {
  readonly seat: Seat
  readonly evaluated: EvaluatedPlay
  /** The seat's trade-scope programs, as something that can be looked into. */
  readonly programs: { readonly long: Program | null; readonly short: Program | null }
  /** Settlements without a rate that `funding_gaps: mark` lets pass. */
  readonly fundingMissing: number
}

const problem = (code: string, message: string, hint: string): Problem => ({
  code,
  severity: 'error',
  where: {},
  message,
  hint,
  fixes: [],
})

/** S34, S35: leverage that the market cannot carry. */
const leverageProblem = (flat: Flat, market: MarketRows): Problem | null => {
  const { instrument } = market
  const { leverage } = flat.risk
  if (leverage === 1) return null
  if (instrument.kind === 'spot')
    return problem(
      'spot_leverage',
      `${instrument.id} is spot: leverage ${leverage} is not possible`,
      'set leverage.max to 1',
    )
  if (instrument.brackets.length === 0)
    return problem(
      'no_brackets',
      `no leverage brackets of ${instrument.id} are known, so liquidation at leverage ${leverage} cannot be told`,
      'import them (playloom data import <file> --kind instruments), or set leverage.max to 1',
    )
  const most = Math.max(...instrument.brackets.map((bracket) => bracket.maxLeverage))
  return leverage <= most
    ? null
    : problem(
        'leverage_above_bracket',
        `${instrument.id} allows leverage ${most}, the Play asks for ${leverage}`,
        `set leverage.max to ${most} or less`,
      )
}

/** Every timeframe that the Play reads of a market must be a multiple of what is stored. */
const timeframeProblem = (flat: Flat, market: MarketRows, fillTf: Timeframe): Problem | null => {
  const stored = market.bars.tf
  const wanted = [...new Set(flat.nodes.map((node) => node.clock))]
  for (const tf of wanted)
    if (tfMs[tf] % tfMs[stored] !== 0 || tfMs[tf] % tfMs[fillTf] !== 0)
      return problem(
        'bars_too_slow',
        `the Play reads ${tf} bars, but ${market.barsOf} is stored on ${stored}`,
        'import faster bars of this market',
      )
  return null
}

const shortSpot = (flat: Flat, market: MarketRows): Problem | null =>
  market.instrument.kind === 'spot' && flat.short !== null
    ? problem(
        'spot_short',
        `${market.instrument.id} is spot and cannot be sold short`,
        'write `short: none`, or run on a perpetual',
      )
    : null

/** The fill interval of a run: the slowest stored one of the markets that it trades (S8). */
export const fillTimeframe = (plays: readonly Flat[], workspace: Workspace): Timeframe => {
  const stored = plays.flatMap((flat) => flat.markets.main.map((id) => workspace.market(id).bars.tf))
  return stored.reduce((slowest, tf) => (tfMs[tf] > tfMs[slowest] ? tf : slowest))
}

const bindingOf = (flat: Flat, symbol: string): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(flat.markets).map(([name, ids]) => [name, ids[0]])),
  main: symbol,
})

const rangeProblem = (request: SeatRequest, market: MarketRows): Problem | null => {
  const { openMs, tf } = market.bars
  const first = openMs[0]
  const end = openMs[openMs.length - 1] + tfMs[tf]
  if (request.fromMs >= request.toMs)
    return problem(
      'range_empty',
      'the range is empty: its start is not before its end',
      'give an earlier --from or a later --to',
    )
  if (request.toMs > first && request.fromMs < end) return null
  return problem('range_empty', `no bar of ${market.barsOf} lies in the range`, 'choose a range inside the stored bars')
}

interface Place {
  readonly play: number
  readonly symbol: string
  readonly fillTf: Timeframe
}

const prepareSeat = (request: SeatRequest, place: Place): PreparedSeat | Problem[] => {
  const { workspace, settings, fromMs, toMs } = request
  const flat = request.plays[place.play]
  const market = workspace.market(place.symbol)
  const binding = bindingOf(flat, place.symbol)
  const others = Object.values(binding).map((id) => workspace.market(id))
  const funding = workspace.funding(place.symbol, { fromMs, toMs, gaps: settings.funding_gaps })
  const problems = [
    rangeProblem(request, market),
    leverageProblem(flat, market),
    shortSpot(flat, market),
    ...others.map((other) => timeframeProblem(flat, other, place.fillTf)),
    funding.problem,
  ].filter((found) => found !== null)
  if (problems.length > 0) return problems
  const evaluated = evaluate(flat, workspace, { binding, types: request.types })
  const long = compileSide(evaluated, flat.long)
  const short = compileSide(evaluated, flat.short)
  const programs = { long: long.program, short: short.program }
  const seat: Seat = {
    play: place.play,
    instrument: market.instrument,
    fill: workspace.frame(place.symbol, place.fillTf),
    decision: evaluated.decision,
    tf: flat.tf,
    mark: workspace.mark(place.symbol, place.fillTf),
    funding: funding.plan,
    long: long.plan,
    short: short.plan,
    programs,
    risk: flat.risk,
  }
  return { seat, evaluated, programs, fundingMissing: funding.missing }
}

/** All seats of a run in wallet order, or everything that stands in its way. */
export const prepareSeats = (request: SeatRequest): PreparedSeat[] | Problem[] => {
  const fillTf = fillTimeframe(request.plays, request.workspace)
  const seats: PreparedSeat[] = []
  const problems: Problem[] = []
  request.plays.forEach((flat, play) => {
    for (const symbol of flat.markets.main) {
      const made = prepareSeat(request, { play, symbol, fillTf })
      if (Array.isArray(made)) problems.push(...made)
      else seats.push(made)
    }
  })
  return problems.length > 0 ? problems : seats
}

export const isProblems = (made: readonly PreparedSeat[] | readonly Problem[]): made is Problem[] =>
  made.length > 0 && 'code' in made[0]

/** Last decision close at or before first + 80 % of the main series' span: results stop there by default. */
export const lockboxLine = (bars: { readonly firstMs: number; readonly endMs: number }, tf: Timeframe): number => {
  const line = bars.firstMs + 0.8 * (bars.endMs - bars.firstMs)
  return openMsOf(tf, Math.floor((line - openMsOf(tf, 0)) / tfMs[tf]))
}
