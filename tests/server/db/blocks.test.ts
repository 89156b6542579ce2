// Own Blocks on the real PostgreSQL: what is published never changes, and is found by name and version.
import { describe, expect, it } from 'vitest'
import type { OwnBlock } from '../../../server/run/ports'
import { query, testDatabase } from '../../fixtures/database'

const database = testDatabase()
const blocks = () => database.stores.blocks

const block = (name: string, version: number, more: Partial<OwnBlock> = {}): Omit<OwnBlock, 'createdMs'> => ({
  name,
  version,
  role: 'entry',
  hash: `hash of ${name} ${version}`,
  yaml: `block: ${name}\n`,
  note: '',
  actor: 'local',
  ...more,
})

describe('a version of an own Block', () => {
  it('is kept and found, and the same content once more is that version', async () => {
    const made = await blocks().publish(block('my/kept', 1, { note: 'first' }))
    expect(made).toMatchObject({ name: 'my/kept', version: 1, role: 'entry', note: 'first', actor: 'local' })
    expect(made?.createdMs).toBeGreaterThan(Date.now() - 60_000)
    expect(await blocks().publish(block('my/kept', 1, { note: 'said otherwise' }))).toEqual(made)
    expect(await blocks().find([{ name: 'my/kept', version: 1 }])).toEqual([made])
  })

  it('never changes: other content under its number is refused', async () => {
    await blocks().publish(block('my/fixed', 1))
    expect(await blocks().publish(block('my/fixed', 1, { hash: 'other', yaml: 'other' }))).toBeNull()
    expect(await blocks().find([{ name: 'my/fixed', version: 1 }])).toMatchObject([{ yaml: 'block: my/fixed\n' }])
  })

  it('published by many at once under one number is one of theirs', async () => {
    const mine = Array.from({ length: 20 }, (_, n) => block('my/raced', 1, { hash: `hash ${n}`, yaml: `text ${n}` }))
    const made = await Promise.all(mine.map((one) => blocks().publish(one)))
    expect(made.filter((one) => one !== null)).toHaveLength(1)
    const rows = await query(database.url, "SELECT yaml FROM block_version WHERE name = 'my/raced'")
    expect(rows).toEqual([{ yaml: made.find((one) => one !== null)?.yaml }])
  })

  it('is listed by name, newest first; nothing is found of what is not there', async () => {
    await blocks().publish(block('my/listed', 1))
    await blocks().publish(block('my/listed', 2, { role: 'filter' }))
    const listed = (await blocks().list()).filter(({ name }) => name === 'my/listed')
    expect(listed.map(({ version, role }) => [version, role])).toEqual([
      [2, 'filter'],
      [1, 'entry'],
    ])
    const names = (await blocks().list()).map(({ name }) => name)
    expect(names).toEqual([...names].sort())
    const found = await blocks().find([
      { name: 'my/listed', version: 2 },
      { name: 'my/listed', version: 3 },
      { name: 'my/none', version: 1 },
    ])
    expect(found.map(({ version }) => version)).toEqual([2])
    expect(await blocks().find([])).toEqual([])
  })
})
