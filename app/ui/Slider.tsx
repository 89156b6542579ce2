// A value in its range; where a search range exists, it lies on the track between two ticks.
'use client'
import { Slider as Radix } from 'radix-ui'

export interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onValue: (value: number) => void
  /** Called once, when the drag ends. */
  readonly onDone?: (value: number) => void
  readonly search?: { readonly min: number; readonly max: number }
  readonly disabled?: boolean
}

const percent = (value: number, { min, max }: Pick<SliderProps, 'min' | 'max'>): number =>
  max === min ? 0 : (100 * (value - min)) / (max - min)

const SearchRange = ({ from, to }: { from: number; to: number }) => (
  <>
    <span
      className="absolute top-[7px] h-1 rounded-[2px] bg-3"
      style={{ left: `${from}%`, width: `${Math.max(0, to - from)}%` }}
    />
    <span className="absolute top-[3px] h-3 w-0.5 bg-2" style={{ left: `${from}%` }} />
    <span className="absolute top-[3px] h-3 w-0.5 bg-2" style={{ left: `${to}%` }} />
  </>
)

export const Slider = ({ label, value, search, onValue, onDone, ...range }: SliderProps) => (
  <Radix.Root
    className="relative block h-[18px] w-full touch-none select-none"
    value={[value]}
    onValueChange={([next]) => next !== undefined && onValue(next)}
    onValueCommit={([next]) => next !== undefined && onDone?.(next)}
    {...range}
  >
    <Radix.Track className="absolute inset-x-0 top-[7px] h-1 rounded-[2px] bg-active" />
    {search !== undefined && <SearchRange from={percent(search.min, range)} to={percent(search.max, range)} />}
    <Radix.Thumb
      aria-label={label}
      className="mt-px block size-4 rounded-full bg-1 shadow-[0_0_0_3px_var(--panel)] data-disabled:bg-3"
    />
  </Radix.Root>
)
