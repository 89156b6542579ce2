// The gaps of a series on a line of time that can be zoomed, and the same gaps as a list.
'use client'
import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { countText } from '../home/sizes'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { Panel } from '../ui/Panel'
import { Verdict } from '../ui/Verdict'
import type { SeriesDetail, SeriesInfo } from './api'
import { useAskDownload } from './DownloadList'
import { isServed, repairOf } from './downloads'
import { GapLine } from './GapLine'
import { lengthText, timeText } from './rows'
import { isAtVenue, type Span, viewOn, zoomed } from './timeline'

/** More gaps than these are seen by zooming in. */
const mostListed = 500

interface ListProps {
  readonly detail: SeriesDetail
  readonly view: Span
  readonly chosen: number | null
  readonly onChoose: (gap: number) => void
}

const GapList = ({ detail: { gaps, holes }, view, chosen, onChoose }: ListProps) => {
  const inView = gaps.flatMap((gap, i) => (gap.toMs > view.fromMs && gap.fromMs < view.toMs ? [{ ...gap, i }] : []))
  const listed = inView.slice(0, mostListed)
  return (
    <div className="min-h-0 min-w-0 overflow-y-auto border-l border-line-1 max-lg:max-h-64 max-lg:border-t max-lg:border-l-0">
      <table className="w-full table-fixed text-12 tabular-nums">
        <caption className="sr-only">Gaps in view, times in UTC</caption>
        <thead className="sticky top-0 bg-panel">
          <tr className="h-[26px] text-left text-11 text-3 [&>th]:font-normal [&>th]:shadow-[inset_0_-1px_0_var(--line-1)]">
            <th className="w-[150px] pl-3">{`Gap from, UTC`}</th>
            <th className="w-20">Length</th>
            <th className="w-20 pr-4 text-right">Missing</th>
            <th className="pr-3">Why</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((gap) => (
            <tr
              key={gap.fromMs}
              className={classes(
                'h-[26px] border-t border-line-1 first:border-0 hover:bg-hover',
                chosen === gap.i && 'bg-you-bg shadow-[inset_2px_0_0_var(--you)]',
              )}
            >
              <td className="pl-3">
                <button
                  type="button"
                  aria-current={chosen === gap.i || undefined}
                  title={`${timeText(gap.fromMs)} to ${timeText(gap.toMs)} UTC`}
                  onClick={() => onChoose(gap.i)}
                  className="rounded-chip text-1 hover:underline"
                >
                  {timeText(gap.fromMs)}
                </button>
              </td>
              <td className="text-2">{lengthText(gap.toMs - gap.fromMs)}</td>
              <td className="pr-4 text-right text-2">{countText(gap.missing)}</td>
              <td className="truncate pr-3 text-3">{isAtVenue(gap, holes) ? 'the venue has none' : 'not stored'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {inView.length > listed.length && (
        <p className="px-3 py-2 text-11 text-3">
          {`${countText(inView.length - listed.length)} more in view: zoom in to list them.`}
        </p>
      )}
      {inView.length === 0 && <p className="px-3 py-2 text-11 text-3">No gap in view.</p>}
    </div>
  )
}

const NoGaps = () => (
  <p className="flex items-center gap-2 px-3 pb-3 text-12 text-1">
    <Verdict kind="pass" word="no gaps" />
    Every bar from the first to the last is there.
  </p>
)

export interface GapsPanelProps {
  readonly detail: SeriesDetail
  readonly info: SeriesInfo
  readonly barMs: number
}

/** Gaps that the venue may still fill; what it was found to lack is not asked for again. */
const FillGaps = ({ detail, info }: GapsPanelProps) => {
  const { ask, busy } = useAskDownload()
  const open = detail.gaps.filter((gap) => !isAtVenue(gap, detail.holes)).length
  if (open === 0 || !isServed(detail)) return null
  return (
    <Button size="s" busy={busy} onClick={() => void ask(repairOf(detail, info))}>
      {`Fill ${countText(open)} ${open === 1 ? 'gap' : 'gaps'}`}
    </Button>
  )
}

const useView = ({ detail: { gaps }, info, barMs }: GapsPanelProps) => {
  const whole: Span = { fromMs: info.fromMs, toMs: info.toMs }
  const [view, setView] = useState<Span | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const now = view ?? whole
  const limits = { whole, barMs }
  return {
    whole,
    view: now,
    chosen,
    isWhole: now.fromMs === whole.fromMs && now.toMs === whole.toMs,
    choose: (i: number): void => {
      const gap = gaps[i]
      if (gap === undefined) return
      setChosen(i)
      setView(viewOn(gap, whole, barMs))
    },
    all: (): void => {
      setView(null)
      setChosen(null)
    },
    zoom: (by: number): void => setView(zoomed(now, by, limits)),
  }
}

export const GapsPanel = (props: GapsPanelProps) => {
  const { detail, info } = props
  const { whole, view, chosen, isWhole, choose, all, zoom } = useView(props)
  const { length } = detail.gaps
  const next = (by: 1 | -1): void => choose(((chosen ?? (by === 1 ? -1 : 0)) + by + length) % length)
  return (
    <Panel
      card
      title="Gaps"
      hint={length === 0 ? 'none' : `${countText(info.missing)} bars in ${countText(length)}`}
      className="flex-none"
      actions={
        length > 0 && (
          <>
            <FillGaps {...props} />
            {!isWhole && (
              <Button size="s" look="quiet" onClick={all}>
                Whole series
              </Button>
            )}
            <IconButton
              size="s"
              label="Gap before"
              icon={<ChevronLeft size={14} aria-hidden />}
              onClick={() => next(-1)}
            />
            <IconButton
              size="s"
              label="Next gap"
              icon={<ChevronRight size={14} aria-hidden />}
              onClick={() => next(1)}
            />
            <IconButton
              size="s"
              label="Zoom out"
              disabled={isWhole}
              icon={<ZoomOut size={14} aria-hidden />}
              onClick={() => zoom(2)}
            />
            <IconButton size="s" label="Zoom in" icon={<ZoomIn size={14} aria-hidden />} onClick={() => zoom(0.5)} />
          </>
        )
      }
    >
      {length === 0 ? (
        <NoGaps />
      ) : (
        <div className="grid h-42 grid-cols-[minmax(0,1fr)_420px] max-lg:h-auto max-lg:grid-cols-1">
          <GapLine {...{ detail, whole, view, chosen }} onChoose={choose} />
          <GapList {...{ detail, view, chosen }} onChoose={choose} />
        </div>
      )}
    </Panel>
  )
}
