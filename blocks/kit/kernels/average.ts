// One step of the averages that carry all history: seeded with a plain mean of their first n values.

export interface AverageMemory {
  sum: number
  seen: number
  value: number
}
export const averageMemory = (): AverageMemory => ({ sum: 0, seen: 0, value: Number.NaN })

/** Takes x in with `weight` (2/(n+1) for an EMA, 1/n for Wilder) and returns the average; NaN until n values. */
export const stepAverage = (memory: AverageMemory, x: number, n: number, weight: number): number => {
  if (memory.seen >= n) {
    memory.value += weight * (x - memory.value)
  } else {
    memory.sum += x
    memory.seen += 1
    if (memory.seen === n) memory.value = memory.sum / n
  }
  return memory.value
}

/** Forgets everything: the next value is the first. */
export const restartAverage = (memory: AverageMemory): void => {
  memory.sum = 0
  memory.seen = 0
  memory.value = Number.NaN
}
