// The state of a simulation: plain data that the codec can hold, so that a run can stop and go on at any minute.
import type { BarIndex, Price, Qty, TimeMs } from '../../kit/brand'
import type { DropReason, FillReason, Leg, Trade } from '../trade'

export type Order = 1 | -1

/** A resting profit target. `share` is of the first size; null closes all that is left. */
export interface Target {
  readonly price: Price
  /** One tick beyond the price: what the minute must trade for a passive fill. */
  readonly beyond: Price
  share: number | null
  /** 1-based rung of the ladder; 0 for a target. */
  readonly rung: number
  done: boolean
}

/** How the stop of an entry will be placed, as read at its decision. */
export type StopRecipe =
  | { readonly kind: 'distance'; readonly by: number }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'level'; readonly price: Price }

/** An entry that is on its way: a market order that is due, or a limit or stop that rests. */
export interface Pending {
  readonly side: Order
  readonly setup: string
  /** A stop entry that a thin minute left unfinished goes on as a market order. */
  kind: 'market' | 'limit' | 'stop'
  /** Scale-in: adds to the open trade. */
  readonly add: boolean
  readonly sentMs: TimeMs
  readonly dueMs: TimeMs
  /** First instant at which it no longer lives, and what it is then counted as. */
  readonly expireMs: TimeMs
  readonly endReason: 'data_gap' | 'expired'
  /** Order price; NaN for market. */
  readonly price: Price
  /** Steps still to fill. */
  steps: number
  /** Margin set aside for each step that is still to fill (S42). */
  readonly reservePerStep: number
  readonly stop: StopRecipe
  readonly targets: readonly { readonly price: Price; readonly share: number }[]
  /** Trailing distance as of the decision; NaN when there is none. */
  readonly trailBy: number
  readonly postOnly: boolean
  /** Has already taken part in a minute. */
  rested: boolean
  /** Part of it is filled: the rest waits for volume. */
  begun: boolean
  memory: object | null
}

/** A market exit that was sent and waits for its minute (or, under volume_share, for volume). */
export interface ExitDue {
  readonly reason: FillReason
  readonly dueMs: TimeMs
  /** It has met a minute already and owns what is left: neither stop nor target acts beside it. */
  tried: boolean
}

export interface Position {
  readonly side: Order
  readonly no: number
  readonly setup: string
  readonly firstMs: TimeMs
  /** Decision row that contains the first fill. */
  readonly firstRow: BarIndex
  readonly firstPrice: Price
  /** Steps bought by the entry itself, without adds: what shares are of. */
  firstSteps: number
  steps: number
  /** `steps` in base units. */
  qty: Qty
  average: Price
  /** |first fill - initial stop| (S45). */
  readonly risk: number
  stop: Price
  stopBy: 'stop' | 'break_even' | 'trailing'
  targets: Target[]
  /** `beyond` of the nearest target that is not done; infinite, on the winning side, when there is none. */
  nextTarget: Price
  readonly trailBy: number
  /** Best high (low) of completed minutes, starting at the first fill. */
  bestExtreme: Price
  /** Best price by the trail's own options, and whether it has come far enough. */
  trailBest: Price
  trailActive: boolean
  evenDone: boolean
  rungsDone: number[]
  adds: number
  /** Isolated margin, or the initial margin under cross. */
  margin: number
  /** Worst mark close since quantity or margin last changed; infinite before the first. */
  worstMark: Price
  /** Liquidation price of the moment; 0 or infinite when it cannot be reached. */
  liquidation: Price
  exit: ExitDue | null
  /** Steps of targets that were beyond their fill and still wait for volume, as market orders. */
  parts: number[]
  /** Last minute in which the stop has sent its order. */
  stoppedMs: TimeMs
  /** Largest excursions, as sizes: prices, and shares of the average of their moment. */
  maeMove: number
  mfeMove: number
  maeShare: number
  mfeShare: number
  entrySteps: number
  entryCost: number
  exitSteps: number
  exitProceeds: number
  realised: number
  fees: number
  funding: number
  riskUsdt: number
  ambiguous: boolean
  legs: Leg[]
  memory: object | null
}

export interface LastExit {
  readonly ms: TimeMs
  readonly row: BarIndex
  readonly reason: FillReason
  readonly loss: boolean
}

/** What a seat remembers between minutes. */
export interface Book {
  pending: Pending | null
  position: Position | null
  lastExit: LastExit | null
}

/** What a Play remembers over its seats: limits of the UTC day. */
export interface PlayDay {
  day: number
  trades: number
  lossesInRow: number
  /** Longest row of losers that ended on this day. */
  longestRow: number
  lossLatched: boolean
}

export type Account = 'realised' | 'maker_fee' | 'taker_fee' | 'liquidation_fee' | 'funding' | 'insurance'
export interface LedgerEntry {
  readonly ms: TimeMs
  readonly account: Account
  readonly usdt: number
  readonly trade: number
}

export interface Wallet {
  balance: number
  entries: LedgerEntry[]
  /** Sum and sum of absolute values of all entries. */
  sum: number
  absolute: number
}

/** Running figures over the fill-bar snapshots. */
export interface Figures {
  snapshots: number
  inMarket: number
  /** Equity over the snapshots, but for the flat ones since the last that was not: those are in `flatBars`. */
  equitySum: number
  /** Flat snapshots, all at the equity of the moment: summed at once when it changes, so that no cut can be seen. */
  flatBars: number
  grossSum: number
  grossMax: number
  netSum: number
  netMax: number
  peak: number
  peakMs: number
  maxShare: number
  maxUsdt: number
  longestMs: number
  troughMs: number
  recoveryMs: number | null
  underwater: boolean
  /** The drawdown that is still open is the largest so far. */
  deepest: boolean
  slippage: number
  slippedNotional: number
  gapLoss: number
  filledNotional: number
  liquidations: number
  closestLiquidation: number
  lowestMarginRatio: number
  jointExtremes: number
}

export interface Counts {
  capped: number
  lateFills: number
  staleFills: number
  partialBars: number
  holes: number
  fundingOnOpen: number
  fundingMissing: number
  ambiguousExits: number
  drops: Record<string, number>
  limits: Record<string, number>
}

export interface State {
  /** Next minute to run, as an index of the fill grid. */
  minute: number
  wallet: Wallet
  books: Book[]
  days: PlayDay[]
  /** Equity at the latest 00:00 UTC, or at the start. */
  dayEquity: number
  /** Equity at the last snapshot. */
  equity: number
  ruined: boolean
  /** Decisions in a row at which a setup fired and its size was refused (S41). */
  sizeRefusals: number
  trades: Trade[]
  nextNo: number
  sampleMs: number[]
  sampleEquity: number[]
  figures: Figures
  counts: Counts[]
}

const emptyCounts = (): Counts => ({
  capped: 0,
  lateFills: 0,
  staleFills: 0,
  partialBars: 0,
  holes: 0,
  fundingOnOpen: 0,
  fundingMissing: 0,
  ambiguousExits: 0,
  drops: {},
  limits: {},
})

/** A flat wallet at `fromMs`; one book a seat, one day and one set of counts a Play. */
export const beginState = (start: {
  minute: number
  fromMs: number
  equity: number
  seats: number
  plays: number
}): State => ({
  minute: start.minute,
  wallet: { balance: start.equity, entries: [], sum: 0, absolute: 0 },
  books: Array.from({ length: start.seats }, () => ({ pending: null, position: null, lastExit: null })),
  days: Array.from({ length: start.plays }, () => ({
    day: Math.floor(start.fromMs / 86_400_000),
    trades: 0,
    lossesInRow: 0,
    longestRow: 0,
    lossLatched: false,
  })),
  dayEquity: start.equity,
  equity: start.equity,
  ruined: false,
  sizeRefusals: 0,
  trades: [],
  nextNo: 1,
  sampleMs: [],
  sampleEquity: [],
  figures: {
    snapshots: 0,
    inMarket: 0,
    equitySum: 0,
    flatBars: 0,
    grossSum: 0,
    grossMax: 0,
    netSum: 0,
    netMax: 0,
    peak: start.equity,
    peakMs: start.fromMs,
    maxShare: 0,
    maxUsdt: 0,
    longestMs: 0,
    troughMs: start.fromMs,
    recoveryMs: null,
    underwater: false,
    deepest: false,
    slippage: 0,
    slippedNotional: 0,
    gapLoss: 0,
    filledNotional: 0,
    liquidations: 0,
    closestLiquidation: Number.POSITIVE_INFINITY,
    lowestMarginRatio: Number.POSITIVE_INFINITY,
    jointExtremes: 0,
  },
  counts: Array.from({ length: start.plays }, emptyCounts),
})

export const countDrop = (counts: Counts, reason: DropReason): void => {
  counts.drops[reason] = (counts.drops[reason] ?? 0) + 1
}
