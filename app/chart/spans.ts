// Where the chart looks: at the newest bars to begin with, at a trade so that all of it is seen, in and out, along.
import { type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import type { Span } from './grid'

/** Width of a bar to begin with, px. */
const firstPixels = 6
/** Bars of room behind the newest one. */
const room = 11

/** The newest bars before `toMs`. */
export const homeSpan = (toMs: number, tf: Timeframe, width: number): Span => {
  const bars = Math.max(20, Math.floor(width / firstPixels))
  const end = toMs + room * tfMs[tf]
  return { fromMs: end - bars * tfMs[tf], toMs: end }
}

export const centred = (ms: number, lengthMs: number): Span => ({ fromMs: ms - lengthMs / 2, toMs: ms + lengthMs / 2 })

/** A trade with room around it: no longer than the screen needs, no shorter than the eye does. */
export const tradeSpan = (
  { entryMs, endMs }: { readonly entryMs: number; readonly endMs: number },
  now: Span,
  tf: Timeframe,
): Span => {
  const held = Math.max(endMs - entryMs, tfMs[tf])
  const least = held * 1.8
  const most = Math.max(held * 5, 48 * tfMs[tf])
  const length = Math.min(most, Math.max(least, now.toMs - now.fromMs))
  return centred((entryMs + endMs) / 2, length)
}

/** Everything around `aroundMs` comes nearer (factor below 1) or goes away; the point itself stays where it is. */
export const zoomed = ({ fromMs, toMs }: Span, aroundMs: number, factor: number): Span => ({
  fromMs: aroundMs - (aroundMs - fromMs) * factor,
  toMs: aroundMs + (toMs - aroundMs) * factor,
})

/** Moved by as little as brings an instant into sight, with a tenth of the picture behind it. */
export const reaching = (span: Span, ms: number): Span => {
  const length = span.toMs - span.fromMs
  const edge = length / 10
  const shift = ms < span.fromMs + edge ? ms - edge - span.fromMs : ms > span.toMs - edge ? ms + edge - span.toMs : 0
  return { fromMs: span.fromMs + shift, toMs: span.toMs + shift }
}

/** Of the picture, what may lie behind the newest bar. */
const mostRoom = 0.25

/** The same length, moved back where more than a quarter of it would lie behind the newest bar. */
export const kept = ({ fromMs, toMs }: Span, lastMs: number): Span => {
  const shift = Math.min(0, lastMs + mostRoom * (toMs - fromMs) - toMs)
  return { fromMs: fromMs + shift, toMs: toMs + shift }
}
