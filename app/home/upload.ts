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

const failed = (message: string): UploadAnswer => ({
  kind: 'refused',
  code: 'failed',
  message,
  hint: null,
  problems: [],
})

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
      else resolve(failed(`The server answered ${request.status}. Nothing was stored.`))
    }
    request.onerror = () => resolve(failed('The server does not answer. Nothing was stored.'))
    request.onabort = () => resolve(null)
    ask.signal.addEventListener('abort', () => request.abort())
    request.send(ask.file)
  })
