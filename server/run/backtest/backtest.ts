// Use-case: run Plays on stored bars and report. The same for the command line, the worker and the page's verification.
import { logicTypes } from '../../../blocks/catalogue'
import { buildReport, withReportTime } from '../../../blocks/engine/report/build'
import type { Report } from '../../../blocks/engine/report/document'
import type { Notice, ReportInput, SeriesProvenance } from '../../../blocks/engine/report/input'
import { type Run, run } from '../../../blocks/engine/run'
import type { DecisionRecord } from '../../../blocks/engine/simulate/desk'
import { engineVersion } from '../../../blocks/engine/version'
import type { Problem } from '../../../blocks/kit/problem'
import { Failure } from '../../core/failure'
import type { RunAsk, RunPorts } from './ask'
import { type Loaded, loadRun } from './load'

export const typesByKey = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))

const seriesOf = (loaded: Loaded, ports: RunPorts): SeriesProvenance[] =>
  loaded.markets.flatMap((market) => {
    const { instrument, bars, funding, mark, barsOf } = market
    const { toMs } = loaded
    return [
      { instrument: barsOf, kind: 'klines' as const, tf: bars.tf, sha256: ports.hash.bars(bars, toMs) },
      ...(funding === null
        ? []
        : [
            {
              instrument: instrument.id,
              kind: 'funding' as const,
              tf: null,
              sha256: ports.hash.funding(funding, toMs),
            },
          ]),
      ...(mark === null
        ? []
        : [{ instrument: instrument.id, kind: 'mark' as const, tf: mark.tf, sha256: ports.hash.bars(mark, toMs) }]),
    ]
  })

const lockboxNotices = (loaded: Loaded): Notice[] =>
  loaded.pastLockbox
    ? [
        {
          code: 'past_lockbox_line',
          message: 'the run goes beyond the lockbox line: data kept for the final test were used',
        },
      ]
    : []

/** Seed of the made-up bars of the run; null: all are real. */
const seedOf = async ({ markets }: Loaded, { bars }: RunPorts): Promise<number | null> => {
  const made = markets.find(({ synthetic }) => synthetic)
  const [series] = made === undefined ? [] : await bars.series(made.barsOf)
  return series?.seed ?? null
}

const inputOf = (
  loaded: Loaded,
  made: Run,
  more: { ports: RunPorts; timing: ReportInput['timingMs']; seed: number | null },
): ReportInput => {
  const traded = [...new Set(made.seats.map(({ seat }) => seat.instrument.id))]
  const seatOf = (id: string) => made.seats.find(({ seat }) => seat.instrument.id === id)
  return {
    engine: engineVersion,
    plays: loaded.plays.map(({ tree, flat }) => ({
      name: tree.title ?? tree.play,
      playHash: flat.playHash,
      logicHash: flat.logicHash,
      tf: flat.tf,
    })),
    bindings: loaded.plays.map(({ flat, params }) => ({ markets: flat.markets, params })),
    markets: traded.map((id) => {
      const market = loaded.workspace.market(id)
      return {
        instrument: id,
        barsOf: market.barsOf,
        synthetic: market.synthetic,
        step: market.instrument.step,
        fillTf: seatOf(id)?.seat.fill.tf ?? market.bars.tf,
        source: market.instrument.source,
      }
    }),
    settings: loaded.settings,
    data: seriesOf(loaded, more.ports),
    facts: made.facts,
    pending: made.pending,
    range: made.range,
    friction: made.friction,
    ambiguity: made.ambiguity,
    notices: [...lockboxNotices(loaded), ...made.notices],
    lockboxMs: loaded.lockboxMs,
    seed: more.seed,
    timingMs: more.timing,
  }
}

export interface Backtest {
  readonly report: Report
  readonly run: Run
  readonly loaded: Loaded
  readonly decisions: readonly DecisionRecord[]
}

/** Runs what was asked. `traceAt`: keep the decisions of that instant. */
export const backtest = async (
  ask: RunAsk & { readonly traceAt?: number },
  ports: RunPorts,
): Promise<Backtest | Failure | Problem[]> => {
  const startedAt = ports.now()
  const loaded = await loadRun(ask, ports)
  if (loaded instanceof Failure || Array.isArray(loaded)) return loaded
  const loadedAt = ports.now()
  const decisions: DecisionRecord[] = []
  ports.progress?.({ label: 'simulate', share: 0 })
  const made = run({
    plays: loaded.plays.map(({ flat }) => flat),
    workspace: loaded.workspace,
    types: typesByKey,
    settings: loaded.settings,
    fromMs: loaded.fromMs,
    toMs: loaded.toMs,
    now: ports.now,
    trace: (record) => {
      if (record.ms === ask.traceAt) decisions.push(record)
    },
  })
  if (Array.isArray(made)) return made
  const seed = await seedOf(loaded, ports)
  const ranAt = ports.now()
  const timing = {
    load: loadedAt - startedAt - loaded.compileMs,
    compile: loaded.compileMs,
    ...made.timingMs,
    report: 0,
  }
  const report = buildReport(inputOf(loaded, made, { ports, timing, seed }))
  return { report: withReportTime(report, ports.now() - ranAt), run: made, loaded, decisions }
}
