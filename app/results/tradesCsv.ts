// Trades as a file for a spreadsheet: one line each, times in ISO 8601 UTC, numbers as the run has them. Pure.
import type { TradeRow } from '../../blocks/engine/report/document'

const time = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())
const number = (value: number | null): string => (value === null ? '' : String(value))

type Field = readonly [name: string, text: (trade: TradeRow) => string]

/** Units stand in the names. A field of an open trade that it does not have yet is empty. */
const fields: readonly Field[] = [
  ['no', ({ no }) => String(no)],
  ['market', ({ instrument }) => instrument],
  ['side', ({ side }) => side],
  ['setup', ({ setup }) => setup],
  ['opened_utc', ({ entryMs }) => time(entryMs)],
  ['entry_price', ({ entryPrice }) => number(entryPrice)],
  ['quantity', ({ qtyBase }) => number(qtyBase)],
  ['closed_utc', ({ exitMs }) => time(exitMs)],
  ['exit_price', ({ exitPrice }) => number(exitPrice)],
  ['left_by', ({ exitReason }) => exitReason ?? ''],
  ['fees_usdt', ({ feesUsdt }) => number(feesUsdt)],
  ['funding_usdt', ({ fundingUsdt }) => number(fundingUsdt)],
  ['net_usdt', ({ netUsdt }) => number(netUsdt)],
  ['r', ({ r }) => number(r)],
  ['mae_r', ({ maeR }) => number(maeR)],
  ['mfe_r', ({ mfeR }) => number(mfeR)],
  ['ambiguous', ({ ambiguous }) => (ambiguous ? 'yes' : 'no')],
]

/** RFC 4180. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const tradesCsv = (trades: readonly TradeRow[]): string =>
  [
    fields.map(([name]) => name).join(','),
    ...trades.map((trade) => fields.map(([, text]) => quoted(text(trade))).join(',')),
    '',
  ].join('\r\n')
