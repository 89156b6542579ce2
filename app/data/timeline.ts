// Gaps of a series on a line of so many pixels: what is nearer than a pixel is one mark, and every gap can be seen.

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface Gap extends Span {
  readonly missing: number
}

export interface GapMark {
  /** Pixels from the left. */
  readonly x: number
  readonly width: number
  /** Of `gaps`, those that it stands for. */
  readonly first: number
  readonly count: number
  readonly missing: number
  /** The venue lacks all of it. */
  readonly venue: boolean
}

/** A gap of one bar in a year would be a thousandth of a pixel. */
const leastWidth = 2

/** True when the spans, ascending, cover all of it. */
const covers = (holes: readonly Span[], { fromMs, toMs }: Span): boolean => {
  let at = fromMs
  for (const hole of holes) if (hole.fromMs <= at && hole.toMs > at) at = hole.toMs
  return at >= toMs
}

export const isAtVenue = (gap: Span, holes: readonly Span[]): boolean => covers(holes, gap)

/** Of gaps in order of time. */
export const gapMarks = (
  { gaps, holes }: { readonly gaps: readonly Gap[]; readonly holes: readonly Span[] },
  view: Span,
  width: number,
): readonly GapMark[] => {
  const scale = width / (view.toMs - view.fromMs)
  const marks: GapMark[] = []
  for (const [i, gap] of gaps.entries()) {
    if (gap.toMs <= view.fromMs || gap.fromMs >= view.toMs) continue
    const left = Math.max(0, (gap.fromMs - view.fromMs) * scale)
    const right = Math.min(width, (gap.toMs - view.fromMs) * scale)
    const x = Math.min(left, width - leastWidth)
    const mark = { x, width: Math.max(leastWidth, right - x), first: i, count: 1, missing: gap.missing }
    const venue = isAtVenue(gap, holes)
    const last = marks.at(-1)
    if (last === undefined || x >= last.x + last.width + 1) marks.push({ ...mark, venue })
    else
      marks[marks.length - 1] = {
        ...last,
        width: Math.max(last.width, mark.x + mark.width - last.x),
        count: last.count + 1,
        missing: last.missing + gap.missing,
        venue: last.venue && venue,
      }
  }
  return marks
}

/** A view with the gap in its middle third, at least so long that bars stand at both sides; inside the whole. */
export const viewOn = (gap: Span, whole: Span, barMs: number): Span => {
  const length = Math.min(whole.toMs - whole.fromMs, Math.max(3 * (gap.toMs - gap.fromMs), 60 * barMs))
  const middle = (gap.fromMs + gap.toMs) / 2
  const fromMs = Math.min(Math.max(whole.fromMs, middle - length / 2), whole.toMs - length)
  return { fromMs, toMs: fromMs + length }
}

/** Twice as near or far, about the middle; never beyond the whole nor nearer than 20 bars. */
export const zoomed = (view: Span, by: number, { whole, barMs }: { whole: Span; barMs: number }): Span => {
  const most = whole.toMs - whole.fromMs
  const length = Math.min(most, Math.max(Math.min(most, 20 * barMs), (view.toMs - view.fromMs) * by))
  const middle = (view.fromMs + view.toMs) / 2
  const fromMs = Math.min(Math.max(whole.fromMs, middle - length / 2), whole.toMs - length)
  return { fromMs, toMs: fromMs + length }
}

const minute = 60_000
const day = 1440 * minute
const steps = [1, 5, 15, 60, 240, 720, 1440, 4320, 10_080].map((minutes) => minutes * minute)

/** First moments of months, every first, second, third, sixth or twelfth of a year. */
const monthStarts = ({ fromMs, toMs }: Span, most: number): readonly number[] => {
  const months = [1, 2, 3, 6, 12, 24, 60].find((n) => (toMs - fromMs) / (n * 30.5 * day) <= most) ?? 120
  const year = new Date(fromMs).getUTCFullYear()
  const times: number[] = []
  for (let month = 0; ; month += months) {
    const ms = Date.UTC(year, month)
    if (ms >= toMs) return times
    if (ms >= fromMs) times.push(ms)
  }
}

/** Times for the axis, at most `most` of them, on whole steps of UTC. */
export const axisTimes = (span: Span, most: number): readonly number[] => {
  const { fromMs, toMs } = span
  const step = steps.find((ms) => (toMs - fromMs) / ms <= most)
  if (step === undefined) return monthStarts(span, most)
  const times: number[] = []
  for (let ms = Math.ceil(fromMs / step) * step; ms < toMs; ms += step) times.push(ms)
  return times
}
