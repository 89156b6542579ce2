// One request to a venue until it is answered: in budget, within a time limit, tried again where that can help.
import { Failure } from '../../core/failure'
import type { VenueOptions } from '../../run/ports'
import type { Budget, Cost } from './budget'
import type { Clock } from './clock'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined: the body is no JSON. */
  readonly json: unknown
}

/** What a venue means by its answers, beyond what HTTP says. */
export interface Manners {
  readonly venue: string
  readonly costOf: (url: URL) => Cost
  /** It asks to be left alone until then, Unix ms; null: it does not. */
  readonly pauseUntilMs: (answer: Answer, nowMs: number) => number | null
  /** It could not answer now, but may on the next try. */
  readonly isPassing: (answer: Answer) => boolean
  /** The weight that it counts for this address, where it tells. */
  readonly usedWeight: (answer: Answer, url: URL) => { readonly limit: string; readonly used: number } | null
}

export interface TransportOptions extends VenueOptions {
  readonly manners: Manners
  readonly budget: Budget
  readonly clock: Clock
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>
  /** For one try, its whole body included. */
  readonly timeoutMs: number
}

/** One try and these again, after 1, 2, 4, 8 and 16 s. */
const retries = 5
const firstBackoffMs = 1000
const longestBackoffMs = 60_000
/** A longer pause is for the user to wait. */
const longestPauseMs = 15 * 60_000
/** A venue that orders a pause again and again will not answer this request. */
const mostPauses = 3
/** The largest known answer (all spot markets) has 20 MB. */
const mostBytes = 128 * 1024 * 1024

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`
const stopped = (): Failure =>
  new Failure('cancelled', 'stopped; whatever was fetched before is stored', {
    hint: 'the same command goes on where it was stopped',
  })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The body as text. A venue that sends without end must not fill the memory. */
const bodyOf = async (response: Response): Promise<string> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    pieces.push(piece)
    bytes += piece.byteLength
    if (bytes > mostBytes) throw new Error(`more than ${mostBytes} bytes`)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Doubles each time, half of it by chance: clients that failed together must not come back together. */
export const backoffMs = (retry: number, random: () => number): number =>
  Math.min(longestBackoffMs, firstBackoffMs * 2 ** retry) * (0.5 + 0.5 * random())

export const createTransport = (options: TransportOptions) => {
  const { manners, budget, clock, signal, onWait, timeoutMs } = options
  const { venue } = manners

  const wait = async (ms: number, why: string): Promise<void> => {
    if (ms > 0) {
      onWait?.(`${venue} ${why}: waiting ${seconds(ms)}`)
      await clock.sleep(ms, signal)
    }
    if (signal?.aborted) throw stopped()
  }

  const spend = async (cost: Cost): Promise<void> => {
    if (signal?.aborted) throw stopped()
    for (let ms = budget.take(cost); ms > 0; ms = budget.take(cost)) {
      refuseLongPause(ms)
      await wait(ms, 'allows only so many requests')
    }
  }

  const refuseLongPause = (ms: number): void => {
    if (ms <= longestPauseMs) return
    const until = new Date(clock.nowMs() + ms).toISOString().slice(0, 16).replace('T', ' ')
    throw new Failure('venue_refused', `${venue} refuses this address until ${until} UTC`, {
      hint: 'too many requests came from this address, not only from here; do not ask before then',
    })
  }

  /** One try. A string says why there is no answer. */
  const tried = async (url: URL, headers: Record<string, string>): Promise<Answer | string> => {
    const timeout = AbortSignal.timeout(timeoutMs)
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
    try {
      // A venue's address is known: a redirect would lead somewhere else.
      const response = await options.fetch(url, { headers, signal: either, redirect: 'error' })
      const text = await bodyOf(response)
      return { status: response.status, headers: response.headers, text, json: jsonOf(text) }
    } catch (error) {
      if (signal?.aborted) throw stopped()
      if (timeout.aborted) return `did not answer within ${seconds(timeoutMs)}`
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return `could not be reached (${cause instanceof Error ? cause.message : String(cause)})`
    }
  }

  const reasonToRetry = (answer: Answer): string | null => {
    const { status, json } = answer
    if (status >= 500) return `answered with status ${status}`
    if (status < 300 && json === undefined) return 'answered with something else than whole JSON'
    return manners.isPassing(answer) ? 'could not answer now' : null
  }

  /** The answer, whatever its status, once nothing is gained by asking again. Throws Failure venue_*, cancelled. */
  return async (url: URL, headers: Record<string, string>): Promise<Answer> => {
    let pauses = 0
    for (let retry = 0; ; ) {
      await spend(manners.costOf(url))
      const answer = await tried(url, headers)
      if (typeof answer !== 'string') {
        const used = manners.usedWeight(answer, url)
        if (used !== null) budget.told(used.limit, used.used)
        const untilMs = manners.pauseUntilMs(answer, clock.nowMs())
        if (untilMs !== null) {
          budget.pause(untilMs)
          refuseLongPause(untilMs - clock.nowMs())
          if (++pauses > mostPauses)
            throw new Failure('venue_refused', `${venue} asks for a pause again and again`, { hint: 'try again later' })
          continue
        }
      }
      const why = typeof answer === 'string' ? answer : reasonToRetry(answer)
      if (why === null && typeof answer !== 'string') return answer
      if (retry >= retries) {
        throw new Failure('venue_unreachable', `${venue} ${why}, ${retries + 1} times`, {
          hint: 'check the network, or try again later; whatever was fetched before is stored',
        })
      }
      await wait(backoffMs(retry++, clock.random), `${why}`)
    }
  }
}

export type Transport = ReturnType<typeof createTransport>
