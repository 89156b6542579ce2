// Failure: an expected error of the outside world with a code from a closed list. Adapters throw it, use-cases
// return it, edges map it once to an exit code or a status.
import type { Problem } from '../../blocks/kit/problem'

/** Every code, with whether the same call may succeed later without any change by the user. */
const codes = {
  file_not_found: false,
  file_unreadable: false,
  file_empty: false,
  file_truncated: false,
  layout_unknown: false,
  layout_refused: false,
  option_missing: false,
  option_wrong: false,
  rows_refused: false,
  market_unknown: false,
  instrument_incomplete: false,
  series_missing: false,
  range_empty: false,
  range_not_covered: false,
  funding_missing: false,
  store_damaged: false,
  store_busy: true,
  disk_full: true,
  database_away: true,
  write_failed: true,
  cancelled: true,
  venue_unreachable: true,
  venue_refused: true,
  venue_wrong: true,
  too_many_calls: true,
  not_allowed: false,
  version_taken: false,
} as const

export type FailureCode = keyof typeof codes
export const failureCodes = Object.keys(codes) as readonly FailureCode[]

export interface FailureOptions {
  /** What to do about it. */
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  /** One entry a finding, where there are several; made from the message when absent. */
  readonly problems?: readonly Problem[]
  readonly cause?: unknown
}

/** `message` says what is wrong and where; `hint` says what to do. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly retry: boolean
  readonly hint: string | undefined
  readonly problems: readonly Problem[]

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.retry = codes[code]
    this.hint = options.hint
    this.problems = options.problems ?? [
      {
        code,
        severity: 'error',
        where: {
          ...(options.file === undefined ? {} : { file: options.file }),
          ...(options.line === undefined ? {} : { line: options.line }),
        },
        message,
        ...(options.hint === undefined ? {} : { hint: options.hint }),
        fixes: [],
      },
    ]
  }
}

/** The value, or the Failure that was thrown; bugs pass through. */
export const failureOr = async <T>(work: () => Promise<T>): Promise<T | Failure> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}
