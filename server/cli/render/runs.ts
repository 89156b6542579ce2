// Runs of a server as a table, and two of them beside each other, as lines of text.
import { least } from '../../../blocks/engine/metrics/result'
import { type Column, type Style, table } from './table'
import * as words from './words'

interface Figure {
  readonly value: number | null
  readonly enough: boolean
}

export interface RunLineText {
  readonly id: string
  readonly state: string
  readonly title: string
  readonly version: number | null
  readonly fromMs: number
  readonly toMs: number
  readonly createdMs: number
  readonly trades: number | null
  readonly failure: string | null
  readonly problems: readonly { readonly message: string }[]
  readonly figures: {
    readonly metrics: Readonly<Record<'returnPct' | 'sharpe' | 'maxDrawdownPct', Figure>>
    readonly provenance: { readonly synthetic: boolean }
  } | null
}

/** As everywhere: of fewer trades a profit is no figure. */
const hasSample = (trades: number | null): boolean => trades !== null && trades >= least

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const minute = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

const written = ({ value, enough }: Figure, unit: string, decimals: number): string =>
  !enough || value === null ? '-' : `${words.numberText(value, decimals)}${unit}`

/** Why there is no result; empty where there is one or none is expected yet. */
export const whyText = ({ failure, problems }: Pick<RunLineText, 'failure' | 'problems'>): string =>
  failure ?? problems[0]?.message ?? ''

const cells = (run: RunLineText): string[] => {
  const { id, state, title, version, fromMs, toMs, createdMs, trades, figures } = run
  const metrics = figures?.metrics
  const earned = hasSample(trades)
  return [
    id,
    state,
    `${title.length > 32 ? `${title.slice(0, 31)}…` : title}${version === null ? '' : ` v${version}`}`,
    `${day(fromMs)} ${day(toMs)}`,
    metrics === undefined || !earned ? '-' : written(metrics.returnPct, ' %', 1),
    trades === null ? '-' : words.countText(trades),
    metrics === undefined ? '-' : written(metrics.sharpe, '', 2),
    metrics === undefined ? '-' : written(metrics.maxDrawdownPct, ' %', 1),
    minute(createdMs),
    figures?.provenance.synthetic === true ? 'SYNTHETIC' : whyText(run),
  ]
}

const left = (head: string): Column => ({ head, align: 'left' })
const right = (head: string): Column => ({ head, align: 'right' })

export const renderRuns = (runs: readonly RunLineText[], style: Style): string => {
  if (runs.length === 0) return 'No runs yet: verify a Play on the page, or run one with backtest <play id>.'
  const figures = ['Net', 'Trades', 'Sharpe', 'Drawdown'].map(right)
  const columns = [left('Run'), left('State'), left('Play'), left('Range'), ...figures, left('Asked for'), left('')]
  return table(style, { columns, rows: runs.map(cells) }).join('\n')
}

export interface ComparedText {
  readonly same: Readonly<Record<'data' | 'range' | 'engine' | 'play' | 'settings' | 'trades' | 'equity', boolean>>
  readonly document: readonly { readonly words: string }[]
  readonly settings: readonly { readonly what: string; readonly before: string | null; readonly after: string | null }[]
  readonly data: readonly { readonly series: string; readonly before: string | null; readonly after: string | null }[]
  readonly metrics: readonly { readonly name: string; readonly before: Figure | null; readonly after: Figure | null }[]
  readonly before: { readonly trades: number | null }
  readonly after: { readonly trades: number | null }
  readonly gained: readonly unknown[]
  readonly lost: readonly unknown[]
  readonly changed: readonly unknown[]
  readonly kept: number
}

const figureText = (figure: Figure | null): string =>
  figure === null || !figure.enough || figure.value === null ? '-' : words.numberText(figure.value, 2)

const profits: ReadonlySet<string> = new Set(['netProfitUsdt', 'returnPct', 'cagrPct', 'expectancyUsdt'])

/** Figures that differ, as they are written. */
const figureRows = ({ metrics, before, after }: ComparedText): string[][] => {
  const text = (name: string, figure: Figure | null, { trades }: ComparedText['before']): string =>
    profits.has(name) && !hasSample(trades) ? '-' : figureText(figure)
  return metrics
    .map((pair) => [pair.name, text(pair.name, pair.before, before), text(pair.name, pair.after, after)])
    .filter(([, was, is]) => was !== is)
}

/** None is not the same as equal: a sample that is too small hides what differs. */
const noRowsText = ({ metrics }: ComparedText): string =>
  metrics.every(({ before, after }) => before?.value === after?.value)
    ? 'Every figure is the same.'
    : 'No figure that has enough trades or days behind it differs.'

const isBug = ({ same }: ComparedText): boolean =>
  same.data && same.range && same.engine && same.play && same.settings && !(same.trades && same.equity)

/** What makes them no comparison comes first. */
const groundLines = (compared: ComparedText): string[] => {
  const { same, data } = compared
  if (isBug(compared))
    return [
      'Play, settings, data and engine are the same and the results differ: this is a bug in Playloom. Trust neither.',
    ]
  return [
    ...(same.data ? [] : ['They read different data: no figure can be held against the other.']),
    ...data.map(
      ({ series, before, after }) =>
        `  ${series}: ${before?.slice(0, 8) ?? 'not read'} became ${after?.slice(0, 8) ?? 'not read'}`,
    ),
    ...(same.range ? [] : ['They ran over different ranges.']),
    ...(same.engine ? [] : ['Another engine ran each.']),
  ]
}

export const renderCompared = (compared: ComparedText, style: Style): string => {
  const { document, settings, gained, lost, changed, kept } = compared
  const rows = figureRows(compared)
  return [
    ...groundLines(compared),
    `Trades: ${gained.length} gained, ${lost.length} lost, ${changed.length} changed, ${kept} the same.`,
    ...document.map((line) => `Play: ${line.words}`),
    ...settings.map(
      ({ what, before, after }) => `Settings: ${what} was ${before ?? 'not said'}, is ${after ?? 'not said'}`,
    ),
    ...(rows.length === 0
      ? [noRowsText(compared)]
      : table(style, { columns: [left('Figure'), right('Before'), right('After')], rows })),
  ].join('\n')
}
