// Own Blocks as rows: one a version, written once.
import type { BlockStore, OwnBlock } from '../../run/ports'
import { type Database, guarded } from './client'
import type { BlockVersionModel } from './generated/models'

const blockOf = ({ name, version, role, hash, yaml, note, createdAt, actor }: BlockVersionModel): OwnBlock => ({
  name,
  version,
  // Written by `publish` alone, from a document that has one of the four.
  role: role as OwnBlock['role'],
  hash,
  yaml,
  note,
  createdMs: createdAt.getTime(),
  actor,
})

export const createBlockStore = (db: Database): BlockStore => ({
  list: () =>
    guarded(async () => {
      const rows = await db.blockVersion.findMany({ orderBy: [{ name: 'asc' }, { version: 'desc' }] })
      return rows.map(blockOf)
    }),
  find: (refs) =>
    guarded(async () => {
      if (refs.length === 0) return []
      const rows = await db.blockVersion.findMany({
        where: { OR: refs.map(({ name, version }) => ({ name, version })) },
      })
      return rows.map(blockOf)
    }),
  publish: (block) =>
    guarded(async () => {
      // Two who publish the same number at once: one of them writes, both then read what is there.
      await db.blockVersion.createMany({ data: [block], skipDuplicates: true })
      const { name, version, hash } = block
      const row = await db.blockVersion.findUniqueOrThrow({ where: { name_version: { name, version } } })
      return row.hash === hash ? blockOf(row) : null
    }),
})
