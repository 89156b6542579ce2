// The head of a report: what was run on what, and how far it can be trusted, before any profit is named.
import { dateText, timeText } from '../../../blocks/engine/metrics/calendar'
import type { Report } from '../../../blocks/engine/report/document'
import { type Cell, entry, paint, type Style, type Tone, wrap } from './table'
import { countText, numberText, plural } from './words'

/** Midnights without their clock. */
const instant = (ms: number): string => (ms % 86_400_000 === 0 ? dateText(ms) : timeText(ms))

const banner = (style: Style, tone: Tone, text: string): string[] =>
  wrap(text, style.width, '  ').map((line) => paint(style, tone, line))

const proxied = (report: Report) =>
  report.provenance.instruments.filter((market) => market.barsOf !== market.instrument)

/** A proxy or made-up data stand above everything else. */
export const title = (style: Style, report: Report): string[] => {
  const { plays, instruments, synthetic } = report.provenance
  const names = plays.map(({ name, tf }) => `${name} (${tf})`).join(' + ')
  const markets = instruments.map(({ instrument }) => instrument).join(', ')
  const lines = proxied(report).flatMap(({ instrument, barsOf }) =>
    banner(style, 'yellow', `PRICE PROXY  bars of ${barsOf} stand in for ${instrument}`),
  )
  const made = 'SYNTHETIC  made by a generator: nothing here says anything about a market'
  if (synthetic) lines.push(...banner(style, 'yellow', made))
  const label = synthetic ? '  SYNTHETIC' : ''
  lines.push(...banner(style, 'bold', `${names} on ${markets}${label}`))
  const days = (report.range.toMs - report.range.fromMs) / 86_400_000
  const span = `${instant(report.range.fromMs)} to ${instant(report.range.toMs)} UTC`
  lines.push(`${span}, ${numberText(days, Number.isInteger(days) ? 0 : 1)} days, engine ${report.engine}`)
  return lines
}

const warn = (text: string): Cell => ({ text, tone: 'yellow' })

const dataLine = (report: Report): Cell => {
  const { fillBars, decisionBars, holes } = report.range
  const intervals = [...new Set(Object.values(report.provenance.fillModel.intervals))].join(', ')
  const text = `${countText(fillBars)} bars of ${intervals} to fill on, ${plural(decisionBars, 'decision')}`
  return report.provenance.synthetic ? warn(`SYNTHETIC, ${text}`) : `${text}${holes === 0 ? ', none missing' : ''}`
}

const holesLine = (report: Report): Cell | null => {
  const { fillBars, holes } = report.range
  if (holes === 0) return null
  const share = (100 * holes) / (fillBars + holes)
  return warn(`${plural(holes, 'bar')} missing (${numberText(share, share < 0.1 ? 3 : 1)} %)`)
}

const fillsLine = ({ friction }: Report): Cell | null => {
  const parts = [
    [friction.lateFills, 'late fill'],
    [friction.staleFills, 'fill on a bar without volume', 'fills on bars without volume'],
    [friction.partialBars, 'decision on an incomplete bar', 'decisions on incomplete bars'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, one, many]) => plural(count, one, many))
  return told.length > 0 ? warn(told.join(', ')) : null
}

const bandLine = ({ ambiguity }: Report): Cell => {
  const { netPessimisticUsdt: least, netOptimisticUsdt: most } = ambiguity
  if (ambiguity.exits === 0 && least === most) return 'no exit depends on the order of prices inside a bar'
  const exits = `${plural(ambiguity.exits, 'exit')} could have gone either way inside a bar`
  if (most === null)
    return warn(`${exits}: net ${numberText(least)} USDT with the stop first, the other order has not been run`)
  const text = `${exits}: net ${numberText(least)} to ${numberText(most)} USDT (this report takes the stop first)`
  return least <= 0 && most > 0 ? warn(text) : text
}

/** Costs of more than half of what was earned before them leave little room for error. */
const heavyPct = 50

const costLine = ({ metrics }: Report): Cell => {
  const spent = [metrics.feesUsdt, metrics.fundingPaidUsdt, metrics.slippageUsdt]
  const total = `${numberText(spent.reduce((sum, { value }) => sum + (value ?? 0), 0))} USDT`
  const { value } = metrics.costsOfGrossPct
  if (value === null) return warn(`${total}, and there was no profit before costs`)
  const text = `${total}, ${numberText(value, 1)} % of the profit before costs`
  return value > heavyPct ? warn(text) : text
}

const lockboxLine = ({ provenance, range }: Report): Cell => {
  if (provenance.lockboxMs === null) return 'not known for this data'
  const line = instant(provenance.lockboxMs)
  return range.toMs > provenance.lockboxMs
    ? warn(`the range goes PAST the line of ${line}: the held-back data has been looked at`)
    : `the range ends at or before the line of ${line}; later data is untouched`
}

const sampleLine = ({ trades, equity }: Report): Cell => {
  const days = Math.max(0, equity.length - 1)
  const text = `${plural(trades.length, 'closed trade')}, ${plural(days, 'daily return')}`
  return trades.length < 30 || days < 30 ? warn(`${text}: ratios need 30 of each`) : text
}

/** Notices that lines of their own tell already. */
const told: readonly string[] = ['synthetic', 'price_proxy', 'past_lockbox_line']

export const trust = (style: Style, report: Report): string[] => {
  const lines: (readonly [string, Cell | null])[] = [
    ...proxied(report).map(({ barsOf }) => ['Price proxy', warn(`bars of ${barsOf}`)] as const),
    ['Data', dataLine(report)],
    ['Missing', holesLine(report)],
    ['Fills', fillsLine(report)],
    ['Either way', bandLine(report)],
    ['Costs', costLine(report)],
    ['Lockbox', lockboxLine(report)],
    ['Sample', sampleLine(report)],
    ['Ruined', report.provenance.ruined ? warn('yes: no entries were taken after that') : null],
    ...report.notices.filter(({ code }) => !told.includes(code)).map(({ message }) => ['Note', message] as const),
  ]
  return lines.flatMap(([label, cell]) => (cell === null ? [] : entry(style, label, cell)))
}
