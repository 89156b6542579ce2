// What trading cost, step by step from the profit before costs to the net, and how trades end.
'use client'
import type { Report } from '../../blocks/engine/report/document'
import { SkeletonLines } from '../ui/Skeleton'
import { type CostStep, costSteps, extentOf } from './costSteps'
import { count, counted, fixed, money, percent, signedMoney, signOf } from './format'
import { MissingResult } from './MissingResult'
import { exitNameOf } from './reasons'
import { useDimmed } from './useDimmed'
import { useIsWorking, useReport } from './useReport'

const toneOf = (usdt: number): string => {
  const sign = signOf(usdt, 2)
  return sign > 0 ? 'text-pos' : sign < 0 ? 'text-neg' : 'text-2'
}

/** A bar from one value to another on a scale; zero has a hairline. */
const Span = ({
  from,
  to,
  low,
  high,
  quiet,
}: {
  from: number
  to: number
  low: number
  high: number
  quiet?: boolean
}) => {
  const at = (value: number): number => (100 * (value - low)) / (high - low)
  const [left, right] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))]
  const colour = quiet === true ? 'bg-(--text-3)' : to >= from ? 'bg-(--up)' : 'bg-(--down)'
  return (
    <span aria-hidden className="relative block h-2.5">
      <span className="absolute -inset-y-1.5 w-px bg-line-2" style={{ left: `${at(0)}%` }} />
      <span
        className={`absolute inset-y-0 min-w-px rounded-[2px] ${colour}`}
        style={{ left: `${left}%`, width: `${right - left}%` }}
      />
    </span>
  )
}

const CostLine = ({ step, low, high }: { step: CostStep; low: number; high: number }) => (
  <tr className="h-6.5">
    <th
      scope="row"
      className={`pr-3 text-left font-normal whitespace-nowrap ${step.total ? 'font-semibold text-1' : ''}`}
    >
      {step.label}
    </th>
    <td className="w-full">
      <Span from={step.from} to={step.to} low={low} high={high} quiet={step.label === 'Before costs'} />
    </td>
    <td
      className={`pl-3 text-right whitespace-nowrap ${step.total ? 'font-semibold' : ''} ${
        step.label === 'Before costs' ? 'text-1' : toneOf(step.usdt)
      }`}
    >
      {signedMoney(step.usdt)}
    </td>
  </tr>
)

const Waterfall = ({ report }: { report: Report }) => {
  const steps = costSteps(report)
  const { low, high } = extentOf(steps)
  const { costsOfGrossPct, fundingReceivedUsdt, slippageBps } = report.metrics
  const share =
    costsOfGrossPct.value === null
      ? 'no profit before costs'
      : `${percent(costsOfGrossPct.value, 0)} of the profit before costs`
  const received = fundingReceivedUsdt.value ?? 0
  const trades = report.trades.length
  const paid = steps.filter(({ total }) => !total).reduce((sum, { usdt }) => sum - usdt, 0)
  return (
    <section aria-label="Costs" className="px-3 pb-3">
      <header className="flex h-8 items-center gap-2">
        <h3 className="font-semibold text-1">Costs</h3>
        <span className="text-11 text-3">{share}</span>
        <span className="ml-auto text-11 text-3">USDT</span>
      </header>
      <table className="w-full">
        <tbody>
          {steps.map((step) => (
            <CostLine key={step.label} step={step} low={low} high={high} />
          ))}
        </tbody>
      </table>
      <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-11 [&>dd]:text-right [&>dd]:text-1 [&>dt]:text-3">
        <dt>Costs per trade</dt>
        <dd>{trades === 0 ? '\u2013' : `${money(paid / trades)} USDT`}</dd>
        <dt>Slippage of what was filled at market</dt>
        <dd>{slippageBps.value === null ? '\u2013' : `${fixed(slippageBps.value, 2)} bps`}</dd>
        <dt>Funding received, in the profit before costs</dt>
        <dd>{`${signedMoney(received)} USDT`}</dd>
      </dl>
    </section>
  )
}

const Endings = ({ report }: { report: Report }) => {
  const rows = [...report.splits.exitReason].sort((a, b) => b.netUsdt - a.netUsdt)
  if (rows.length === 0) return null
  const low = Math.min(0, ...rows.map(({ netUsdt }) => netUsdt))
  const high = Math.max(low + 1, 0, ...rows.map(({ netUsdt }) => netUsdt))
  return (
    <section aria-label="How trades end" className="border-t border-line-1 px-3 pb-3">
      <header className="flex h-8 items-center gap-2">
        <h3 className="font-semibold text-1">How trades end</h3>
        <span className="text-11 text-3">{counted(report.trades.length, 'trade')}</span>
        <span className="ml-auto text-11 text-3">count, P/L in USDT</span>
      </header>
      <table className="w-full">
        <tbody>
          {rows.map(({ key, trades, netUsdt }) => (
            <tr key={key} className="h-6.5">
              <th scope="row" className="pr-3 text-left font-normal whitespace-nowrap">
                {exitNameOf(key)}
              </th>
              <td className="pr-3 text-right text-2">{count(trades)}</td>
              <td className="w-full">
                <Span from={0} to={netUsdt} low={low} high={high} />
              </td>
              <td className={`pl-3 text-right whitespace-nowrap ${toneOf(netUsdt)}`}>{signedMoney(netUsdt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const Costs = () => {
  const report = useReport()
  const dimmed = useDimmed()
  const working = useIsWorking()
  if (report === null && working) return <SkeletonLines lines={5} label="Costs are on their way" />
  if (report === null)
    return (
      <div className="p-3">
        <MissingResult title="No costs yet">Fees, slippage and funding come with the first result.</MissingResult>
      </div>
    )
  return (
    <div className={`bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}>
      <Waterfall report={report} />
      <Endings report={report} />
    </div>
  )
}
