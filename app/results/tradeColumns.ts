// Columns of the trades table: what each sorts by and how it is written. Pure.
import type { TradeRow } from '../../blocks/engine/report/document'
import { count, fixed, marketName, none, price, shortTime, signed, signOf } from './format'
import { exitName } from './reasons'
import { barsHeld } from './trades'

export interface TradeContext {
  readonly barMs: number
  /** Decimal text by instrument, in which prices are written. */
  readonly tickOf: (instrument: string) => string
}

export interface TradeColumn {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly align: 'left' | 'right'
  /** Where there is no room for all, those of the lowest number are left out. */
  readonly matters: number
  /** Undefined sorts last, whichever way. */
  readonly sort: (trade: TradeRow, context: TradeContext) => number | string | undefined
  readonly text: (trade: TradeRow, context: TradeContext) => string
  /** Profit and loss carry colour and sign. */
  readonly tone?: (trade: TradeRow) => -1 | 0 | 1
}

export const tradeColumns: readonly TradeColumn[] = [
  {
    id: 'no',
    title: '#',
    about: 'Number in the order of entry; the arrow says long or short',
    align: 'left',
    matters: 5,
    sort: ({ no }) => no,
    text: ({ no }) => String(no),
  },
  {
    id: 'opened',
    title: 'Opened',
    about: 'First fill, UTC',
    align: 'left',
    matters: 4,
    sort: ({ entryMs }) => entryMs,
    text: ({ entryMs }) => shortTime(entryMs),
  },
  {
    id: 'entry',
    title: 'Entry',
    about: 'Mean price of all entry fills',
    align: 'right',
    matters: 2,
    sort: ({ entryPrice }) => entryPrice,
    text: ({ entryPrice, instrument }, { tickOf }) => price(entryPrice, tickOf(instrument)),
  },
  {
    id: 'left',
    title: 'Left by',
    about: 'What closed the last of it',
    align: 'left',
    matters: 3,
    sort: ({ exitReason }) => exitName(exitReason),
    text: ({ exitReason }) => exitName(exitReason),
  },
  {
    id: 'bars',
    title: 'Bars',
    about: 'Decision bars that it touched',
    align: 'right',
    matters: 1,
    sort: (trade, { barMs }) => barsHeld(trade, barMs) ?? undefined,
    text: (trade, { barMs }) => {
      const bars = barsHeld(trade, barMs)
      return bars === null ? none : count(bars)
    },
  },
  {
    id: 'r',
    title: 'R',
    about: 'Net result in multiples of the initial risk',
    align: 'right',
    matters: 7,
    sort: ({ r }) => r ?? undefined,
    text: ({ r }) => (r === null ? none : signed(r, 2)),
    tone: ({ r }) => (r === null ? 0 : signOf(r, 2)),
  },
  {
    id: 'net',
    title: 'P/L USDT',
    about: 'Net of fees and funding; of an open trade what is realised so far',
    align: 'right',
    matters: 6,
    sort: ({ netUsdt }) => netUsdt,
    text: ({ netUsdt }) => signed(netUsdt, 1),
    tone: ({ netUsdt }) => signOf(netUsdt, 1),
  },
]

/** Only where there are several. */
const market: TradeColumn = {
  id: 'market',
  title: 'Market',
  about: 'The market that was traded',
  align: 'left',
  matters: 4.5,
  sort: ({ instrument }) => marketName(instrument),
  text: ({ instrument }) => marketName(instrument),
}

/** The columns of these trades: the market is told where it is not the same for all. */
export const columnsFor = (trades: readonly TradeRow[]): readonly TradeColumn[] => {
  const [first, ...rest] = tradeColumns
  const several = trades.some(({ instrument }) => instrument !== trades[0]?.instrument)
  return several && first !== undefined ? [first, market, ...rest] : tradeColumns
}

/** What a row says to those who hear it. */
export const rowWords = (trade: TradeRow): string =>
  `Trade ${trade.no}, ${trade.side}, ${exitName(trade.exitReason).toLowerCase()}, ${
    trade.r === null ? `${fixed(trade.netUsdt, 1)} USDT` : `${signed(trade.r, 2)} R`
  }`
