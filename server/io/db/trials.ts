// The ledger of looks at data: rows are added, never changed. Data are addressed by the hash of their list.
import type { SeriesProvenance } from '../../../blocks/engine/report/input'
import { hashOf } from '../../../blocks/kit/hash'
import type { TrialRow, TrialStore } from '../../run/stores'
import { type Database, guarded, type Transaction } from './client'

/** The same series in another order are the same data. */
const inOrder = (data: readonly SeriesProvenance[]) =>
  data
    .map(({ instrument, kind, tf, sha256 }) => ({ instrument, kind, tf, sha256 }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

const nameOf = ({ instrument, kind, tf, sha256 }: SeriesProvenance): string => `${instrument} ${kind} ${tf} ${sha256}`

export const datasetHashOf = (data: readonly SeriesProvenance[]): string => hashOf(inOrder(data))

/** Keeps the lists; gives their hashes in the same order. */
const keepDatasets = async (
  db: Transaction,
  lists: readonly (readonly SeriesProvenance[])[],
): Promise<readonly string[]> => {
  const rows = lists.map((data) => ({ hash: datasetHashOf(data), series: inOrder(data) }))
  await db.dataset.createMany({ data: rows, skipDuplicates: true })
  return rows.map(({ hash }) => hash)
}

/** Keeps their data too; gives how many were new. */
export const addTrials = async (db: Transaction, rows: readonly TrialRow[]): Promise<number> => {
  const hashes = await keepDatasets(
    db,
    rows.map(({ data }) => data),
  )
  const data = rows.map(({ logicHash, settingsHash, lineage, origin, score, trades, actor, fromMs, toMs }, i) => {
    const what = { logicHash, settingsHash, lineage, origin, score, trades, actor }
    return { ...what, datasetHash: hashes[i] ?? '', fromMs: BigInt(fromMs), toMs: BigInt(toMs) }
  })
  return (await db.trial.createMany({ data, skipDuplicates: true })).count
}

/** Bars of one of the same markets, whatever else was read: one more day, or a gap that was filled, makes nothing unseen. */
const onMarketsOf = (data: readonly SeriesProvenance[]) =>
  data
    .filter(({ kind }) => kind === 'klines')
    .map(({ instrument, kind }) => ({ dataset: { series: { array_contains: [{ instrument, kind }] } } }))

export const createTrialStore = (db: Database): TrialStore => ({
  add: (rows) => guarded(() => db.$transaction((inner) => addTrials(inner, rows))),
  count: (lineage, data) => guarded(() => db.trial.count({ where: { lineage, OR: onMarketsOf(data) } })),
})
