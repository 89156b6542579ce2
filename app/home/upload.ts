// Sends one file of market data to the store of this machine, and tells what became of it. One call at a time.
import type { UploadAnswer } from '../../server/api/upload'

export type { ImportedSeries, UploadAnswer } from '../../server/api/upload'

export interface UploadAsk {
  readonly file: File
  /** `binance:BTCUSDT`; left out where the file tells. */
  readonly instrument?: string
  readonly tf?: string
  /** What else is known of the file, by the names that the server has for it. */
  readonly facts?: Readonly<Record<string, string>>
  /** Takes the good rows of a bad file. */
  readonly skipBad?: boolean
  readonly signal: AbortSignal
  /** Bytes that the server has. */
  readonly onSent: (bytes: number) => void
}

const addressOf = ({ file, instrument, tf, skipBad, facts = {} }: UploadAsk): string => {
  const query = new URLSearchParams({ ...facts, name: file.name })
  if (instrument !== undefined && instrument !== '') query.set('instrument', instrument)
  if (tf !== undefined) query.set('tf', tf)
  if (skipBad) query.set('skipBad', 'true')
  return `/api/import?${query}`
}

/** Code of an end that does not tell what became of the file. */
export const unknownEnd = 'unknown'

/** Also of a file that was on the server as a whole when it was stopped. */
export const cancelledText = 'cancelled: whatever was stored by then stays'

/** Below 500 the file was turned away at the door; anything else may have come after it was stored. */
export const answerless = (status: number | null): UploadAnswer => {
  const what = status === null ? 'the server does not answer' : `the server answered ${status}`
  const refused = status !== null && status >= 400 && status < 500
  return {
    kind: 'refused',
    code: refused ? 'failed' : unknownEnd,
    message: refused
      ? `${what}: nothing was stored`
      : `${what}, so whether the file was stored is not known: the list of market data shows it`,
    hint: refused ? null : 'send it again: rows that are stored already are not taken twice',
    problems: [],
  }
}

/** By XMLHttpRequest: fetch tells nothing of what has been sent. Null: it was stopped. */
export const upload = (ask: UploadAsk): Promise<UploadAnswer | null> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', addressOf(ask))
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => ask.onSent(loaded)
    request.onload = () => {
      const answer: unknown = request.response
      if (typeof answer === 'object' && answer !== null && 'kind' in answer) resolve(answer as UploadAnswer)
      else resolve(answerless(request.status))
    }
    request.onerror = () => resolve(answerless(null))
    request.onabort = () => resolve(null)
    ask.signal.addEventListener('abort', () => request.abort())
    request.send(ask.file)
  })
