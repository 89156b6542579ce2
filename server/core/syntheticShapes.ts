// The shapes of the synthetic market as data: where the price goes and how restless it is, over one episode.

/** [progress 0..1, level in magnitudes from the start price, volatility multiple]; lines between the points. */
type Point = readonly [at: number, level: number, vol: number]

export interface Shape {
  readonly name: string
  readonly points: readonly Point[]
}

const shape = (name: string, ...points: Point[]): Shape => ({ name, points })

export const shapes: readonly Shape[] = [
  shape('TREND_UP', [0, 0, 1], [0.3, 0.4, 1], [0.4, 0.28, 1], [0.7, 0.75, 1], [0.8, 0.62, 1], [1, 1, 1]),
  shape('TREND_DOWN', [0, 0, 1], [0.3, -0.4, 1], [0.4, -0.28, 1], [0.7, -0.75, 1], [0.8, -0.62, 1], [1, -1, 1]),
  shape('GRIND_UP', [0, 0, 0.4], [1, 0.5, 0.4]),
  shape('PARABOLIC', [0, 0, 0.6], [0.5, 0.1, 0.8], [0.75, 0.35, 1.2], [0.9, 0.8, 1.8], [1, 1.5, 2.5]),
  shape('EXHAUSTION', [0, 0, 1], [0.6, 0.9, 1.4], [0.75, 1.1, 0.8], [0.85, 1.05, 2], [1, 0.3, 2]),
  shape('STAIRS', [0, 0, 0.5], [0.2, 0, 0.4], [0.25, 0.33, 1.5], [0.5, 0.33, 0.4], [0.55, 0.66, 1.5], [1, 0.66, 0.4]),
  shape('RANGE', [0, 0, 1], [0.17, 0.2, 1], [0.33, -0.2, 1], [0.5, 0.2, 1], [0.67, -0.2, 1], [0.83, 0.2, 1], [1, 0, 1]),
  shape('RANGE_WIDE', [0, 0, 1.5], [0.25, 0.5, 1.5], [0.5, -0.5, 1.5], [0.75, 0.5, 1.5], [1, 0, 1.5]),
  shape('V_BOTTOM', [0, 0, 1], [0.5, -1, 2], [1, 0, 1.2]),
  shape('V_TOP', [0, 0, 1], [0.5, 1, 2], [1, 0, 1.2]),
  shape('DOUBLE_BOTTOM', [0, 0, 1], [0.3, -0.7, 1.3], [0.5, -0.3, 1], [0.7, -0.69, 1.3], [1, 0.2, 1]),
  shape('DOUBLE_TOP', [0, 0, 1], [0.3, 0.7, 1.3], [0.5, 0.3, 1], [0.7, 0.69, 1.3], [1, -0.2, 1]),
  shape('BREAKOUT', [0, 0, 0.7], [0.2, 0.1, 0.6], [0.4, -0.1, 0.6], [0.6, 0.1, 0.5], [0.65, 0.5, 2.5], [1, 0.9, 1.2]),
  shape('FALSE_BREAKOUT', [0, 0, 0.7], [0.5, 0.1, 0.5], [0.56, 0.35, 2], [0.66, -0.05, 2], [1, -0.4, 1]),
  shape('BREAKOUT_RETEST', [0, 0, 0.7], [0.4, 0.1, 0.5], [0.5, 0.5, 2], [0.7, 0.12, 1], [1, 0.9, 1.2]),
  shape('SQUEEZE_EXPAND', [0, 0, 1.5], [0.3, 0.05, 0.5], [0.6, 0, 0.15], [0.65, 0, 0.15], [0.7, 0.4, 3], [1, 0.7, 2]),
  shape('SPIKE_RECOVER', [0, 0, 0.6], [0.48, 0, 0.6], [0.5, -0.9, 5], [0.56, -0.1, 3], [1, 0, 0.8]),
  shape('SPIKE_CONTINUE', [0, 0, 0.6], [0.48, 0, 0.6], [0.5, -0.6, 5], [0.6, -0.4, 2], [1, -1, 1.2]),
  shape('VOL_DECAY', [0, 0, 4], [0.2, 0.3, 3], [0.4, -0.2, 2], [0.6, 0.1, 1], [0.8, 0, 0.5], [1, 0, 0.25]),
  shape('HUNT_LOWS', [0, 0, 0.6], [0.25, -0.2, 0.6], [0.45, 0, 0.6], [0.5, -0.35, 3], [0.53, -0.05, 3], [1, 0.6, 1]),
  shape('HUNT_HIGHS', [0, 0, 0.6], [0.25, 0.2, 0.6], [0.45, 0, 0.6], [0.5, 0.35, 3], [0.53, 0.05, 3], [1, -0.6, 1]),
  shape(
    'WHIPSAW',
    [0, 0, 2],
    [0.2, 0.3, 2],
    [0.35, -0.3, 2],
    [0.5, 0.35, 2],
    [0.65, -0.3, 2],
    [0.8, 0.3, 2],
    [1, 0, 2],
  ),
  shape(
    'ACCUMULATION',
    [0, 0, 1.5],
    [0.15, -0.6, 1.2],
    [0.6, -0.55, 0.5],
    [0.7, -0.7, 1],
    [0.8, -0.5, 0.6],
    [1, 0, 1.2],
  ),
  shape('DISTRIBUTION', [0, 0, 1.5], [0.15, 0.6, 1.2], [0.6, 0.55, 0.5], [0.7, 0.7, 1], [0.8, 0.5, 0.6], [1, 0, 1.2]),
  shape('DISPLACEMENT', [0, 0, 0.5], [0.5, 0.02, 0.5], [0.52, 0.5, 4], [0.6, 0.45, 1], [1, 0.8, 0.8]),
  shape(
    'EQUAL_LOWS',
    [0, 0, 0.8],
    [0.2, -0.3, 0.8],
    [0.4, 0, 0.8],
    [0.6, -0.3, 0.8],
    [0.8, 0, 0.8],
    [0.9, -0.42, 2],
    [1, 0, 1],
  ),
]

/** Level and volatility of a shape at progress u in [0, 1], written into `out` (no allocation in the bar loop). */
export const shapeAt = ({ points }: Shape, u: number, out: { level: number; vol: number }): void => {
  let i = 1
  while (i < points.length - 1 && (points[i]?.[0] ?? 1) < u) i++
  const a = points[i - 1] ?? ([0, 0, 1] as const)
  const b = points[i] ?? a
  const share = b[0] > a[0] ? (u - a[0]) / (b[0] - a[0]) : 0
  out.level = a[1] + share * (b[1] - a[1])
  out.vol = a[2] + share * (b[2] - a[2])
}
