// Plays that are not open: what waits is sent, Play by Play, once; what is open is left to its tab.
import { describe, expect, it } from 'vitest'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { emptyHistory } from '../../../app/document/history'
import type { Saved } from '../../../app/document/storage'
import { arrive } from '../../../app/sync/arrive'
import { type Looked, sweep } from '../../../app/sync/sweep'
import { Browser, FakeServer } from './world'

const play = (id: string, title: string): Saved => ({
  document: { id, tree: { ...emptyPlay, title }, sidecar: { order: [] } },
  history: emptyHistory,
  loose: null,
})

const world = (open: string[] = []) => {
  const server = new FakeServer()
  const here = new Browser('a', server)
  const looked: Looked = new Map()
  const look = (): Promise<void> =>
    sweep(
      {
        documents: here.documents,
        server: here.server,
        isOpen: async (id) => open.includes(id),
        alone: (_, work) => work(),
      },
      looked,
    )
  return { server, here, look }
}

describe('a look at all Plays', () => {
  it('sends a hundred with one list and one save each, and nothing the next time', async () => {
    const { server, here, look } = world()
    const ids = Array.from({ length: 100 }, (_, n) => `play${n}`)
    for (const id of ids) await here.documents.save(play(id, `title of ${id}`))
    await look()
    expect(server.calls).toEqual(['a keeps', 'a heads', ...ids.map(() => 'a save')])
    expect([...server.drafts.values()].every(({ revision }) => revision === 1)).toBe(true)
    server.calls.length = 0
    // The first look after sees that all is agreed, the next need not even compare.
    await look()
    await look()
    expect(server.calls).toEqual(['a keeps', 'a heads', 'a keeps', 'a heads'])
  })

  it('asks nothing where there are no Plays', async () => {
    const { server, look } = world()
    await look()
    expect(server.calls).toEqual([])
  })

  it('leaves what is open to its tab until that is gone, but for a deletion', async () => {
    const open = ['one']
    const { server, here, look } = world(open)
    await here.documents.save(play('one', 'open'))
    await look()
    expect(server.drafts.size).toBe(0)
    open.pop()
    await look()
    expect(server.drafts.get('one')?.title).toBe('open')
    const other = world(['one'])
    await other.here.documents.save(play('one', 'open'))
    other.here.open('one')
    await other.here.sync.check()
    await other.here.documents.remove('one')
    await other.look()
    expect(other.server.deleted.has('one')).toBe(true)
    other.here.tear()
  })

  it('takes nothing: what another browser saved comes as a step of the history, when it is opened', async () => {
    const { server, here, look } = world()
    await here.documents.save(play('one', 'mine'))
    await look()
    const draft = server.drafts.get('one')
    if (draft === undefined) throw new Error('not sent')
    server.drafts.set('one', { ...draft, revision: 2, title: 'theirs', origin: 'b' })
    await look()
    expect(here.contentOn('one')?.title).toBe('mine')
    await here.documents.save(play('one', 'mine again'))
    await look()
    expect(server.drafts.get('one')).toMatchObject({ revision: 2, title: 'theirs' })
  })

  it('deletes there what was deleted here, and brings back what was brought back', async () => {
    const { server, here, look } = world()
    await here.documents.save(play('one', 'mine'))
    await look()
    await here.documents.remove('one')
    await look()
    expect(server.deleted.has('one')).toBe(true)
    expect(here.baseOf('one')?.deleted).toBe(true)
    await here.documents.restore('one')
    await look()
    expect(server.deleted.has('one')).toBe(false)
    expect((await here.documents.keptOne('one'))?.deletedMs).toBeNull()
    // Both agree that it lives: deleted elsewhere now, it is not brought back once more.
    expect(here.baseOf('one')?.deleted).toBe(false)
    server.deleted.add('one')
    await look()
    expect((await here.documents.keptOne('one'))?.deletedMs).not.toBeNull()
  })

  it('deletes here what was deleted elsewhere, unless it was changed here since', async () => {
    const { server, here, look } = world()
    for (const id of ['same', 'edited']) await here.documents.save(play(id, 'mine'))
    await look()
    await here.documents.save(play('edited', 'edited since'))
    server.deleted.add('same')
    server.deleted.add('edited')
    await look()
    expect((await here.documents.keptOne('same'))?.deletedMs).not.toBeNull()
    expect((await here.documents.keptOne('edited'))?.deletedMs).toBeNull()
    server.deleted.delete('same')
    await look()
    expect((await here.documents.keptOne('same'))?.deletedMs).toBeNull()
  })
})

describe('a Play that only the server has', () => {
  it('arrives whole, agreed on, and once', async () => {
    const { server, here, look } = world()
    const there = new Browser('b', server)
    await there.documents.save(play('one', 'from b'))
    await sweep(
      { documents: there.documents, server: there.server, isOpen: async () => false, alone: (_, work) => work() },
      new Map(),
    )
    const ports = { documents: here.documents, server: here.server }
    expect(await arrive('one', ports)).toBe('here')
    expect(here.contentOn('one')).toEqual(there.contentOn('one'))
    expect(here.baseOf('one')).toEqual(there.baseOf('one'))
    await look()
    expect(server.drafts.get('one')?.revision).toBe(1)
    // What is here already is never written over.
    await here.documents.save(play('one', 'edited'))
    expect(await arrive('one', ports)).toBe('here')
    expect(here.contentOn('one')?.title).toBe('edited')
  })

  it('does not arrive where it is unknown, deleted, or of another release', async () => {
    const { server, here } = world()
    const ports = { documents: here.documents, server: here.server }
    expect(await arrive('nobody', ports)).toBe('nowhere')
    server.drafts.set('later', {
      title: 'Later',
      yaml: 'dsl: 9\n',
      sidecar: {},
      loose: null,
      revision: 1,
      savedMs: 0,
      origin: 'b',
    })
    expect(await arrive('later', ports)).toBe('unread')
    server.deleted.add('later')
    expect(await arrive('later', ports)).toBe('nowhere')
    expect(here.ids()).toEqual([])
  })
})
