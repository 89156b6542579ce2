// The six figures of a result, each with its sample; profit is grey until the trust strip is earned.
'use client'
import { Tooltip } from '../ui/Tooltip'
import { Blank } from './Blank'
import { type Headline, headlines } from './headline'
import { isEarned, trustCells } from './trust'
import { useDimmed } from './useDimmed'
import { useReport } from './useReport'

const box = 'px-1.5 py-2 text-left first:pl-3 last:pr-3 max-md:px-3'

const Figure = ({ figure, earned }: { figure: Headline; earned: boolean }) => {
  const { label, value, note, about, profit } = figure
  const quiet = value === null || (profit === true && !earned)
  return (
    <Tooltip text={about}>
      <button type="button" className={`${box} flex cursor-default flex-col items-start justify-start`}>
        <span className="block text-11 leading-4 whitespace-nowrap text-3">{label}</span>
        <span
          className={`block whitespace-nowrap text-15 leading-5 tracking-tight ${quiet ? 'font-medium text-3' : 'font-semibold text-1'}`}
        >
          {value ?? '\u2013'}
        </span>
        <span className="block text-10 leading-3.5 text-balance text-3">{note}</span>
      </button>
    </Tooltip>
  )
}

const blanks = ['Net profit', 'Max drawdown', 'Sharpe', 'Profit factor', 'Expectancy', 'Trades'] as const

export const Metrics = () => {
  const report = useReport()
  const dimmed = useDimmed() && report !== null
  const earned = report !== null && isEarned(trustCells(report))
  return (
    <section
      aria-label="Figures of this result"
      className={`grid flex-none grid-cols-[repeat(6,auto)] bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      {report === null
        ? blanks.map((label) => (
            <div key={label} className={box}>
              <span className="block truncate text-11 leading-4 text-3">{label}</span>
              <span className="flex h-8.5 items-center">
                <Blank />
              </span>
            </div>
          ))
        : headlines(report).map((figure) => <Figure key={figure.label} figure={figure} earned={earned} />)}
    </section>
  )
}
