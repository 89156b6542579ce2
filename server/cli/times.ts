// Times of the command line: UTC, `2024-01-01` or ISO 8601 to the minute or second, Z optional. Nothing else.
import { usage } from './stop'

export { timeText } from '../run/data/timeText'

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z?)?$/

/** Unix ms of the text, or null: another form, or a day or hour that does not exist. */
export const msOf = (text: string): number | null => {
  const match = pattern.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(ms)
  // Date.UTC rolls 31 February over into March and reads years below 100 as 19xx: what comes back must be what was said.
  const same =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return same ? ms : null
}

/** As msOf, for an option: anything else is wrong usage. */
export const timeOption =
  (option: string) =>
  (text: string): number => {
    const ms = msOf(text)
    if (ms === null) {
      throw usage(
        `${option} ${text}: not a time`,
        'Write a day or a time in UTC: 2024-01-01, 2024-01-01T08:30 or 2024-01-01T08:30:00Z.',
      )
    }
    return ms
  }
