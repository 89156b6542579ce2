// Statistics of a list of numbers, each by the one definition that metrics.md and S46 give it.

export type Numbers = ArrayLike<number>

export const sumOf = (xs: Numbers): number => {
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += xs[i]
  return sum
}

export const meanOf = (xs: Numbers): number => sumOf(xs) / xs.length

/** Mean of (x - mean)^power, divided by N. */
const centralMoment = (xs: Numbers, power: 2 | 3 | 4): number => {
  const mean = meanOf(xs)
  let sum = 0
  for (let i = 0; i < xs.length; i++) {
    const d = xs[i] - mean
    sum += power === 2 ? d * d : power === 3 ? d * d * d : d * d * d * d
  }
  return sum / xs.length
}

/** Standard deviation with N - 1; needs two numbers. */
export const deviationOf = (xs: Numbers): number => Math.sqrt((centralMoment(xs, 2) * xs.length) / (xs.length - 1))

/** Covariance with N - 1. */
export const covarianceOf = (xs: Numbers, ys: Numbers): number => {
  const meanX = meanOf(xs)
  const meanY = meanOf(ys)
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += (xs[i] - meanX) * (ys[i] - meanY)
  return sum / (xs.length - 1)
}

/** Population skewness. */
export const skewOf = (xs: Numbers): number => {
  const variance = centralMoment(xs, 2)
  return centralMoment(xs, 3) / (variance * Math.sqrt(variance))
}

/** Population kurtosis, raw: 3 for a Normal. */
export const kurtosisOf = (xs: Numbers): number => {
  const variance = centralMoment(xs, 2)
  return centralMoment(xs, 4) / (variance * variance)
}

/** Linear between the neighbours of place (N - 1) p of the sorted numbers. */
export const percentileOf = (xs: Numbers, p: number): number => {
  const sorted = new Float64Array(xs).sort()
  const place = (sorted.length - 1) * p
  const low = Math.floor(place)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low] + (place - low) * (sorted[high] - sorted[low])
}

export const medianOf = (xs: Numbers): number => percentileOf(xs, 0.5)
