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
  readonly usedWeight: (answer: Answer) => { readonly limit: string; readonly used: number } | null
}

export interface TransportOptions extends VenueOptions {
  readonly manners: Manners
  readonly budget: Budget
  readonly clock: Clock
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>
  /** For one try, its whole body included. */
  readonly timeoutMs: number
}

/** Tries after the first, 1, 2, 4 .. 60 s apart: two minutes of outage. A venue that never answered gets 3 s. */
const retries = 7
const retriesBefore = 2
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

const refuseLongPause = ({ manners, clock }: TransportOptions, ms: number): void => {
  if (ms <= longestPauseMs) return
  const until = new Date(clock.nowMs() + ms).toISOString().slice(0, 16).replace('T', ' ')
  throw new Failure('venue_refused', `${manners.venue} refuses this address until ${until} UTC`, {
    hint: 'too many requests came from this address, not only from here; do not ask before then',
  })
}

const wait = async ({ manners, clock, signal, onWait }: TransportOptions, ms: number, why: string): Promise<void> => {
  onWait?.(`${manners.venue} ${why}: waiting ${seconds(ms)}`)
  await clock.sleep(ms, signal)
}

/** Takes the cost of a request from the budget, however long that takes. */
const spend = async (options: TransportOptions, cost: Cost): Promise<void> => {
  const { budget, signal } = options
  for (;;) {
    if (signal?.aborted) throw stopped()
    const ms = budget.take(cost)
    if (ms <= 0) return
    refuseLongPause(options, ms)
    await wait(options, ms, 'allows only so many requests')
  }
}

interface Request {
  readonly url: URL
  readonly headers: Record<string, string>
}

/** One try. A string says why there is no answer. */
const tried = async (options: TransportOptions, { url, headers }: Request): Promise<Answer | string> => {
  const { signal, timeoutMs } = options
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

/** The venue's limits as it tells them; true when it orders a pause instead of answering. */
const ordersPause = (options: TransportOptions, answer: Answer): boolean => {
  const { manners, budget, clock } = options
  const used = manners.usedWeight(answer)
  if (used !== null) budget.told(used.limit, used.used)
  const nowMs = clock.nowMs()
  const untilMs = manners.pauseUntilMs(answer, nowMs)
  if (untilMs === null) return false
  budget.pause(untilMs)
  refuseLongPause(options, untilMs - nowMs)
  return true
}

/** Why an answer is none; null: it is one. */
const reasonToRetry = ({ manners }: TransportOptions, answer: Answer): string | null => {
  const { status, json } = answer
  if (status >= 500) return `answered with status ${status}`
  if (status < 300 && json === undefined) return 'answered with something else than whole JSON'
  return manners.isPassing(answer) ? 'could not answer now' : null
}

/** Gives the answer, whatever its status, once nothing is gained by asking again. Throws Failure venue_*, cancelled. */
export const createTransport = (options: TransportOptions) => {
  const { venue, costOf } = options.manners
  let met = false

  return async (request: Request): Promise<Answer> => {
    let pauses = 0
    for (let retry = 0; ; ) {
      await spend(options, costOf(request.url))
      const answer = await tried(options, request)
      if (typeof answer !== 'string' && ordersPause(options, answer)) {
        if (++pauses <= mostPauses) continue
        throw new Failure('venue_refused', `${venue} asks for a pause again and again`, { hint: 'try again later' })
      }
      const why = typeof answer === 'string' ? answer : reasonToRetry(options, answer)
      if (why === null && typeof answer !== 'string') {
        met = true
        return answer
      }
      if (retry >= (met ? retries : retriesBefore)) {
        throw new Failure('venue_unreachable', `${venue} ${why}, ${retry + 1} times`, {
          hint: 'check the network, or try again later; whatever was fetched before is stored',
        })
      }
      await wait(options, backoffMs(retry++, options.clock.random), String(why))
    }
  }
}

export type Transport = ReturnType<typeof createTransport>
