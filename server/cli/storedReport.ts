// A stored report read from outside, and how to run it again.
import { z } from 'zod'
import type { Report } from '../../blocks/engine/report/document'
import { type Settings, settingsSchema } from '../../blocks/engine/settings'
import { parseDocument } from '../../blocks/play/text/parse'
import { printDocument } from '../../blocks/play/text/print'
import type { DocumentTree, PlayTree, Scalar } from '../../blocks/play/tree'
import type { RunAsk, StoredReport } from '../run/ports'
import { problemOf, Stop } from './stop'

const bindings = z.record(z.string(), z.array(z.string()))
const values = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((one) => [one])])

/** What a rerun and a comparison stand on; every other key is compared as it is. */
const schema = z.looseObject({
  playHash: z.string(),
  logicHash: z.string(),
  engine: z.string(),
  settingsHash: z.string(),
  tradesHash: z.string(),
  equityHash: z.string(),
  data: z.array(z.looseObject({ instrument: z.string(), kind: z.string(), sha256: z.string() })),
  range: z.looseObject({ fromMs: z.number(), toMs: z.number() }),
  settings: z.looseObject({
    from: z.number(),
    to: z.number(),
    markets: oneOrMore(bindings),
    params: oneOrMore(values),
  }),
  provenance: z.looseObject({ instruments: z.array(z.looseObject({ instrument: z.string(), step: z.string() })) }),
  metrics: z.looseObject({}),
  trades: z.array(z.looseObject({})),
  equity: z.array(z.tuple([z.number(), z.number()])),
  documents: z.array(z.looseObject({ play: z.string() })).min(1),
  blocks: z.array(z.looseObject({ block: z.string() })).default([]),
})

const refused = (file: string, message: string): Stop =>
  new Stop('problems', message, [{ ...problemOf('not_a_report', message), where: { file } }])

/** What differs between a document's own words and the run: the options that were given. */
const givenOf = <T>(
  own: readonly Readonly<Record<string, T>>[],
  run: readonly Readonly<Record<string, T>>[],
): Record<string, T> => {
  const given = new Map<string, T>()
  for (const [k, values] of run.entries()) {
    for (const [name, value] of Object.entries(values)) {
      if (JSON.stringify(own[k]?.[name]) !== JSON.stringify(value)) given.set(name, value)
    }
  }
  return Object.fromEntries(given)
}

const listed = (market: string | readonly string[]): readonly string[] =>
  typeof market === 'string' ? [market] : market

/** The stored documents, read again from their text: whatever the file holds goes through the same gate as a Play. */
const treesOf = (documents: readonly unknown[], file: string): readonly PlayTree[] =>
  documents.map((document, k) => {
    // The printer takes trees; a hostile document fails in it or in the parser, never further in.
    const { tree, problems } = parseDocument(textOf(document, file), `${file} documents[${k}]`)
    if (tree !== undefined && 'play' in tree) return tree
    throw new Stop('problems', `${file}: document ${k + 1} is no Play`, problems)
  })

const textOf = (document: unknown, file: string): string => {
  try {
    return printDocument(document as DocumentTree)
  } catch {
    throw refused(file, `${file}: its document cannot be read`)
  }
}

export interface Rerun {
  readonly report: Report
  readonly ask: RunAsk
}

const settingsOf = (stored: Readonly<Record<string, unknown>>, file: string): Settings => {
  const { from: _, to: __, markets: ___, params: ____, ...settings } = stored
  const parsed = settingsSchema.safeParse(settings)
  if (!parsed.success)
    throw refused(file, `${file}: its settings are not run settings: ${parsed.error.issues[0]?.message ?? ''}`)
  return parsed.data
}

/** A stored report and how to run it again. Anything else in the file ends the command with a sentence. */
export const rerunOf = (text: string, file: string): Rerun => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refused(file, `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refused(
      file,
      `${file} is not a report of \`playloom backtest --json\`: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    )
  }
  const { settings, documents, blocks } = parsed.data
  const trees = treesOf(documents, file)
  const { documents: _, blocks: __, trace: ___, ...report } = value as StoredReport
  const ownMarkets = trees.map(({ markets }) =>
    Object.fromEntries(Object.entries(markets).map(([name, market]) => [name, listed(market)])),
  )
  const ownParams = trees.map(
    ({ params = {} }): Record<string, Scalar> =>
      Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.value])),
  )
  const ask: RunAsk = {
    plays: trees.map((tree, k) => ({ file: `${file} documents[${k}]`, text: printDocument(tree) })),
    blocks: blocks.map((block, k) => ({ file: `${file} blocks[${k}]`, text: textOf(block, file) })),
    from: settings.from,
    to: settings.to,
    markets: givenOf<readonly string[]>(ownMarkets, settings.markets),
    proxies: {},
    sets: givenOf<Scalar>(ownParams, settings.params),
    settings: settingsOf(settings, file),
  }
  return { report, ask }
}
