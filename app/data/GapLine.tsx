// The line of time: bars as one band, each gap a mark in it. A press on a mark goes to it.
'use client'
import { useEffect, useRef, useState } from 'react'
import { countText } from '../home/sizes'
import { classes } from '../ui/classes'
import type { SeriesDetail } from './api'
import { dayText, timeText } from './rows'
import { axisTimes, type GapMark, gapMarks, type Span } from './timeline'

const useWidth = (): readonly [React.RefObject<HTMLElement | null>, number] => {
  const box = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const seen = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    seen.observe(element)
    return () => seen.disconnect()
  }, [])
  return [box, width]
}

const day = 86_400_000
/** Days where days are told apart, hours below. */
const axisText = (ms: number, { fromMs, toMs }: Span): string =>
  toMs - fromMs > 4 * day ? dayText(ms) : timeText(ms).slice(ms % day === 0 ? 0 : 11, ms % day === 0 ? 10 : 16)

const said = ({ count, missing, venue }: GapMark): string =>
  `${count === 1 ? 'gap' : `${countText(count)} gaps`}, ${countText(missing)} bars missing${venue ? ' at the venue too' : ''}`

interface MarksProps {
  readonly marks: readonly GapMark[]
  readonly chosen: number | null
  readonly onChoose: (gap: number) => void
}

/** For the mouse; the list beside it does the same by keyboard. */
const Marks = ({ marks, chosen, onChoose }: MarksProps) =>
  marks.map((mark) => (
    <button
      key={`${mark.first} ${mark.x}`}
      type="button"
      tabIndex={-1}
      title={said(mark)}
      onClick={() => onChoose(mark.first)}
      style={{ left: mark.x, width: mark.width }}
      className={classes(
        'absolute inset-y-0',
        chosen !== null && chosen >= mark.first && chosen < mark.first + mark.count
          ? 'bg-you'
          : mark.venue
            ? 'bg-[var(--text-3)]'
            : 'bg-neg',
      )}
    />
  ))

interface AxisProps {
  readonly view: Span
  readonly whole: Span
  readonly width: number
}

/** Of a day in the smallest type. */
const labelWidth = 66

const Axis = ({ view, width }: AxisProps) => {
  const xOf = (ms: number): number => ((ms - view.fromMs) / (view.toMs - view.fromMs)) * width
  const times = axisTimes(view, Math.max(2, Math.floor(width / 110)))
  return (
    <div className="relative h-5 overflow-hidden text-10 text-3 tabular-nums">
      {times
        .filter((ms) => xOf(ms) < width - labelWidth)
        .map((ms) => (
          <span
            key={ms}
            style={{ left: xOf(ms) }}
            className="absolute top-0 border-l border-line-3 pt-1 pl-1 leading-4"
          >
            {axisText(ms, view)}
          </span>
        ))}
    </div>
  )
}

/** Which part of the series is in view; nothing while all of it is. */
const Overview = ({ view, whole, width }: AxisProps) => {
  const scale = width / (whole.toMs - whole.fromMs)
  const isWhole = view.toMs - view.fromMs >= whole.toMs - whole.fromMs
  const length = Math.max(3, (view.toMs - view.fromMs) * scale)
  return (
    <div className="relative h-1.5 overflow-hidden rounded-[2px] bg-active">
      {!isWhole && (
        <span
          style={{ left: Math.min((view.fromMs - whole.fromMs) * scale, width - length), width: length }}
          className="absolute inset-y-0 rounded-[2px] bg-you"
        />
      )}
    </div>
  )
}

export interface GapLineProps {
  readonly detail: SeriesDetail
  readonly whole: Span
  readonly view: Span
  readonly chosen: number | null
  readonly onChoose: (gap: number) => void
}

export const GapLine = ({ detail, whole, view, chosen, onChoose }: GapLineProps) => {
  const [box, width] = useWidth()
  const marks = width === 0 ? [] : gapMarks(detail, view, width)
  const place = { view, whole, width }
  return (
    <div className="flex min-w-0 flex-col gap-2 px-3 pt-1.5 pb-2 max-lg:h-40">
      <Overview {...place} />
      <div className="flex min-h-0 flex-1 flex-col">
        <section
          ref={box}
          aria-label={`Gaps from ${timeText(view.fromMs)} to ${timeText(view.toMs)} UTC`}
          className="relative min-h-0 flex-1 overflow-hidden rounded-chip bg-active"
        >
          <Marks {...{ marks, chosen, onChoose }} />
        </section>
        {width > 0 && <Axis {...place} />}
      </div>
      <p className="flex flex-none items-center gap-3 text-11 leading-4 text-3">
        <span className="flex items-center gap-1.5">
          <span className="size-2 rounded-[2px] bg-neg" /> not stored
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2 rounded-[2px] bg-[var(--text-3)]" /> the venue has none
        </span>
        <span className="ml-auto tabular-nums max-md:hidden">{`${timeText(view.fromMs)} to ${timeText(view.toMs)} UTC`}</span>
      </p>
    </div>
  )
}
