// The six figures above everything, each with the sample that it stands on. Pure.
import { type Interval, meanInterval, sharpeInterval } from '../../blocks/engine/metrics/intervals'
import type { Metric } from '../../blocks/engine/metrics/names'
import { least } from '../../blocks/engine/metrics/result'
import type { Report } from '../../blocks/engine/report/document'
import {
  briefMoney,
  count,
  counted,
  fixed,
  minus,
  none,
  percent,
  riskMultiple,
  signed,
  signedMoney,
  signedPercent,
} from './format'

export interface Headline {
  readonly label: string
  /** Null: not enough data, or undefined; `note` says which. */
  readonly value: string | null
  readonly note: string
  /** Long form of the note. */
  readonly about: string
  /** Profit is grey until trust is earned. */
  readonly profit?: true
}

const short = 'not enough data'

interface Shape {
  readonly label: string
  readonly metric: Metric
  readonly write: (value: number) => string
  /** The sample or interval beside the figure. */
  readonly note: string
  readonly about: string
  /** What there is too little of. */
  readonly sample: string
}

const shaped = ({ label, metric, write, note, about, sample }: Shape): Headline => {
  if (!metric.enough) return { label, value: null, note: short, about: `${sample}: at least ${least} are needed.` }
  if (metric.value === null) return { label, value: none, note: 'undefined', about: metric.why ?? about }
  return { label, value: write(metric.value), note, about }
}

/** Whole days of the equity samples, of which daily returns are made. */
const dailyReturns = ({ equity }: Report): number => Math.max(0, equity.length - 1)

const chosen = 'The Play was made while these data were looked at, which no interval tells of.'

/** "−0.5 to 2.2", and what it stands on; where there is none, the count. */
const sharpeNote = (report: Report, days: string): Pick<Shape, 'note' | 'about'> => {
  const found = sharpeInterval(Float64Array.from(report.equity, ([, usdt]) => usdt))
  const about = `Mean over spread of ${counted(dailyReturns(report), 'daily return')}, a year of 365 days.`
  if (typeof found === 'string') return { note: `of ${days}`, about }
  const { low, high } = found
  return {
    note: `${fixed(low, 1)} to ${fixed(high, 1)}`,
    about: `${about} 95 % interval of this sample: ${fixed(low, 2)} to ${fixed(high, 2)}. ${chosen}`,
  }
}

const halfOf = ({ low, high }: Interval): string => `±${fixed((high - low) / 2, 2)}`

const expectancyNote = ({ trades }: Report): Pick<Shape, 'note' | 'about'> => {
  const multiples = trades.flatMap(({ r }) => (r === null ? [] : [r]))
  const found = meanInterval(multiples)
  const about = `Mean result of ${counted(multiples.length, 'trade')}, in multiples of what each risked.`
  if (typeof found === 'string') return { note: `of ${counted(multiples.length, 'trade')}`, about }
  return {
    note: halfOf(found),
    about: `${about} 95 % interval of this sample: ${signed(found.low, 2)} to ${signed(found.high, 2)} R. ${chosen}`,
  }
}

export const headlines = (report: Report): readonly Headline[] => {
  const { metrics, trades, ambiguity } = report
  const days = counted(dailyReturns(report), 'day')
  const sampleDays = `There are ${counted(dailyReturns(report), 'daily return')}`
  const closed = counted(trades.length, 'trade')
  const sampleTrades = `There ${trades.length === 1 ? 'is' : 'are'} ${closed}`
  const few = trades.length < least
  const lasted = metrics.drawdownDays.value
  const wins = metrics.winRatePct
  return [
    {
      label: 'Net profit',
      value: few ? null : signedPercent(metrics.returnPct.value ?? 0),
      note: few ? short : `${briefMoney(metrics.netProfitUsdt.value ?? 0)} USDT`,
      about: few
        ? `${sampleTrades}: at least ${least} are needed before a profit says anything.`
        : `${signedMoney(metrics.netProfitUsdt.value ?? 0)} USDT after fees, slippage and funding, the open position included. Grey: not yet proven on unseen data.`,
      profit: true,
    },
    shaped({
      label: 'Max drawdown',
      metric: metrics.maxDrawdownPct,
      write: (value) => (value === 0 ? percent(0) : `${minus}${percent(value)}`),
      note: lasted === null ? days : `${count(lasted)} days long`,
      about: 'The deepest fall from a peak, judged at every bar; the longest stretch below a peak.',
      sample: sampleDays,
    }),
    shaped({
      label: 'Sharpe',
      metric: metrics.sharpe,
      write: (value) => fixed(value, 2),
      ...sharpeNote(report, days),
      sample: sampleDays,
    }),
    shaped({
      label: 'Profit factor',
      metric: metrics.profitFactor,
      write: (value) => fixed(value, 2),
      note: wins.value === null ? '' : `${fixed(wins.value, 0)} % wins`,
      about: 'What winners earned for each USDT that losers lost.',
      sample: sampleTrades,
    }),
    shaped({
      label: 'Expectancy',
      metric: metrics.expectancyR,
      write: riskMultiple,
      ...expectancyNote(report),
      sample: sampleTrades,
    }),
    {
      label: 'Trades',
      value: count(trades.length),
      note: `${count(ambiguity.exits)} ambiguous`,
      about: 'Closed trades, and exits that could have gone either way inside one bar.',
    },
  ]
}
