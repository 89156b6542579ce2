// Runs of a server as a table, and two of them beside each other, as lines of text.
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

/** As everywhere: below it a profit is no figure. */
const leastTrades = 30

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
  const earned = trades !== null && trades >= leastTrades
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
  readonly gained: readonly unknown[]
  readonly lost: readonly unknown[]
  readonly changed: readonly unknown[]
  readonly kept: number
}

const figureText = (figure: Figure | null): string =>
  figure === null || !figure.enough || figure.value === null ? '-' : words.numberText(figure.value, 2)

/** What makes them no comparison comes first. */
const groundLines = ({ same, data }: ComparedText): string[] => [
  ...(same.data ? [] : ['They read different data: no figure can be held against the other.']),
  ...data.map(
    ({ series, before, after }) =>
      `  ${series}: ${before?.slice(0, 8) ?? 'not read'} became ${after?.slice(0, 8) ?? 'not read'}`,
  ),
  ...(same.range ? [] : ['They ran over different ranges.']),
  ...(same.engine ? [] : ['Another engine ran each.']),
]

export const renderCompared = (compared: ComparedText, style: Style): string => {
  const { document, settings, metrics, gained, lost, changed, kept } = compared
  const rows = metrics
    .filter(({ before, after }) => figureText(before) !== figureText(after))
    .map(({ name, before, after }) => [name, figureText(before), figureText(after)])
  return [
    ...groundLines(compared),
    `Trades: ${gained.length} gained, ${lost.length} lost, ${changed.length} changed, ${kept} the same.`,
    ...document.map((line) => `Play: ${line.words}`),
    ...settings.map(
      ({ what, before, after }) => `Settings: ${what} was ${before ?? 'not said'}, is ${after ?? 'not said'}`,
    ),
    ...(rows.length === 0
      ? ['Every figure is the same.']
      : table(style, { columns: [left('Figure'), right('Before'), right('After')], rows })),
  ].join('\n')
}
