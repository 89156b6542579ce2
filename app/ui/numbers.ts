// What is typed into and dragged out of a number field. Pure; steps leave no dust of binary fractions.

export interface NumberLimits {
  readonly min?: number
  readonly max?: number
  readonly step: number
  /** Whole numbers alone. */
  readonly whole?: boolean
  readonly unit?: string
}

/** Decimals that a number is written with: 0.25 has 2, 1e-7 has 7. */
export const decimalsOf = (value: number): number => {
  const [mantissa = '', exponent = '0'] = String(value).toLowerCase().split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}

const clamped = (value: number, { min = -Infinity, max = Infinity }: NumberLimits): number =>
  Math.min(max, Math.max(min, value))

/** So many steps from a value, inside the limits; decimals are those of value and step, exactly. */
export const stepped = (value: number, steps: number, limits: NumberLimits): number => {
  const decimals = Math.min(15, Math.max(decimalsOf(value), decimalsOf(limits.step)))
  return clamped(Number((value + steps * limits.step).toFixed(decimals)), limits)
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)$/

export type Typed = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly fault: string }

const fault = (text: string): Typed => ({ ok: false, fault: text })
const withUnit = (value: number, { unit }: NumberLimits): string =>
  unit === undefined ? `${value}` : `${value} ${unit}`

/** A typed text as a number within the limits, or what is wrong with it in words. */
export const typed = (text: string, limits: NumberLimits): Typed => {
  const plain = text.trim().replace('\u2212', '-')
  if (plain === '') return fault('A number is needed here.')
  if (plain.includes(',')) return fault('Write a point for decimals, and no commas.')
  if (!decimal.test(plain)) return fault(`"${text.trim()}" is not a number.`)
  const value = Number(plain)
  if (limits.whole === true && !Number.isInteger(value)) return fault('A whole number is needed here.')
  if (limits.min !== undefined && value < limits.min) return fault(`At least ${withUnit(limits.min, limits)}.`)
  if (limits.max !== undefined && value > limits.max) return fault(`At most ${withUnit(limits.max, limits)}.`)
  return { ok: true, value }
}

/** Pixels of a sideways drag for one step. */
export const scrubPixels = 4

/** Whole steps of a drag; with Shift each is worth ten. */
export const scrubSteps = (pixels: number, fast: boolean): number => Math.trunc(pixels / scrubPixels) * (fast ? 10 : 1)
