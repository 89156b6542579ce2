// How many trades ended at how many R, as bars around zero with their mean; a click shows the trades of a bar.
'use client'
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'
import { useView } from '../workbench/view'
import { type Bin, edgeText, type Histogram, histogramOf, type MeasuredTrade, spanText, ticksOf } from './distribution'
import { counted, riskMultiple } from './format'
import { focusNextTable } from './TradesGrid'
import { everything, useTradeFilter } from './tradeFilter'

/** The trades of a bar, in the table. */
const choose = ({ span, count }: Bin): void => {
  if (count === 0) return
  useTradeFilter.setState({ ...everything, r: span })
  focusNextTable()
  useView.setState({ evidence: 'trades' })
}

const binText = ({ span, count }: Bin): string => `${spanText(span)}: ${counted(count, 'trade')}`

const Bars = ({ histogram: { bins, most }, at }: { histogram: Histogram; at: number | null }) => (
  <div aria-hidden className="absolute inset-x-0 top-4 bottom-0 flex items-end gap-px">
    {bins.map((bin, i) => (
      <span key={bin.from} className={`relative flex h-full flex-1 items-end ${at === i ? 'bg-hover' : ''}`}>
        <span
          className={`w-full rounded-t-[2px] ${bin.from < 0 ? 'bg-(--down)' : 'bg-(--up)'}`}
          style={{ height: `${(100 * bin.count) / most}%` }}
        />
        {bin.count === most && (
          <span className="absolute -top-4 left-1/2 -translate-x-1/2 text-10 leading-4 text-3">{bin.count}</span>
        )}
      </span>
    ))}
  </div>
)

/** Those who cannot see the bars have the same as a table. */
const AsTable = ({ bins }: Histogram) => (
  <table className="sr-only">
    <caption>Trades by result, in R</caption>
    <tbody>
      {bins.map((bin) => (
        <tr key={bin.from}>
          <th scope="row">{spanText(bin.span)}</th>
          <td>{counted(bin.count, 'trade')}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Axis = ({ from, to }: Histogram) => (
  <div aria-hidden className="relative h-4.5 flex-none border-t border-line-2 text-10 leading-4.5 text-3">
    {ticksOf(from, to, 6).map((r) => (
      <span
        key={r}
        className="absolute -translate-x-1/2 first:translate-x-0 last:-translate-x-full"
        style={{ left: `${(100 * (r - from)) / (to - from)}%` }}
      >
        {edgeText(r)}
      </span>
    ))}
  </div>
)

/** Mean of all, where it is known and in sight. */
const Mean = ({ histogram: { from, to }, r }: { histogram: Histogram; r: number | null }) => {
  if (r === null || r < from || r > to) return null
  const left = (100 * (r - from)) / (to - from)
  return (
    <span
      aria-hidden
      className="absolute inset-y-0 border-l border-dotted border-(--text-1)"
      style={{ left: `${left}%` }}
    >
      <span
        className={`absolute top-0 text-10 leading-4 font-medium whitespace-nowrap text-1 ${left > 50 ? 'right-1.5' : 'left-1.5'}`}
      >
        mean {riskMultiple(r)}
      </span>
    </span>
  )
}

export interface RHistogramProps {
  readonly trades: readonly MeasuredTrade[]
  /** The expectancy of the report, R. */
  readonly mean: number | null
}

export const RHistogram = ({ trades, mean }: RHistogramProps) => {
  const histogram = useMemo(() => histogramOf(trades), [trades])
  const [at, setAt] = useState<number | null>(null)
  const { bins } = histogram
  const under = at === null ? undefined : bins[at]
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): void => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setAt(Math.min(bins.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * bins.length))))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step !== undefined) setAt(Math.min(bins.length - 1, Math.max(0, (at ?? bins.length >> 1) + step)))
    else if (event.key === 'Enter' && under !== undefined) choose(under)
    else return
    event.preventDefault()
  }
  return (
    <figure className="m-0 flex min-h-40 min-w-0 flex-col gap-1">
      <figcaption className="flex min-h-5 flex-wrap items-baseline gap-x-2">
        <h3 className="font-semibold text-1">R per trade</h3>
        <span role="status" className="w-full truncate text-11 leading-4 text-3">
          {under === undefined ? `${counted(trades.length, 'trade')}, \u22121 R is a full stop` : binText(under)}
        </span>
      </figcaption>
      <div
        role="application"
        aria-roledescription="chart"
        aria-label="Trades by result in R. Arrow keys go from bar to bar, Enter shows its trades."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys by itself
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
        onClick={() => under !== undefined && choose(under)}
        onKeyDown={onKeyDown}
        className="relative min-h-0 flex-1 cursor-pointer"
      >
        <Bars histogram={histogram} at={at} />
        <Mean histogram={histogram} r={mean} />
      </div>
      <Axis {...histogram} />
      <AsTable {...histogram} />
    </figure>
  )
}
