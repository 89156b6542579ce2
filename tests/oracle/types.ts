// What the second simulator takes and gives, and what a hand-made vector states. The first simulator is mapped onto it.
import type { Seat } from '../../blocks/engine/plan'
import type { Settings } from '../../blocks/engine/settings'
import type { DropReason, FillReason, Side, Trade } from '../../blocks/engine/trade'

export interface Input {
  /** In the wallet's order of Plays, and within a Play in its order of symbols (S42). */
  readonly seats: readonly Seat[]
  readonly settings: Settings
  /** Decisions from <= T < to, minutes from <= m < to (S9). Unix ms. */
  readonly fromMs: number
  readonly toMs: number
  /** S16: the one switch of the second run. */
  readonly targetsFirst?: boolean
}

/** Accounts whose amounts, summed, are the change of the wallet's balance (S39). */
export type Account = 'realised' | 'fee' | 'funding' | 'liquidation' | 'insurance'

export interface LedgerEntry {
  readonly ms: number
  readonly account: Account
  /** Change of the wallet balance, quote units. */
  readonly amount: number
  /** Who: the instrument, with the Play's place. */
  readonly what: string
}

/** An entry that waits at `to`: resting, or due and not yet filled (an add too). */
export interface PendingEntry {
  readonly play: number
  readonly instrument: string
  readonly side: Side
  readonly setup: string
  readonly order: 'market' | 'limit' | 'stop'
  readonly sentMs: number
  /** Limit or trigger price; null for market. */
  readonly price: number | null
  readonly qtyBase: number
}

export type Drops = Readonly<Partial<Record<DropReason, number>>>

export interface Result {
  /** Closed, in the order of S48. */
  readonly trades: readonly Trade[]
  readonly open: readonly Trade[]
  readonly pending: readonly PendingEntry[]
  /** By the Play's place; reasons that never happened are absent. */
  readonly drops: Readonly<Record<number, Drops>>
  readonly capped: Readonly<Record<number, number>>
  readonly partialBars: number
  readonly lateFills: number
  readonly staleFills: number
  /** Exits whose minute held the stop (or liquidation) and an unfilled target inside the path (S16). */
  readonly ambiguous: number
  readonly liquidations: number
  /** S36: path liquidations of a wallet that held more than one position. */
  readonly reachedTogether: number
  readonly ruined: boolean
  readonly ledger: readonly LedgerEntry[]
  /** One row a fill bar that exists for any seat: open time of the bar, equity at its close. */
  readonly equity: readonly (readonly [number, number])[]
  /** Every 00:00 UTC with from <= t <= to. */
  readonly daily: readonly (readonly [number, number])[]
}

export type Simulate = (input: Input) => Result

/** A fill as a vector states it: reference, fee and maker default to the price, 0 and false, and are always compared. */
export interface ExpectedLeg {
  readonly at: string
  readonly side: 'buy' | 'sell'
  readonly reason: FillReason
  readonly price: number
  readonly qty: number
  readonly ref: number
  readonly fee: number
  readonly maker: boolean
}

/** Fields left out are not compared; legs always are, all of them. Money to 1e-9 relative, all else exactly. */
export interface ExpectedTrade {
  readonly side: Side
  readonly legs: readonly ExpectedLeg[]
  readonly instrument?: string
  readonly play?: number
  readonly setup?: string
  readonly entryPrice?: number
  readonly exitPrice?: number
  readonly net?: number
  readonly fees?: number
  readonly funding?: number
  readonly risk?: number
  readonly r?: number | null
  readonly maePct?: number
  readonly maeR?: number | null
  readonly mfePct?: number
  readonly mfeR?: number | null
  readonly ambiguous?: boolean
}

/** What must come out. Trades, open, pending, drops and the counts default to none: what is not said must not happen. */
export interface Expected {
  readonly trades?: readonly ExpectedTrade[]
  readonly open?: readonly ExpectedTrade[]
  /** `long limit 99 x 10`, `short market x 2`. */
  readonly pending?: readonly string[]
  readonly drops?: Drops | Readonly<Record<number, Drops>>
  readonly capped?: number
  readonly partialBars?: number
  readonly lateFills?: number
  readonly staleFills?: number
  readonly ambiguous?: number
  readonly liquidations?: number
  readonly ruined?: boolean
  /** Equity at the close of these bars, named by their open: exact to 1e-9 relative. */
  readonly equity?: readonly (readonly [string, number])[]
  readonly daily?: readonly (readonly [string, number])[]
  /** Sum of an account's entries. */
  readonly accounts?: Readonly<Partial<Record<Account, number>>>
}

export interface Vector {
  /** `S19`: the rule it holds first. */
  readonly rule: string
  readonly about: string
  readonly input: Input
  readonly expected: Expected
}
