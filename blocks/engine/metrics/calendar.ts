// Civil dates of Unix ms, UTC, proleptic Gregorian, by arithmetic alone (Howard Hinnant, "chrono-Compatible Low-Level
// Date Algorithms", civil_from_days): the pure half has no Date.

const dayMs = 86_400_000

export interface Civil {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
  /** 0 Monday to 6 Sunday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export const civilOf = (ms: number): Civil => {
  const days = Math.floor(ms / dayMs)
  const inDay = ms - days * dayMs
  // Days since 0000-03-01, so that the leap day is the last of its year; eras are 400 years.
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    // 1970-01-01 was a Thursday.
    weekday: (((days + 3) % 7) + 7) % 7,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
  }
}

const two = (x: number): string => String(x).padStart(2, '0')

/** `2024-02-29`. */
export const dateText = (ms: number): string => {
  const { year, month, day } = civilOf(ms)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** `2024-02-29 13:05`, or with seconds where they are not zero. */
export const timeText = (ms: number): string => {
  const { hour, minute, second } = civilOf(ms)
  const clock = `${two(hour)}:${two(minute)}`
  return `${dateText(ms)} ${second === 0 ? clock : `${clock}:${two(second)}`}`
}
