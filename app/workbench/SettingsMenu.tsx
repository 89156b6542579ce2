// What a run costs and starts with: equity, fees, slippage, latency, margin. Kept by document, told in every report.
'use client'
import { SlidersHorizontal } from 'lucide-react'
import { useId } from 'react'
import type { Settings } from '../../blocks/engine/settings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { NumberField } from '../ui/NumberField'
import { Popover } from '../ui/Popover'
import { Segmented } from '../ui/Segmented'
import { FactFields } from './FactFields'
import { useMenu } from './menus'
import { useDocument } from './session'
import { setChoices, useRunChoices, usualChoices } from './settings'

interface Line {
  readonly label: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly read: (settings: Settings) => number
  readonly write: (settings: Settings, value: number) => Settings
}

/** A share as the decimal percentage that a person would write. */
const percent = (share: number): number => Number((100 * share).toPrecision(12))
const share = (value: number): number => Number(`${value}e-2`)

const fee = (label: string, name: keyof Settings['fees'], min: number): Line => ({
  label,
  unit: '%',
  min,
  max: 10,
  step: 0.01,
  read: ({ fees }) => percent(fees[name]),
  write: (settings, value) => ({ ...settings, fees: { ...settings.fees, [name]: share(value) } }),
})

const lines: readonly Line[] = [
  {
    label: 'Equity at the start',
    unit: 'USDT',
    min: 1,
    max: 1e9,
    step: 100,
    read: ({ equity }) => equity,
    write: (settings, equity) => ({ ...settings, equity }),
  },
  fee('Maker fee', 'maker', -1),
  fee('Taker fee', 'taker', 0),
  fee('Liquidation fee', 'liquidation', 0),
  {
    label: 'Latency',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    step: 100,
    read: ({ latency_ms }) => latency_ms,
    write: (settings, latency_ms) => ({ ...settings, latency_ms }),
  },
]

const slippageLine: Line = {
  label: 'Slippage',
  unit: 'bps',
  min: 0,
  max: 1000,
  step: 0.5,
  read: ({ slippage }) => (slippage.model === 'fixed' ? slippage.bps : 0),
  write: (settings, bps) => ({ ...settings, slippage: { model: 'fixed', bps } }),
}

const Row = ({
  line,
  settings,
  onSettings,
}: {
  line: Line
  settings: Settings
  onSettings: (next: Settings) => void
}) => {
  const id = useId()
  return (
    <div className="grid grid-cols-[1fr_120px] items-center gap-3">
      <label htmlFor={id}>{line.label}</label>
      <NumberField
        id={id}
        value={line.read(settings)}
        unit={line.unit}
        min={line.min}
        max={line.max}
        step={line.step}
        onValue={(value) => onSettings(line.write(settings, value))}
      />
    </div>
  )
}

export const SettingsMenu = () => {
  const id = useDocument(({ document }) => document.id)
  const { settings } = useRunChoices(id)
  const markets = useDocument(({ document }) => document.tree.markets)
  const real = Object.values(markets)
    .flat()
    .filter((market) => !market.startsWith('synthetic:'))
  const [open, setOpen] = useMenu('costs')
  const onSettings = (next: Settings): void => setChoices(id, { settings: next })
  const shown = settings.slippage.model === 'fixed' ? [...lines, slippageLine] : lines
  return (
    <Popover
      label="Costs and equity of the run"
      align="end"
      open={open}
      onOpen={setOpen}
      trigger={<IconButton label="Costs and equity" icon={<SlidersHorizontal size={15} aria-hidden />} />}
    >
      <div className="flex max-h-[70vh] w-72 flex-col gap-1.5 overflow-y-auto">
        <h2 className="mb-1 font-semibold text-1">What a run costs</h2>
        {shown.map((line) => (
          <Row key={line.label} line={line} settings={settings} onSettings={onSettings} />
        ))}
        <div className="grid grid-cols-[1fr_120px] items-center gap-3">
          <span>Margin</span>
          <Segmented
            label="Margin"
            size="s"
            value={settings.margin}
            choices={[
              { value: 'isolated', label: 'Isolated' },
              { value: 'cross', label: 'Cross' },
            ]}
            onValue={(margin) => onSettings({ ...settings, margin })}
          />
        </div>
        <FactFields ids={[...new Set(real)]} settings={settings} onSettings={onSettings} />
        <Button look="quiet" className="mt-1 self-end" onClick={() => onSettings(usualChoices.settings)}>
          Back to the usual
        </Button>
      </div>
    </Popover>
  )
}
