// Time and chance of the requests to venues: handed in, so that hours of waiting can be tested in a second.
import { setTimeout as delay } from 'node:timers/promises'

export interface Clock {
  readonly nowMs: () => number
  /** Ends early, without an error, when the signal is given. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** In [0, 1). */
  readonly random: () => number
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) =>
    delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error
    }),
  random: () => Math.random(),
}
