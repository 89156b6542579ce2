// Ports of what must not be lost: Plays and their drafts and versions, jobs, runs of record, trials. All times Unix ms.
import type { Metrics } from '../../blocks/engine/metrics/names'
import type { Report } from '../../blocks/engine/report/document'
import type { SeriesProvenance } from '../../blocks/engine/report/input'
import type { Problem } from '../../blocks/kit/problem'
import type { BlockStore } from './ports'

/** Who writes: "local" until there are users. */
export type Actor = string

export interface PlayLine {
  readonly id: string
  readonly title: string
  readonly revision: number
  readonly versions: number
  readonly changedMs: number
}

/** Of every Play that was ever here, deleted ones too: by it a browser finds out what differs from what it has. */
export interface PlayHead {
  readonly id: string
  readonly title: string
  /** Of its draft; 0: it has none. Order is by revision, never by a clock. */
  readonly revision: number
  readonly changedMs: number
  readonly deleted: boolean
}

/** What is being worked on, as it was saved last. */
export interface Draft {
  readonly playId: string
  readonly revision: number
  readonly title: string
  readonly yaml: string
  /** JSON. */
  readonly sidecar: object
  /** Text that is no Play yet, as it was typed. */
  readonly loose: string | null
  readonly savedMs: number
  /** The tab or program that saved it. */
  readonly origin: string
}

export interface DraftSave extends Omit<Draft, 'revision' | 'savedMs'> {
  /** The revision that the writer saw; 0: it knows of none. */
  readonly seen: number
  readonly actor: Actor
}

export type DraftSaved =
  | { readonly kind: 'saved'; readonly revision: number }
  /** Somebody else saved meanwhile: nothing was written. */
  | { readonly kind: 'conflict'; readonly theirs: Draft }
  /** Deleted meanwhile: nothing was written. */
  | { readonly kind: 'gone' }

export interface VersionText {
  readonly playHash: string
  readonly logicHash: string
  /** Canonical JSON, the text that `playHash` is of. */
  readonly canonical: string
  readonly yaml: string
  readonly sidecar: object
}

/** A version without its text. */
export interface VersionLine extends Pick<VersionText, 'playHash' | 'logicHash'> {
  readonly id: string
  readonly playId: string
  readonly number: number
  readonly note: string
  readonly createdMs: number
  readonly actor: Actor
}

export interface Version extends VersionText, VersionLine {}

export interface PlayStore {
  /** Newest first; deleted ones are left out. */
  readonly list: () => Promise<readonly PlayLine[]>
  /** Of these Plays, or of all. */
  readonly heads: (ids?: readonly string[]) => Promise<readonly PlayHead[]>
  readonly draft: (id: string) => Promise<Draft | null>
  /** Compare-and-set. The same save sent twice is one save. */
  readonly save: (save: DraftSave) => Promise<DraftSaved>
  readonly remove: (id: string) => Promise<void>
  readonly restore: (id: string) => Promise<void>
  /** Makes the Play known, without a draft, where it is not; false: it was deleted. */
  readonly ensure: (play: { readonly id: string; readonly title: string; readonly actor: Actor }) => Promise<boolean>
  /**
   * Publishing the text of the newest version again gives that version, unless a note is written that it has not: versions
   * never change, so a new note is a new version. Null: there is no such Play.
   */
  readonly publish: (
    id: string,
    text: VersionText,
    by: { readonly note: string; readonly actor: Actor },
  ) => Promise<Version | null>
  /** Newest first. */
  readonly versions: (id: string) => Promise<readonly VersionLine[]>
  /** Null: there is none of this id. */
  readonly version: (versionId: string) => Promise<Version | null>
}

export type JobState = 'waiting' | 'taken' | 'done' | 'failed' | 'cancelled'

export interface NewJob {
  readonly kind: string
  /** A second job of the same key is the first one. */
  readonly key: string
  /** JSON. */
  readonly payload: object
  readonly actor: Actor
}

export interface TakenJob {
  readonly id: bigint
  readonly kind: string
  readonly key: string
  readonly payload: unknown
  /** 1 at the first try. */
  readonly attempt: number
}

/** A job in somebody's hands. */
export interface HeldJob {
  readonly id: bigint
  readonly taker: string
}

export interface JobQueue {
  /** The job's id, new or not. */
  readonly add: (job: NewJob) => Promise<bigint>
  /** The oldest job that is free, ours for `leaseMs`; null: none. */
  readonly take: (kinds: readonly string[], taker: string, leaseMs: number) => Promise<TakenJob | null>
  /** Still at it. `lost`: the lease ran out and somebody else has it; `cancelled`: give it up. */
  readonly beat: (job: HeldJob, leaseMs: number, progress?: object) => Promise<'on' | 'lost' | 'cancelled'>
  /** Puts it back for a later try. False: it was not ours any more. */
  readonly retry: (job: HeldJob, failure: string) => Promise<boolean>
  /** Calls back when a job may be there. */
  readonly listen: (heard: () => void) => Promise<() => Promise<void>>
}

/** A job as all may see it. */
export interface JobNow {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  /** JSON, as it was asked for. */
  readonly payload: unknown
  /** JSON, as its worker told last; kept when it ends. */
  readonly progress: unknown
  /** Why it failed, or why it waits for another try. */
  readonly failure: string | null
  readonly attempts: number
  /** Its end was asked for and has not come yet. */
  readonly cancelling: boolean
  readonly createdMs: number
  readonly endedMs: number | null
  readonly actor: Actor
}

export interface JobEnd {
  readonly state: 'done' | 'failed' | 'cancelled'
  /** JSON: what came of it. */
  readonly progress?: object
  readonly failure?: string
}

/** Jobs that stand for themselves: what came of them is kept with them. */
export interface JobBoard {
  /** Adds it, unless one of its key is open: then that one is joined. Its key is free again when it has ended. */
  readonly open: (job: NewJob) => Promise<{ readonly id: string; readonly joined: boolean }>
  /** Keeps what was done at once, without a worker: who did it, and what came of it. */
  readonly record: (job: NewJob, end: JobEnd) => Promise<void>
  /** False: the job is not the taker's any more, and nothing was written. */
  readonly end: (job: HeldJob, end: JobEnd) => Promise<boolean>
  /** False: it had ended. One that is worked on ends when its worker hears of it. */
  readonly cancel: (id: string) => Promise<boolean>
  readonly get: (id: string) => Promise<JobNow | null>
  /** Open ones, then those that ended last. */
  readonly list: (kind: string, most: number) => Promise<readonly JobNow[]>
  /** Tells all who watch that something of a job has changed. */
  readonly announce: () => Promise<void>
  readonly watch: (heard: () => void) => Promise<() => Promise<void>>
}

/** Who stands on series: each named by instrument, kind and timeframe. */
export interface SeriesUses {
  /** Runs of record that were computed on them, or are on their way; newest first, at most a hundred. */
  readonly runs: readonly {
    readonly id: string
    readonly playId: string
    readonly title: string
    readonly state: RunState
    readonly createdMs: number
  }[]
  readonly runCount: number
  /** Plays whose draft names one of their instruments. */
  readonly plays: readonly { readonly id: string; readonly title: string }[]
}

export type DataUses = (
  series: readonly { readonly instrument: string; readonly kind: string; readonly tf: string | null }[],
) => Promise<SeriesUses>

export type RunState = 'queued' | 'running' | 'done' | 'refused' | 'failed' | 'cancelled'

export interface RunLine {
  readonly id: string
  readonly playId: string
  readonly playVersionId: string | null
  readonly playHash: string
  readonly state: RunState
  readonly trades: number | null
  readonly tradesHash: string | null
  readonly fromMs: number
  readonly toMs: number
  readonly createdMs: number
  readonly endedMs: number | null
  readonly failure: string | null
}

/** Of a run on its way: the step that its worker is at, `share` in [0, 1]. */
export interface RunProgress {
  readonly label: string
  readonly share: number
}

export interface RunNow extends RunLine {
  /** Null: nothing told yet, or over. */
  readonly progress: RunProgress | null
  /** Its end was asked for and has not come yet. */
  readonly cancelling: boolean
  /** Why it was refused. */
  readonly problems: readonly Problem[]
}

/** What a list says of a result, as its report has it: enough for the figures and for what they are worth. */
export interface RunFigures {
  readonly metrics: Pick<Metrics, 'netProfitUsdt' | 'returnPct' | 'sharpe' | 'maxDrawdownPct' | 'costsOfGrossPct'>
  readonly provenance: Pick<Report['provenance'], 'synthetic' | 'instruments' | 'lockboxMs'>
  readonly range: Report['range']
  readonly ambiguity: Report['ambiguity']
}

/** A run as lists and its own page show it. */
export interface RunRow extends RunNow {
  readonly title: string
  /** Number of the version of its Play. */
  readonly version: number | null
  /** As the Play names them. */
  readonly markets: readonly string[]
  readonly tf: string | null
  readonly startedMs: number | null
  readonly engine: string | null
  readonly equityHash: string | null
  /** Null: it has not ended well, or they were not asked for. */
  readonly figures: RunFigures | null
}

export interface RunsAsk {
  /** Null: of all Plays. */
  readonly playId: string | null
  /** Id of the last run that is known already; null: from the newest on. */
  readonly before: string | null
  readonly most: number
  /** False: without figures, which take the reading of each report. */
  readonly figures?: boolean
}

/** Another run of the same document, settings, data and engine: its results must be equal. */
export type RunTwin = Pick<RunRow, 'id' | 'tradesHash' | 'equityHash' | 'endedMs'>

export interface NewRun {
  readonly playId: string
  readonly playVersionId: string | null
  readonly playHash: string
  readonly logicHash: string
  readonly fromMs: number
  readonly toMs: number
  /** Everything that it takes to compute it again. JSON. */
  readonly request: object
  readonly actor: Actor
}

/** How a run ends, from the one who computed it. */
export type RunEnd =
  | { readonly state: 'done'; readonly report: Report; readonly text: string }
  | { readonly state: 'refused'; readonly problems: readonly Problem[] }
  | { readonly state: 'failed'; readonly failure: string }
  | { readonly state: 'cancelled' }

export interface RunStore {
  /** The run and its job in one step; gives the run's id. */
  readonly queue: (run: NewRun) => Promise<string>
  readonly request: (id: string) => Promise<unknown>
  readonly started: (id: string) => Promise<void>
  /** False: it had ended. One that is being computed ends when its worker hears of it. */
  readonly cancel: (id: string) => Promise<boolean>
  /** Ends run and job together, once: false when the job is not the taker's any more, and nothing was written. */
  readonly end: (id: string, job: HeldJob, end: RunEnd) => Promise<boolean>
  readonly get: (id: string) => Promise<RunNow | null>
  /** The document of cli.md as it was written; null: none yet. */
  readonly report: (id: string) => Promise<string | null>
  /** Newest first. */
  readonly list: (ask: RunsAsk) => Promise<readonly RunRow[]>
  /** Those of them that there are, newest first. */
  readonly rows: (ids: readonly string[]) => Promise<readonly RunRow[]>
  /** What was queued, to be queued again. */
  readonly source: (id: string) => Promise<NewRun | null>
  /** Other runs of the same, newest first. */
  readonly twins: (id: string) => Promise<readonly RunTwin[]>
  /** The newest run of its Play that had ended well before this one was asked for; null: none. */
  readonly previous: (id: string) => Promise<string | null>
  /** Calls back with the id of a run of which something changed; null: anything may have. Gives back how to stop. */
  readonly watch: (heard: (id: string | null) => void) => Promise<() => Promise<void>>
}

export interface TrialRow {
  readonly logicHash: string
  /** As its report names them. */
  readonly data: readonly SeriesProvenance[]
  readonly settingsHash: string
  readonly fromMs: number
  readonly toMs: number
  /** The Play that it was a version of. */
  readonly lineage: string
  readonly origin: 'human' | 'agent' | 'evolution'
  /** Sharpe ratio; null where it is undefined. */
  readonly score: number | null
  readonly trades: number
  readonly actor: Actor
}

export interface TrialStore {
  /** Adds those that are new; how many were. */
  readonly add: (rows: readonly TrialRow[]) => Promise<number>
  /** Looks that a lineage has had at bars of these markets. */
  readonly count: (lineage: string, data: readonly SeriesProvenance[]) => Promise<number>
}

/** What the database says of itself. */
export interface StoreHealth {
  readonly version: string
  readonly waiting: number
  readonly taken: number
  /** Jobs whose taker has given no sign for longer than its lease. */
  readonly silent: number
  /** Since when the oldest waiting job could be taken, Unix ms; null: none waits. */
  readonly oldestMs: number | null
  /** End of the newest job that ended, Unix ms. */
  readonly lastEndMs: number | null
  /** Processes that listen for jobs. */
  readonly workers: number
  /** Size of the database. */
  readonly bytes: number
  /** Of the question and its answer. */
  readonly ms: number
}

/** What is looked at while it happens; nothing depends on it. No method throws: false and null say that it is not there. */
export interface HotPort {
  /** Keeps a text for so long, in place of what was there. */
  readonly keep: (key: string, text: string, lifeMs: number) => Promise<boolean>
  readonly get: (key: string) => Promise<string | null>
  /** To all who listen now. */
  readonly tell: (channel: string, text: string) => Promise<boolean>
  /** Calls back with each text; null: some may have been missed. Gives back how to stop. */
  readonly listen: (channel: string, heard: (text: string | null) => void) => () => void
  readonly health: () => Promise<HotHealth | null>
  readonly close: () => void
}

export interface HotHealth {
  readonly version: string
  /** Of a question and its answer. */
  readonly ms: number
}

export interface Stores {
  readonly plays: PlayStore
  readonly blocks: BlockStore
  readonly jobs: JobQueue
  readonly board: JobBoard
  readonly uses: DataUses
  readonly runs: RunStore
  readonly trials: TrialStore
  readonly health: () => Promise<StoreHealth>
  /** Null: none is named here; rows pass the news alone. */
  readonly hot: HotPort | null
  readonly close: () => Promise<void>
}
