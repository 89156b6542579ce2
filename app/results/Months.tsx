// Monthly returns as a calendar; a click brings the month onto the chart.
'use client'
import type { CSSProperties } from 'react'
import { Empty } from '../ui/Empty'
import { SkeletonLines } from '../ui/Skeleton'
import { useRun } from '../workbench/run'
import { useView } from '../workbench/view'
import { monthName, none, signed, signOf } from './format'
import { heat, type MonthCell, monthGrid, strongestOf, type YearRow } from './monthGrid'
import { useDimmed } from './useDimmed'
import { useReport } from './useReport'

const numbers = Array.from({ length: 12 }, (_, i) => i + 1)

/** At most this share of colour, in percent: the figure on it stays readable in both themes. */
const most = 62

const ground = (returnPct: number | null, strongest: number): CSSProperties =>
  returnPct === null || signOf(returnPct, 1) === 0
    ? { background: 'var(--heat-0)' }
    : {
        background: `color-mix(in srgb, var(${returnPct > 0 ? '--up' : '--down'}) ${Math.round(
          8 + (most - 8) * heat(returnPct, strongest),
        )}%, var(--heat-0))`,
      }

const Month = ({ year, cell, strongest }: { year: number; cell: MonthCell | null; strongest: number }) => {
  if (cell === null) return <td className="h-7" />
  const { month, returnPct, partial } = cell
  const text = returnPct === null ? none : signed(returnPct, 1)
  return (
    <td className="h-7 p-0">
      <button
        type="button"
        title={`${monthName(month)} ${year}${partial ? ', only a part of it' : ''}`}
        aria-label={`${monthName(month)} ${year}: ${text} %${partial ? ', only a part of the month' : ''}`}
        onClick={() => {
          const ms = Date.UTC(year, month - 1, 1)
          useView.setState({ goTo: { ms }, cursorMs: ms })
        }}
        style={ground(returnPct, strongest)}
        className={`h-7 w-full text-11 text-1 ${partial ? 'italic' : ''}`}
      >
        {text}
      </button>
    </td>
  )
}

const toneOf = (value: number | null): string => {
  const sign = value === null ? 0 : signOf(value, 1)
  return sign > 0 ? 'text-pos' : sign < 0 ? 'text-neg' : 'text-2'
}

const Year = ({ row, strongest }: { row: YearRow; strongest: number }) => (
  <tr>
    <th scope="row" className="pr-2 text-left font-medium text-2">
      {row.year}
    </th>
    {row.cells.map((cell, i) => (
      <Month key={numbers[i]} year={row.year} cell={cell} strongest={strongest} />
    ))}
    <td
      className={`pl-2 text-right font-semibold ${toneOf(row.returnPct)}`}
      title={row.partial ? 'Only a part of the year' : undefined}
    >
      {row.returnPct === null ? none : signed(row.returnPct, 1)}
    </td>
  </tr>
)

export const Months = () => {
  const report = useReport()
  const dimmed = useDimmed()
  const working = useRun(({ status }) => status.kind === 'loading' || status.kind === 'running')
  if (report === null && working) return <SkeletonLines lines={4} label="Months are on their way" />
  if (report === null)
    return (
      <div className="p-3">
        <Empty title="No months yet">Returns by month come with the first result.</Empty>
      </div>
    )
  const strongest = strongestOf(report.monthly)
  return (
    <section aria-label="Months" className={`bg-panel px-3 pt-1 pb-3 transition-opacity ${dimmed ? 'opacity-55' : ''}`}>
      <p className="pb-2 text-11 text-3">
        Return in %, marked to market; a click goes there. Slanted: only a part of it.
      </p>
      <table className="w-full table-fixed border-separate border-spacing-px">
        <caption className="sr-only">Return in percent by month, UTC</caption>
        <thead className="text-11 text-3">
          <tr>
            <th scope="col" className="w-10">
              <span className="sr-only">Year</span>
            </th>
            {numbers.map((month) => (
              <th key={month} scope="col" className="font-medium">
                {monthName(month).slice(0, 1)}
                <span className="sr-only">{monthName(month).slice(1)}</span>
              </th>
            ))}
            <th scope="col" className="w-14 text-right font-medium">
              Year
            </th>
          </tr>
        </thead>
        <tbody>
          {monthGrid(report.monthly).map((row) => (
            <Year key={row.year} row={row} strongest={strongest} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
