// The trust strip: what must hold before the profit below it means anything.
'use client'
import { Tooltip } from '../ui/Tooltip'
import { Verdict } from '../ui/Verdict'
import { Blank } from './Blank'
import { type TrustCell, trustCells } from './trust'
import { useDimmed } from './useDimmed'
import { useBand, useReport } from './useReport'

const words: Record<TrustCell['verdict'], string> = {
  pass: 'earned',
  fail: 'failed',
  unclear: 'unclear',
  wait: 'not yet tested',
}

const box = 'min-w-0 border-r border-line-1 px-1.5 py-1.5 text-left first:pl-3 last:border-r-0 max-md:px-3'

const Cell = ({ cell }: { cell: TrustCell }) => (
  <Tooltip text={cell.about}>
    <button type="button" className={`${box} cursor-default`}>
      <span className="block truncate text-11 leading-4 text-3">{cell.label}</span>
      <span className="flex items-center gap-1.5">
        <b className={`truncate ${cell.value === 'SYNTHETIC' ? 'text-10 text-warn' : ''}`}>{cell.value}</b>
        <Verdict kind={cell.verdict} word={words[cell.verdict]} />
      </span>
    </button>
  </Tooltip>
)

const blanks = ['Data', 'Prices', 'Unseen data', 'Data gaps', 'Fill order', 'Costs of gross'] as const

export const TrustStrip = () => {
  const report = useReport()
  const band = useBand()
  const dimmed = useDimmed() && report !== null
  return (
    <section
      aria-label="Trust in this result"
      className={`grid flex-none grid-cols-[repeat(6,minmax(0,auto))] bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      {report === null
        ? blanks.map((label) => (
            <div key={label} className={box}>
              <span className="block truncate text-11 leading-4 text-3">{label}</span>
              <Blank />
            </div>
          ))
        : trustCells(report, band).map((cell) => <Cell key={cell.label} cell={cell} />)}
    </section>
  )
}
