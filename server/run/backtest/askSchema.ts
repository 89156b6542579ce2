// What a server may be asked to compute of texts of Plays, judged as it comes in.
import { z } from 'zod'
import { settingsSchema } from '../../../blocks/engine/settings'
import { maxBytes } from '../../../blocks/play/text/guard'
import type { AskOf } from '../ports'

/** Of a market, a parameter, an instrument. */
const name = z.string().min(1).max(200)
/** Far more than a Play has of any of them. */
const mostNames = 500

const byName = <T extends z.ZodType>(value: T) =>
  z.record(name, value).refine((named) => Object.keys(named).length <= mostNames, `at most ${mostNames} values`)

/** Other values of parameters. */
export const setsSchema = byName(z.union([z.number(), z.boolean(), z.string().max(200)]))

const text = z.strictObject({ file: z.string().max(4096), text: z.string().max(maxBytes) })
const mostBlocks = 100

const run = {
  plays: z.array(text).min(1).max(32),
  blocks: z.array(text).max(mostBlocks).exactOptional(),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  markets: byName(z.array(name).max(mostNames)),
  proxies: byName(name),
  sets: setsSchema,
  settings: settingsSchema,
}

export const backtestAskSchema: z.ZodType<AskOf<'backtest'>> = z.strictObject({
  ...run,
  traceAt: z.number().exactOptional(),
})
export const seriesAskSchema: z.ZodType<AskOf<'series'>> = z.strictObject({ ...run, node: name })
export const explainAskSchema: z.ZodType<AskOf<'explain'>> = z.strictObject({ ...run, at: z.number() })
