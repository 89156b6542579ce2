// Buttons over the chart: what is drawn, which market, to a day, to the newest bars.
'use client'
import { CalendarDays, ChartSpline, Maximize } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
import { Popover } from '../ui/Popover'
import { TextField } from '../ui/TextField'
import { dayOf, dayText } from '../workbench/range'
import type { Drawing } from './drawing'
import type { Subject } from './feed'
import { lineTitle, type OnSwitch } from './Legend'
import type { Line } from './lines'

export interface SwitchesProps {
  readonly lines: readonly Line[]
  readonly subject: Subject
  readonly drawing: Drawing
  /** Is there anything to switch: the Play has swings. */
  readonly hasStructure: boolean
  readonly instruments: readonly string[]
  readonly onSwitch: OnSwitch
  readonly onDrawing: (change: Partial<Drawing>) => void
  readonly onInstrument: (instrument: string) => void
  readonly onHome: () => void
  readonly onDay: (ms: number) => void
  /** First and last day that there are bars of, Unix ms; null: nobody knows yet. */
  readonly days: { readonly fromMs: number; readonly toMs: number } | null
  readonly asking: boolean
  readonly onAsking: (asking: boolean) => void
}

const entriesOf = (props: SwitchesProps): MenuEntry[] => {
  const { lines, subject, instruments, drawing } = props
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
  const swings: MenuEntry = {
    label: 'Swings and their labels',
    checked: drawing.structure,
    run: () => props.onDrawing({ structure: !drawing.structure }),
  }
  const volume: MenuEntry = {
    label: 'Volume',
    checked: drawing.volume,
    run: () => props.onDrawing({ volume: !drawing.volume }),
  }
  return [
    ...(drawn.length > 0 ? [{ kind: 'label' as const, label: 'Lines' }, ...drawn, { kind: 'line' as const }] : []),
    volume,
    ...(props.hasStructure ? [swings] : []),
    ...(instruments.length > 1 ? [{ kind: 'label' as const, label: 'Market' }, ...others] : []),
  ]
}

const DayForm = ({ days, onDay }: Pick<SwitchesProps, 'days' | 'onDay'>) => {
  const [text, setText] = useState(() => (days === null ? '' : dayText(days.toMs)))
  const [wrong, setWrong] = useState<string | null>(null)
  const field = useId()
  const go = (): void => {
    const ms = dayOf(text)
    if (ms === null) setWrong('Write the day as 2024-05-31.')
    else if (days !== null && (ms < days.fromMs - 86_400_000 || ms > days.toMs))
      setWrong(`Bars go from ${dayText(days.fromMs)} to ${dayText(days.toMs)}.`)
    else onDay(ms)
  }
  return (
    <form
      className="flex w-52 flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <label htmlFor={field} className="text-11 text-3">
        Day, UTC
      </label>
      <TextField
        id={field}
        value={text}
        wrong={wrong !== null}
        autoFocus
        placeholder="2024-05-31"
        onFocus={(event) => event.currentTarget.select()}
        onText={(next) => {
          setText(next)
          setWrong(null)
        }}
      />
      {wrong !== null && (
        <p role="alert" className="text-11 text-neg">
          {wrong}
        </p>
      )}
      <Button type="submit" size="s">
        Go there
      </Button>
    </form>
  )
}

export const Switches = (props: SwitchesProps) => {
  const { asking, onAsking, onDay } = props
  return (
    <div data-covers className="pointer-events-auto -mt-1 flex flex-none rounded-node bg-canvas">
      <Popover
        label="Go to a day"
        align="end"
        open={asking}
        onOpen={onAsking}
        trigger={<IconButton label="Go to a day" keys="G" size="s" icon={<CalendarDays size={14} />} />}
      >
        <DayForm
          days={props.days}
          onDay={(ms) => {
            onDay(ms)
            onAsking(false)
          }}
        />
      </Popover>
      <Menu entries={entriesOf(props)} align="end">
        <IconButton label="What is drawn" size="s" icon={<ChartSpline size={14} />} />
      </Menu>
      <IconButton label="Newest bars" size="s" icon={<Maximize size={14} />} onClick={props.onHome} />
    </div>
  )
}
