// A backtest as a page of text, 100 columns wide: what it rests on first, then what came of it.
import type { Report } from '../../../blocks/engine/report/document'
import * as figures from './figures'
import { entry, paint, plain, type Style } from './table'
import { title, trust } from './trust'
import { durationText } from './words'

const shownTrades = 10

/** Made-up data are named at every head: a page may be read in parts. */
const sectionsOf =
  (style: Style, { provenance }: Report) =>
  (name: string, lines: readonly string[]): string[] => {
    const head = provenance.synthetic ? `${name}  SYNTHETIC` : name
    return lines.length === 0 ? [] : ['', paint(style, 'bold', head), ...lines]
  }

const hashes = (style: Style, report: Report): string[] => [
  ...(['playHash', 'logicHash', 'settingsHash', 'tradesHash', 'equityHash'] as const).flatMap((name) =>
    entry(style, name.replace('Hash', ''), report[name]),
  ),
  ...report.data.flatMap(({ instrument, kind, tf, sha256 }) =>
    entry(style, 'data', `${sha256} ${instrument} ${kind}${tf === null ? '' : ` ${tf}`}`),
  ),
]

const speed = ({ timingMs }: Report): string => {
  const total = Object.values(timingMs).reduce((sum, ms) => sum + ms, 0)
  return `  computed in ${total < 60_000 ? `${Math.round(total)} ms` : durationText(total)}`
}

const holding = (report: Report): string[] => {
  const { holding: times, streaks } = report.splits
  const mean = (ms: number | null): string => (ms === null ? '-' : durationText(ms))
  return [
    `  winners held ${mean(times.winners.meanMs)} on average, losers ${mean(times.losers.meanMs)}; ` +
      `longest streaks ${streaks.wins} won, ${streaks.losses} lost`,
  ]
}

/** Lines without an end of line after the last. */
export const renderReport = (report: Report, style: Style = plain): string => {
  const several = report.plays !== undefined
  const section = sectionsOf(style, report)
  const traded = report.trades.length > 0
  return [
    ...title(style, report),
    ...section('What it rests on', trust(style, report)),
    ...section('Result', figures.result(style, report)),
    ...section('Costs, USDT', figures.costs(style, report)),
    ...section('Plays', several ? figures.plays(style, report) : []),
    ...section('Return by month, %', figures.months(style, report)),
    ...section('Trades', traded ? [...figures.exits(style, report), ...holding(report)] : []),
    ...section('Signals that became no trade', figures.refusals(style, report)),
    ...section(`Last trades (${shownTrades} at most)`, figures.lastTrades(style, report, shownTrades)),
    ...section('Still standing at the end', figures.standing(style, report)),
    ...section('Hashes', [...hashes(style, report), speed(report)]),
  ].join('\n')
}
