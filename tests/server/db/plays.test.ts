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

describe('heads', () => {
  it('tell the revision of every Play, also of deleted ones, without texts', async () => {
    await plays().save(save('heads 1', 0))
    await plays().save(save('heads 1', 1, { title: 'Second' }))
    await plays().save(save('heads 2', 0))
    await plays().remove('heads 2')
    await plays().ensure({ id: 'heads 3', title: 'Run, never saved', actor: 'local' })
    const heads = (await plays().heads()).filter(({ id }) => id.startsWith('heads'))
    expect(heads.map(({ id, title, revision, deleted }) => ({ id, title, revision, deleted }))).toEqual([
      { id: 'heads 1', title: 'Second', revision: 2, deleted: false },
      { id: 'heads 2', title: 'EMA pullback', revision: 1, deleted: true },
      { id: 'heads 3', title: 'Run, never saved', revision: 0, deleted: false },
    ])
    expect((await plays().heads(['heads 2', 'nobody'])).map(({ id }) => id)).toEqual(['heads 2'])
  })

  it('order drafts by revision, never by a clock: one that steps back refuses nothing and lets nothing old win', async () => {
    await plays().save(save('clock', 0, { yaml: 'first' }))
    await query(database.url, "UPDATE play_draft SET saved_at = now() + interval '2 days' WHERE play_id = 'clock'")
    await query(database.url, "UPDATE play SET changed_at = now() + interval '2 days' WHERE id = 'clock'")
    expect(await plays().save(save('clock', 1, { yaml: 'second' }))).toEqual({ kind: 'saved', revision: 2 })
    const { savedMs, ...second } = (await plays().draft('clock')) ?? { savedMs: 0 }
    expect(second).toMatchObject({ revision: 2, yaml: 'second' })
    expect(savedMs).toBeLessThan(Date.now() + 60_000)
    // Who saw only the first is late, whatever its clock says.
    expect(await plays().save(save('clock', 1, { yaml: 'late' }))).toMatchObject({ kind: 'conflict' })
  })

  it('of a hundred Plays saved at once stand at once', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `many ${n}`)
    const yaml = 'x'.repeat(20_000)
    const from = performance.now()
    const made = await Promise.all(ids.map((id) => plays().save(save(id, 0, { yaml }))))
    const again = await Promise.all(ids.map((id) => plays().save(save(id, 1, { yaml: `${yaml}y` }))))
    const tookMs = Math.round(performance.now() - from)
    console.info(`200 saves of 100 drafts of 20 kB at once: ${tookMs} ms`)
    expect(made.every(({ kind }) => kind === 'saved')).toBe(true)
    expect(again).toEqual(ids.map(() => ({ kind: 'saved', revision: 2 })))
    const heads = (await plays().heads()).filter(({ id }) => id.startsWith('many '))
    expect(heads.map(({ revision }) => revision)).toEqual(ids.map(() => 2))
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

  it('with a new note is a new version of the same text; without one nothing is said anew', async () => {
    await plays().save(save('noted', 0))
    await plays().publish('noted', text('x'), by)
    const noted = await plays().publish('noted', text('x'), { ...by, note: 'before the stop was moved' })
    expect(noted).toMatchObject({ number: 2, note: 'before the stop was moved' })
    expect(await plays().publish('noted', text('x'), { ...by, note: 'before the stop was moved' })).toEqual(noted)
    expect(await plays().publish('noted', text('x'), by)).toEqual(noted)
  })

  it('is listed without its text, which is had by its id', async () => {
    await plays().save(save('listed', 0))
    const made = await plays().publish('listed', { ...text('x'), sidecar: { order: ['b', 'a'] } }, by)
    const [line] = await plays().versions('listed')
    expect(Object.keys(line ?? {}).sort()).toEqual(
      ['actor', 'createdMs', 'id', 'logicHash', 'note', 'number', 'playHash', 'playId'].sort(),
    )
    expect(await plays().version(line?.id ?? '')).toEqual(made)
    expect(await plays().version('00000000-0000-7000-8000-000000000000')).toBeNull()
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
