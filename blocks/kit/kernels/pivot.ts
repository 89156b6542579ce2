// Fractal pivots: a value strictly above the `left` before it and the `right` after it, known `right` rows late.

/** A queue of the rows that may still be the greatest of the last left + 1 + right, values falling. */
export interface PivotMemory {
  readonly value: Float64Array
  readonly row: Int32Array
  /** Place of the greatest, and how many wait. */
  first: number
  size: number
  /** Rows taken in since the start. */
  seen: number
  /** Did the last row confirm a pivot, and at which value. */
  pivot: boolean
  level: number
}
export const pivotMemory = (left: number, right: number): PivotMemory => ({
  value: new Float64Array(left + right + 1),
  row: new Int32Array(left + right + 1),
  first: 0,
  size: 0,
  seen: 0,
  pivot: false,
  level: Number.NaN,
})

/** Takes in x (finite) and says whether the value `right` rows ago is a pivot. Equal values are never one. */
export const stepPivot = (memory: PivotMemory, x: number, right: number): boolean => {
  const { value, row } = memory
  const room = value.length
  const now = memory.seen
  let { first, size } = memory
  if (size > 0 && row[first] === now - room) {
    first = first + 1 === room ? 0 : first + 1
    size -= 1
  }
  while (size > 0 && value[(first + size - 1) % room] < x) size -= 1
  const end = (first + size) % room
  value[end] = x
  row[end] = now
  size += 1
  memory.first = first
  memory.size = size
  memory.seen = now + 1
  const unique = size === 1 || value[(first + 1) % room] < value[first]
  memory.pivot = now + 1 >= room && row[first] === now - right && unique
  if (memory.pivot) memory.level = value[first]
  return memory.pivot
}

export const restartPivot = (memory: PivotMemory): void => {
  memory.size = 0
  memory.seen = 0
  memory.pivot = false
  memory.level = Number.NaN
}
