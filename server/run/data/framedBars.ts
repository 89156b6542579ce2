// A data port read through the cache of raw columns: the same rows, ten times sooner. What is not kept is made.
import { barRows, type Columns, fundingRows, type SeriesFiles } from '../../../blocks/engine/dataset'
import { Failure, failureOr } from '../../core/failure'
import { isRunSeries, type RunSeries, type SeriesKey, seriesName } from '../../core/series'
import type { BarsPort, FramesPort, KeptColumn } from '../ports'
import { columnsOf } from './loadMarket'

export interface FramedBars extends BarsPort {
  /** The files of a series as it is now. Throws Failure, also where they cannot be written. */
  files(series: RunSeries): Promise<SeriesFiles>
  /** A column file by name, made when it is not there; null when no series has this hash or no such column. */
  column(hash: string, name: string): Promise<KeptColumn | null>
}

interface Made {
  readonly series: RunSeries
  readonly columns: Columns
  /** Why they could not be kept. */
  readonly unkept: Failure | null
}

const find = async ({ instrument, kind, tf }: SeriesKey, source: BarsPort): Promise<RunSeries | null> => {
  const all = await source.series(instrument)
  return all.filter(isRunSeries).find((series) => series.kind === kind && series.tf === tf) ?? null
}

/** A writer may change the series while it is read: then it is read again, so that a hash never names other rows. */
const readWhole = async (wanted: RunSeries, source: BarsPort): Promise<Omit<Made, 'unkept'>> => {
  let series = wanted
  for (let attempt = 0; attempt < 20; attempt++) {
    const columns = await columnsOf(series, source, Infinity)
    const now = await find(series, source)
    if (now === null) throw new Failure('series_missing', `${seriesName(series)} is no longer stored`)
    if (now.sha256 !== series.sha256) {
      series = now
      continue
    }
    const rows = (columns.openMs ?? columns.stampMs)?.length
    if (rows !== series.rows) throw new Error(`${seriesName(series)} has ${rows} rows where ${series.rows} are told`)
    return { series, columns }
  }
  throw new Failure('store_busy', `${seriesName(wanted)} changes faster than it can be read`)
}

/** `source` must name every series there is: what none of them has is removed from the cache. */
const makeFrame = async (wanted: RunSeries, source: BarsPort, frames: FramesPort): Promise<Made> => {
  const { series, columns } = await readWhole(wanted, source)
  const kept = await failureOr(async () => {
    await frames.keep(series.sha256, columns)
    await frames.prune(new Set((await source.series()).map(({ sha256 }) => sha256)))
  })
  return { series, columns, unkept: kept instanceof Failure ? kept : null }
}

/**
 * A run on synthetic bars leaves nothing behind: they are made from their seed, and kept only where files are asked for.
 */
export const framedBars = (source: BarsPort, frames: FramesPort): FramedBars => {
  const making = new Map<string, Promise<Made>>()
  /** Many may ask for the same at once: it is made once. */
  const make = (series: RunSeries): Promise<Made> => {
    const begun = making.get(series.sha256)
    if (begun !== undefined) return begun
    const work = makeFrame(series, source, frames).finally(() => making.delete(series.sha256))
    making.set(series.sha256, work)
    return work
  }
  /** Null: the source serves it best itself. */
  const whole = async (key: SeriesKey): Promise<Columns | null> => {
    const series = await find(key, source)
    if (series === null || series.synthetic) return null
    // A full or read-only disk slows a run down, it does not stop it.
    return (await frames.read(series.sha256)) ?? (await make(series)).columns
  }
  const filesOf = async (wanted: RunSeries): Promise<{ series: RunSeries; kept: readonly KeptColumn[] }> => {
    const there = await frames.files(wanted.sha256)
    if (there !== null) return { series: wanted, kept: there }
    const { series, unkept } = await make(wanted)
    const kept = await frames.files(series.sha256)
    if (kept !== null) return { series, kept }
    throw unkept ?? new Failure('write_failed', `the columns of ${seriesName(series)} could not be kept`)
  }
  return {
    series: (instrument) => source.series(instrument),
    facts: (instrument) => source.facts(instrument),
    published: (key, toMs) => source.published(key, toMs),
    bars: async (key, toMs) => {
      const columns = await whole(key)
      return columns === null ? await source.bars(key, toMs) : barRows(key, columns, toMs)
    },
    funding: async (instrument, toMs) => {
      const columns = await whole({ instrument, kind: 'funding', tf: null })
      return columns === null ? await source.funding(instrument, toMs) : fundingRows(columns, toMs)
    },
    files: async (wanted) => {
      const { series, kept } = await filesOf(wanted)
      const { instrument, kind, tf, sha256: hash, rows, fromMs, toMs, seed } = series
      const columns = kept.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
      const files = { instrument, kind, tf, hash, rows, fromMs, toMs, columns }
      return seed === undefined ? files : { ...files, seed }
    },
    column: async (hash, name) => {
      const there = await frames.files(hash)
      const series =
        there === null ? (await source.series()).filter(isRunSeries).find(({ sha256 }) => sha256 === hash) : undefined
      const kept = there ?? (series === undefined ? [] : (await filesOf(series)).kept)
      return kept.find((file) => file.name === name) ?? null
    },
  }
}
