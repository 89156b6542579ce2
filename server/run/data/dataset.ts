// Use-cases for the page: what the browser must fetch to run Plays itself on the bits of the server, and the files.
import { z } from 'zod'
import type { Dataset, DatasetAsk, MarketOf, SeriesFiles } from '../../../blocks/engine/dataset'
import { settingsSchema } from '../../../blocks/engine/settings'
import { timeframes } from '../../../blocks/kit/timeframe'
import { Failure, failureOr } from '../../core/failure'
import type { KeptColumn } from '../ports'
import type { FramedBars } from './framedBars'
import { planDataset } from './planDataset'
import type { MarketPlan } from './planMarket'

/** An ask from outside. More markets than these belong into several datasets. */
export const datasetAskSchema: z.ZodType<DatasetAsk> = z.strictObject({
  traded: z.array(z.string()).min(1).max(50),
  read: z.array(z.string()).max(50),
  tf: z.enum(timeframes),
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
  settings: settingsSchema.pick({ proxies: true, instruments: true, funding_gaps: true }),
})

const describeMarket = async (plan: MarketPlan, bars: FramedBars): Promise<MarketOf<SeriesFiles>> => ({
  ...plan,
  bars: await bars.files(plan.bars),
  funding: plan.funding === null ? null : await bars.files(plan.funding),
  mark: plan.mark === null ? null : await bars.files(plan.mark),
})

/** Every series that a run on these markets reads, as files, with all else inline; or what stands in the way of it. */
export const describeDataset = (ask: DatasetAsk, bars: FramedBars): Promise<Dataset | Failure> =>
  failureOr(async () => {
    const plan = await planDataset(ask, bars)
    const markets: MarketOf<SeriesFiles>[] = []
    for (const market of plan.markets) markets.push(await describeMarket(market, bars))
    return { ...plan, markets }
  })

/** One file of a dataset, whole: its bytes were looked at. Hash and column may be any text from outside. */
export const openColumn = (
  asked: { readonly hash: string; readonly column: string },
  bars: FramedBars,
): Promise<KeptColumn | Failure> =>
  failureOr(async () => {
    const kept = await bars.column(asked.hash, asked.column)
    if (kept !== null) return kept
    throw new Failure('series_missing', 'no stored series has this hash and column', {
      hint: 'the data may have changed since: ask for the dataset again',
    })
  })
