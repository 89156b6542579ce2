// The ports that use-cases take as arguments. Adapters in server/io fill them; wire.ts puts the two together.
import type { BarRows, FundingRows } from '../../blocks/engine/rows'
import type { Timeframe } from '../../blocks/kit/timeframe'
import type { MarketFacts, SeriesInfo } from '../core/series'

/** Stored market data, real or synthetic. All methods throw Failure (store_damaged, cancelled); rows are ascending. */
export interface BarsPort {
  /** Every series there is, or those of one instrument. */
  series(instrument?: string): Promise<readonly SeriesInfo[]>
  /** Rows from the first stored one to the last with openMs < toMs; empty when there are none. */
  bars(key: { instrument: string; kind: 'klines' | 'mark'; tf: Timeframe }, toMs: number): Promise<BarRows>
  /** Settlements from the first stored one to the last with stamp < toMs. */
  funding(instrument: string, toMs: number): Promise<FundingRows>
  /** What was imported (or made) about a market; null when nothing was. */
  facts(instrument: string): Promise<MarketFacts | null>
}

/** Said while a long call works; `share` in [0, 1]. */
export type Progress = (step: { readonly label: string; readonly share: number }) => void
