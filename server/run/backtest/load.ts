// From an ask to a workspace: Plays read, range settled against the lockbox line, every market loaded.
import type { MarketRows } from '../../../blocks/engine/rows'
import { lockboxLine } from '../../../blocks/engine/seats'
import type { Settings } from '../../../blocks/engine/settings'
import { Workspace } from '../../../blocks/engine/workspace'
import type { Problem } from '../../../blocks/kit/problem'
import type { Flat } from '../../../blocks/play/flat'
import { Failure } from '../../core/failure'
import { fillSeries, loadMarket, type MarketRequest } from '../data/loadMarket'
import type { RunAsk, RunPorts } from './ask'
import { areProblems, type ReadPlay, readPlays } from './read'

export interface Loaded {
  readonly plays: readonly ReadPlay[]
  readonly workspace: Workspace
  readonly markets: readonly MarketRows[]
  readonly settings: Settings
  readonly fromMs: number
  readonly toMs: number
  readonly lockboxMs: number
  /** Time that reading and checking the Plays took, ms. */
  readonly compileMs: number
  /** An explicit end lies beyond the lockbox line. */
  readonly pastLockbox: boolean
}

/** Instruments that are traded, in wallet order, then those that are only read. */
const instrumentsOf = (flats: readonly Flat[]): { traded: string[]; read: string[] } => {
  const traded = [...new Set(flats.flatMap((flat) => flat.markets.main ?? []))]
  const all = new Set(flats.flatMap((flat) => Object.values(flat.markets).flat()))
  return { traded, read: [...all].filter((id) => !traded.includes(id)) }
}

/** `--proxy main=X` lends X's bars to every instrument that `main` stands for. */
const proxiesOf = (ask: RunAsk, plays: readonly ReadPlay[]): Record<string, string> => {
  const proxies: Record<string, string> = { ...ask.settings.proxies }
  for (const { flat } of plays)
    for (const [name, lender] of Object.entries(ask.proxies))
      for (const instrument of flat.markets[name] ?? []) proxies[instrument] = lender
  return proxies
}

const requestFor = (
  instrument: string,
  run: { ask: RunAsk; settings: Settings; traded: boolean; range: { fromMs?: number; toMs?: number } },
): MarketRequest => {
  const overrides = run.settings.instruments[instrument]
  const barsOf = run.settings.proxies[instrument]
  return {
    instrument,
    ...(barsOf === undefined ? {} : { barsOf }),
    ...run.range,
    funding: run.traded && run.settings.funding_gaps === 'refuse' ? 'required' : 'wanted',
    ...(overrides === undefined ? {} : { overrides }),
  }
}

interface Settled {
  readonly fromMs: number
  readonly toMs: number
  readonly lockboxMs: number
  readonly pastLockbox: boolean
}

/** The common span of the traded series decides both ends. */
const rangeOf = async (
  ask: RunAsk,
  requests: readonly MarketRequest[],
  run: { ports: RunPorts; tf: Flat['tf'] },
): Promise<Settled | Failure> => {
  let firstMs = Number.NEGATIVE_INFINITY
  let endMs = Number.POSITIVE_INFINITY
  for (const request of requests) {
    const series = await fillSeries(request, run.ports.bars)
    if (series instanceof Failure) return series
    firstMs = Math.max(firstMs, series.fromMs)
    endMs = Math.min(endMs, series.toMs)
  }
  const lockboxMs = lockboxLine({ firstMs, endMs }, run.tf)
  const fromMs = ask.from ?? firstMs
  const toMs = ask.to ?? lockboxMs
  if (fromMs < toMs) return { fromMs, toMs, lockboxMs, pastLockbox: toMs > lockboxMs }
  return new Failure(
    'range_empty',
    ask.to === undefined
      ? 'the range is empty: --from lies at or behind the lockbox line, where results stop by default'
      : 'the range is empty: its start is not before its end',
    { hint: 'give an earlier --from, or an explicit --to' },
  )
}

/** Everything a run needs, or what stands in its way. */
export const loadRun = async (ask: RunAsk, ports: RunPorts): Promise<Loaded | Failure | Problem[]> => {
  const startedAt = ports.now()
  const plays = readPlays(ask, ports)
  const compileMs = ports.now() - startedAt
  if (areProblems(plays)) return plays
  const [first] = plays
  if (first === undefined) return new Failure('option_missing', 'no Play was given', { hint: 'name a file' })
  const settings: Settings = { ...ask.settings, proxies: proxiesOf(ask, plays) }
  const { traded, read } = instrumentsOf(plays.map(({ flat }) => flat))
  const asked = {
    ...(ask.from === undefined ? {} : { fromMs: ask.from }),
    ...(ask.to === undefined ? {} : { toMs: ask.to }),
  }
  const requests = traded.map((id) => requestFor(id, { ask, settings, traded: true, range: asked }))
  const range = await rangeOf(ask, requests, { ports, tf: first.flat.tf })
  if (range instanceof Failure) return range
  const { fromMs, toMs } = range
  const markets: MarketRows[] = []
  for (const id of [...traded, ...read]) {
    ports.progress?.({ label: `load ${id}`, share: markets.length / (traded.length + read.length) })
    const request = requestFor(id, { ask, settings, traded: traded.includes(id), range: { fromMs, toMs } })
    const market = await loadMarket(request, ports.bars)
    if (market instanceof Failure) return market
    markets.push(market)
  }
  return { plays, workspace: new Workspace(markets), markets, settings, compileMs, ...range }
}
