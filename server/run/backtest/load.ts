// From an ask to a workspace: Plays read, range settled against the lockbox line, every market loaded.
import { instrumentsOf, proxiesOf, type RunRange } from '../../../blocks/engine/dataset'
import type { MarketRows } from '../../../blocks/engine/rows'
import type { Settings } from '../../../blocks/engine/settings'
import { Workspace } from '../../../blocks/engine/workspace'
import type { Problem } from '../../../blocks/kit/problem'
import { Failure, failureOr } from '../../core/failure'
import { rowsOfPlan } from '../data/loadMarket'
import { planDataset } from '../data/planDataset'
import type { RunAsk } from '../ports'
import type { RunPorts } from './ask'
import { areProblems, type ReadPlay, readPlays } from './read'

export interface Loaded extends RunRange {
  readonly plays: readonly ReadPlay[]
  readonly workspace: Workspace
  readonly markets: readonly MarketRows[]
  readonly settings: Settings
  /** Time that reading and checking the Plays took, ms. */
  readonly compileMs: number
}

/** Everything a run needs, or what stands in its way. */
export const loadRun = async (ask: RunAsk, ports: RunPorts): Promise<Loaded | Failure | Problem[]> => {
  const startedAt = ports.now()
  const plays = readPlays(ask)
  const compileMs = ports.now() - startedAt
  if (areProblems(plays)) return plays
  const [first] = plays
  if (first === undefined) return new Failure('option_missing', 'no Play was given', { hint: 'name a file' })
  const flats = plays.map(({ flat }) => flat)
  const settings: Settings = { ...ask.settings, proxies: proxiesOf(flats, ask.proxies, ask.settings) }
  const wanted = { ...instrumentsOf(flats), tf: first.flat.tf, fromMs: ask.from, toMs: ask.to, settings }
  const plan = await failureOr(() => planDataset(wanted, ports.bars))
  if (plan instanceof Failure) return plan
  const { fromMs, toMs, lockboxMs, pastLockbox } = plan
  const markets: MarketRows[] = []
  for (const market of plan.markets) {
    ports.progress?.({ label: `load ${market.instrument.id}`, share: markets.length / plan.markets.length })
    const rows = await failureOr(() => rowsOfPlan(market, ports.bars, toMs))
    if (rows instanceof Failure) return rows
    markets.push(rows)
  }
  const workspace = new Workspace(markets)
  return { plays, workspace, markets, settings, compileMs, fromMs, toMs, lockboxMs, pastLockbox }
}
