// One line of text.
import type { ComponentProps, ReactNode } from 'react'
import { type FieldSize, fieldBox, fieldInput } from './Field'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'size' | 'onChange' | 'value'> {
  readonly value: string
  readonly onText: (text: string) => void
  readonly size?: FieldSize
  readonly wrong?: boolean
  /** Before and after what is typed: an icon, a unit, a key. */
  readonly before?: ReactNode
  readonly after?: ReactNode
}

export const TextField = ({ size = 'm', wrong = false, before, after, onText, ...rest }: TextFieldProps) => (
  <div className={fieldBox(size, wrong)}>
    {before !== undefined && <span className="flex-none text-3">{before}</span>}
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      aria-invalid={wrong || undefined}
      className={fieldInput}
      onChange={(event) => onText(event.currentTarget.value)}
      {...rest}
    />
    {after !== undefined && <span className="flex-none text-3">{after}</span>}
  </div>
)
