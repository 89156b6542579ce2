// How far each trade went against its entry and for it, before it ended: a click explains the trade.
'use client'
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { readColours } from '../chart/theme'
import { themeChanged } from '../ui/theme'
import { askTrade } from '../workbench/view'
import { briefExcursion, type Excursions, excursionsOf, excursionText, type MeasuredTrade } from './distribution'
import { drawExcursions, nearest } from './drawExcursions'
import { count } from './format'

/** Draws anew when the points, the one pointed at, the size or the theme change. */
const useDrawn = (canvas: RefObject<HTMLCanvasElement | null>, ends: Excursions, at: number | null): void => {
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    const draw = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      const scale = window.devicePixelRatio
      element.width = Math.round(width * scale)
      element.height = Math.round(height * scale)
      context.scale(scale, scale)
      drawExcursions(context, ends, { ground: { width, height }, colours: readColours(element), at })
    }
    const watch = new ResizeObserver(draw)
    watch.observe(element)
    window.addEventListener(themeChanged, draw)
    draw()
    return () => {
      watch.disconnect()
      window.removeEventListener(themeChanged, draw)
    }
  }, [canvas, ends, at])
}

const Legend = () => (
  <span aria-hidden className="ml-auto flex gap-2 text-11 text-3">
    <span>
      <span className="mr-1 inline-block size-1.5 rounded-full bg-pos" />
      won
    </span>
    <span>
      <span className="mr-1 inline-block size-1.5 border border-neg" />
      lost
    </span>
  </span>
)

export const ExcursionCloud = ({ trades }: { readonly trades: readonly MeasuredTrade[] }) => {
  const ends = useMemo(() => excursionsOf(trades), [trades])
  const canvas = useRef<HTMLCanvasElement>(null)
  const [at, setAt] = useState<number | null>(null)
  useDrawn(canvas, ends, at)
  const under = at === null ? undefined : ends.points[at]
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): void => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    setAt(nearest(ends, { width, height }, { x: clientX - left, y: clientY - top }))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const last = ends.points.length - 1
    if (step !== undefined) setAt(at === null ? (step > 0 ? 0 : last) : Math.min(last, Math.max(0, at + step)))
    else if (event.key === 'Enter' && under !== undefined) askTrade(under.trade)
    else return
    event.preventDefault()
  }
  const what = `worst across, best up, in R${ends.beyond === 0 ? '' : `; ${count(ends.beyond)} beyond`}`
  return (
    <figure className="m-0 flex min-h-40 min-w-0 flex-col gap-1">
      <figcaption className="flex min-h-5 flex-wrap items-baseline gap-x-2">
        <h3 className="font-semibold text-1">MAE and MFE</h3>
        <Legend />
        {/* One line, whatever is pointed at: another would move the points from under the pointer. */}
        <span aria-hidden className="w-full truncate text-11 leading-4 text-3">
          {under === undefined ? what : briefExcursion(under)}
        </span>
        <span role="status" className="sr-only">
          {under === undefined ? what : excursionText(under)}
        </span>
      </figcaption>
      <div
        role="application"
        aria-roledescription="chart"
        aria-label="Trades by their worst moment across and their best moment up, in R. Arrow keys go from trade to trade, Enter explains it."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys by itself
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
        onClick={() => under !== undefined && askTrade(under.trade)}
        onKeyDown={onKeyDown}
        className={`relative min-h-0 flex-1 ${under === undefined ? '' : 'cursor-pointer'}`}
      >
        <canvas ref={canvas} className="absolute inset-0 h-full w-full" />
      </div>
    </figure>
  )
}
