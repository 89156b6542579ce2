// Router: the ledger of looks at data. Every run that a page has made is a row; its own engine says what it saw.
import { z } from 'zod'
import { timeframes } from '../../blocks/kit/timeframe'
import { playIdSchema } from '../run/record/queueRun'
import { procedure, router } from './trpc'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256')

const seriesSchema = z.strictObject({
  instrument: z.string().min(1).max(200),
  kind: z.enum(['klines', 'funding', 'mark', 'open-interest', 'liquidations', 'series']),
  tf: z.enum(timeframes).nullable(),
  sha256: hash,
})
const data = z.array(seriesSchema).min(1).max(200)

const trialSchema = z.strictObject({
  playId: playIdSchema,
  logicHash: hash,
  settingsHash: hash,
  data,
  fromMs: z.int(),
  toMs: z.int(),
  sharpe: z.number().nullable(),
  trades: z.int().min(0),
})

export const trialRouter = router({
  add: procedure
    .meta({ summary: 'Looks at data, each counted once; answers how many of them were new.' })
    .input(z.array(trialSchema).min(1).max(200))
    .output(z.int())
    .mutation(async ({ ctx, input }) => {
      const { trials } = await ctx.stores()
      const rows = input.map(({ playId, sharpe, ...row }) => ({
        ...row,
        lineage: playId,
        score: sharpe,
        origin: 'human' as const,
        actor: ctx.actor,
      }))
      return trials.add(rows)
    }),
  count: procedure
    .meta({ summary: 'Looks that a Play, in all its versions, has had at bars of these markets.' })
    .input(z.strictObject({ playId: playIdSchema, data }))
    .output(z.int())
    .query(async ({ ctx, input }) => (await ctx.stores()).trials.count(input.playId, input.data)),
})
