// Reasons of the engine in plain words: refusals, limits, exits and notices. Every one of the closed lists has its own.
import type { Notice } from '../../blocks/engine/report/input'
import { type DropReason, dropReasons, type FillReason } from '../../blocks/engine/trade'

/** Why an entry did not happen, after "No long:". */
export const refusals: Readonly<Record<DropReason, string>> = {
  filtered: 'a filter said no.',
  conflict: 'long and short fired on the same bar, so neither was taken.',
  vetoed: 'the invalidation of the setup was true at the same time.',
  limit_reached: 'a limit was reached.',
  ruined: 'the account was ruined; nothing is traded after that.',
  target_wrong_side: 'a target lay on the wrong side of the price.',
  post_only: 'the order would have filled at once, and it may only rest in the book.',
  adds_spent: 'all adds of this trade were spent.',
  cooling_down: 'the cool-down after the last exit was not over.',
  ignored_pending: 'another entry order was already waiting.',
  in_trade: 'a trade was open already.',
  expired: 'the order was not filled before it expired.',
  cancelled: 'the order was cancelled before it was filled.',
  data_gap: 'the bar at which it would have filled is missing from the data.',
  unknown: 'a value that the order needs (stop, target or size) was not known.',
  stop_wrong_side: 'the stop lay on the wrong side of the price.',
  below_minimum: 'the size was below the smallest order of the market.',
  insufficient_margin: 'the account had too little margin for it.',
  position_changed: 'the position had changed before the order could act.',
}

const limits: Readonly<Record<string, string>> = {
  daily_loss: 'the loss limit of the day was reached.',
  losses_in_row: 'the limit of losses in a row was reached for the day.',
  trades_per_day: 'the limit of trades per day was reached.',
  open_positions: 'the limit of open positions was reached.',
}

const isDrop = (reason: string): reason is DropReason => dropReasons.some((drop) => drop === reason)

/** A recorded reason, which may carry a detail: `limit_reached: daily_loss`. Null: no words for it. */
export const refusalWords = (reason: string): string | null => {
  const [word = '', detail] = reason.split(': ')
  if (!isDrop(word)) return null
  return (word === 'limit_reached' && detail !== undefined ? limits[detail] : undefined) ?? refusals[word]
}

/** A limit as it stands in a list. */
export const limitName = (reason: string): string => {
  const words: Readonly<Record<string, string>> = {
    cooling_down: 'Cool-down',
    ruined: 'Account ruined',
    'limit_reached: daily_loss': 'Loss limit of the day',
    'limit_reached: losses_in_row': 'Losses in a row',
    'limit_reached: trades_per_day': 'Trades per day',
    'limit_reached: open_positions': 'Open positions',
  }
  return words[reason] ?? 'Limits'
}

/** Reasons that are limits: the conditions agreed, the account or the rules of the day did not. */
export const isLimit = (reason: string | null): boolean =>
  reason !== null && ['limit_reached', 'cooling_down', 'ruined'].includes(reason.split(': ')[0] ?? '')

/** What closed a trade, in a column or beside a fill. */
export const fillNames: Readonly<Record<FillReason, string>> = {
  entry: 'Entry',
  add: 'Add',
  stop: 'Stop',
  break_even: 'Break-even',
  trailing: 'Trailing stop',
  target: 'Target',
  signal: 'Exit signal',
  invalidation: 'Invalidation',
  time: 'Time stop',
  liquidation: 'Liquidation',
}

export const exitName = (reason: FillReason | null): string => (reason === null ? 'Still open' : fillNames[reason])

/** Keys of a split of a report are plain text. */
export const exitNameOf = (key: string): string => {
  const names: Readonly<Record<string, string>> = fillNames
  return names[key] ?? key
}

export type NoticeWeight = 'warn' | 'info'

export interface NoticeWords {
  readonly weight: NoticeWeight
  /** What it means for whoever reads the results; the engine's own sentence stands below. */
  readonly title: string
}

const notices: Readonly<Record<string, NoticeWords>> = {
  synthetic: { weight: 'warn', title: 'Made-up prices: this says nothing about a market' },
  price_proxy: { weight: 'warn', title: 'Prices of another market stand in' },
  past_lockbox_line: { weight: 'warn', title: 'Unseen data were used: they can no longer prove anything' },
  skipped_rows: { weight: 'warn', title: 'Some rows of the data were left out' },
  fill_interval: { weight: 'warn', title: 'Fills are judged on coarse bars' },
  not_finite: { weight: 'warn', title: 'A value was not a number' },
  funding_stamp: { weight: 'warn', title: 'Funding stamps are irregular' },
  funding_missing: { weight: 'warn', title: 'Funding is missing for part of the time' },
  never_known: { weight: 'warn', title: 'A condition was never known' },
  never_true: { weight: 'warn', title: 'A condition was never true' },
  always_true: { weight: 'warn', title: 'A filter never said no' },
  setup_mostly_true: { weight: 'info', title: 'A setup is true most of the time' },
  unknown_after_warm_up: { weight: 'info', title: 'A condition was unknown at times' },
  last_for_mark: { weight: 'info', title: 'Liquidation is judged on last prices' },
  funding_on_open: { weight: 'info', title: 'Funding was paid on opening prices' },
}

/** Codes grow with the engine: one that is not known here is shown by its own sentence alone. */
export const noticeWords = ({ code }: Notice): NoticeWords =>
  notices[code] ?? { weight: 'warn', title: 'Worth knowing' }
