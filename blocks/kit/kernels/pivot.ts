// Fractal pivots: a value strictly above the `left` before it and the `right` after it, known `right` rows late.

export interface PivotMemory {
  /** The last values by row, modulo its length: a power of two above left + right. */
  readonly ring: Float64Array
  /** Rows taken in since the start. */
  seen: number
}
export const pivotMemory = (left: number, right: number): PivotMemory => {
  let room = 2
  while (room <= left + right) room *= 2
  return { ring: new Float64Array(room), seen: 0 }
}

/**
 * Takes in x (finite); the value of `right` rows ago when it is a pivot now, else NaN. Equal values are never one.
 * Both sides are looked at together, from the nearest out: a row then costs the distance to the nearer value that is not
 * below it, on average at most log2 of the shorter side (and 1 to 3 on prices), with nothing to keep in order.
 */
export const stepPivot = (memory: PivotMemory, x: number, left: number, right: number): number => {
  const { ring } = memory
  const mask = ring.length - 1
  const now = memory.seen
  ring[now & mask] = x
  memory.seen = now + 1
  const p = now - right
  if (p < left) return Number.NaN
  const top = ring[p & mask]
  const shorter = Math.min(left, right)
  let d = 1
  for (; d <= shorter; d++) {
    if (!(ring[(p - d) & mask] < top && ring[(p + d) & mask] < top)) return Number.NaN
  }
  for (let k = d; k <= left; k++) if (!(ring[(p - k) & mask] < top)) return Number.NaN
  for (let k = d; k <= right; k++) if (!(ring[(p + k) & mask] < top)) return Number.NaN
  return top
}

export const restartPivot = (memory: PivotMemory): void => {
  memory.seen = 0
}
