// What the engine's side of the page asks the server: which data a Play's markets stand for, and the same run there.
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import type { Dataset, DatasetAsk } from '../../blocks/engine/dataset'
import type { Report } from '../../blocks/engine/report/document'
import type { AppRouter } from '../../server/api/router'
import type { RunRequest } from './protocol'
import { Told } from './wire'

/** A refusal of the server in its own words. */
export class ServerRefusal extends Told {
  constructor(
    message: string,
    readonly hint: string | null,
  ) {
    super(message)
  }
}

export interface EngineServer {
  /** Rejects with a ServerRefusal. */
  readonly dataset: (ask: DatasetAsk, signal: AbortSignal) => Promise<Dataset>
  /** Instruments with stored bars. */
  readonly stored: (signal: AbortSignal) => Promise<ReadonlySet<string>>
  readonly report: (request: RunRequest, signal: AbortSignal) => Promise<Report>
}

const refusalOf = (error: unknown): ServerRefusal => {
  if (!(error instanceof TRPCClientError)) return new ServerRefusal(String(error), null)
  const data = error.data as { hint?: string | null } | null | undefined
  if (data === null || data === undefined)
    return new ServerRefusal('The server does not answer.', 'Start it with `npm start`, then try again.')
  return new ServerRefusal(error.message, data.hint ?? null)
}

const told = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    throw refusalOf(error)
  }
}

/** The server that served this page. */
export const pageServer = (): EngineServer => {
  const api = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc', methodOverride: 'POST' })] })
  return {
    dataset: (ask, signal) => told(api.data.dataset.query(ask, { signal })),
    stored: async (signal) => {
      const { series } = await told(api.data.list.query(undefined, { signal }))
      return new Set(series.flatMap(({ kind, instrument }) => (kind === 'klines' ? [instrument] : [])))
    },
    report: ({ tree, sets, settings, fromMs, toMs }, signal) =>
      told(api.run.verify.mutate({ tree, sets, settings, fromMs, toMs }, { signal })),
  }
}
