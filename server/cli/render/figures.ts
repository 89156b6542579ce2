// The figures of a report: headline, costs apart, months, splits, refusals and trades.
import { timeText } from '../../../blocks/engine/metrics/calendar'
import type { Monthly } from '../../../blocks/engine/metrics/monthly'
import type { MetricName } from '../../../blocks/engine/metrics/names'
import type { SplitRow } from '../../../blocks/engine/metrics/splits'
import type { Report, TradeRow } from '../../../blocks/engine/report/document'
import { dropReasons } from '../../../blocks/engine/trade'
import { type Cell, type Column, entry, pairs, type Style, table } from './table'
import * as words from './words'

type Shown = readonly [MetricName, string, words.Form, toned?: true]

const headlines: readonly Shown[] = [
  ['netProfitUsdt', 'Net profit USDT', 'money', true],
  ['returnPct', 'Return', 'percent', true],
  ['cagrPct', 'A year (CAGR)', 'percent', true],
  ['maxDrawdownPct', 'Max drawdown', 'percent'],
  ['drawdownDays', 'Drawdown time', 'days'],
  ['recoveryDays', 'Recovered in', 'days'],
  ['sharpe', 'Sharpe', 'ratio'],
  ['sortino', 'Sortino', 'ratio'],
  ['calmar', 'Calmar', 'ratio'],
  ['volatilityPct', 'Volatility/yr', 'percent'],
  ['psr', 'Sharpe above 0', 'probability'],
  ['cvar95Pct', 'Worst 5 % days', 'percent'],
  ['profitFactor', 'Profit factor', 'ratio'],
  ['winRatePct', 'Win rate', 'percent'],
  ['payoff', 'Win / loss', 'ratio'],
  ['expectancyUsdt', 'USDT a trade', 'money', true],
  ['expectancyR', 'R a trade', 'r', true],
  ['sqn', 'SQN', 'ratio'],
  ['maeR', 'Worst against', 'r'],
  ['mfeR', 'Best in favour', 'r'],
  ['endDrawdownR', 'Given back', 'r'],
  ['exposurePct', 'Time in market', 'percent'],
  ['leverageMean', 'Leverage, mean', 'ratio'],
  ['turnover', 'Turnover/yr', 'ratio'],
  ['buyHoldReturnPct', 'Buy and hold', 'percent', true],
  ['equalRiskReturnPct', 'At our risk', 'percent', true],
  ['beta', 'Beta', 'ratio'],
]

const figuresOf = (style: Style, report: Report, shown: readonly Shown[]): string[] => {
  const cells = shown.map(([name, label, form, toned]) => {
    return [label, words.figure(report.metrics[name], form, toned)] as const
  })
  const reasons = words.reasonsOf(
    report.metrics,
    shown.map(([name, label]) => [name, label] as const),
  )
  return [...pairs(style, cells), ...reasons.flatMap((reason) => entry(style, 'Undefined', reason))]
}

/** A margin is shown only where there was one. */
const stress: readonly Shown[] = [
  ['liquidations', 'Liquidations', 'count'],
  ['closestLiquidationPct', 'Nearest to one', 'percent'],
  ['lowestMarginRatio', 'Lowest margin', 'ratio'],
]

export const result = (style: Style, report: Report): string[] => {
  const margin = report.metrics.closestLiquidationPct.value !== null || Number(report.metrics.liquidations.value) > 0
  return figuresOf(style, report, margin ? [...headlines, ...stress] : headlines)
}

export const costs = (style: Style, report: Report): string[] => [
  ...figuresOf(style, report, [
    ['makerFeesUsdt', 'Fees, maker', 'money'],
    ['takerFeesUsdt', 'Fees, taker', 'money'],
    ['liquidationFeesUsdt', 'Fees, liquidation', 'money'],
    ['fundingPaidUsdt', 'Funding paid', 'money'],
    ['fundingReceivedUsdt', 'Funding received', 'money'],
    ['fundingUsdt', 'Funding, net', 'money', true],
    ['slippageUsdt', 'Slippage', 'money'],
    ['slippageBps', 'Slippage, bps', 'ratio'],
    ['costsOfGrossPct', 'Of gross profit', 'percent'],
  ]),
  ...entry(
    style,
    'Gaps',
    `${words.numberText(report.friction.gapLossUsdt)} lost where a bar opened beyond the stop; not in the costs above`,
  ),
]

const right = (head: string): Column => ({ head, align: 'right' })
const left = (head: string): Column => ({ head, align: 'left' })

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const share = (value: number | null, mark = ' '): Cell =>
  value === null ? '-' : { text: `${words.numberText(value, 1)}${mark}`, tone: words.toneOfMoney(value) }

/** Months compounded; null where one is. */
const yearReturn = (rows: readonly Monthly[]): number | null => {
  let growth = 1
  for (const { returnPct } of rows) {
    if (returnPct === null) return null
    growth *= 1 + returnPct / 100
  }
  return 100 * (growth - 1)
}

export const months = (style: Style, { monthly }: Report): string[] => {
  const years = [...new Set(monthly.map(({ year }) => year))]
  const rows = years.map((year): Cell[] => {
    const own = monthly.filter((row) => row.year === year)
    const cells = monthNames.map((_, place) => {
      const row = own.find(({ month }) => month === place + 1)
      return row ? share(row.returnPct, row.partial ? '*' : ' ') : ''
    })
    return [
      String(year),
      ...cells,
      share(yearReturn(own), own.length < 12 || own.some((row) => row.partial) ? '*' : ' '),
    ]
  })
  const columns = [left(''), ...monthNames.map((name) => right(`${name} `)), right('Year ')]
  const partial = monthly.some((row) => row.partial) || years.length * 12 > monthly.length
  return [...table(style, { columns, rows, gap: ' ' }), ...(partial ? ['  * a part of the month or year'] : [])]
}

const optional = (value: number | null, decimals: number): string =>
  value === null ? '-' : words.numberText(value, decimals)

const splitRow = (group: string, row: SplitRow): Cell[] => [
  group,
  row.key,
  words.countText(row.trades),
  row.winRatePct === null ? '-' : `${words.numberText(row.winRatePct, 1)} %`,
  words.money(row.netUsdt),
  optional(row.expectancyR, 2),
  words.numberText(row.feesUsdt),
  words.numberText(row.fundingUsdt),
]

/** Setups and markets only where there are several. */
export const exits = (style: Style, { splits }: Report): string[] => {
  const groups: (readonly [string, readonly SplitRow[]])[] = [
    ['Exit by', splits.exitReason.map((row) => ({ ...row, key: words.fromSnake(row.key) }))],
    ['Side', splits.side],
    ['Setup', splits.setup.length > 1 ? splits.setup : []],
    ['Market', splits.instrument.length > 1 ? splits.instrument : []],
  ]
  return table(style, {
    columns: [left(''), left(''), ...['Trades', 'Won', 'Net USDT', 'Mean R', 'Fees', 'Funding'].map(right)],
    rows: groups.flatMap(([group, rows]) => rows.map((row, place) => splitRow(place === 0 ? group : '', row))),
  })
}

/** Signals that became no trade, and why, most frequent first. */
export const refusals = (style: Style, { friction }: Report): string[] => {
  const counted = dropReasons
    .map((reason) => [reason, friction.refused[reason] ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1])
  const rows: Cell[][] = []
  for (const [reason, count] of counted) {
    rows.push([words.countText(count), words.dropWords[reason], reason])
    if (reason !== 'limit_reached') continue
    for (const [name, part] of Object.entries(friction.limits ?? {})) {
      rows.push([words.countText(part), `- of these by the limit: ${words.fromSnake(name)}`, ''])
    }
  }
  if (friction.capped > 0)
    rows.push([words.countText(friction.capped), 'taken with a size reduced to what margin allows', 'capped'])
  return rows.length === 0 ? ['  none'] : table(style, { columns: [right('Count'), left('Why'), left('Name')], rows })
}

const market = (instrument: string): string => instrument.slice(instrument.indexOf(':') + 1)

export const lastTrades = (style: Style, report: Report, count: number): string[] => {
  const rows = report.trades.slice(-count)
  if (rows.length === 0) return ['  none']
  const several = report.provenance.instruments.length > 1
  const price = words.pricesText(rows.flatMap((row) => [row.entryPrice, row.exitPrice ?? row.entryPrice]))
  const cells = rows.map((row): Cell[] => [
    String(row.no),
    timeText(row.entryMs),
    ...(several ? [market(row.instrument)] : []),
    row.side,
    price(row.entryPrice),
    row.exitPrice === null ? '-' : price(row.exitPrice),
    ...(several || row.exitMs === null ? [] : [words.durationText(row.exitMs - row.entryMs)]),
    `${words.fromSnake(row.exitReason ?? '-')}${row.ambiguous ? ' ?' : ''}`,
    words.money(row.netUsdt),
    optional(row.r, 2),
  ])
  const columns = [
    right('No'),
    left('Entered, UTC'),
    ...(several ? [left('Market')] : []),
    left('Side'),
    right('Entry'),
    right('Exit'),
    ...(several ? [] : [right('Held')]),
    left('Exit by'),
    right('Net USDT'),
    right('R'),
  ]
  const unsure = rows.some((row) => row.ambiguous) ? ['  ? could have gone either way inside the bar'] : []
  return [...table(style, { columns, rows: cells }), ...unsure]
}

const openLine = (row: TradeRow): string => {
  const price = words.pricesText([row.entryPrice])
  const size = `${row.side} ${row.qtyBase} ${market(row.instrument)} at ${price(row.entryPrice)}`
  return `${size} since ${timeText(row.entryMs)}, booked so far ${words.numberText(row.netUsdt)} USDT`
}

/** Positions and orders that the end of the range left standing. */
export const standing = (style: Style, report: Report): string[] => {
  const open = report.open === null ? [] : Array.isArray(report.open) ? report.open : [report.open]
  return [
    ...(open as readonly TradeRow[]).flatMap((row) => entry(style, 'Open', openLine(row))),
    ...report.pending.flatMap((order) => {
      const at = order.price === null ? '' : ` at ${words.pricesText([order.price])(order.price)}`
      const what = `${order.side} ${order.order} order for ${order.qtyBase} ${market(order.instrument)}${at}`
      return entry(style, 'Waiting', `${what}, until ${timeText(order.expiresMs)}`)
    }),
  ]
}

export const plays = (style: Style, report: Report): string[] =>
  table(style, {
    columns: [left('Play'), ...['Trades', 'Won', 'Lost', 'Net USDT', 'Fees', 'Funding'].map(right)],
    rows: (report.plays ?? []).map((row) => [
      `${row.name} (${row.tf})`,
      words.countText(row.trades),
      words.countText(row.wins),
      words.countText(row.losses),
      words.money(row.netUsdt),
      words.numberText(row.feesUsdt),
      words.numberText(row.fundingUsdt),
    ]),
  })
