// A parameter of the Play: its name, its value, what evolution may try, and the rules that it must keep.
'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { nameOf } from '../document/edits/params'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Field } from '../ui/Field'
import { NumberField } from '../ui/NumberField'
import { Slider } from '../ui/Slider'
import { TextField } from '../ui/TextField'
import {
  type FieldView,
  type Limits,
  limitsOf,
  type NumberView,
  numberOf,
  type SearchRange,
  searchOf,
  withUnit,
} from './fields'
import { ParamRules } from './ParamRules'
import { useScene } from './scene'
import { useParamFaults } from './useParamFaults'
import { titleOf } from './words'

export type Param = NonNullable<FieldView['param']>

/** Kept with Enter or by leaving the field; Escape gives the old name back. */
const NameField = ({ name }: { name: string }) => {
  const { actions } = useScene()
  const [typed, setTyped] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const keep = (): void => {
    if (typed === null) return
    const wrong = actions.renameParam(name, nameOf(typed))
    setFault(wrong)
    if (wrong === null) setTyped(null)
  }
  return (
    <Field label="Name" error={fault}>
      {({ id, describedBy }) => (
        <TextField
          id={id}
          aria-describedby={describedBy}
          value={typed ?? name.replaceAll('_', ' ')}
          wrong={fault !== null}
          onText={(text) => {
            setTyped(text)
            setFault(null)
          }}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
            if (event.key !== 'Escape' || typed === null) return
            event.preventDefault()
            setTyped(null)
            setFault(null)
          }}
        />
      )}
    </Field>
  )
}

interface RangeProps {
  readonly field: FieldView
  readonly param: Param
  readonly shown: NumberView
}

const edges = [
  ['min', 'From'],
  ['max', 'To'],
  ['step', 'Step'],
] as const

const RangeForm = ({ field, param, shown }: RangeProps) => {
  const { actions } = useScene()
  const range = searchOf(param.tree)
  const limits = limitsOf(field, shown)
  const { suffix, unit } = shown
  const write = (next: SearchRange, isLog = param.tree.scale === 'log'): void =>
    actions.setRange(param.name, {
      min: withUnit(next.min, suffix),
      max: withUnit(next.max, suffix),
      step: withUnit(next.step, suffix),
      ...(isLog ? { scale: 'log' } : {}),
    })
  const value = (
    <NumberCell
      label="Value"
      value={shown.value}
      step={limits.step}
      unit={unit}
      {...(limits.whole === true ? { whole: true } : {})}
      onValue={(next) => actions.setParam(param.name, withUnit(next, suffix))}
    />
  )
  return range === null ? (
    <>
      {value}
      <Begin value={shown.value} limits={limits} onRange={write} />
    </>
  ) : (
    <>
      <Slider
        label={titleOf(param.name)}
        value={shown.value}
        {...aroundRange(range, limits)}
        step={range.step > 0 ? range.step : limits.step}
        search={range}
        onValue={(next) => actions.setParam(param.name, withUnit(next, suffix))}
      />
      <div className="grid grid-cols-2 gap-2">
        {value}
        {edges.map(([key, label]) => (
          <NumberCell
            key={key}
            label={label}
            value={range[key]}
            step={limits.step}
            unit={unit}
            {...(limits.whole === true ? { whole: true } : {})}
            onValue={(next) => write({ ...range, [key]: next })}
          />
        ))}
      </div>
      {range.min > 0 && <ByRatio param={param} onLog={(isLog) => write(range, isLog)} />}
    </>
  )
}

const ByRatio = ({ param, onLog }: { param: Param; onLog: (isLog: boolean) => void }) => (
  <Checkbox label="Try values evenly by ratio" checked={param.tree.scale === 'log'} onChecked={onLog} />
)

/** A quarter of the range lies beyond either end, as far as the type allows. */
const aroundRange = ({ min, max }: SearchRange, limits: Limits): { readonly min: number; readonly max: number } => {
  const span = max - min
  return {
    min: Math.max(limits.min ?? Number.NEGATIVE_INFINITY, min - span / 4),
    max: Math.min(limits.max ?? Number.POSITIVE_INFINITY, max + span / 4),
  }
}

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

interface CellProps {
  readonly label: string
  readonly value: number
  readonly step: number
  readonly whole?: true
  readonly unit: string | null
  readonly onValue: (value: number) => void
}
const NumberCell = ({ label, unit, ...rest }: CellProps) => (
  <Field label={label}>{({ id }) => <NumberField id={id} {...rest} {...(unit === null ? {} : { unit })} />}</Field>
)

/** The value is what most come for: it has the keyboard first. */
const useFirstNumber = () => {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const input = ref.current?.querySelector<HTMLInputElement>('input[role="spinbutton"]')
    input?.focus()
    input?.select()
  }, [])
  return ref
}

export const ParamForm = ({ field, param, about }: { field: FieldView; param: Param; about?: ReactNode }) => {
  const { actions } = useScene()
  const ref = useFirstNumber()
  const faults = useParamFaults(param.name)
  const shown = numberOf(param.tree.value)
  return (
    <div ref={ref} className="flex flex-col gap-2.5">
      {about}
      <NameField key={param.name} name={param.name} />
      {shown === null ? (
        <p className="text-11 leading-4 text-3">Only numbers have a range.</p>
      ) : (
        <RangeForm field={field} param={param} shown={shown} />
      )}
      {faults.map((fault) => (
        <p key={fault} role="alert" className="text-11 leading-4 text-neg">
          {fault}
        </p>
      ))}
      <ParamRules name={param.name} />
      <div className="flex flex-wrap gap-1.5 border-t border-line-2 pt-2.5">
        {searchOf(param.tree) !== null && (
          <Button size="s" onClick={() => actions.setRange(param.name, null)}>
            Do not search
          </Button>
        )}
        <Button size="s" look="quiet" onClick={() => actions.removeParam(param.name)}>
          Make it a plain number
        </Button>
      </div>
    </div>
  )
}
