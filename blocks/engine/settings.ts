// The run's settings: everything about a run that is not in the Play (cli.md). Defaults filled, the whole is hashed.
import { z } from 'zod'

const percent = (fallback: number) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?%$/, 'a percentage such as 0.05%')
        .transform((text) => percentOf(text)),
    ])
    .default(fallback)

/** `0.05%` to 0.0005: the double nearest to the decimal with its point moved two places. */
const percentOf = (text: string): number => Number(`${text.slice(0, -1)}e-2`)

export const slippageSchema = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('fixed'), bps: z.number().min(0).max(1000).default(1) }),
  z.strictObject({ model: z.literal('spread'), spread_bps: z.number().min(0).max(1000) }),
  z.strictObject({
    model: z.literal('volume_share'),
    max_share: percent(0.1).pipe(z.number().gt(0).max(1)),
    impact: z.number().min(0).default(0.1),
    rest: z.enum(['next', 'cancel']).default('next'),
  }),
])

export const settingsSchema = z.strictObject({
  equity: z.number().positive().default(10_000),
  fees: z
    .strictObject({
      maker: percent(0.0002).pipe(z.number().min(-0.01).max(0.1)),
      taker: percent(0.0005).pipe(z.number().min(0).max(0.1)),
      liquidation: percent(0.005).pipe(z.number().min(0).max(0.1)),
    })
    .prefault({}),
  slippage: slippageSchema.default({ model: 'fixed', bps: 1 }),
  latency_ms: z.number().int().min(0).max(3_600_000).default(0),
  margin: z.enum(['isolated', 'cross']).default('isolated'),
  funding_gaps: z.enum(['refuse', 'mark']).default('refuse'),
  proxies: z.record(z.string(), z.string()).default({}),
  instruments: z
    .record(
      z.string(),
      z.strictObject({
        tick: z.number().positive().optional(),
        step: z.number().positive().optional(),
        min_qty: z.number().min(0).optional(),
        min_notional: z.number().min(0).optional(),
      }),
    )
    .default({}),
})

/** Fractions inside (0.0005), whatever way they were written. */
export type Settings = z.output<typeof settingsSchema>
