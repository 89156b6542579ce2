// A value on a node as the widget that fits it: number with unit, choice, switch; a parameter shows its search range.
'use client'
import type { Scalar } from '../../blocks/play/tree'
import { Checkbox } from '../ui/Checkbox'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { bareUnit, type FieldView, limitsOf, numberOf, type SearchRange, searchOf, shownUnit, withUnit } from './fields'
import { RangeButton } from './RangeButton'
import { useScene } from './scene'

/** Where the value stands in its search range: two ticks on a hairline under the field. */
export const SearchTicks = ({ range, value }: { range: SearchRange; value: number }) => {
  const span = range.max - range.min
  const at = span <= 0 ? 0 : Math.min(1, Math.max(0, (value - range.min) / span))
  return (
    <span aria-hidden className="pointer-events-none absolute inset-x-1 -bottom-[3px] h-[5px]">
      <span className="absolute inset-x-0 top-0.5 h-px bg-line-3" />
      <span className="absolute top-0 left-0 h-[5px] w-px bg-3" />
      <span className="absolute top-0 right-0 h-[5px] w-px bg-3" />
      <span
        className="absolute top-0.5 size-[3px] -translate-x-1/2 -translate-y-px rounded-full bg-1"
        style={{ left: `${at * 100}%` }}
      />
    </span>
  )
}

export const scalarOf = (field: FieldView): Scalar => {
  const value = field.param === null ? field.value : field.param.tree.value
  return typeof value === 'object' ? '' : value
}

interface EditProps {
  readonly field: FieldView
  readonly node: string
  readonly onScalar: (value: Scalar) => void
  readonly disabled: boolean
  /** In a header only units that say something are shown: lengths are bars. */
  readonly tight: boolean
}

const NumberEdit = ({ field, node, onScalar, disabled, tight }: EditProps) => {
  const scalar = scalarOf(field)
  const shown = numberOf(scalar, bareUnit(field.spec))
  if (shown === null) return null
  const { suffix, value } = shown
  const unit = shownUnit(field, tight)
  const range = field.param === null ? null : searchOf(field.param.tree)
  return (
    <span className="relative flex-none">
      <NumberField
        size="s"
        value={value}
        {...limitsOf(field, shown)}
        {...(unit === null ? {} : { unit })}
        aria-label={`${node} ${field.label}`}
        disabled={disabled}
        onValue={(next) => onScalar(withUnit(next, suffix))}
      />
      {range !== null && <SearchTicks range={range} value={value} />}
    </span>
  )
}

const ChoiceEdit = ({ field, node, onScalar, disabled }: EditProps) => {
  const value = String(scalarOf(field))
  const words = field.choices ?? []
  const all = words.includes(value) || value === '' ? words : [value, ...words]
  return (
    <span className="nodrag nopan min-w-0 flex-none">
      <Select
        size="s"
        value={value}
        choices={all.map((word) => ({ value: word, label: word.replaceAll('_', ' ') }))}
        onValue={onScalar}
        aria-label={`${node} ${field.label}`}
        disabled={disabled}
      />
    </span>
  )
}

const Edit = (props: EditProps) => {
  const { field, node, onScalar, disabled } = props
  const scalar = scalarOf(field)
  if (field.choices !== null) return <ChoiceEdit {...props} />
  if (field.spec?.kind === 'flag' || typeof scalar === 'boolean')
    return (
      <span className="nodrag nopan">
        <Checkbox
          label={<span className="sr-only">{`${node} ${field.label}`}</span>}
          checked={scalar === true}
          onChecked={onScalar}
          disabled={disabled}
        />
      </span>
    )
  if (numberOf(scalar) !== null) return <NumberEdit {...props} />
  return (
    <span className="nodrag nopan w-16 flex-none">
      <TextField size="s" value={String(scalar)} onText={onScalar} aria-label={field.label} disabled={disabled} />
    </span>
  )
}

interface ValueFieldProps {
  readonly node: string
  readonly field: FieldView
  readonly tight?: boolean
}

/** Writes to the parameter behind the field, or to the place where the value stands. */
export const ValueField = ({ node, field, tight = false }: ValueFieldProps) => {
  const { actions, readOnly } = useScene()
  const write = (value: Scalar): void => {
    if (field.param !== null) actions.setParam(field.param.name, value)
    else actions.setValue(node, field.key, value)
  }
  return (
    <span data-field={field.key} className="relative flex flex-none items-center" title={field.about ?? undefined}>
      <Edit field={field} node={node} onScalar={write} disabled={readOnly} tight={tight} />
      {!readOnly && <RangeButton node={node} field={field} />}
    </span>
  )
}
