// Use-case: a series out of the store (or the synthetic market) as one CSV or Parquet file, times in Unix ms UTC.
import { z } from 'zod'
import { type Timeframe, tfMs, timeframes } from '../../../blocks/kit/timeframe'
import { Failure, failureOr } from '../../core/failure'
import { isPublished, type SeriesInfo, type SeriesKind, seriesKinds } from '../../core/series'
import { valueColumns } from '../../core/table'
import type { BarsPort, TablePort } from '../ports'
import { storedNameSchema } from './seriesKey'

/** Kinds of series that are given out. */
export const exportKinds = seriesKinds
export type ExportKind = SeriesKind

/** Which rows, and as what. */
export interface ExportAsk {
  readonly instrument: string
  /** Default: bars, or the first other kind that is stored. */
  readonly kind?: SeriesKind | undefined
  /** Of several stored timeframes, the one to take; default the finest. */
  readonly tf?: Timeframe | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly format: 'csv' | 'parquet'
}

export interface ExportRequest extends ExportAsk {
  readonly path: string
}

const momentText = z
  .string()
  .regex(/^-?\d{1,15}$/, 'not a time in ms')
  .transform(Number)

/** From a query, where all is text. */
export const exportAskSchema: z.ZodType<ExportAsk> = z.strictObject({
  instrument: storedNameSchema,
  kind: z.enum(seriesKinds).optional(),
  tf: z.enum(timeframes).optional(),
  fromMs: momentText.optional(),
  toMs: momentText.optional(),
  format: z.enum(['csv', 'parquet']),
})

export interface ExportResult {
  readonly series: SeriesInfo
  readonly rows: number
  readonly path: string
}

interface Column {
  readonly name: string
  readonly values: Float64Array
}

const chosen = async ({ instrument, kind: asked, tf }: ExportAsk, bars: BarsPort): Promise<SeriesInfo> => {
  const own = await bars.series(instrument)
  const kind = asked ?? seriesKinds.find((name) => own.some((series) => series.kind === name)) ?? 'klines'
  const all = own.filter((series) => series.kind === kind)
  const fitting = all.filter((series) => tf === undefined || series.tf === tf)
  const [first] = fitting.sort((a, b) => tfMs[a.tf ?? '1w'] - tfMs[b.tf ?? '1w'])
  if (first !== undefined) return first
  const has = timeframes.filter((name) => all.some((series) => series.tf === name)).join(', ')
  throw new Failure(
    'series_missing',
    `nothing is stored of ${instrument} ${kind}${tf === undefined ? '' : ` ${tf}`}${has ? ` (stored: ${has})` : ''}`,
    {
      hint: 'playloom data list shows what is',
    },
  )
}

const columnsOf = async (series: SeriesInfo, toMs: number, bars: BarsPort): Promise<readonly Column[]> => {
  if (isPublished(series.kind)) {
    const { timeMs, values } = await bars.published(series, toMs)
    const named = valueColumns[series.kind].map((name, k) => ({ name, values: values[k] ?? timeMs }))
    return [{ name: 'time', values: timeMs }, ...named]
  }
  if (series.kind === 'funding' || series.tf === null) {
    const { stampMs, rate, intervalMs } = await bars.funding(series.instrument, toMs)
    const hours =
      intervalMs === null ? [] : [{ name: 'funding_interval_hours', values: intervalMs.map((ms) => ms / 3_600_000) }]
    return [{ name: 'funding_time', values: stampMs }, { name: 'funding_rate', values: rate }, ...hours]
  }
  const rows = await bars.bars({ instrument: series.instrument, kind: series.kind, tf: series.tf }, toMs)
  const prices = (['open', 'high', 'low', 'close'] as const).map((name) => ({ name, values: rows[name] }))
  const volume = series.kind === 'klines' ? [{ name: 'volume', values: rows.volume }] : []
  return [{ name: 'open_time', values: rows.openMs }, ...prices, ...volume]
}

export const exportSeries = (
  request: ExportRequest,
  ports: { readonly bars: BarsPort; readonly tables: TablePort },
): Promise<ExportResult | Failure> =>
  failureOr(async () => {
    const { fromMs = -Infinity, toMs = Infinity, path, format } = request
    const series = await chosen(request, ports.bars)
    const whole = await columnsOf(series, toMs, ports.bars)
    const first = whole[0]?.values.findIndex((ms) => ms >= fromMs) ?? -1
    if (first < 0) throw new Failure('range_empty', `${request.instrument} has no row in the range`)
    const columns = whole.map(({ name, values }) => ({ name, values: values.subarray(first) }))
    await ports.tables.write({ path, format, columns })
    return { series, rows: columns[0]?.values.length ?? 0, path }
  })
