// The key of a series, and what is to be looked at or removed, from outside.
import { z } from 'zod'
import { timeframes } from '../../../blocks/kit/timeframe'
import { isInstrumentId, type SeriesKey, seriesKinds } from '../../core/series'
import type { RemoveAsk } from './removeSeries'

export const instrumentSchema = z.string().refine(isInstrumentId, 'not an instrument: venue:SYMBOL, .P for a perpetual')

/** Looked up among what is stored, so any word may be asked about. */
export const storedNameSchema = z.string().min(1).max(100)

export const seriesKeySchema: z.ZodType<SeriesKey, SeriesKey> = z.strictObject({
  instrument: instrumentSchema,
  kind: z.enum(seriesKinds),
  /** Null for what has no bars. */
  tf: z.enum(timeframes).nullable(),
})

export const removeAskSchema: z.ZodType<RemoveAsk, RemoveAsk> = z.strictObject({
  instrument: storedNameSchema,
  kind: z.enum(seriesKinds).optional(),
  tf: z.enum(timeframes).nullable().optional(),
  dryRun: z.boolean(),
})
