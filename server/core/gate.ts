// The gate of an import: judges every row of a file and says which are good. Nothing is repaired.
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import { againstOrder, publishedFault } from './publishedGate'
import { type FaultKind, faultKinds, isPublished, missingBetween, type SeriesKey } from './series'
import { orderByTime, type RawTable, sameValues, type Table, takeRows } from './table'

/** All faults of one kind in one file. */
export interface Fault {
  readonly kind: FaultKind
  readonly count: number
  /** First line (text) or row (Parquet) of this kind. */
  readonly line: number
}

export interface Judged {
  /** Good rows, ascending, each time once. */
  readonly table: Table
  /** Line of each good row. */
  readonly line: Float64Array
  readonly faults: readonly Fault[]
  /** Identical rows beyond the first. */
  readonly duplicates: number
  /** Stretches without bars over ALL rows of the file that have a time; none for funding. */
  readonly gaps: readonly Gap[]
}

/** Bars missing between two neighbours: opens from `fromMs` up to, not including, `toMs`. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly missing: number
}

/** Counts by kind with the first line of each. */
class Faults {
  private readonly found = new Map<FaultKind, { count: number; line: number }>()
  add(kind: FaultKind, line: number): void {
    const entry = this.found.get(kind)
    if (entry === undefined) this.found.set(kind, { count: 1, line })
    else {
      entry.count++
      entry.line = Math.min(entry.line, line)
    }
  }
  list(): readonly Fault[] {
    return faultKinds.flatMap((kind) => {
      const entry = this.found.get(kind)
      return entry === undefined ? [] : [{ kind, ...entry }]
    })
  }
}

/** Settlements are stamped some ms after their minute; more than this is a data error (S38). */
const latestStampMs = 5000
export const settlementMinute = (stampMs: number): number => Math.round(stampMs / 60_000)

/** First fault of row i on its own, or null. A row is counted once, under the first kind of the list that it has. */
const rowFault = (
  raw: RawTable,
  { kind, tf }: SeriesKey,
  { i, nowMs }: { readonly i: number; readonly nowMs: number },
): FaultKind | null => {
  if (raw.columns !== null && raw.columns[i] !== raw.columnsWanted) return 'columns'
  const time = raw.timeMs[i] ?? Number.NaN
  if (!Number.isFinite(time)) return 'text'
  if (isPublished(kind)) return publishedFault(raw, { kind, tf }, { i, nowMs })
  return kind === 'funding' ? fundingFault(raw, time, i) : barFault(raw, tf ?? '1m', i)
}

const fundingFault = (raw: RawTable, time: number, i: number): FaultKind | null => {
  if (!Number.isFinite(raw.values[0]?.[i] ?? Number.NaN)) return 'text'
  return Math.abs(time - settlementMinute(time) * 60_000) > latestStampMs ? 'stamp' : null
}

const barFault = (raw: RawTable, tf: Timeframe, i: number): FaultKind | null => {
  for (const column of raw.values) if (!Number.isFinite(column[i] ?? Number.NaN)) return 'text'
  const open = raw.values[0]?.[i] ?? 0
  const high = raw.values[1]?.[i] ?? 0
  const low = raw.values[2]?.[i] ?? 0
  const close = raw.values[3]?.[i] ?? 0
  const volume = raw.values[4]?.[i] ?? 0
  if (!(open > 0 && high > 0 && low > 0 && close > 0)) return 'price'
  if (volume < 0) return 'volume'
  if (high < low || open > high || open < low || close > high || close < low) return 'high_low'
  const time = raw.timeMs[i] ?? Number.NaN
  return openMsOf(tf, rowOf(tf, time)) === time ? null : 'off_grid'
}

/** Published figures in a file have an order, and none is of a time to come. Answers of venues are cut to their past. */
export interface FileRules {
  readonly nowMs: number
}

/** Every row of one file. Rows of one time with other values are all bad: none of them can be known to be right. */
export const judge = (raw: RawTable, key: SeriesKey, file?: FileRules): Judged => {
  const faults = new Faults()
  const lineOf = (i: number): number => raw.line[i] ?? 0
  let sound: number[] = []
  for (let i = 0; i < raw.timeMs.length; i++) {
    const fault = rowFault(raw, key, { i, nowMs: file?.nowMs ?? Infinity })
    if (fault === null) sound.push(i)
    else faults.add(fault, lineOf(i))
  }
  if (file !== undefined && isPublished(key.kind)) {
    const against = againstOrder(raw.timeMs, sound)
    for (const i of against) faults.add('order', lineOf(i))
    sound = sound.filter((i) => !against.has(i))
  }
  const { keep, duplicates } = unique(
    raw,
    { order: orderByTime(raw.timeMs, Uint32Array.from(sound)), key },
    (kind, i) => faults.add(kind, lineOf(i)),
  )
  const table = takeRows(raw, keep)
  const line = new Float64Array(keep.length)
  for (let i = 0; i < keep.length; i++) line[i] = lineOf(keep[i] ?? 0)
  return { table, line, faults: faults.list(), duplicates, gaps: key.tf === null ? [] : gapsOfAll(raw.timeMs, key.tf) }
}

/** Of each group of rows of one place (a time, or a settlement's minute): one, when all are identical. */
export const unique = (
  table: Table,
  { order, key }: { readonly order: Uint32Array; readonly key: SeriesKey },
  refuse: (kind: FaultKind, row: number) => void,
): { keep: Uint32Array; duplicates: number } => {
  const funding = key.kind === 'funding'
  const placeOf = (i: number): number => (funding ? settlementMinute(table.timeMs[i] ?? 0) : (table.timeMs[i] ?? 0))
  const keep = new Uint32Array(order.length)
  let kept = 0
  let duplicates = 0
  for (let a = 0; a < order.length; ) {
    const first = order[a] ?? 0
    let b = a + 1
    let same = true
    let sameTime = true
    while (b < order.length && placeOf(order[b] ?? 0) === placeOf(first)) {
      const row = order[b] ?? 0
      sameTime &&= table.timeMs[row] === table.timeMs[first]
      same &&= sameTime && sameValues(table, [row, first], key.kind)
      b++
    }
    if (same) {
      keep[kept++] = first
      duplicates += b - a - 1
    } else for (let k = a; k < b; k++) refuse(sameTime ? 'conflict' : 'twice', order[k] ?? 0)
    a = b
  }
  return { keep: keep.subarray(0, kept), duplicates }
}

/** Gaps between ascending times. */
export const gapsOf = (timeMs: Float64Array, tf: Timeframe): readonly Gap[] => {
  const gaps: Gap[] = []
  for (let i = 1; i < timeMs.length; i++) {
    const a = timeMs[i - 1] ?? 0
    const b = timeMs[i] ?? 0
    const missing = missingBetween(tf, a, b)
    if (missing > 0) gaps.push({ fromMs: a + tfMs[tf], toMs: b, missing })
  }
  return gaps
}

const gapsOfAll = (timeMs: Float64Array, tf: Timeframe): readonly Gap[] =>
  gapsOf(timeMs.filter((time) => Number.isFinite(time)).sort(), tf)

export const missingIn = (gaps: readonly Gap[]): number => gaps.reduce((sum, gap) => sum + gap.missing, 0)

/** The spacing that most neighbours have, from the first rows of a file; null with fewer than two times. */
export const commonSpacing = (timeMs: Float64Array): { readonly ms: number; readonly pairs: number } | null => {
  const times = timeMs
    .slice(0, 5000)
    .filter((time) => Number.isFinite(time))
    .sort()
  const counts = new Map<number, number>()
  let pairs = 0
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] ?? 0) - (times[i - 1] ?? 0)
    if (step === 0) continue
    pairs++
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  let best: number | null = null
  for (const [step, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = step
  return best === null ? null : { ms: best, pairs }
}
