// Equity of the newest run, net of costs, with holding beside it and its depth under water below; same time cursor.
'use client'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { CandleWindow } from '../engine/protocol'
import { day, fixed, none, percent, signedPercent } from '../results/format'
import { useDimmed } from '../results/useDimmed'
import { useIsWorking, useReport } from '../results/useReport'
import { classes } from '../ui/classes'
import { Empty } from '../ui/Empty'
import { Segmented } from '../ui/Segmented'
import { Skeleton } from '../ui/Skeleton'
import { themeChanged } from '../ui/theme'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { Attribution } from './Attribution'
import { type EquityLines, equityLines, sampleAt } from './equityLines'
import { EquityPicture, type EquityUnit, inUnit } from './equityPicture'
import { instrumentsIn } from './useShown'

const dayMs = 86_400_000
const againMs = 400
const tries = 3

/** Daily bars of the first traded market over the run; null until they are there, and where there are none. */
const useDaily = (range: { readonly fromMs: number; readonly toMs: number } | null): CandleWindow | null => {
  const { engine } = useSession()
  const tree = useDocument(({ document }) => document.tree)
  const instrument = instrumentsIn(tree)[0] ?? ''
  const [daily, setDaily] = useState<CandleWindow | null>(null)
  const { fromMs = 0, toMs = 0 } = range ?? {}
  useEffect(() => {
    let live = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (left: number): void => {
      void engine.candles({ instrument, fromMs: fromMs - dayMs, toMs, maxBars: 5000, tf: '1d' }).then((window) => {
        if (!live) return
        if (window !== null || left === 0) setDaily(window)
        else timer = setTimeout(() => ask(left - 1), againMs)
      })
    }
    if (toMs > fromMs) ask(tries)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [engine, instrument, fromMs, toMs])
  return daily
}

/** The chart goes to a day, and the cursor with it. */
const goTo = (ms: number): void => useView.setState({ cursorMs: ms, goTo: { ms } })

/** One picture for the life of the panel, with the time cursor over it. */
const usePicture = () => {
  const host = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const [picture, setPicture] = useState<EquityPicture | null>(null)
  useEffect(() => {
    if (host.current === null) return
    const place = (): void => {
      const { cursorMs: at } = useView.getState()
      const found = at === null ? null : made.placeOf(at)
      if (line.current === null) return
      line.current.hidden = found === null
      line.current.style.bottom = `${made.axisHeight}px`
      if (found !== null) line.current.style.transform = `translateX(${Math.round(found.x)}px)`
    }
    const made: EquityPicture = new EquityPicture(host.current, {
      onHover: (ms) => useView.setState({ cursorMs: ms }),
      onPick: goTo,
      onMove: place,
    })
    setPicture(made)
    const stop = useView.subscribe(place)
    const retheme = (): void => made.retheme()
    window.addEventListener(themeChanged, retheme)
    return () => {
      stop()
      window.removeEventListener(themeChanged, retheme)
      setPicture(null)
      made.remove()
    }
  }, [])
  return { picture, host, line }
}

/** Figures of the day under the cursor, of the last one where there is none. */
interface FiguresProps {
  readonly lines: EquityLines
  readonly start: number
  readonly unit: EquityUnit
  readonly beside: string
}

const Figures = ({ lines, start, unit, beside }: FiguresProps) => {
  const cursorMs = useView((view) => view.cursorMs)
  const found = cursorMs === null ? lines.dayMs.length - 1 : sampleAt(lines.dayMs, cursorMs)
  const index = Math.max(0, found)
  const at = lines.dayMs[index]
  const value = (usdt: number | undefined): string => {
    if (usdt === undefined || !Number.isFinite(usdt)) return none
    return unit === 'usdt' ? `${fixed(usdt, 0)} USDT` : signedPercent(inUnit(usdt, { unit, start }))
  }
  return (
    <figcaption className="pointer-events-none absolute top-2 right-20 left-3 z-10 flex flex-wrap items-baseline gap-x-3 text-11 leading-4 text-3">
      {at !== undefined && <span className="text-2">{day(at)}</span>}
      <span>
        net <b className="font-medium text-1">{value(lines.equity[index])}</b>
      </span>
      {lines.holding.length > 0 && (
        <span>
          {beside} {value(lines.holding[index])}
        </span>
      )}
      <span>
        under water <span className="text-neg">{percent(100 * (lines.underwater[index] ?? 0))}</span>
      </span>
    </figcaption>
  )
}

const units = [
  { value: 'percent', label: '%' },
  { value: 'usdt', label: 'USDT' },
] as const

/** Where there is no curve: on its way, or none to come. */
const Instead = ({ days }: { readonly days: number | null }) => {
  const working = useIsWorking()
  if (days !== null && days > 0) return null
  return (
    <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6" aria-busy={days === null && working}>
      {days === 0 ? (
        <Empty title="No day yet">Equity is taken at midnight UTC; this run is shorter than a day.</Empty>
      ) : working ? (
        <div role="status" className="w-full">
          <span className="sr-only">Equity is on its way</span>
          <Skeleton className="h-24 w-full opacity-50" />
        </div>
      ) : (
        <Empty title="No equity yet">It comes with the first run of the Play.</Empty>
      )}
    </div>
  )
}

const holding = 'buy and hold'

/** Of the open Play's newest run, holding beside it. */
export const Equity = () => {
  const report = useReport()
  const lockboxMs = useRun(({ dataset }) => dataset?.lockboxMs ?? null)
  const daily = useDaily(report?.range ?? null)
  const lines = useMemo(() => (report === null ? null : equityLines(report, daily)), [report, daily])
  return <EquityFigure lines={lines} start={report?.settings.equity ?? 1} lockboxMs={lockboxMs} label={liveLabel} />
}

const liveLabel =
  'Equity over time, with buy and hold and drawdown. Arrow keys move by a day, Enter shows it on the chart.'

export interface EquityFigureProps {
  readonly lines: EquityLines | null
  /** Equity at the begin, USDT. */
  readonly start: number
  readonly lockboxMs: number | null
  /** What is to be seen, and the keys. */
  readonly label: string
  /** What the quiet line is. */
  readonly beside?: string
}

export const EquityFigure = ({ lines, start, lockboxMs, label, beside = holding }: EquityFigureProps) => {
  const [unit, setUnit] = useState<EquityUnit>('percent')
  const { picture, host, line } = usePicture()
  const dimmed = useDimmed()
  useEffect(() => {
    if (lines !== null) picture?.show({ lines, unit, start, lockboxMs, beside })
  }, [picture, lines, unit, start, lockboxMs, beside])
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const { cursorMs } = useView.getState()
    const days = lines?.dayMs ?? []
    const now = cursorMs === null ? days.length - 1 : sampleAt(days, cursorMs)
    const next = days[Math.min(days.length - 1, Math.max(0, now + (steps ?? 0)))]
    if (next === undefined || (steps === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    if (steps === undefined) goTo(next)
    else useView.setState({ cursorMs: next })
  }
  return (
    <figure className="relative m-0 h-full min-h-0 overflow-hidden bg-canvas">
      <div
        role="application"
        aria-roledescription="chart"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys by itself
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={classes('absolute inset-0 -outline-offset-2 transition-opacity', dimmed && 'opacity-55')}
      >
        <div ref={host} className="absolute inset-0" />
        <div ref={line} hidden className="pointer-events-none absolute top-0 left-0 z-[4] w-px bg-you" />
      </div>
      {lines !== null && lines.dayMs.length > 0 && (
        <>
          <Attribution />
          <Figures lines={lines} start={start} unit={unit} beside={beside} />
          <div className="absolute top-1 right-1 z-10">
            <Segmented label="Unit of the equity" value={unit} choices={units} onValue={setUnit} size="s" />
          </div>
        </>
      )}
      <Instead days={lines === null ? null : lines.dayMs.length} />
    </figure>
  )
}
