// From a run that ended to what its report is built from: the same on the server and in the page's worker.
import type { Problem } from '../../kit/problem'
import { canonical } from '../../play/canonical'
import type { Flat } from '../../play/flat'
import type { PlayTree, Scalar } from '../../play/tree'
import type { RunRange } from '../dataset'
import type { BarRows, FundingRows, MarketRows } from '../rows'
import { type Run, run } from '../run'
import type { SeatRequest } from '../seats'
import type { DecisionRecord } from '../simulate/desk'
import { engineVersion } from '../version'
import { buildReport, withReportTime } from './build'
import type { Report } from './document'
import type { Notice, ReportInput, ReportPlay, SeriesProvenance } from './input'

/** A Play as it runs. */
export interface PlayAsRun {
  readonly tree: PlayTree
  readonly flat: Flat
  /** Values of the document's parameters as run, in the form that a document writes. */
  readonly params: Readonly<Record<string, Scalar>>
}

/** Values of a document's parameters with those that a run sets in their place. */
export const paramsAsRun = (tree: PlayTree, set: Readonly<Record<string, Scalar>>): Record<string, Scalar> => {
  const written = canonical(tree).params ?? {}
  const own = Object.fromEntries(Object.entries(written).map(([name, { value }]) => [name, set[name] ?? value]))
  return { ...own, ...set }
}

/** SHA-256 over the rows that open before `toMs` (semantics.md S48); each platform brings its fastest. */
export interface RowHashes {
  readonly bars: (rows: BarRows, toMs: number) => string
  readonly funding: (rows: FundingRows, toMs: number) => string
}

/** Every series that a run read, hashed over the very rows that it read. */
export const provenanceOf = (markets: readonly MarketRows[], toMs: number, hashes: RowHashes): SeriesProvenance[] =>
  markets.flatMap(({ instrument: { id }, bars, funding, mark, barsOf }): SeriesProvenance[] => [
    { instrument: barsOf, kind: 'klines', tf: bars.tf, sha256: hashes.bars(bars, toMs) },
    ...(funding === null
      ? []
      : [{ instrument: id, kind: 'funding' as const, tf: null, sha256: hashes.funding(funding, toMs) }]),
    ...(mark === null ? [] : [{ instrument: id, kind: 'mark' as const, tf: mark.tf, sha256: hashes.bars(mark, toMs) }]),
  ])

export interface ReportRequest extends Omit<SeatRequest, 'plays' | 'fromMs' | 'toMs'>, RunRange {
  readonly plays: readonly PlayAsRun[]
  /** Traded ones in wallet order, then those that are only read. */
  readonly markets: readonly MarketRows[]
  readonly hashes: RowHashes
  /** Seed of made-up bars; null: all are real. */
  readonly seed: number | null
  /** What went before, ms. */
  readonly timing: { readonly load: number; readonly compile: number }
  readonly now: () => number
  readonly trace?: (record: DecisionRecord) => void
  /** The report comes without the other end of the ambiguity band, which the run then has still to give. */
  readonly bandLater?: boolean
}

const lockboxNotices = ({ pastLockbox }: RunRange): Notice[] =>
  pastLockbox
    ? [
        {
          code: 'past_lockbox_line',
          message: 'the run goes beyond the lockbox line: data kept for the final test were used',
        },
      ]
    : []

const playRow = ({ tree, flat }: PlayAsRun): ReportPlay => ({
  name: tree.title ?? tree.play,
  playHash: flat.playHash,
  logicHash: flat.logicHash,
  tf: flat.tf,
})

const marketRows = (request: ReportRequest, { seats }: Run): ReportInput['markets'] =>
  [...new Set(seats.map(({ seat }) => seat.instrument.id))].map((id) => {
    const { instrument, barsOf, synthetic, bars } = request.workspace.market(id)
    const fillTf = seats.find(({ seat }) => seat.instrument.id === id)?.seat.fill.tf ?? bars.tf
    return { instrument: id, barsOf, synthetic, step: instrument.step, fillTf, source: instrument.source }
  })

const inputOf = (request: ReportRequest, made: Run): ReportInput => {
  const { facts, pending, range, friction, ambiguity } = made
  return {
    engine: engineVersion,
    plays: request.plays.map(playRow),
    bindings: request.plays.map(({ flat, params }) => ({ markets: flat.markets, params })),
    markets: marketRows(request, made),
    settings: request.settings,
    data: provenanceOf(request.markets, request.toMs, request.hashes),
    facts,
    pending,
    range,
    friction,
    ambiguity,
    notices: [...lockboxNotices(request), ...made.notices],
    lockboxMs: request.lockboxMs,
    seed: request.seed,
    timingMs: { ...request.timing, ...made.timingMs, report: 0 },
  }
}

export interface ReportedRun {
  readonly report: Report
  readonly run: Run
}

/** Runs Plays over a workspace and reports, or says what stands in the way. */
export const runReport = (request: ReportRequest): ReportedRun | Problem[] => {
  const { workspace, types, settings, fromMs, toMs, now, trace, bandLater = false } = request
  const made = run({
    plays: request.plays.map(({ flat }) => flat),
    workspace,
    types,
    settings,
    fromMs,
    toMs,
    now,
    bandLater,
    ...(trace === undefined ? {} : { trace }),
  })
  if (Array.isArray(made)) return made
  const ranAt = now()
  const report = buildReport(inputOf(request, made))
  return { report: withReportTime(report, now() - ranAt), run: made }
}
