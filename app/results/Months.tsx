// Monthly returns as a calendar; a click brings the month onto the chart.
'use client'
import type { CSSProperties, KeyboardEvent } from 'react'
import { SkeletonLines } from '../ui/Skeleton'
import { useView } from '../workbench/view'
import { monthName, none, signed, signOf } from './format'
import { MissingResult } from './MissingResult'
import { heat, type MonthCell, monthGrid, strongestOf, type YearRow } from './monthGrid'
import { focusNextTable } from './TradesGrid'
import { everything, type Stretch, useTradeFilter } from './tradeFilter'
import { useDimmed } from './useDimmed'
import { useIsWorking, useReport } from './useReport'

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

/** The trades of that time, and the chart at its begin. */
const choose = (stretch: Stretch): void => {
  const ms = Date.UTC(stretch.year, (stretch.month ?? 1) - 1, 1)
  useTradeFilter.setState({ ...everything, stretch })
  focusNextTable()
  useView.setState({ goTo: { ms }, cursorMs: ms, evidence: 'trades' })
}

const isChosen = (chosen: Stretch | null, { year, month }: Stretch): boolean =>
  chosen !== null && chosen.year === year && chosen.month === month

interface MonthProps {
  readonly year: number
  readonly cell: MonthCell | null
  readonly strongest: number
  readonly chosen: Stretch | null
}

const Month = ({ year, cell, strongest, chosen }: MonthProps) => {
  if (cell === null) return <td className="h-7" />
  const { month, returnPct, partial } = cell
  const text = returnPct === null ? none : signed(returnPct, Math.abs(returnPct) < 10 ? 1 : 0)
  const name = `${monthName(month)} ${year}`
  const pressed = isChosen(chosen, { year, month })
  return (
    <td className="h-7 p-0">
      <button
        type="button"
        data-month={`${year} ${month}`}
        aria-pressed={pressed}
        title={`${name}${partial ? ', only a part of it' : ''}: show its trades`}
        aria-label={`${name}: ${text} %${partial ? ', only a part of the month' : ''}`}
        onClick={() => choose({ year, month })}
        style={ground(returnPct, strongest)}
        className={`h-7 w-full text-11 text-1 hover:shadow-[inset_0_0_0_1px_var(--line-3)] ${partial ? 'italic' : ''} ${pressed ? 'shadow-[inset_0_0_0_2px_var(--you)]' : ''}`}
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

const Year = ({ row, strongest, chosen }: { row: YearRow; strongest: number; chosen: Stretch | null }) => {
  const { year, cells, returnPct, partial } = row
  const text = returnPct === null ? none : signed(returnPct, 1)
  return (
    <tr>
      <th scope="row" className="pr-2 text-left font-medium text-2">
        {year}
      </th>
      {cells.map((cell, i) => (
        <Month key={numbers[i]} {...{ year, cell, strongest, chosen }} />
      ))}
      <td className="p-0">
        <button
          type="button"
          data-month={`${year} 13`}
          aria-pressed={isChosen(chosen, { year, month: null })}
          aria-label={`${year}: ${text} %${partial ? ', only a part of the year' : ''}`}
          title={`${partial ? 'Only a part of the year: show' : 'Show'} its trades`}
          onClick={() => choose({ year, month: null })}
          className={`h-7 w-full rounded-chip pl-2 text-right font-semibold hover:underline ${partial ? 'italic' : ''} ${toneOf(returnPct)}`}
        >
          {text}
        </button>
      </td>
    </tr>
  )
}

const keySteps: Readonly<Record<string, readonly [years: number, months: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** The arrow keys go from month to month, over the end of a year into the next. */
const walk = (event: KeyboardEvent<HTMLTableElement>): void => {
  const step = keySteps[event.key]
  const at = event.target instanceof HTMLElement ? event.target.dataset.month : undefined
  if (step === undefined || at === undefined) return
  const [year = 0, month = 0] = at.split(' ').map(Number)
  const next = year * 13 + month - 1 + step[0] * 13 + step[1]
  const place = `${Math.floor(next / 13)} ${(next % 13) + 1}`
  event.currentTarget.querySelector<HTMLElement>(`[data-month="${place}"]`)?.focus()
  event.preventDefault()
}

export const Months = () => {
  const report = useReport()
  const dimmed = useDimmed()
  const chosen = useTradeFilter((filter) => filter.stretch)
  const working = useIsWorking()
  if (report === null && working) return <SkeletonLines lines={4} label="Months are on their way" />
  if (report === null)
    return (
      <div className="p-3">
        <MissingResult title="No months yet">Returns by month come with the first result.</MissingResult>
      </div>
    )
  const strongest = strongestOf(report.monthly)
  return (
    <section aria-label="Months" className={`bg-panel px-3 pt-1 pb-3 transition-opacity ${dimmed ? 'opacity-55' : ''}`}>
      <p className="pb-2 text-11 text-3">
        Return in %, marked to market. A click shows the trades that ended then; slanted: only a part of it.
      </p>
      <table onKeyDown={walk} className="w-full table-fixed border-separate border-spacing-px">
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
            <Year key={row.year} row={row} strongest={strongest} chosen={chosen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
