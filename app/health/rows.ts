// The parts of a Playloom as the page names them, and what their states are called.

import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/api/router'

export type HealthRow = inferRouterOutputs<AppRouter>['system']['health'][number]

/** Name and what it does, in the order in which the server tells them. */
export const parts: Readonly<Record<HealthRow['name'], { readonly title: string; readonly does: string }>> = {
  page: { title: 'Server', does: 'serves this page and its API' },
  database: { title: 'Database', does: 'keeps Plays, versions, runs and trials' },
  hot: { title: 'News', does: 'tells the page each step of a run' },
  worker: { title: 'Worker', does: 'computes runs of record, downloads history' },
  data: { title: 'Market data', does: 'bars, funding and marks on this machine' },
  backup: { title: 'Backups', does: 'one a night, seven are kept' },
  temporal: { title: 'Temporal', does: 'will carry evolution and promotion' },
}

export const stateWords: Readonly<Record<HealthRow['state'], string>> = { ok: 'runs', off: 'off', trouble: 'trouble' }

export const summaryOf = (rows: readonly HealthRow[]): string => {
  const troubles = rows.filter(({ state }) => state === 'trouble').length
  if (troubles === 0) return 'All that is needed runs'
  return troubles === 1 ? 'One part is in trouble' : `${troubles} parts are in trouble`
}
