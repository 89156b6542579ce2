// Plays, drafts and versions as rows. A draft changes only under the eyes of its writer: compare-and-set on its revision.
import type { Draft, DraftSave, DraftSaved, PlayHead, PlayStore, Version, VersionText } from '../../run/stores'
import { type Database, guarded, type Transaction } from './client'
import type { PlayVersionModel } from './generated/models'

interface DraftRow {
  readonly playId: string
  readonly revision: number
  readonly yaml: string
  readonly sidecar: unknown
  readonly loose: string | null
  readonly savedAt: Date
  readonly origin: string
  readonly play: { readonly title: string }
}

const draftOf = ({ play, savedAt, sidecar, ...row }: DraftRow): Draft => ({
  playId: row.playId,
  revision: row.revision,
  title: play.title,
  yaml: row.yaml,
  sidecar: sidecar as object,
  loose: row.loose,
  savedMs: savedAt.getTime(),
  origin: row.origin,
})

const versionOf = ({ createdAt, sidecar, ...row }: PlayVersionModel): Version => ({
  ...row,
  sidecar: sidecar as object,
  createdMs: createdAt.getTime(),
})

interface HeadRow {
  readonly id: string
  readonly title: string
  readonly changedAt: Date
  readonly deletedAt: Date | null
  readonly draft: { readonly revision: number } | null
}

const headOf = ({ id, title, changedAt, deletedAt, draft }: HeadRow): PlayHead => ({
  id,
  title,
  revision: draft?.revision ?? 0,
  changedMs: changedAt.getTime(),
  deleted: deletedAt !== null,
})

const findDraft = async (db: Transaction, playId: string): Promise<Draft | null> => {
  const row = await db.playDraft.findUnique({ where: { playId }, include: { play: { select: { title: true } } } })
  return row && draftOf(row)
}

/** JSON of PostgreSQL keeps no order of keys: compared as values. */
const sortedText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  )

/** The answer to a save that was heard but never answered: it is there already. */
const isSame = (theirs: Draft, mine: DraftSave): boolean =>
  theirs.origin === mine.origin &&
  theirs.revision === mine.seen + 1 &&
  theirs.yaml === mine.yaml &&
  theirs.loose === mine.loose &&
  theirs.title === mine.title &&
  sortedText(theirs.sidecar) === sortedText(mine.sidecar)

const compare = async (db: Transaction, save: DraftSave): Promise<DraftSaved> => {
  const theirs = await findDraft(db, save.playId)
  const alive = await db.play.count({ where: { id: save.playId, deletedAt: null } })
  if (theirs === null || alive === 0) return { kind: 'gone' }
  return isSame(theirs, save) ? { kind: 'saved', revision: theirs.revision } : { kind: 'conflict', theirs }
}

/** A row may hold any JSON; what Prisma takes as such is a type of its own. */
const asJson = (value: object): object => value

const create = async (db: Transaction, save: DraftSave): Promise<DraftSaved> => {
  const { playId, title, yaml, sidecar, loose, origin, actor } = save
  await db.play.createMany({ data: [{ id: playId, title, actor }], skipDuplicates: true })
  // A Play that was run before it was saved has no draft yet.
  const alive = await db.play.count({ where: { id: playId, deletedAt: null } })
  if (alive === 0) return { kind: 'gone' }
  const draft = { playId, revision: 1, yaml, sidecar: asJson(sidecar), loose, origin, actor }
  const { count } = await db.playDraft.createMany({ data: [draft], skipDuplicates: true })
  return count === 0 ? compare(db, save) : { kind: 'saved', revision: 1 }
}

const update = async (db: Transaction, save: DraftSave): Promise<DraftSaved> => {
  const { playId, title, yaml, sidecar, loose, origin, actor, seen } = save
  const savedAt = new Date()
  const { count } = await db.playDraft.updateMany({
    where: { playId, revision: seen, play: { deletedAt: null } },
    data: { revision: seen + 1, yaml, sidecar: asJson(sidecar), loose, origin, actor, savedAt },
  })
  if (count === 0) return compare(db, save)
  await db.play.update({ where: { id: playId }, data: { title, changedAt: savedAt } })
  return { kind: 'saved', revision: seen + 1 }
}

interface Publishing {
  readonly playId: string
  readonly text: VersionText
  readonly by: { readonly note: string; readonly actor: string }
}

const publish = async (db: Transaction, { playId, text, by }: Publishing): Promise<Version | null> => {
  // Numbers of one Play are given out one at a time.
  const held = await db.$queryRaw<{ id: string }[]>`SELECT id FROM play WHERE id = ${playId} FOR UPDATE`
  if (held.length === 0) return null
  const newest = await db.playVersion.findFirst({ where: { playId }, orderBy: { number: 'desc' } })
  if (newest?.playHash === text.playHash && (by.note === '' || by.note === newest.note)) return versionOf(newest)
  const data = { playId, number: (newest?.number ?? 0) + 1, ...text, sidecar: asJson(text.sidecar), ...by }
  return versionOf(await db.playVersion.create({ data }))
}

export const createPlayStore = (db: Database): PlayStore => ({
  list: () =>
    guarded(async () => {
      const rows = await db.play.findMany({
        where: { deletedAt: null },
        orderBy: { changedAt: 'desc' },
        include: { draft: { select: { revision: true } }, _count: { select: { versions: true } } },
      })
      return rows.map(({ id, title, changedAt, draft, _count }) => ({
        id,
        title,
        revision: draft?.revision ?? 0,
        versions: _count.versions,
        changedMs: changedAt.getTime(),
      }))
    }),
  heads: (ids) =>
    guarded(async () => {
      const draft = { select: { revision: true } }
      const rows = await db.play.findMany({
        ...(ids === undefined ? {} : { where: { id: { in: [...ids] } } }),
        select: { id: true, title: true, changedAt: true, deletedAt: true, draft },
        orderBy: { id: 'asc' },
      })
      return rows.map(headOf)
    }),
  draft: (id) => guarded(() => findDraft(db, id)),
  save: (save) => guarded(() => db.$transaction((inner) => (save.seen === 0 ? create : update)(inner, save))),
  ensure: ({ id, title, actor }) =>
    guarded(async () => {
      await db.play.createMany({ data: [{ id, title, actor }], skipDuplicates: true })
      return (await db.play.count({ where: { id, deletedAt: null } })) === 1
    }),
  remove: (id) =>
    guarded(async () => {
      await db.play.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: new Date() } })
    }),
  restore: (id) =>
    guarded(async () => {
      await db.play.updateMany({ where: { id }, data: { deletedAt: null } })
    }),
  publish: (id, text, by) => guarded(() => db.$transaction((inner) => publish(inner, { playId: id, text, by }))),
  versions: (playId) =>
    guarded(async () => {
      const omit = { canonical: true, yaml: true, sidecar: true } as const
      const rows = await db.playVersion.findMany({ where: { playId }, orderBy: { number: 'desc' }, omit })
      return rows.map(({ createdAt, ...row }) => ({ ...row, createdMs: createdAt.getTime() }))
    }),
  version: (id) =>
    guarded(async () => {
      const row = await db.playVersion.findUnique({ where: { id } })
      return row && versionOf(row)
    }),
})
