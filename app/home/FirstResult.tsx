// The result of the first backtest in three figures, or what must happen before there is one.
'use client'
import type { Report } from '../../blocks/engine/report/document'
import { type Headline, headlines } from '../results/headline'
import { isEarned, trustCells } from '../results/trust'
import { useReport } from '../results/useReport'
import { useRun } from '../workbench/run'
import { useGuide } from './useGuide'

const shown = ['Trades', 'Net profit', 'Max drawdown'] as const
const open: Readonly<Record<number, string>> = {
  2: 'Connect Reclaim and trades appear here.',
  3: 'Without a stop nothing says what a trade risks: no run yet.',
}

/** A trade that the last bar leaves open counts in no figure of the trades. */
const isHeld = ({ open: held }: Report): boolean => held !== null && (!Array.isArray(held) || held.length > 0)

/** Profit is quiet until it is earned, as everywhere. */
const Value = ({ figure, label, earned }: { figure: Headline | undefined; label: string; earned: boolean }) => {
  const value = figure === undefined ? (label === 'Trades' ? '0' : 'none yet') : (figure.value ?? figure.note)
  const quiet = figure === undefined || figure.value === null || (figure.profit === true && !earned)
  return quiet ? <span className="font-medium text-3">{value}</span> : value
}

export const FirstResult = () => {
  const report = useReport()
  const stale = useRun((run) => run.stale)
  const { at } = useGuide()
  const figures = report === null || stale ? null : headlines(report)
  const earned = report !== null && isEarned(trustCells(report))
  const synthetic = report?.provenance.synthetic === true
  return (
    <section aria-label="Result" className="p-4">
      <div className="mb-2 flex items-baseline justify-between">
        <h3 className="text-12 font-semibold text-1">Result</h3>
        <span className="text-11 text-3">runs again at every edit</span>
      </div>
      <dl className="flex gap-6">
        {shown.map((label) => (
          <div key={label}>
            <dt className="text-11 leading-4 text-3">{label}</dt>
            <dd className="text-15 leading-5 font-semibold text-1 tabular-nums">
              <Value figure={figures?.find((one) => one.label === label)} label={label} earned={earned} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 min-h-4 text-11 leading-4 text-3">
        {figures === null
          ? (open[at] ?? (at < 2 ? 'Bars are on their way.' : 'The run is on its way.'))
          : report?.trades.length === 0
            ? isHeld(report)
              ? 'A trade is open at the last bar, and none has ended before it.'
              : 'Nothing on these bars led to a trade. Try others, or change a length on the graph.'
            : synthetic
              ? 'On a made-up market figures prove nothing. Drop a file of real bars on this page to try it on them.'
              : 'After fees and slippage. The workbench says what to trust before the profit.'}
      </p>
    </section>
  )
}
