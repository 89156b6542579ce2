// S24: prices and quantities as whole steps of a decimal, and back to the double that the decimal text parses to.

/** Whole steps of `unit` (decimal text), as the parsed decimal: 285001 of 0.1 is 28500.1. */
export const fromSteps = (n: number, unit: string): number => {
  const [whole = '0', fraction = ''] = unit.split('.')
  const scaled = BigInt(n) * BigInt(whole + fraction)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(fraction.length + 1, '0')
  const cut = digits.length - fraction.length
  return Number(`${scaled < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`)
}

/** Steps of `unit` in `value`: a whole number where it is one within 1e-6, else with its fraction. */
export const stepsOf = (value: number, unit: string): number => {
  const t = value / Number(unit)
  const near = Math.round(t)
  return Math.abs(t - near) < 1e-6 ? near : t
}

/** Stops, targets, break-even, trailing: half up, a fraction within 1e-6 of a half taken as one. */
export const nearest = (value: number, unit: string): number => {
  const t = stepsOf(value, unit)
  const below = Math.floor(t)
  return fromSteps(t - below > 0.5 - 1e-6 ? below + 1 : below, unit)
}
/** Limit buys; market and stop fills that sell. */
export const down = (value: number, unit: string): number => fromSteps(Math.floor(stepsOf(value, unit)), unit)
/** Limit sells; market and stop fills that buy. */
export const up = (value: number, unit: string): number => fromSteps(Math.ceil(stepsOf(value, unit)), unit)
