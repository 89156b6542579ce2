// What the server tells about market data, by its own types.
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/api/router'

type Data = inferRouterOutputs<AppRouter>['data']

export type Store = Data['store']
export type StoredSeries = Store['series'][number]
export type SeriesDetail = Data['series']
export type SeriesCheck = Data['check']
/** What is deleted, or would be. */
export type Removal = Data['remove']
export type SeriesInfo = NonNullable<StoredSeries['info']>
export type SeriesKey = Pick<StoredSeries, 'instrument' | 'kind' | 'tf'>

/** A download as it is asked for. */
export type DownloadAsk = inferRouterInputs<AppRouter>['data']['download']
type Told = inferRouterOutputs<AppRouter>['data']['downloads']
/** A download as it stands. */
export type DownloadNow =
  Told extends AsyncIterable<infer All> ? (All extends readonly (infer One)[] ? One : never) : never
