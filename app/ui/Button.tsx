// A button. White on dark is the one to press; magenta is kept for what reaches real money.
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes'

export type ButtonLook = 'primary' | 'default' | 'quiet' | 'danger' | 'live'
export type ButtonSize = 's' | 'm' | 'l'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  /** Its work is on the way: it turns and cannot be pressed again. */
  readonly busy?: boolean
}

const looks: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-1 font-semibold text-ink hover:opacity-88',
  default: 'border-line-2 bg-raised text-1 hover:border-line-3 hover:bg-hover data-[state=open]:bg-active',
  quiet: 'border-transparent text-2 hover:bg-hover hover:text-1 data-[state=open]:bg-active data-[state=open]:text-1',
  danger: 'border-neg-line bg-neg-bg text-neg hover:border-neg',
  live: 'border-transparent bg-live font-semibold text-on-live hover:opacity-88',
}
const off = 'border-line-1 text-off'
const sizes: Record<ButtonSize, string> = {
  s: 'h-6 px-2',
  m: 'h-7 px-2.5 pointer-coarse:h-9',
  l: 'h-9 px-3.5 text-13 pointer-coarse:h-11',
}

export const Button = ({ look = 'default', size = 'm', busy = false, disabled, ...rest }: ButtonProps) => {
  const { className, children, ...others } = rest
  // A busy button keeps its place in the order of Tab; a disabled one would throw the focus away.
  const blocked = busy ? { 'aria-disabled': true, 'aria-busy': true, onClick: undefined } : {}
  return (
    <button
      type="button"
      disabled={disabled}
      className={classes(
        'inline-flex flex-none items-center justify-center gap-1.5 rounded-node border text-12 leading-none font-medium whitespace-nowrap transition-colors duration-(--move-fast)',
        sizes[size],
        disabled && look !== 'quiet' ? off : disabled ? 'border-transparent text-off' : looks[look],
        className,
      )}
      {...others}
      {...blocked}
    >
      {busy && <LoaderCircle size={13} className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
