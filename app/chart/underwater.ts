// The curve below the equity curve: how far it is under its own top; and what holding from the start would have given.

/** Share below the highest value so far, 0 or less. The start belongs to the top. */
export const underwaterOf = (values: readonly number[], start = Number.NEGATIVE_INFINITY): number[] => {
  let top = start
  return values.map((value) => {
    top = Math.max(top, value)
    return top > 0 ? value / top - 1 : 0
  })
}

/**
 * Equity of who bought at the first price with all of it and kept it, without costs. NaN where there is no price.
 * `closes` are the prices at the ends of the days, NaN for a day without bars: the last known is held.
 */
export const holdingOf = (closes: readonly number[], startUsdt: number): number[] => {
  const first = closes.find((close) => Number.isFinite(close))
  let last = Number.NaN
  return closes.map((close) => {
    if (Number.isFinite(close)) last = close
    return first === undefined ? Number.NaN : (startUsdt * last) / first
  })
}
