// A field's frame: label above, unit inside, the fault below in words. The look of every field that is typed into.
import { type ReactNode, useId } from 'react'
import { classes } from './classes'

export type FieldSize = 's' | 'm'

/** Classes of the box around an input. `s` is the field inside a node. */
export const fieldBox = (size: FieldSize, wrong: boolean): string =>
  classes(
    'flex items-center gap-1.5 bg-inset text-1 focus-within:border-you focus-within:shadow-[0_0_0_1px_var(--you)] has-disabled:text-off',
    size === 's' ? 'h-5 rounded-[4px] border px-1.5 text-[11.5px]' : 'h-7 rounded-node border px-2 text-12',
    wrong ? 'border-neg' : size === 's' ? 'border-line-2' : 'border-line-field',
  )

/** Classes of the input in it: the box shows the focus. */
export const fieldInput = 'w-full min-w-0 bg-transparent text-inherit outline-none'

export interface FieldIds {
  readonly id: string
  /** Of the fault, when there is one. */
  readonly describedBy: string | undefined
}

interface FieldProps {
  readonly label: ReactNode
  readonly error?: string | null
  readonly hint?: ReactNode
  readonly children: (ids: FieldIds) => ReactNode
}

export const Field = ({ label, error = null, hint, children }: FieldProps) => {
  const id = useId()
  const faultId = `${id}-fault`
  return (
    <div className="flex min-w-0 flex-col gap-[3px]">
      <div className="flex justify-between gap-2 text-11 leading-4">
        <label htmlFor={id} className="text-3">
          {label}
        </label>
        {hint !== undefined && <span className="text-2">{hint}</span>}
      </div>
      {children({ id, describedBy: error === null ? undefined : faultId })}
      {error !== null && (
        <p id={faultId} className="text-10 leading-[14px] text-neg">
          {error}
        </p>
      )}
    </div>
  )
}
