// The range of a run as dates: what the trader types, what is stored, and where the lockbox line lies. Times are UTC.

const dayMs = 86_400_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `2024-05-31`; of an instant, its day. */
export const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `May 2024` */
export const monthText = (ms: number): string => {
  const date = new Date(ms)
  return `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** 00:00 UTC of a day that exists, or null. */
export const dayOf = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) || dayText(ms) !== text ? null : ms
}

export interface RangeText {
  readonly from: string
  /** The last day that belongs to the run. */
  readonly to: string
}

export interface Ends {
  readonly fromMs: number | null
  readonly toMs: number | null
}

/** What was typed as ends of a run, or a sentence on what is wrong with it. Empty fields stand for the usual end. */
export const endsOf = ({ from, to }: RangeText): Ends | string => {
  const fromMs = from === '' ? null : dayOf(from)
  const lastMs = to === '' ? null : dayOf(to)
  if (from !== '' && fromMs === null) return 'The first day is not a date. Write it as 2023-01-31.'
  if (to !== '' && lastMs === null) return 'The last day is not a date. Write it as 2024-12-31.'
  const toMs = lastMs === null ? null : lastMs + dayMs
  if (fromMs !== null && toMs !== null && fromMs >= toMs) return 'The last day lies before the first.'
  return { fromMs, toMs }
}

/** The ends as days, the last one still inside. */
export const textOf = ({ fromMs, toMs }: Ends): RangeText => ({
  from: fromMs === null ? '' : dayText(fromMs),
  to: toMs === null ? '' : dayText(toMs - 1),
})
