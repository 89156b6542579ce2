// Above the candles and the panes: what is drawn, in which colour, and its value at the cursor; and the switches.
'use client'
import { ChartSpline, Maximize } from 'lucide-react'
import { type StoreApi, useStore } from 'zustand'
import { titleOf } from '../canvas/words'
import { fixed, signed } from '../results/format'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
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

interface LineValueProps {
  readonly line: Line
  readonly readout: Readout
  readonly subject: Subject
}

const LineValue = ({ line, readout, subject }: LineValueProps) => (
  <span className={`whitespace-nowrap ${tones[subject.colourOf(line.node)]}`}>
    {lineTitle(line)} {valueText(readout.values[line.key] ?? Number.NaN, line.letter, readout.decimals)}
  </span>
)

const symbolOf = (instrument: string): string => instrument.slice(instrument.indexOf(':') + 1).replace(/\.P$/, '')

const Bar = ({ readout: { bar, decimals } }: { readonly readout: Readout }) => {
  if (bar === null) return <span className="text-3">no data here</span>
  const move = 100 * (bar.close / bar.open - 1)
  return (
    <span className="whitespace-nowrap text-3">
      <span className="text-2">{fixed(bar.close, decimals)}</span>{' '}
      <span className={bar.close < bar.open ? 'text-neg' : 'text-pos'}>{signed(move, 2)} %</span>
    </span>
  )
}

export interface LegendProps {
  readonly store: StoreApi<Readout>
  readonly subject: Subject
}

/** Lines over the candles; the candles' own timeframe where it is coarser than the Play's. */
export const Legend = ({ store, subject }: LegendProps) => {
  const readout = useStore(store)
  return (
    <>
      <div className="pointer-events-none absolute top-2 right-36 left-3 z-10 flex flex-wrap items-baseline gap-x-3 text-11 leading-4">
        <b className="text-12">{symbolOf(subject.instrument)}</b>
        {readout.tf !== null && (
          <span className={readout.tf === subject.finest ? 'text-3' : 'text-2'}>{readout.tf} bars</span>
        )}
        <Bar readout={readout} />
        {subject.overlays.map((line) => (
          <LineValue key={line.key} line={line} readout={readout} subject={subject} />
        ))}
      </div>
      {subject.panes.map((line) => {
        const place = readout.panes.find(({ key }) => key === line.key)
        return place === undefined ? null : (
          <div
            key={line.key}
            className="pointer-events-none absolute left-3 z-10 text-11 leading-4"
            style={{ top: place.top + 4 }}
          >
            <LineValue line={line} readout={readout} subject={subject} />
          </div>
        )
      })}
    </>
  )
}

export interface SwitchesProps {
  readonly lines: readonly Line[]
  readonly subject: Subject
  readonly structure: boolean
  /** Is there anything to switch: the Play has swings. */
  readonly hasStructure: boolean
  readonly instruments: readonly string[]
  readonly onSwitch: (key: string, on: boolean) => void
  readonly onStructure: (on: boolean) => void
  readonly onInstrument: (instrument: string) => void
  readonly onHome: () => void
}

const entriesOf = (props: SwitchesProps): MenuEntry[] => {
  const { lines, subject, instruments } = props
  const shown = new Set([...subject.overlays, ...subject.panes].map(({ key }) => key))
  const drawn = lines.map(
    (line): MenuEntry => ({
      label: lineTitle(line),
      checked: shown.has(line.key),
      run: () => props.onSwitch(line.key, !shown.has(line.key)),
    }),
  )
  const others = instruments.map(
    (instrument): MenuEntry => ({
      label: instrument,
      checked: instrument === subject.instrument,
      run: () => props.onInstrument(instrument),
    }),
  )
  const structure: MenuEntry = {
    label: 'Swings and their labels',
    checked: props.structure,
    run: () => props.onStructure(!props.structure),
  }
  return [
    ...(drawn.length > 0 ? [{ kind: 'label' as const, label: 'Lines' }, ...drawn] : []),
    ...(props.hasStructure ? [{ kind: 'line' as const }, structure] : []),
    ...(instruments.length > 1 ? [{ kind: 'label' as const, label: 'Market' }, ...others] : []),
  ]
}

export const Switches = (props: SwitchesProps) => {
  const entries = entriesOf(props)
  return (
    <div className="absolute top-1 right-20 z-10 flex">
      {entries.length > 0 && (
        <Menu entries={entries} align="end">
          <IconButton label="What is drawn" size="s" icon={<ChartSpline size={14} />} />
        </Menu>
      )}
      <IconButton label="Newest bars" size="s" icon={<Maximize size={14} />} onClick={props.onHome} />
    </div>
  )
}
