// A file from the page into the store, by the same use-case as `playloom data import`: streamed to a temporary place,
// judged there as a whole, and forgotten. One bad row refuses it, as everywhere.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Problem } from '../../blocks/kit/problem'
import { Failure, failureOr } from '../core/failure'
import { importFiles } from '../run/data/importFiles'
import type { Context } from './context'

export interface Upload {
  /** Name of the file as the browser tells it: it says what the file holds, and names no place on this machine. */
  readonly name: string
  readonly body: ReadableStream<Uint8Array> | null
  readonly instrument?: string | undefined
  readonly tf?: string | undefined
  readonly skipBad?: boolean
  readonly signal?: AbortSignal
}

export interface ImportedSeries {
  readonly instrument: string
  readonly kind: string
  readonly tf: string | null
  readonly fromMs: number
  readonly toMs: number
  readonly added: number
  readonly duplicates: number
  readonly skipped: number
  readonly gaps: number
}

export type UploadAnswer =
  | { readonly kind: 'imported'; readonly series: readonly ImportedSeries[]; readonly sheets: number }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly hint: string | null
      readonly problems: readonly Problem[]
    }

/** More than a decade of minute bars of one market as CSV. */
export const maxUploadBytes = 2 * 1024 ** 3

/** The last part of the name, of harmless characters only. */
export const safeName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '')
  return clean.slice(-120) || 'bars.csv'
}

const limited = (): Transform => {
  let bytes = 0
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      bytes += chunk.byteLength
      if (bytes <= maxUploadBytes) done(null, chunk)
      else done(new Failure('file_unreadable', 'the file is larger than 2 GiB', { hint: 'split it by year' }))
    },
  })
}

/** What the command line calls its options is on the page a field beside the file. */
const spoken = (text: string, path: string, name: string): string =>
  text
    .replaceAll(path, name)
    .replaceAll(/(?:give )?--instrument(?: binance:[A-Z]+)?(?: that)?/g, 'the market')
    .replaceAll('with --skip-bad', 'with the switch below')
    .replaceAll('--skip-bad', 'the switch below')
    .replaceAll('--tf', 'the timeframe')

const receive = async ({ body, signal }: Upload, path: string): Promise<void> => {
  if (body === null) throw new Failure('file_empty', 'no file was sent', { hint: 'drop one file onto the page' })
  try {
    await pipeline(Readable.fromWeb(body), limited(), createWriteStream(path), { ...(signal && { signal }) })
  } catch (error) {
    if (error instanceof Failure) throw error
    if (signal?.aborted) throw new Failure('cancelled', 'stopped; nothing of the file is in the store')
    throw new Failure('write_failed', 'the file could not be taken over', { hint: 'is the disk full?', cause: error })
  }
}

/** Takes the file over, imports it, and removes what it wrote on the way, whatever happens. */
export const importUpload = async (upload: Upload, { data }: Pick<Context, 'data'>): Promise<UploadAnswer> => {
  const folder = await mkdtemp(join(tmpdir(), 'playloom-'))
  const name = safeName(upload.name)
  const path = join(folder, name)
  try {
    const result = await failureOr(async () => {
      await receive(upload, path)
      const { instrument, tf, skipBad = false, signal } = upload
      const done = await importFiles({ files: [path], instrument, tf, skipBad, signal }, await data())
      if (done instanceof Failure) throw done
      return done
    })
    if (result instanceof Failure) {
      const { code, message, hint, problems } = result
      return {
        kind: 'refused',
        code,
        message: spoken(message, path, name),
        hint: hint === undefined ? null : spoken(hint, path, name),
        problems: problems.map((one) => ({
          ...one,
          where: { ...one.where, ...(one.where.file === undefined ? {} : { file: name }) },
          message: spoken(one.message, path, name),
          ...(one.hint === undefined ? {} : { hint: spoken(one.hint, path, name) }),
        })),
      }
    }
    const series = result.series.map(({ info, added, duplicates, skipped }): ImportedSeries => {
      const { instrument, kind, tf = null, fromMs, toMs, gaps } = info
      return { instrument, kind, tf, fromMs, toMs, added, duplicates, skipped, gaps }
    })
    return { kind: 'imported', series, sheets: result.facts.length }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
