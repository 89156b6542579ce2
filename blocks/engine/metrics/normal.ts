// The standard Normal distribution function.

/** Sum of c[i] x^(n-i): Horner. */
const polynomial = (c: readonly number[], x: number): number => c.reduce((value, next) => value * x + next, 0)

const top = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
]
const bottom = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
]

/** Upper tail P(X > x) for x >= 0. */
const tail = (x: number): number => {
  const density = Math.exp((-x * x) / 2)
  if (x < 5 * Math.SQRT2) return (density * polynomial(top, x)) / polynomial(bottom, x)
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))
  return density / fraction / Math.sqrt(2 * Math.PI)
}

/**
 * P(X <= x). Hart, Computer Approximations (1968), algorithm 5666, in the form of G. West, "Better approximations to
 * cumulative normal functions" (Wilmott, 2005). Absolute error below 1e-14 (tests compare it with a series).
 */
export const normalCdf = (x: number): number => (x > 0 ? 1 - tail(x) : tail(-x))
