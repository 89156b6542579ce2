// Beside a field: makes a parameter of its number, or opens the parameter that stands behind it.
'use client'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { parseLiteral } from '../../blocks/play/literal'
import { Popover } from '../ui/Popover'
import { type FieldView, numberOf } from './fields'
import { OwnKeys } from './OwnKeys'
import { ParamForm } from './ParamForm'
import { PromoteForm } from './PromoteForm'
import { titleOf } from './words'

/** A parameter, or a number that may become one. */
const mayBeParam = ({ param, value }: FieldView): boolean =>
  param !== null || (typeof value !== 'object' && parseLiteral(value) !== null && numberOf(value) !== null)

export const RangeButton = ({ node, field }: { node: string; field: FieldView }) => {
  const [open, setOpen] = useState(false)
  if (!mayBeParam(field)) return null
  const { param } = field
  const label = param === null ? `Search range of ${field.label}` : `Search range of ${titleOf(param.name)}`
  const about = field.about !== null && <p className="text-11 leading-4 text-3">{field.about}</p>
  return (
    <Popover
      label={label}
      className="w-72"
      open={open}
      onOpen={setOpen}
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
      <OwnKeys>
        {param === null ? (
          <div className="flex flex-col gap-2.5">
            <b>{titleOf(field.label)}</b>
            {about}
            <PromoteForm node={node} field={field} onDone={() => setOpen(false)} />
          </div>
        ) : (
          <ParamForm field={field} param={param} about={about} />
        )}
      </OwnKeys>
    </Popover>
  )
}
