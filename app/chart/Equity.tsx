// Equity of the newest run, net of costs, with holding beside it and its depth under water below; same time cursor.
'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CandleWindow } from '../engine/protocol'
import { fixed, none, percent } from '../results/format'
import { Empty } from '../ui/Empty'
import { themeChanged } from '../ui/theme'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { equityLines, sampleAt } from './equityLines'
import { EquityPicture } from './equityPicture'
import type { Span } from './grid'
import { fullText } from './text'
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

export interface EquityProps {
  /** What is looked at; left out or null: all days. */
  readonly span?: Span | null
}

export const Equity = ({ span = null }: EquityProps) => {
  const report = useRun(({ result }) => result?.report ?? null)
  const daily = useDaily(report?.range ?? null)
  const lines = useMemo(() => (report === null ? null : equityLines(report, daily)), [report, daily])
  const cursorMs = useView((view) => view.cursorMs)
  const { picture, host, line } = usePicture()
  useEffect(() => {
    if (lines !== null) picture?.show(lines)
  }, [picture, lines])
  useEffect(() => picture?.look(span), [picture, span])

  const index = lines === null ? -1 : cursorMs === null ? lines.dayMs.length - 1 : sampleAt(lines.dayMs, cursorMs)
  const at = lines?.dayMs[index]
  const value = (of: readonly number[] | undefined): string => fixed(of?.[index] ?? Number.NaN, 0)
  return (
    <figure
      aria-label="Equity over time, with buy and hold and drawdown"
      className="relative m-0 h-full min-h-0 overflow-hidden bg-canvas"
    >
      <div ref={host} className="absolute inset-0" />
      <div ref={line} hidden className="pointer-events-none absolute top-0 left-0 z-[4] w-px bg-you" />
      <figcaption className="pointer-events-none absolute top-2 right-20 left-3 z-10 flex flex-wrap items-baseline gap-x-3 text-11 leading-4 text-3">
        <b>Equity</b>
        {at !== undefined && <span>{fullText(at, '1d')}</span>}
        <span className="text-1">{value(lines?.equity)} USDT, net of costs</span>
        <span>buy and hold {value(lines?.holding)}</span>
        <span className="text-neg">
          {at === undefined ? none : percent(-100 * (lines?.underwater[index] ?? 0))} under the top
        </span>
      </figcaption>
      {lines !== null && lines.dayMs.length === 0 && (
        <div className="absolute inset-0 z-20 grid place-items-center bg-canvas p-6">
          <Empty title="No day yet">Equity is taken at midnight UTC; this run is shorter than a day.</Empty>
        </div>
      )}
    </figure>
  )
}
