// Drafts and versions on the real PostgreSQL: nothing is lost when two write, and a version never changes.
import { describe, expect, it } from 'vitest'
import type { DraftSave, VersionText } from '../../../server/run/stores'
import { query, testDatabase } from '../../fixtures/database'

const database = testDatabase()
const plays = () => database.stores.plays

const save = (playId: string, seen: number, more: Partial<DraftSave> = {}): DraftSave => ({
  playId,
  seen,
  title: 'EMA pullback',
  yaml: 'play: ema_pullback\n',
  sidecar: { positions: { b: [1, 2], a: [3, 4] } },
  loose: null,
  origin: 'tab 1',
  actor: 'local',
  ...more,
})
const text = (hash: string): VersionText => ({
  playHash: hash,
  logicHash: `logic ${hash}`,
  canonical: `{"play":"${hash}"}`,
  yaml: `play: ${hash}\n`,
  sidecar: {},
})
const by = { note: '', actor: 'local' }

describe('a draft', () => {
  it('is saved by whoever saw the last one', async () => {
    expect(await plays().save(save('a', 0))).toEqual({ kind: 'saved', revision: 1 })
    expect(await plays().save(save('a', 1, { yaml: 'second', title: 'Second' }))).toEqual({
      kind: 'saved',
      revision: 2,
    })
    expect(await plays().draft('a')).toMatchObject({ revision: 2, yaml: 'second', title: 'Second', origin: 'tab 1' })
    expect((await plays().list()).find(({ id }) => id === 'a')).toMatchObject({
      title: 'Second',
      revision: 2,
      versions: 0,
    })
  })

  it('of a writer who missed one is refused with the other text, and nothing is written', async () => {
    await plays().save(save('b', 0))
    await plays().save(save('b', 1, { yaml: 'theirs', origin: 'tab 2' }))
    const answer = await plays().save(save('b', 1, { yaml: 'mine' }))
    expect(answer).toMatchObject({ kind: 'conflict', theirs: { revision: 2, yaml: 'theirs', origin: 'tab 2' } })
    expect(await plays().draft('b')).toMatchObject({ revision: 2, yaml: 'theirs' })
    // A first save of a Play that is there already is one that missed all of them.
    expect(await plays().save(save('b', 0, { yaml: 'mine' }))).toMatchObject({ kind: 'conflict' })
  })

  it('sent twice, because its answer was lost, is one save', async () => {
    await plays().save(save('c', 0))
    const again = save('c', 1, { yaml: 'once', loose: 'typed' })
    expect(await plays().save(again)).toEqual({ kind: 'saved', revision: 2 })
    expect(await plays().save(again)).toEqual({ kind: 'saved', revision: 2 })
    expect(await plays().save(save('c', 0))).toMatchObject({ kind: 'conflict' })
    expect(await plays().save({ ...again, sidecar: { positions: {} } })).toMatchObject({ kind: 'conflict' })
  })

  it('of a hundred writers at once is saved once a revision', async () => {
    await plays().save(save('d', 0))
    const writers = Array.from({ length: 100 }, (_, n) => save('d', 1, { yaml: `text ${n}`, origin: `tab ${n}` }))
    const answers = await Promise.all(writers.map((one) => plays().save(one)))
    const saved = answers.filter(({ kind }) => kind === 'saved')
    expect(saved).toEqual([{ kind: 'saved', revision: 2 }])
    const winner = answers.findIndex(({ kind }) => kind === 'saved')
    expect(await plays().draft('d')).toMatchObject({ revision: 2, yaml: `text ${winner}` })
  })

  it('of a deleted Play is refused until it is brought back', async () => {
    await plays().save(save('e', 0))
    await plays().remove('e')
    expect((await plays().list()).some(({ id }) => id === 'e')).toBe(false)
    expect(await plays().save(save('e', 1))).toEqual({ kind: 'gone' })
    await plays().restore('e')
    expect(await plays().save(save('e', 1))).toEqual({ kind: 'saved', revision: 2 })
    expect(await plays().save(save('nobody', 3))).toEqual({ kind: 'gone' })
  })
})

describe('a version', () => {
  it('has the next number, and the same text again is the same version', async () => {
    await plays().save(save('f', 0))
    const first = await plays().publish('f', text('x'), by)
    expect(first).toMatchObject({ playId: 'f', number: 1, playHash: 'x' })
    expect(await plays().publish('f', text('x'), by)).toEqual(first)
    expect(await plays().publish('f', text('y'), by)).toMatchObject({ number: 2 })
    // Going back to an earlier text is a step of its own.
    expect(await plays().publish('f', text('x'), by)).toMatchObject({ number: 3 })
    expect((await plays().versions('f')).map(({ number }) => number)).toEqual([3, 2, 1])
    expect(await plays().publish('nobody', text('x'), by)).toBeNull()
  })

  it('gets a number of its own when twenty publish at once', async () => {
    await plays().save(save('g', 0))
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => plays().publish('g', text(`h${n}`), by)))
    expect(all.map((one) => one?.number).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    )
  })

  it('can neither be changed nor deleted, by nobody', async () => {
    await plays().save(save('h', 0))
    await plays().publish('h', text('x'), by)
    for (const sql of [
      "UPDATE play_version SET yaml = 'other'",
      'DELETE FROM play_version',
      "DELETE FROM play WHERE id = 'h'",
    ])
      await expect(query(database.url, sql)).rejects.toThrow()
  })
})
