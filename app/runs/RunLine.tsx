// One run of the list: what ran, how it ended and what came of it; what it is at while it is on its way.
'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { ago } from '../document/times'
import { count, day, marketName, none, percent } from '../results/format'
import { Checkbox } from '../ui/Checkbox'
import { SyntheticChip } from '../ui/Chip'
import { IconButton } from '../ui/IconButton'
import { sentence } from '../ui/sentence'
import { RunState } from './RunState'
import {
  drawdownFigure,
  isOver,
  netFigure,
  type RunFigure,
  type RunRow,
  sharpeFigure,
  stepOf,
  tookText,
  whyNone,
} from './runs'

const figure = 'px-2 text-right whitespace-nowrap'

const Figure = ({ figure: { text, about, quiet }, wide = false }: { figure: RunFigure; wide?: boolean }) => (
  <td
    title={about === '' ? undefined : about}
    className={`${figure} ${quiet ? 'text-3' : 'text-1'} ${wide ? 'max-md:hidden' : ''}`}
  >
    {text}
  </td>
)

const Figures = ({ run }: { run: RunRow }) => {
  const { figures, trades } = run
  if (figures === null || trades === null)
    return (
      <>
        <td className={`${figure} text-3 md:hidden`}>{none}</td>
        <td colSpan={4} title={whyNone(run)} className="max-w-0 truncate px-2 text-2 max-md:hidden">
          {run.state === 'done' ? 'its figures cannot be read here' : sentence(whyNone(run))}
        </td>
      </>
    )
  return (
    <>
      <Figure figure={netFigure(figures, trades)} />
      <td className={`${figure} text-1 max-md:hidden`}>{count(trades)}</td>
      <Figure wide figure={sharpeFigure(figures)} />
      <Figure wide figure={drawdownFigure(figures)} />
    </>
  )
}

/** The step of a run on its way. */
const Way = ({ run }: { run: RunRow }) => {
  const { progress } = run
  return (
    <>
      <td className={`${figure} text-3 md:hidden`}>{progress === null ? none : percent(100 * progress.share, 0)}</td>
      <td colSpan={4} className="px-2 max-md:hidden">
        <span className="flex items-center gap-2 text-2">
          <span aria-hidden className="h-1.5 w-24 flex-none overflow-hidden rounded-[2px] bg-active">
            {progress !== null && (
              <span className="block h-full bg-1" style={{ width: `${100 * Math.min(1, progress.share)}%` }} />
            )}
          </span>
          <span className="truncate">{stepOf(run)}</span>
          {progress !== null && <span className="flex-none text-3">{percent(100 * progress.share, 0)}</span>}
        </span>
      </td>
    </>
  )
}

export interface RunLineProps {
  readonly run: RunRow
  readonly nowMs: number
  /** Among those to be compared. */
  readonly chosen: boolean
  readonly onChoose: (id: string) => void
  readonly onCancel: (id: string) => void
}

const name = ({ title, version }: RunRow): string => (version === null ? title : `${title} v${version}`)

export const RunLine = ({ run, nowMs, chosen, onChoose, onCancel }: RunLineProps) => {
  const { id, state, title, version, markets, tf, fromMs, toMs, createdMs, cancelling } = run
  const over = isOver(run)
  return (
    <tr
      className={`h-[30px] border-b border-line-1 max-md:h-11 ${chosen ? 'bg-you-bg shadow-[inset_2px_0_0_var(--you)]' : 'hover:bg-hover'}`}
    >
      <td className="pl-3 max-md:hidden">
        <Checkbox
          label={<span className="sr-only">{`Compare the run of ${name(run)} of ${ago(createdMs, nowMs)}`}</span>}
          checked={chosen}
          disabled={state !== 'done'}
          onChecked={() => onChoose(id)}
        />
      </td>
      <td className="px-2 max-md:pl-3">
        <RunState run={run} />
      </td>
      <td className="max-w-0 px-2">
        <span className="flex items-center gap-2">
          <Link href={`/run/${id}`} className="truncate rounded-chip font-semibold text-1 hover:underline">
            {title}
          </Link>
          {version !== null && (
            <span className="flex-none rounded-chip border border-line-2 px-1 text-11 leading-4 text-2">
              v{version}
            </span>
          )}
        </span>
      </td>
      <td className="max-w-0 px-2 text-2 max-lg:hidden">
        <span className="flex items-center gap-2">
          <span className="truncate" title={markets.join(', ')}>
            {markets.map(marketName).join(', ')}
            {tf === null ? '' : `, ${tf}`}
          </span>
          {markets.some((market) => market.startsWith('synthetic:')) && <SyntheticChip />}
        </span>
      </td>
      <td className="px-2 whitespace-nowrap text-2 max-lg:hidden">{`${day(fromMs)} \u2013 ${day(toMs)}`}</td>
      {over ? <Figures run={run} /> : <Way run={run} />}
      <td className={`${figure} text-2 max-lg:hidden`}>{tookText(run)}</td>
      <td className={`${figure} text-3`} title={new Date(createdMs).toISOString()}>
        {ago(createdMs, nowMs)}
      </td>
      <td className="w-9 pr-2 text-right">
        {!over && (
          <IconButton
            size="s"
            label={cancelling ? 'It is being cancelled' : `Cancel the run of ${name(run)}`}
            disabled={cancelling}
            onClick={() => onCancel(id)}
            icon={<X size={13} aria-hidden />}
          />
        )}
      </td>
    </tr>
  )
}
