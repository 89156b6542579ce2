// What every procedure is given: who acts, and the ports of market data, opened at the first call that needs them.

import type { Failure } from '../core/failure'
import { type Env, readEnv } from '../env'
import { type FramedBars, framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import { type JobNews, shareJobNews } from '../run/jobs/watchJobs'
import type { ComputePort, RunPort } from '../run/ports'
import { type RunChanges, shareChanges } from '../run/record/watchRun'
import type { Stores } from '../run/stores'
import { type DataPorts, openData, openRuns, openStoresOf } from '../wire'
import { createLimits, type Limits } from './limits'

/** A call as far as it is judged. */
export interface Call {
  readonly actor: string
  /** `noun.verb` */
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
}

/** Null: it may be made. */
export type Authorise = (call: Call) => Failure | null

export interface Context {
  /** Who acts: `local` until there are users. */
  readonly actor: 'local'
  /** Of the request that is served; absent outside of one. */
  readonly requestId?: string | undefined
  /** Asked before every call. Until there are users, whoever works at this machine may do everything. */
  readonly authorise: Authorise
  readonly limits: Limits
  readonly env: Env
  readonly data: () => Promise<DataPorts>
  /** Bars of every venue, read through the cache of columns. */
  readonly bars: () => Promise<FramedBars>
  readonly runs: RunPort & ComputePort
  /** What must not be lost. Throws Failure database_away where no database is named. */
  readonly stores: () => Promise<Stores>
  /** News of runs of record. */
  readonly changes: () => Promise<RunChanges>
  /** News of downloads. */
  readonly jobNews: () => Promise<JobNews>
}

/** One value, made at the first call; a failure is not kept. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

export const createContext = (variables: Readonly<Record<string, string | undefined>>): Context => {
  const env = readEnv(variables)
  const data = once(() => openData(env))
  const bars = once(async () => {
    const { store, frames, venues } = await data()
    return framedBars(routeBars(venues, store), frames)
  })
  const stores = once(() => openStoresOf(env))
  const changes = once(async () => shareChanges((await stores()).runs))
  const jobNews = once(async () => shareJobNews((await stores()).board))
  const allowed: Authorise = () => null
  return {
    actor: 'local',
    authorise: allowed,
    limits: createLimits(),
    env,
    data,
    bars,
    runs: openRuns(env),
    stores,
    changes,
    jobNews,
  }
}

/** Of this process. Nothing is opened before the first call. */
export const context: Context = createContext(process.env)
