// A report never carries a number that is none: JSON would turn it into null in silence.

/** Keys that lead to the first NaN or infinity inside plain data; null: all numbers are finite. */
const firstNonFinite = (value: unknown): string | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? null : ''
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = firstNonFinite(value[i])
      if (found !== null) return `[${i}]${found}`
    }
    return null
  }
  for (const key in value) {
    const found = firstNonFinite((value as Record<string, unknown>)[key])
    if (found !== null) return `.${key}${found}`
  }
  return null
}

/** Stops at a fault of the engine, which must not become a report. */
export const assertFinite = (value: object, name: string): void => {
  const found = firstNonFinite(value)
  if (found !== null) throw new Error(`${name}${found} is not a number: a fault of the engine, no report is made`)
}
