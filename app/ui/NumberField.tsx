// A number with its unit: typed, stepped with the arrows, or dragged sideways. What is wrong stays as typed.
'use client'
import { ChevronsLeftRight } from 'lucide-react'
import { type ChangeEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { classes } from './classes'
import { type FieldSize, fieldBox, fieldInput } from './Field'
import { type NumberLimits, scrubPixels, scrubSteps, stepped, typed } from './numbers'

export interface NumberFieldProps extends NumberLimits {
  readonly value: number
  /** Called with every right number as it is typed or dragged; wrong ones never leave the field. */
  readonly onValue: (value: number) => void
  readonly size?: FieldSize
  readonly id?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string | undefined
  /** Told about what is typed, so that a frame around it can show it. */
  readonly onFault?: (fault: string | null) => void
  readonly disabled?: boolean
}

/** On the canvas a drag on the field moves neither its node nor the ground. */
const frame = 'group nodrag nopan touch-pan-y cursor-ew-resize focus-within:cursor-auto'

interface Draft {
  readonly text: string
  /** The value when it was typed: another value since then comes from outside and wins. */
  readonly value: number
}

/** Dragging: from a press on the field that is not typed into, after as much way as one step. */
const useScrub = ({ value, disabled, ...limits }: NumberFieldProps, set: (value: number) => void) => {
  const from = useRef<{ x: number; value: number; moved: boolean } | null>(null)
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || disabled === true) return
      if (event.target instanceof HTMLInputElement && event.target === document.activeElement) return
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, value, moved: false }
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const start = from.current
      if (start === null) return
      const pixels = event.clientX - start.x
      if (!start.moved && Math.abs(pixels) < scrubPixels) return
      start.moved = true
      set(stepped(start.value, scrubSteps(pixels, event.shiftKey), limits))
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const start = from.current
      from.current = null
      const input = event.currentTarget.querySelector('input')
      if (start === null || start.moved || input === null) return
      input.focus()
      input.select()
    },
    onPointerCancel: () => {
      from.current = null
    },
  }
}

/** Typing and stepping: what is shown, what is wrong with it, and the handlers of the input. */
const useTyping = (props: NumberFieldProps) => {
  const { value, onValue, onFault } = props
  const [draft, setDraft] = useState<Draft | null>(null)
  const [before, setBefore] = useState(value)
  const held = draft !== null && draft.value === value ? draft : null
  const result = held === null ? null : typed(held.text, props)

  const type = (text: string) => {
    const next = typed(text, props)
    setDraft({ text, value: next.ok ? next.value : value })
    onFault?.(next.ok ? null : next.fault)
    if (next.ok && next.value !== value) onValue(next.value)
  }
  const set = (next: number) => {
    setDraft(null)
    onFault?.(null)
    if (next !== value) onValue(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
    if (steps !== undefined) set(stepped(value, event.shiftKey ? steps * 10 : steps, props))
    else if (event.key === 'Escape' && (held !== null || value !== before)) set(before)
    else if (event.key === 'Enter') event.currentTarget.select()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const handlers = {
    onFocus: () => setBefore(value),
    // What is right is shown as the number that it is; what is wrong stays as typed.
    onBlur: () => result?.ok === true && setDraft(null),
    onChange: (event: ChangeEvent<HTMLInputElement>) => type(event.currentTarget.value),
    onKeyDown,
  }
  return { text: held?.text ?? String(value), fault: result?.ok === false ? result.fault : null, set, handlers }
}

export const NumberField = (props: NumberFieldProps) => {
  const { value, size = 'm', disabled, unit, min, max, id } = props
  const { text, fault, set, handlers } = useTyping(props)
  const scrub = useScrub(props, set)
  return (
    <div className={classes(fieldBox(size, fault !== null), frame)} {...scrub}>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        autoComplete="off"
        disabled={disabled}
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={unit === undefined ? undefined : `${value} ${unit}`}
        aria-invalid={fault !== null || undefined}
        title={size === 's' ? (fault ?? undefined) : undefined}
        className={classes(fieldInput, 'cursor-inherit', size === 's' && 'field-sizing-content min-w-4')}
        value={text}
        {...handlers}
      />
      {size === 'm' && (
        <ChevronsLeftRight size={12} className="hidden flex-none group-focus-within:block" aria-hidden />
      )}
      {unit !== undefined && <span className="flex-none text-3">{unit}</span>}
    </div>
  )
}
