// Rank of the newest value among the last n, by sorted buckets of about sqrt(n) values: O(sqrt(n)) a row.

export interface RankMemory {
  /** The last n values by age, the oldest at `at`. */
  readonly ring: Float64Array
  at: number
  /** Values held, at most n. */
  held: number
  /** Values taken in since the buckets were last evened out. */
  taken: number
  /** Bucket b holds count[b] values, sorted, from cells[b * room]; the used ones are never empty and in order. */
  readonly cells: Float64Array
  readonly count: Int32Array
  readonly room: number
  used: number
}

export const rankMemory = (n: number): RankMemory => {
  let room = 8
  while (room * room < 2 * n) room *= 2
  // Evened out every n values to half-full buckets (2n / room); each split in between needs room / 2 values.
  const buckets = Math.ceil((4 * n) / room) + 4
  return {
    ring: new Float64Array(n),
    at: 0,
    held: 0,
    taken: 0,
    cells: new Float64Array(buckets * room),
    count: new Int32Array(buckets),
    room,
    used: 0,
  }
}

export const restartRank = (memory: RankMemory): void => {
  memory.at = 0
  memory.held = 0
  memory.taken = 0
  memory.used = 0
}

/**
 * Takes in x (finite) and returns (values below x + half of the values equal to x, itself among them) / n; NaN until n
 * values are held.
 */
export const stepRank = (memory: RankMemory, x: number, n: number): number => {
  const { ring, at } = memory
  if (memory.held === n) remove(memory, ring[at])
  else memory.held += 1
  ring[at] = x
  memory.at = at + 1 === n ? 0 : at + 1
  if (memory.taken === n) {
    evenOut(memory)
    memory.taken = 0
  }
  const place = insert(memory, x)
  memory.taken += 1
  return memory.held === n ? rankAt(memory, place) / n : Number.NaN
}

/** First bucket whose last value is not below x; `used` when there is none. */
const bucketOf = ({ cells, count, room, used }: RankMemory, x: number): number => {
  let low = 0
  let high = used
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cells[middle * room + count[middle] - 1] < x) low = middle + 1
    else high = middle
  }
  return low
}

/** First place of [from, to) that is not below x, or (`over`) that is above x. */
const placeIn = (cells: Float64Array, x: number, over: boolean, from: number, to: number): number => {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cells[middle] < x || (over && cells[middle] === x)) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts x in before its equals and returns its place in the cells. */
const insert = (memory: RankMemory, x: number): number => {
  const { cells, count, room } = memory
  if (memory.used === 0) {
    memory.used = 1
    count[0] = 0
  }
  let b = Math.min(bucketOf(memory, x), memory.used - 1)
  if (count[b] === room) {
    split(memory, b)
    if (cells[b * room + count[b] - 1] < x) b += 1
  }
  const start = b * room
  const end = start + count[b]
  const place = placeIn(cells, x, false, start, end)
  // A few values: a plain loop beats the call of copyWithin.
  for (let k = end; k > place; k--) cells[k] = cells[k - 1]
  cells[place] = x
  count[b] += 1
  return place
}

/** The upper half of bucket b becomes a bucket of its own behind it. */
const split = (memory: RankMemory, b: number): void => {
  const { cells, count, room, used } = memory
  cells.copyWithin((b + 2) * room, (b + 1) * room, used * room)
  count.copyWithin(b + 2, b + 1, used)
  const half = room >>> 1
  cells.copyWithin((b + 1) * room, b * room + half, (b + 1) * room)
  count[b] = half
  count[b + 1] = room - half
  memory.used = used + 1
}

const remove = (memory: RankMemory, x: number): void => {
  const { cells, count, room, used } = memory
  const b = bucketOf(memory, x)
  const end = b * room + count[b]
  const place = placeIn(cells, x, false, b * room, end)
  for (let k = place + 1; k < end; k++) cells[k - 1] = cells[k]
  count[b] -= 1
  if (count[b] > 0) return
  cells.copyWithin(b * room, (b + 1) * room, used * room)
  count.copyWithin(b, b + 1, used)
  memory.used = used - 1
}

/** Values before the place, and half of those equal to the value there, which is the first of them. */
const rankAt = (memory: RankMemory, place: number): number => {
  const { cells, count, room, used } = memory
  const x = cells[place]
  let b = Math.floor(place / room)
  let below = place - b * room
  for (let k = 0; k < b; k++) below += count[k]
  let last = b * room + count[b]
  // Most values have no equal.
  if (place + 1 < last && cells[place + 1] !== x) return below + 0.5
  let end = placeIn(cells, x, true, place, last)
  let equal = end - place
  // A run of equal values may go on in the buckets behind.
  while (end === last && b + 1 < used) {
    b += 1
    last = b * room + count[b]
    end = placeIn(cells, x, true, b * room, last)
    equal += end - b * room
  }
  return below + equal / 2
}

/** All values into buckets that are half full, so that buckets never grow many and thin. */
const evenOut = (memory: RankMemory): void => {
  const { cells, count, room, used } = memory
  let total = 0
  for (let b = 0; b < used; b++) {
    cells.copyWithin(total, b * room, b * room + count[b])
    total += count[b]
  }
  const half = room >>> 1
  memory.used = Math.ceil(total / half)
  for (let b = memory.used - 1; b >= 0; b--) {
    const end = Math.min(total, (b + 1) * half)
    cells.copyWithin(b * room, b * half, end)
    count[b] = end - b * half
  }
}
