// Rolling sums and extremes in O(1) a row: what lies before the block of the row, and what lies in it (engine.md).

/**
 * Blocks of n rows begin at absolute rows that n divides, so a sum never depends on where the run started. A window of
 * n rows is the end of the block before (`before`, prepared when the block turns) and the begin of this one (`head`).
 */
export interface WindowMemory {
  /** Values of the current block by place in it; NaN where no row has been. */
  readonly block: Float64Array
  /** before[k]: of places k.. of the block before, taken downwards; one more place for "none". */
  readonly before: Float64Array
  /** Of places 0.. of this block, taken upwards; NaN when the run began inside it. */
  head: number
}
export const windowMemory = (n: number): WindowMemory => ({
  block: new Float64Array(n).fill(Number.NaN),
  before: new Float64Array(n + 1).fill(Number.NaN),
  head: Number.NaN,
})

/** Place of an absolute row in its block of n. */
export const placeOf = (row: number, n: number): number => ((row % n) + n) % n

/** NaN for everything that is not finite, without a branch; -0 becomes 0. */
export const finite = (x: number): number => x + (x - x)

const turnSum = ({ block, before }: WindowMemory, n: number): void => {
  let sum = 0
  before[n] = 0
  for (let k = n - 1; k >= 0; k--) {
    sum += block[k]
    before[k] = sum
  }
}

/** Rows [i0, i1): sum of the last n rows, divided by n; NaN while one of them is not finite or there are fewer. */
export const windowMean = (
  memory: WindowMemory,
  of: Float64Array,
  out: Float64Array,
  n: number,
  i0: number,
  i1: number,
  row0: number,
): void => {
  const { block, before } = memory
  let { head } = memory
  let k = placeOf(row0 + i0, n)
  for (let i = i0; i < i1; i++) {
    if (k === 0) {
      turnSum(memory, n)
      head = 0
    }
    const x = finite(of[i])
    block[k] = x
    head += x
    k += 1
    out[i] = (before[k] + head) / n
    if (k === n) k = 0
  }
  memory.head = head
}

const turnMax = ({ block, before }: WindowMemory, n: number): void => {
  let most = -Infinity
  before[n] = most
  for (let k = n - 1; k >= 0; k--) {
    most = Math.max(most, block[k])
    before[k] = most
  }
}

/** Rows [i0, i1): the greatest (sign 1) or least (sign -1) of the last n rows; NaN as in windowMean. */
export const windowExtreme = (
  memory: WindowMemory,
  of: Float64Array,
  out: Float64Array,
  sign: 1 | -1,
  n: number,
  i0: number,
  i1: number,
  row0: number,
): void => {
  const { block, before } = memory
  let { head } = memory
  let k = placeOf(row0 + i0, n)
  for (let i = i0; i < i1; i++) {
    if (k === 0) {
      turnMax(memory, n)
      head = -Infinity
    }
    const x = sign * finite(of[i])
    block[k] = x
    head = Math.max(head, x)
    k += 1
    out[i] = sign * Math.max(before[k], head)
    if (k === n) k = 0
  }
  memory.head = head
}

/** Sums of the differences from the block's first value and of their squares, for a variance that does not cancel. */
export interface VarianceMemory {
  readonly block: Float64Array
  readonly sums: Float64Array
  readonly squares: Float64Array
  first: number
  sum: number
  square: number
}
export const varianceMemory = (n: number): VarianceMemory => ({
  block: new Float64Array(n).fill(Number.NaN),
  sums: new Float64Array(n + 1).fill(Number.NaN),
  squares: new Float64Array(n + 1).fill(Number.NaN),
  first: Number.NaN,
  sum: Number.NaN,
  square: Number.NaN,
})

const turnVariance = ({ block, sums, squares }: VarianceMemory, n: number, first: number): void => {
  let sum = 0
  let square = 0
  sums[n] = 0
  squares[n] = 0
  for (let k = n - 1; k >= 0; k--) {
    const d = block[k] - first
    sum += d
    square += d * d
    sums[k] = sum
    squares[k] = square
  }
}

/** Rows [i0, i1): population variance of the last n rows, never below 0; NaN as in windowMean. */
export const windowVariance = (
  memory: VarianceMemory,
  of: Float64Array,
  out: Float64Array,
  n: number,
  i0: number,
  i1: number,
  row0: number,
): void => {
  const { block, sums, squares } = memory
  let { first, sum, square } = memory
  let k = placeOf(row0 + i0, n)
  for (let i = i0; i < i1; i++) {
    const x = finite(of[i])
    if (k === 0) {
      // Every window that ends in this block holds its first value: a NaN here makes them all unknown, rightly.
      first = x
      turnVariance(memory, n, first)
      sum = 0
      square = 0
    }
    block[k] = x
    const d = x - first
    sum += d
    square += d * d
    k += 1
    const total = sums[k] + sum
    out[i] = Math.max(0, (squares[k] + square - (total * total) / n) / n)
    if (k === n) k = 0
  }
  memory.first = first
  memory.sum = sum
  memory.square = square
}
