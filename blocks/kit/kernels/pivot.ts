// Fractal pivots: a value strictly above the `left` before it and the `right` after it, known `right` rows late.

/** The rows that may still be the greatest of the last left + 1 + right, oldest first, values never rising. */
export interface PivotMemory {
  readonly value: Float64Array
  readonly row: Int32Array
  /** They stand in places [first, end). */
  first: number
  end: number
  /** Rows taken in since the start. */
  seen: number
}
export const pivotMemory = (left: number, right: number): PivotMemory => ({
  // Room for several windows, so that moving to the front costs less than a step a row.
  value: new Float64Array(4 * (left + 1 + right)),
  row: new Int32Array(4 * (left + 1 + right)),
  first: 0,
  end: 0,
  seen: 0,
})

/** Takes in x (finite); the value of `right` rows ago when it is a pivot now, else NaN. Equal values are never one. */
export const stepPivot = (memory: PivotMemory, x: number, left: number, right: number): number => {
  const { value, row } = memory
  const now = memory.seen
  let { first, end } = memory
  if (end > first && row[first] < now - left - right) first += 1
  while (end > first && value[end - 1] < x) end -= 1
  if (end === value.length) {
    value.copyWithin(0, first, end)
    row.copyWithin(0, first, end)
    end -= first
    first = 0
  }
  value[end] = x
  row[end] = now
  end += 1
  memory.first = first
  memory.end = end
  memory.seen = now + 1
  if (row[first] !== now - right || now < left + right) return Number.NaN
  return end - first > 1 && value[first + 1] === value[first] ? Number.NaN : value[first]
}

export const restartPivot = (memory: PivotMemory): void => {
  memory.first = 0
  memory.end = 0
  memory.seen = 0
}
