// The key of a series from outside.
import { z } from 'zod'
import { timeframes } from '../../../blocks/kit/timeframe'
import { isInstrumentId, type SeriesKey, seriesKinds } from '../../core/series'

export const instrumentSchema = z.string().refine(isInstrumentId, 'not an instrument: venue:SYMBOL, .P for a perpetual')

export const seriesKeySchema: z.ZodType<SeriesKey, SeriesKey> = z.strictObject({
  instrument: instrumentSchema,
  kind: z.enum(seriesKinds),
  /** Null for what has no bars. */
  tf: z.enum(timeframes).nullable(),
})
