// Use-case: run Plays on stored bars and report. The same for the command line, the worker and the page's verification.
import { logicTypes } from '../../../blocks/catalogue'
import { type ReportedRun, runReport } from '../../../blocks/engine/report/assemble'
import type { DecisionRecord } from '../../../blocks/engine/simulate/desk'
import type { Problem } from '../../../blocks/kit/problem'
import { canonical } from '../../../blocks/play/canonical'
import { lookupIn, type OwnBlocks, usedBlocks } from '../../../blocks/play/own'
import { Failure } from '../../core/failure'
import { readBlocks } from '../ownBlocks'
import type { AskOf, StoredReport } from '../ports'
import type { RunPorts } from './ask'
import { type Loaded, loadRun } from './load'

export const typesByKey = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))

/** Seed of the made-up bars of the run; null: all are real. */
const seedOf = async ({ markets }: Loaded, { bars }: RunPorts): Promise<number | null> => {
  const made = markets.find(({ synthetic }) => synthetic)
  const [series] = made === undefined ? [] : await bars.series(made.barsOf)
  return series?.seed ?? null
}

export interface Backtest extends ReportedRun {
  readonly loaded: Loaded
  readonly decisions: readonly DecisionRecord[]
}

/** Runs what was asked. `traceAt`: keep the decisions of that instant. */
export const backtest = async (ask: AskOf<'backtest'>, ports: RunPorts): Promise<Backtest | Failure | Problem[]> => {
  const startedAt = ports.now()
  const loaded = await loadRun(ask, ports)
  if (loaded instanceof Failure || Array.isArray(loaded)) return loaded
  const seed = await seedOf(loaded, ports)
  const loadedAt = ports.now()
  const decisions: DecisionRecord[] = []
  ports.progress?.({ label: 'simulate', share: 0 })
  const made = runReport({
    ...loaded,
    types: typesByKey,
    hashes: ports.hash,
    seed,
    timing: { load: loadedAt - startedAt - loaded.compileMs, compile: loaded.compileMs },
    now: ports.now,
    trace: (record) => {
      if (record.ms === ask.traceAt) decisions.push(record)
    },
  })
  return Array.isArray(made) ? made : { ...made, loaded, decisions }
}

/** The same as a document that can be run again. */
export const storedBacktest = async (
  ask: AskOf<'backtest'>,
  ports: RunPorts,
): Promise<StoredReport | Failure | Problem[]> => {
  const done = await backtest(ask, ports)
  if (done instanceof Failure || Array.isArray(done)) return done
  const trees = done.loaded.plays.map(({ tree }) => tree)
  const lookup = lookupIn(readBlocks(ask.blocks).blocks)
  const used = Object.assign({}, ...trees.map((tree) => usedBlocks(tree, lookup))) as OwnBlocks
  const blocks = Object.values(used).map((block) => canonical(block))
  return {
    ...done.report,
    documents: trees.map((tree) => canonical(tree)),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(ask.traceAt === undefined ? {} : { trace: done.decisions }),
  }
}
