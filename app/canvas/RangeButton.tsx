// What evolution may try for a value: opens beside the field, makes a parameter of a constant, or takes the range away.
'use client'
import { SlidersHorizontal } from 'lucide-react'
import { parseLiteral } from '../../blocks/play/literal'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { NumberField } from '../ui/NumberField'
import { Popover } from '../ui/Popover'
import { Slider } from '../ui/Slider'
import { type FieldView, type Limits, limitsOf, numberOf, type SearchRange, searchOf, withUnit } from './fields'
import { useScene } from './scene'
import { titleOf } from './words'

type Param = NonNullable<FieldView['param']>

interface EdgeProps {
  readonly label: string
  readonly value: number
  readonly limits: Limits
  readonly unit: string | null
  readonly onValue: (value: number) => void
}

const Edge = ({ label, value, limits, unit, onValue }: EdgeProps) => (
  <Field label={label}>
    {({ id }) => (
      <NumberField
        id={id}
        value={value}
        step={limits.step}
        {...(limits.whole === true ? { whole: true } : {})}
        {...(unit === null ? {} : { unit })}
        onValue={onValue}
      />
    )}
  </Field>
)

interface BeginProps {
  readonly value: number
  readonly limits: Limits
  readonly onRange: (range: SearchRange) => void
}

/** A first range: from half to twice the value. */
const Begin = ({ value, limits, onRange }: BeginProps) => {
  const low = value > 0 ? value / 2 : value - 1
  const min = limits.whole === true ? Math.max(limits.min ?? 1, Math.floor(low)) : low
  return (
    <Button onClick={() => onRange({ min, max: value * 2 || 1, step: limits.step })}>Let evolution search it</Button>
  )
}

const RangeForm = ({ field, param }: { field: FieldView; param: Param }) => {
  const { actions } = useScene()
  const shown = numberOf(param.tree.value)
  if (shown === null) return <p>Only numbers have a range.</p>
  const range = searchOf(param.tree)
  const limits = limitsOf(field, shown)
  const { suffix } = shown
  const write = ({ min, max, step }: SearchRange): void =>
    actions.setRange(param.name, {
      min: withUnit(min, suffix),
      max: withUnit(max, suffix),
      step: withUnit(step, suffix),
    })
  if (range === null) return <Begin value={shown.value} limits={limits} onRange={write} />
  const span = range.max - range.min
  const edges = [
    ['min', 'From'],
    ['max', 'To'],
    ['step', 'Step'],
  ] as const
  return (
    <>
      <Slider
        label={titleOf(param.name)}
        value={shown.value}
        min={Math.max(limits.min ?? Number.NEGATIVE_INFINITY, range.min - span / 4)}
        max={Math.min(limits.max ?? Number.POSITIVE_INFINITY, range.max + span / 4)}
        step={range.step > 0 ? range.step : limits.step}
        search={range}
        onValue={(value) => actions.setParam(param.name, withUnit(value, suffix))}
      />
      <div className="grid grid-cols-3 gap-2">
        {edges.map(([key, label]) => (
          <Edge
            key={key}
            label={label}
            value={range[key]}
            limits={limits}
            unit={shown.unit}
            onValue={(value) => write({ ...range, [key]: value })}
          />
        ))}
      </div>
      <div className="flex gap-1.5">
        <Button size="s" onClick={() => actions.setRange(param.name, null)}>
          Do not search
        </Button>
        <Button size="s" look="quiet" onClick={() => actions.removeParam(param.name)}>
          Make it a plain number
        </Button>
      </div>
    </>
  )
}

export const RangeButton = ({ node, field }: { node: string; field: FieldView }) => {
  const { actions } = useScene()
  const { param, value } = field
  const isNumber = param !== null || (typeof value !== 'object' && numberOf(value) !== null)
  if (!isNumber || (typeof value === 'string' && parseLiteral(value) === null)) return null
  const label = param === null ? `Search range of ${field.label}` : `Search range of ${titleOf(param.name)}`
  return (
    <Popover
      label={label}
      className="w-64"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="nodrag nopan pointer-events-none absolute top-0 right-full grid h-5 w-4 place-items-center rounded-chip bg-raised text-3 opacity-0 group-focus-within/node:pointer-events-auto group-focus-within/node:opacity-100 group-hover/node:pointer-events-auto group-hover/node:opacity-100 hover:text-1 data-[state=open]:opacity-100"
        >
          <SlidersHorizontal size={10} aria-hidden />
        </button>
      }
    >
      <div className="flex flex-col gap-2.5">
        <b>{param === null ? field.label : titleOf(param.name)}</b>
        {field.about !== null && <p className="text-11 leading-4 text-3">{field.about}</p>}
        {param === null ? (
          <>
            <p className="text-11 leading-4 text-3">
              A named parameter can be used in several places, and evolution may search it.
            </p>
            <Button onClick={() => actions.promote(node, field.key)}>Make it a parameter</Button>
          </>
        ) : (
          <RangeForm field={field} param={param} />
        )}
      </div>
    </Popover>
  )
}
