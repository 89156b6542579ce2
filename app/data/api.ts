// What the server tells about market data, by its own types.
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/api/router'

type Data = inferRouterOutputs<AppRouter>['data']

export type Store = Data['store']
export type StoredSeries = Store['series'][number]
export type SeriesDetail = Data['series']
export type SeriesCheck = Data['check']
export type SeriesInfo = NonNullable<StoredSeries['info']>
export type SeriesKey = Pick<StoredSeries, 'instrument' | 'kind' | 'tf'>
