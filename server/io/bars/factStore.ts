// Imported market facts under DATA_DIR/instruments: one immutable file an import, the newest that knows a market wins.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../core/failure'
import type { FactSheet, FactsFile } from '../../core/incoming'
import type { MarketFacts } from '../../core/series'
import { namesIn, readFailure, replaceFile, sweep, writeFailure } from './files'

const bracketSchema = z.strictObject({
  floor: z.number(),
  cap: z.number(),
  maxLeverage: z.number(),
  rate: z.number(),
  cum: z.number(),
})
const marketSchema = z.strictObject({
  tick: z.string().optional(),
  step: z.string().optional(),
  minQty: z.number().optional(),
  minNotional: z.number().optional(),
  brackets: z.array(bracketSchema).optional(),
})
const sheetSchema = z.strictObject({
  format: z.literal(1),
  venue: z.string(),
  what: z.enum(['filters', 'brackets']),
  asOfMs: z.number(),
  source: z.string(),
  sourceFile: z.strictObject({ name: z.string(), sha256: z.string() }),
  markets: z.record(z.string(), marketSchema),
})
export type StoredSheet = z.output<typeof sheetSchema>

const folderIn = (dataDir: string): string => join(dataDir, 'instruments')

/** `binance-filters-2025-11-26-b95bec37b278.json`: the same file imported twice is one. */
const nameOf = ({ venue, what, asOfMs }: FactSheet, sha256: string): string =>
  `${venue}-${what}-${new Date(asOfMs).toISOString().slice(0, 10)}-${sha256.slice(0, 12)}.json`

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A sheet holds hundreds of markets: to look at all of them for the sake of one takes longer than to read a year. */
const only = (json: unknown, market: string): unknown => {
  if (!isRecord(json) || !isRecord(json.markets)) return json
  const { markets } = json
  return { ...json, markets: Object.hasOwn(markets, market) ? { [market]: markets[market] } : {} }
}

const readSheet = async (path: string, market?: string): Promise<StoredSheet> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw readFailure(error, path)
  })
  try {
    const json: unknown = JSON.parse(text)
    return sheetSchema.parse(market === undefined ? json : only(json, market))
  } catch (error) {
    throw new Failure('store_damaged', `${path} is not what was written there`, {
      hint: 'remove it and import the file again',
      cause: error,
    })
  }
}

/** Newest first; with a market, what they say of it alone. */
export const sheetsIn = async (dataDir: string, market?: string): Promise<readonly StoredSheet[]> => {
  const venue = market?.slice(0, Math.max(0, market.indexOf(':')))
  const names = (await namesIn(folderIn(dataDir))).filter(
    (name) => name.endsWith('.json') && name.startsWith(venue ? `${venue}-` : ''),
  )
  const sheets = await Promise.all(names.map((name) => readSheet(join(folderIn(dataDir), name), market)))
  return sheets.sort((a, b) => b.asOfMs - a.asOfMs || (a.sourceFile.sha256 < b.sourceFile.sha256 ? -1 : 1))
}

/** Filters and brackets come from the newest file each that knows the market. */
export const factsOf = async (dataDir: string, instrument: string): Promise<MarketFacts | null> => {
  const sheets = (await sheetsIn(dataDir, instrument)).filter((sheet) => Object.hasOwn(sheet.markets, instrument))
  const used = (['filters', 'brackets'] as const).flatMap((what) => sheets.find((sheet) => sheet.what === what) ?? [])
  if (used.length === 0) return null
  const known: { [K in keyof MarketFacts]?: MarketFacts[K] | undefined } = Object.assign(
    {},
    ...used.map((sheet) => sheet.markets[instrument]),
  )
  const { tick, step, minQty, minNotional, brackets } = known
  return {
    ...(tick === undefined ? {} : { tick }),
    ...(step === undefined ? {} : { step }),
    ...(minQty === undefined ? {} : { minQty }),
    ...(minNotional === undefined ? {} : { minNotional }),
    ...(brackets === undefined ? {} : { brackets }),
    sources: used.map((sheet) => sheet.source),
  }
}

/** Keeps the facts of one file; a file that is already there is left as it is. */
export const storeFacts = async (dataDir: string, { facts, path, sha256 }: FactsFile): Promise<void> => {
  const folder = folderIn(dataDir)
  const name = path.split(/[\\/]/).at(-1) ?? path
  try {
    await sweep(folder)
    await replaceFile(join(folder, nameOf(facts, sha256)), async (temporary) => {
      const sheet = { format: 1, ...facts, sourceFile: { name, sha256 } } as const
      await writeFile(temporary, JSON.stringify(sheetSchema.parse(sheet)))
      return undefined
    })
  } catch (error) {
    throw writeFailure(error, folder)
  }
}
