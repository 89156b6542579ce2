// Hashes of the rows that a run in the page really reads, by the platform's SHA-256; each is computed once.
import type { Dataset, SeriesFiles } from '../../blocks/engine/dataset'
import type { RowHashes } from '../../blocks/engine/report/assemble'
import { barColumns, fundingColumns, rowBytes } from '../../blocks/engine/report/hashes'
import type { BarRows, FundingRows, MarketRows } from '../../blocks/engine/rows'
import type { ColumnPorts } from './columns'

/** Hashes that are kept: a trader changes the range of a run now and then. */
const mostKept = 200

export class RowHasher {
  private readonly known = new Map<string, string>()

  constructor(private readonly sha256: ColumnPorts['sha256']) {}

  /** Hashes of the rows of a dataset's markets, which stand in the order of the dataset. */
  async of(dataset: Dataset, markets: readonly MarketRows[]): Promise<RowHashes> {
    const byRows = new Map<BarRows | FundingRows, string>()
    for (const [k, market] of dataset.markets.entries()) {
      const rows = markets[k]
      if (rows === undefined) throw new Error('a market of the dataset has no rows')
      byRows.set(rows.bars, await this.hashOf(market.bars, barColumns(rows.bars)))
      if (market.mark !== null && rows.mark !== null)
        byRows.set(rows.mark, await this.hashOf(market.mark, barColumns(rows.mark)))
      if (market.funding !== null && rows.funding !== null)
        byRows.set(rows.funding, await this.hashOf(market.funding, fundingColumns(rows.funding)))
    }
    const found = (rows: BarRows | FundingRows): string => {
      const hash = byRows.get(rows)
      if (hash === undefined) throw new Error('rows of a run that were not hashed')
      return hash
    }
    // The rows are cut at the end of the run already.
    return { bars: found, funding: found }
  }

  private async hashOf(series: SeriesFiles, columns: readonly Float64Array[]): Promise<string> {
    const rows = columns[0]?.length ?? 0
    const key = `${series.hash}|${rows}`
    const found = this.known.get(key)
    if (found !== undefined) return found
    const made = await this.sha256(rowBytes(columns, 0, rows))
    if (this.known.size >= mostKept) this.known.clear()
    this.known.set(key, made)
    return made
  }
}
