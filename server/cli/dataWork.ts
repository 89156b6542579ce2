// What the data commands ask for, wherever it is done: the same asks, the same answers.
import type { z } from 'zod'
import type * as shapes from '../api/shapes/data'
import type { CheckReport } from '../run/data/checkSeries'
import type { DownloadResult } from '../run/data/download'
import type { DownloadRequest } from '../run/data/downloadRequest'
import type { ExportRequest } from '../run/data/exportSeries'
import type { ImportRequest, ImportResult } from '../run/data/importFiles'
import type { listSeries } from '../run/data/listSeries'
import type { Removal, RemoveAsk } from '../run/data/removeSeries'
import type { RemoteOptions } from './remote'

export type ListAnswer = Awaited<ReturnType<typeof listSeries>> & { readonly dataDir: string }
export type ImportAsk = Omit<ImportRequest, 'signal' | 'progress'>
export type DownloadAsk = Omit<DownloadRequest, 'signal'>

/** Each throws what ends the command. */
export interface DataWork {
  readonly list: () => Promise<ListAnswer>
  /** Of one instrument, or of all. */
  readonly check: (instrument: string | undefined) => Promise<CheckReport>
  readonly import: (ask: ImportAsk) => Promise<ImportResult>
  readonly export: (ask: ExportRequest) => Promise<z.output<typeof shapes.exported>>
  readonly download: (ask: DownloadAsk) => Promise<DownloadResult>
  readonly remove: (ask: RemoveAsk) => Promise<Removal>
}

export interface DataOptions extends RemoteOptions {
  readonly local?: boolean
}
