// A file from the page into the store, by the same use-case as `playloom data import`: streamed to a temporary place,
// judged there as a whole, and forgotten. One bad row refuses it, as everywhere.
import type { Problem } from '../../blocks/kit/problem'
import { Failure, failureOr } from '../core/failure'
import { type ImportResult, importFiles } from '../run/data/importFiles'
import type { Context } from './context'

/** What is known of a file beside its bytes: the options of the command line, by the same words. */
export const uploadFacts = ['kind', 'tf', 'instrument', 'source', 'unit', 'delay', 'maxAge', 'column'] as const
type UploadFact = (typeof uploadFacts)[number]

/** `series`: how published figures are called. */
export interface Upload extends Readonly<Partial<Record<UploadFact | 'series', string | undefined>>> {
  /** Name of the file as the browser tells it: it says what the file holds, and names no place on this machine. */
  readonly name: string
  readonly body: AsyncIterable<Uint8Array> | null
  /** Content-Length, when it was told. */
  readonly bytes?: number | null
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

/** A refusal of the gate is an answer, not an error of the request; one at the door is. */
export const uploadStatus = (answer: UploadAnswer): 200 | 403 | 429 => {
  if (answer.kind === 'imported') return 200
  return answer.code === 'not_allowed' ? 403 : answer.code === 'too_many_calls' ? 429 : 200
}

/** Of a bug. `unknown`: some of the file may be in the store, as it takes several series one after the other. */
export const uploadBroken = (requestId: string): UploadAnswer => ({
  kind: 'refused',
  code: 'unknown',
  message: `this is a bug in Playloom, not in the file. Its trace stands in the log of the server, id ${requestId}. Whether anything was stored is not known`,
  hint: 'look at the list of market data',
  problems: [],
})

/** The last part of the name, of harmless characters only. */
export const safeName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '')
  return clean.slice(-120) || 'bars.csv'
}

/** What the command line calls its options is on the page a field beside the file. */
const spoken = (text: string, path: string, name: string): string =>
  text
    .replaceAll(path, name)
    .replaceAll('--instrument', 'the market')
    .replaceAll('with --skip-bad', 'with the switch below')
    .replaceAll('--skip-bad', 'the switch below')
    .replaceAll(/--(instrument|kind|name|source|unit|column)/g, 'the $1')
    .replaceAll('--tf', 'the timeframe')
    .replaceAll('--delay', 'the delay')
    .replaceAll('--max-age', 'the longest age')

/** A failure in other words. */
export const retold = (failure: Failure, say: (text: string) => string): Failure => {
  const { code, message, hint, problems } = failure
  return new Failure(code, say(message), {
    ...(hint === undefined ? {} : { hint: say(hint) }),
    problems: problems.map((one) => ({
      ...one,
      where: { ...one.where, ...(one.where.file === undefined ? {} : { file: say(one.where.file) }) },
      message: say(one.message),
      ...(one.hint === undefined ? {} : { hint: say(one.hint) }),
    })),
    cause: failure,
  })
}

const refused = ({ code, message, hint, problems }: Failure): UploadAnswer => ({
  kind: 'refused',
  ...{ code, message, hint: hint ?? null, problems },
})

const imported = ({ series, facts }: ImportResult): UploadAnswer => ({
  kind: 'imported',
  series: series.map(({ info, added, duplicates, skipped }): ImportedSeries => {
    const { instrument, kind, tf, fromMs, toMs, gaps } = info
    return { instrument, kind, tf, fromMs, toMs, added, duplicates, skipped, gaps }
  }),
  sheets: facts.length,
})

export type ImportContext = Pick<Context, 'actor' | 'authorise' | 'limits' | 'data'>

const taken = async (
  upload: Upload,
  { data }: ImportContext,
  onPath: (path: string) => void,
): Promise<ImportResult | Failure> => {
  const { body, bytes = null, skipBad = false, signal, series: called, ...facts } = upload
  if (body === null) throw new Failure('file_empty', 'no file was sent', { hint: 'drop one file onto the page' })
  const ports = await data()
  return await ports.inbox.take({ name: safeName(upload.name), body, bytes, signal }, (path) => {
    onPath(path)
    return importFiles({ ...facts, name: called, files: [path], skipBad, signal }, ports)
  })
}

/** Each may hold 2 GiB of disk and a core. */
const mostAtOnce = 2
let atOnce = 0

/** Asked before a byte of the file is read; who is let in counts until it is told that it left. */
const enter = async ({ actor, authorise, limits }: ImportContext): Promise<void> => {
  const failure = authorise({ actor, path: 'data.import', type: 'mutation' }) ?? (await limits.spend(actor, 'write'))
  if (failure !== null) throw failure
  if (atOnce >= mostAtOnce)
    throw new Failure('too_many_calls', `${mostAtOnce} files are being imported; this one was not taken`, {
      hint: 'send it again when one of them is in',
    })
  atOnce++
}

/** Files of one request are one import. */
export const admitted = async <T>(context: ImportContext, work: () => Promise<T>): Promise<T> => {
  await enter(context)
  try {
    return await work()
  } finally {
    atOnce--
  }
}

/** Takes the file over and imports it; nothing of what it wrote on the way is left, whatever happens. */
export const importUpload = async (upload: Upload, context: ImportContext): Promise<UploadAnswer> => {
  const name = safeName(upload.name)
  let say = (text: string): string => text
  const result = await failureOr(() =>
    admitted(context, () =>
      taken(upload, context, (path) => {
        say = (text) => spoken(text, path, name)
      }),
    ),
  )
  return result instanceof Failure ? refused(retold(result, say)) : imported(result)
}
