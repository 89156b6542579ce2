// Above the candles and the panes: what is drawn, in which colour, and its value at the cursor; a click hides a line.
'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type StoreApi, useStore } from 'zustand'
import { titleOf } from '../canvas/words'
import { fixed, signed } from '../results/format'
import { classes } from '../ui/classes'
import type { SeriesToken } from './colours'
import type { Readout } from './controller'
import type { Subject } from './feed'
import type { Line } from './lines'
import { valueText } from './text'

const tones: Readonly<Record<SeriesToken, string>> = {
  s1: 'text-(--s1)',
  s2: 'text-(--s2)',
  s3: 'text-(--s3)',
  s4: 'text-(--s4)',
  s5: 'text-(--s5)',
}

/** `ema_fast.value` is "EMA fast", `swing.low_level` "Swing low level". */
export const lineTitle = ({ key }: Pick<Line, 'key'>): string =>
  titleOf(key.replace(/\.value$/, '').replaceAll(/[./]/g, '_'))

export type OnSwitch = (key: string, on: boolean) => void

interface LineValueProps {
  readonly line: Line
  readonly readout: Readout
  readonly subject: Subject
  readonly onSwitch: OnSwitch
}

/** Over the chart the wheel and the mouse are the chart's, but for the names themselves. */
const entry = 'pointer-events-auto whitespace-nowrap rounded-chip hover:bg-hover'

const LineValue = ({ line, readout, subject, onSwitch }: LineValueProps) => (
  <button
    type="button"
    aria-pressed
    title="Hide this line"
    className={classes(entry, tones[subject.colourOf(line.node)])}
    onClick={() => onSwitch(line.key, false)}
  >
    {lineTitle(line)} {valueText(readout.values[line.key] ?? Number.NaN, line.letter, readout.decimals)}
  </button>
)

const HiddenLine = ({ line, onSwitch }: Pick<LineValueProps, 'line' | 'onSwitch'>) => (
  <button
    type="button"
    aria-pressed={false}
    title="Show this line"
    className={classes(entry, 'text-3 line-through')}
    onClick={() => onSwitch(line.key, true)}
  >
    {lineTitle(line)}
  </button>
)

const symbolOf = (instrument: string): string => instrument.slice(instrument.indexOf(':') + 1).replace(/\.P$/, '')

const Bar = ({ readout: { bar, decimals } }: { readonly readout: Readout }) => {
  if (bar === null) return <span className="text-3">no data here</span>
  const move = 100 * (bar.close / bar.open - 1)
  return (
    <span className="whitespace-nowrap text-3">
      <span className="text-2">{fixed(bar.close, decimals)}</span>
      <span className={classes('ml-1 @max-[340px]:hidden', bar.close < bar.open ? 'text-neg' : 'text-pos')}>
        {signed(move, 2)} %
      </span>
    </span>
  )
}

/** Three lines, px: what does not fit into them is only in the menu. */
const mostHeight = 48

/** How many entries lie below the last line, which is cut there. */
const useCut = (box: RefObject<HTMLDivElement | null>, count: number): number => {
  const [cut, setCut] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other entries may need other lines
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = (): void => {
      const entries = [...element.querySelectorAll<HTMLElement>('button')]
      setCut(entries.filter(({ offsetTop }) => offsetTop >= mostHeight).length)
    }
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    measure()
    return () => watch.disconnect()
  }, [box, count])
  return cut
}

export interface LegendProps {
  readonly store: StoreApi<Readout>
  readonly subject: Subject
  readonly onSwitch: OnSwitch
}

/** Lines over the candles: values whole, and side by side, if need be below the price; three lines of text at most. */
export const Legend = ({ store, subject, onSwitch }: LegendProps) => {
  const readout = useStore(store)
  const box = useRef<HTMLDivElement>(null)
  const cut = useCut(box, subject.overlays.length + subject.off.length)
  return (
    <div className="flex min-w-0 flex-1 items-end gap-2">
      <div
        ref={box}
        data-testid="chart-legend"
        data-covers
        className="relative flex max-h-12 min-w-0 flex-wrap items-baseline gap-x-3 overflow-hidden text-11 leading-4"
      >
        <b className="text-12">{symbolOf(subject.instrument)}</b>
        {readout.tf !== null && (
          <span className={readout.tf === subject.finest ? 'text-3' : 'text-2'}>
            {readout.tf}
            <span className="@max-[340px]:hidden"> bars</span>
          </span>
        )}
        <Bar readout={readout} />
        <span className="flex flex-wrap gap-x-3">
          {subject.overlays.map((line) => (
            <LineValue key={line.key} {...{ line, readout, subject, onSwitch }} />
          ))}
          {subject.off.map((line) => (
            <HiddenLine key={line.key} {...{ line, onSwitch }} />
          ))}
        </span>
      </div>
      {cut > 0 && <span className="flex-none text-11 leading-4 text-3">{`+${cut}`}</span>}
    </div>
  )
}

/** Names and values of the panes, each in the corner of its own. */
export const PaneLegends = ({ store, subject, onSwitch }: LegendProps) => {
  const readout = useStore(store)
  return subject.panes.map((line) => {
    const place = readout.panes.find(({ key }) => key === line.key)
    return place === undefined ? null : (
      <div
        key={line.key}
        className="pointer-events-none absolute left-3 z-10 rounded-chip bg-canvas text-11 leading-4"
        style={{ top: place.top + 4 }}
      >
        <LineValue {...{ line, readout, subject, onSwitch }} />
      </div>
    )
  })
}
