// How fine the chart looks at a stretch of time, and which stretch it asks for and when.
import { openMsOf, rowOf, type Timeframe, tfMs, timeframes } from '../../blocks/kit/timeframe'
import { endOf, type Grid, type Span } from './grid'

/** A bar that is narrower than this is not seen. */
export const leastPixels = 1.5
/** Room that a finer timeframe must have before it replaces the one that is shown: no flicker at the border. */
const returnPixels = 2
/** Bars that one answer holds at most. */
export const mostBars = 5000
const leastBars = 800
/** Times the visible stretch that is held; the rest lies on both sides as margin. */
const screens = 6

const pixelsOf = (tf: Timeframe, { fromMs, toMs }: Span, width: number): number =>
  (width * tfMs[tf]) / Math.max(1, toMs - fromMs)

/** The finest timeframe, not below that of the Play, whose bars are wide enough to be seen. */
export const detailOf = (
  view: Span,
  { width, finest, shown }: { readonly width: number; readonly finest: Timeframe; readonly shown: Timeframe | null },
): Timeframe => {
  const able = timeframes.filter((tf) => tfMs[tf] >= tfMs[finest])
  const at = (least: number): Timeframe =>
    able.find((tf) => pixelsOf(tf, view, width) >= least) ?? able.at(-1) ?? finest
  const fit = at(leastPixels)
  if (shown === null || tfMs[fit] >= tfMs[shown] || !able.includes(shown)) return fit
  const roomy = at(returnPixels)
  return tfMs[roomy] < tfMs[shown] ? roomy : shown
}

/** The visible stretch with margin on both sides, on whole bars, never more than one answer holds. */
export const windowFor = ({ fromMs, toMs }: Span, tf: Timeframe): Span => {
  const bar = tfMs[tf]
  const bars = Math.min(mostBars - 2, Math.max(leastBars, Math.ceil((screens * (toMs - fromMs)) / bar)))
  const middle = (fromMs + toMs) / 2
  const first = rowOf(tf, middle - (bars / 2) * bar)
  return { fromMs: openMsOf(tf, first), toMs: openMsOf(tf, first + bars) }
}

export interface Held {
  readonly grid: Grid
  /** Timeframe that was asked for: the bars are coarser where no finer ones are stored. */
  readonly tf: Timeframe
  /** What was asked for: the grid is shorter where data end. */
  readonly asked: Span
}

/**
 * Is another window wanted: another level of detail, or less than one screen left before an edge behind which more was
 * not asked for. Asked early, it is there before the edge comes into sight.
 */
export const wants = (view: Span, tf: Timeframe, held: Held): boolean => {
  const { grid, asked } = held
  if (grid.rows === 0 || held.tf !== tf) return true
  const screen = view.toMs - view.fromMs
  const { fromMs, toMs } = endOf(grid)
  // Where the grid ends short of what was asked there are no more data.
  const openLeft = fromMs <= asked.fromMs
  const openRight = toMs >= asked.toMs
  return (openLeft && view.fromMs - fromMs < screen) || (openRight && toMs - view.toMs < screen)
}
