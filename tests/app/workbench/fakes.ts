// An engine and a server that answer as a test says, for what runs the open Play.
import type { EngineStatus, RunOutcome, RunRequest } from '../../../app/engine/protocol'
import { type EngineServer, ServerRefusal } from '../../../app/engine/server'
import type { RunEngine } from '../../../app/workbench/autorun'
import type { Dataset, DatasetAsk } from '../../../blocks/engine/dataset'
import type { Report } from '../../../blocks/engine/report/document'
import type { Ambiguity } from '../../../blocks/engine/report/input'

export interface Turn {
  readonly request: RunRequest
  readonly end: (outcome: RunOutcome) => void
  readonly fail: (error: Error) => void
}

/** An engine whose runs end when the test says so. */
export const fakeEngine = () => {
  const turns: Turn[] = []
  const bands: { readonly report: Report; readonly end: (band: Ambiguity | null) => void }[] = []
  const listeners = new Set<(status: EngineStatus) => void>()
  const engine: RunEngine = {
    run: (request) =>
      new Promise<RunOutcome>((end, fail) => {
        turns.push({ request, end, fail })
      }),
    band: (report) =>
      new Promise<Ambiguity | null>((end) => {
        bands.push({ report, end })
      }),
    status: () => ({ kind: 'idle' }),
    onStatus: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return { engine, turns, bands, tell: (status: EngineStatus) => [...listeners].map((listener) => listener(status)) }
}

export const spot = 'binance:BTCUSDT'
export const perp = 'binance:BTCUSDT.P'

export const datasetFor = (ask: DatasetAsk): Dataset =>
  ({
    fromMs: ask.fromMs ?? 1000,
    toMs: ask.toMs ?? 2000,
    lockboxMs: 2000,
    pastLockbox: false,
    span: { firstMs: 1000, endMs: 2500 },
    markets: [],
  }) satisfies Dataset

export const unknown = (id: string): ServerRefusal => new ServerRefusal(`there are no bars of ${id}`, 'import them')

/** A server on which only some instruments have bars. */
export const fakeServer = (stored: readonly string[]) => {
  const asks: DatasetAsk[] = []
  const server: EngineServer = {
    dataset: async (ask) => {
      asks.push(ask)
      const missing = [...ask.traded, ...ask.read].find((id) => !stored.includes(ask.settings.proxies[id] ?? id))
      if (missing !== undefined) throw unknown(missing)
      return datasetFor(ask)
    },
    stored: async () => new Set(stored),
    report: () => Promise.reject(new Error('not here')),
  }
  return { server, asks }
}
