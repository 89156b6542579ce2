// `GET /frames/<hash>/<column>`: what to answer. The bytes of a hash never change, so they are kept for ever.
import { Failure } from '../core/failure'
import { openColumn } from '../run/data/dataset'
import type { Context } from './context'
import { type ByteRange, rangeOf } from './range'

export interface FrameAnswer {
  readonly status: 200 | 206 | 304 | 404 | 416 | 503
  readonly headers: Readonly<Record<string, string>>
  /** The file and the bytes of it; null: no body but the sentence. */
  readonly file: { readonly path: string; readonly range: ByteRange } | null
  readonly sentence: string | null
}

export interface FrameAsk {
  readonly hash: string
  readonly column: string
  readonly range: string | null
  readonly ifNoneMatch: string | null
  /** A range is meant for this version alone. */
  readonly ifRange: string | null
}

const told = (status: FrameAnswer['status'], sentence: string, headers: Record<string, string> = {}): FrameAnswer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
  file: null,
  sentence,
})

const matches = (header: string | null, tag: string): boolean =>
  header !== null && (header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag))

/** A file that went between its look-up and its opening. */
export const goneAnswer: FrameAnswer = told(404, 'This column was just replaced: ask for the dataset again.\n')

/** Nothing of the path reaches the disk: hash and column are looked up among what the store has. */
export const answerFrame = async (ask: FrameAsk, { bars }: Pick<Context, 'bars'>): Promise<FrameAnswer> => {
  const kept = await openColumn(ask, await bars())
  if (kept instanceof Failure) {
    const sentence = [kept.message, kept.hint].filter((part) => part !== undefined).join(': ')
    return told(kept.code === 'series_missing' ? 404 : 503, `${sentence}.\n`)
  }
  const { path, bytes, sha256 } = kept
  const tag = `"${sha256}"`
  const always = { ETag: tag, 'Cache-Control': 'public, max-age=31536000, immutable', 'Accept-Ranges': 'bytes' }
  if (matches(ask.ifNoneMatch, tag)) return { status: 304, headers: always, file: null, sentence: null }
  const wanted = ask.ifRange === null || ask.ifRange.trim() === tag ? rangeOf(ask.range, bytes) : null
  if (wanted === 'none') return told(416, `This column has ${bytes} bytes.\n`, { 'Content-Range': `bytes */${bytes}` })
  const range = wanted ?? { first: 0, last: bytes - 1 }
  const part = wanted === null ? {} : { 'Content-Range': `bytes ${range.first}-${range.last}/${bytes}` }
  return {
    status: wanted === null ? 200 : 206,
    headers: {
      ...always,
      ...part,
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(range.last - range.first + 1),
    },
    file: { path, range },
    sentence: null,
  }
}
