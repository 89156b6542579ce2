// Column files of a dataset in the page's memory: fetched once by hash, looked at, kept until the budget wants them gone.
import {
  type ColumnFile,
  type Columns,
  type Dataset,
  doublesOf,
  type SeriesFiles,
  seriesOfDataset,
} from '../../blocks/engine/dataset'
import type { LoadProgress } from './protocol'
import { Told } from './wire'

/** What the outside gives: the network and the platform's SHA-256. */
export interface ColumnPorts {
  /** The whole file; `onBytes` is told how many more bytes have come. `fresh`: past every cache. */
  readonly fetchColumn: (
    hash: string,
    column: string,
    how: { readonly signal: AbortSignal; readonly fresh: boolean; readonly onBytes: (bytes: number) => void },
  ) => Promise<ArrayBuffer>
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
}

/** Bars that a page runs on at most, over all series of a dataset. */
export const mostBars = 2_000_000
/** Memory that the page's engine takes at most, bytes. */
export const budgetBytes = 600 * 1024 * 1024
/** What a bar takes while a run works: its columns, frames and the columns of some twenty nodes. */
const bytesPerBar = Math.floor(budgetBytes / mostBars)

/** Memory that runs on a dataset want, bytes. */
export const needOf = (dataset: Dataset): number =>
  bytesPerBar * seriesOfDataset(dataset).reduce((rows, series) => rows + series.rows, 0)

const bytesOf = (series: SeriesFiles): number => series.columns.reduce((sum, { bytes }) => sum + bytes, 0)

const nameOf = ({ instrument, kind, tf }: SeriesFiles): string =>
  kind === 'funding' ? `funding of ${instrument}` : `${instrument} ${tf ?? ''}${kind === 'mark' ? ' mark' : ''}`.trim()

/** Files that are on their way at once. */
const atOnce = 4

interface Wanted {
  readonly series: SeriesFiles
  readonly file: ColumnFile
}

export class ColumnCache {
  /** By hash of the series, least recently used first. */
  private readonly held = new Map<string, Columns>()
  private readonly sizes = new Map<string, number>()

  constructor(
    private readonly ports: ColumnPorts,
    /** Bytes of columns that stay when no dataset asks for them. */
    private readonly budget: number,
  ) {}

  get bytes(): number {
    return [...this.sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  }

  has(dataset: Dataset): boolean {
    return seriesOfDataset(dataset).every(({ hash }) => this.held.has(hash))
  }

  /** The columns of a series of a loaded dataset. */
  columns(series: SeriesFiles): Columns {
    const found = this.held.get(series.hash)
    if (found === undefined) throw new Error(`the columns of ${nameOf(series)} were not loaded`)
    return found
  }

  /** Fetches what is missing. Throws when aborted, and an Error with a sentence when a file cannot be had. */
  async load(dataset: Dataset, signal: AbortSignal, tell: (progress: LoadProgress) => void): Promise<void> {
    const all = seriesOfDataset(dataset)
    const missing = all.filter(({ hash }) => !this.held.has(hash))
    const total = missing.reduce((sum, series) => sum + bytesOf(series), 0)
    let done = 0
    const made = new Map<string, Record<string, Float64Array>>(missing.map(({ hash }) => [hash, {}]))
    const files = missing.flatMap((series) => series.columns.map((file): Wanted => ({ series, file })))
    const workers = Array.from({ length: Math.min(atOnce, files.length) }, async () => {
      for (let wanted = files.shift(); wanted !== undefined; wanted = files.shift()) {
        const { series, file } = wanted
        const onBytes = (bytes: number): void => {
          done += bytes
          tell({ label: `Loading ${nameOf(series)}`, done, total })
        }
        const column = await this.fetchWhole(wanted, signal, onBytes)
        const own = made.get(series.hash)
        if (own !== undefined) own[file.name] = column
      }
    })
    await Promise.all(workers)
    for (const series of missing) {
      this.held.set(series.hash, made.get(series.hash) ?? {})
      this.sizes.set(series.hash, bytesOf(series))
    }
    this.keep(all)
  }

  /** A file that is not what its hash names is fetched again, once, past every cache. */
  private async fetchWhole(
    { series, file }: Wanted,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<Float64Array> {
    for (const fresh of [false, true]) {
      const buffer = await this.ports.fetchColumn(series.hash, file.name, { signal, fresh, onBytes })
      const whole =
        buffer.byteLength === file.bytes && (await this.ports.sha256(new Uint8Array(buffer))) === file.sha256
      signal.throwIfAborted()
      if (whole) return doublesOf(buffer)
      onBytes(-buffer.byteLength)
    }
    throw new Told(`The ${file.name} column of ${nameOf(series)} did not arrive whole. Try again.`)
  }

  /** Makes `used` the newest and drops the oldest of the others until they fit. */
  private keep(used: readonly SeriesFiles[]): void {
    for (const { hash } of used) {
      const columns = this.held.get(hash)
      if (columns === undefined) continue
      this.held.delete(hash)
      this.held.set(hash, columns)
    }
    const needed = new Set(used.map(({ hash }) => hash))
    let idle = [...this.sizes].reduce((sum, [hash, bytes]) => (needed.has(hash) ? sum : sum + bytes), 0)
    for (const hash of [...this.held.keys()]) {
      if (idle <= this.budget) return
      if (needed.has(hash)) continue
      idle -= this.sizes.get(hash) ?? 0
      this.held.delete(hash)
      this.sizes.delete(hash)
    }
  }
}
