// An open Play and its draft on the server: what is sent, taken and asked, and that nothing is lost on the way.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contentOf, markOf } from '../../../app/sync/content'
import { gatherMs, longestWaitMs } from '../../../app/sync/playSync'
import { Browser, FakeServer } from './world'

const world: { server: FakeServer; a: Browser; b: Browser } = {} as typeof world
beforeEach(() => {
  vi.useFakeTimers()
  const server = new FakeServer()
  Object.assign(world, { server, a: new Browser('a', server), b: new Browser('b', server) })
})
afterEach(() => {
  world.a.tear()
  world.b.tear()
  vi.useRealTimers()
})

/** Lets everything happen that happens within this time. */
const pass = (ms = 3 * gatherMs): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const draft = () => world.server.drafts.get('one')
const savesOf = (name: string): number => world.server.calls.filter((call) => call === `${name} save`).length

/** The Play stands in both browsers and on the server, everything agreed. */
const shared = async (): Promise<void> => {
  const { a, b, server } = world
  a.open('one', 'first')
  await a.edit('agreed')
  await a.sync.check()
  await pass()
  const kept = server.drafts.get('one')
  const base = a.baseOf('one')
  if (kept === undefined || base === null) throw new Error('nothing was sent')
  const { document, history } = a.store.getState()
  await b.documents.adopt({ document, history, loose: null }, base)
  b.open('one')
  await b.sync.check()
  await pass()
}

describe('a change', () => {
  it('is sent after a moment, those of one moment together', async () => {
    const { a, server } = world
    a.open('one', 'first')
    await a.edit('1')
    await a.sync.check()
    await pass()
    server.calls.length = 0
    for (const title of ['2', '3', '4']) await a.edit(title)
    await pass(gatherMs / 2)
    expect(server.calls).toEqual([])
    await pass()
    // Who was never refused asks nothing first.
    expect(server.calls).toEqual(['a save'])
    expect(draft()).toMatchObject({ title: '4', revision: 2, origin: 'a' })
    expect(a.state).toEqual({ kind: 'saved' })
    await pass(600_000)
    expect(server.calls).toEqual(['a save'])
  })

  it('of a Play that is not stored here is nobody else s business', async () => {
    const { a, server } = world
    a.open('one', 'first')
    await a.sync.check()
    await pass()
    expect(server.drafts.size).toBe(0)
    expect(a.states).toEqual([])
  })

  it('made while the server is away is kept here, told, and sent when it is back, seldom asked for', async () => {
    const { a, server } = world
    await shared()
    a.online = false
    await a.edit('offline')
    await pass()
    expect(a.state).toEqual({ kind: 'away' })
    server.calls.length = 0
    await pass(30 * 60_000)
    expect(a.states.filter(({ kind }) => kind === 'away').length).toBeLessThan(40)
    a.online = true
    await pass(longestWaitMs + gatherMs)
    expect(draft()).toMatchObject({ title: 'offline', revision: 2 })
    expect(a.state).toEqual({ kind: 'saved' })
  })

  it('whose answer is lost is one save, also with further edits in between', async () => {
    const { a } = world
    await shared()
    a.loseAnswers = 1
    await a.edit('heard')
    await pass(gatherMs)
    expect(draft()).toMatchObject({ title: 'heard', revision: 2 })
    await a.edit('after')
    await pass(20_000)
    expect(draft()).toMatchObject({ title: 'after', revision: 3 })
    expect(a.states.map(({ kind }) => kind)).not.toContain('choose')
  })

  it('that the server will never take is said, and not sent again and again', async () => {
    const { a, server } = world
    await shared()
    const save = vi.spyOn(a.server, 'save').mockRejectedValue(new Error('This request is not understood'))
    await a.edit('odd')
    await pass(600_000)
    expect(a.state).toEqual({ kind: 'refused', message: 'This request is not understood' })
    expect(save).toHaveBeenCalledTimes(1)
    save.mockRestore()
    await a.edit('even')
    await pass()
    expect(server.drafts.get('one')?.title).toBe('even')
  })
})

describe('what another browser saved', () => {
  it('is taken where nothing was changed, as one step: undo brings the own one back', async () => {
    const { a, b } = world
    await shared()
    await b.edit('from b')
    await pass()
    await a.sync.check()
    await pass()
    expect(a.title).toBe('from b')
    const { history } = a.store.getState()
    expect(history.steps.at(-1)?.label).toBe('Changes from another browser')
    expect(a.contentOn('one')?.title).toBe('from b')
    expect(savesOf('a')).toBe(1)
    a.store.getState().undo()
    expect(a.title).toBe('agreed')
  })

  it('and changed here as well is asked about, and written over by nobody', async () => {
    const { a, b, server } = world
    await shared()
    await b.edit('from b')
    await pass()
    await a.edit('from a')
    await pass()
    expect(a.state).toMatchObject({ kind: 'choose', theirs: { title: 'from b', origin: 'b', revision: 2 } })
    expect(draft()).toMatchObject({ title: 'from b' })
    // It can be edited on; nothing is sent until somebody has chosen.
    await a.edit('from a, more')
    await pass(120_000)
    expect(draft()).toMatchObject({ title: 'from b', revision: 2 })
    expect(a.state?.kind).toBe('choose')
    expect(server.taken.map(({ title }) => title)).toEqual(['agreed', 'from b'])
  })

  it('and is edited here while it is on its way is asked about', async () => {
    const { a, b } = world
    await shared()
    await b.edit('from b')
    await pass()
    const ask = a.server.draft
    vi.spyOn(a.server, 'draft').mockImplementationOnce(async (id) => {
      const theirs = await ask(id)
      await a.edit('in between')
      return theirs
    })
    await a.sync.check()
    await pass()
    expect(a.title).toBe('in between')
    expect(a.state?.kind).toBe('choose')
  })

  it('and comes after the Play was left writes over nothing that was edited since', async () => {
    const { a, b } = world
    await shared()
    await b.edit('from b')
    await pass()
    const ask = a.server.draft
    vi.spyOn(a.server, 'draft').mockImplementationOnce(async (id) => {
      const theirs = await ask(id)
      a.sync.stop()
      a.open('one')
      await a.edit('edited since')
      return theirs
    })
    await a.sync.check()
    expect(a.contentOn('one')?.title).toBe('edited since')
    await pass()
    expect([a.title, a.contentOn('one')?.title]).toEqual(['edited since', 'edited since'])
    expect(a.state).toMatchObject({ kind: 'choose', theirs: { title: 'from b' } })
    expect(draft()).toMatchObject({ title: 'from b' })
  })

  it('and cannot be read here is left alone, and nothing is sent over it', async () => {
    const { a, server } = world
    await shared()
    const there = draft()
    if (there === undefined) throw new Error('nothing there')
    server.drafts.set('one', { ...there, revision: 2, yaml: 'dsl: 2\nplay: later\n', origin: 'b' })
    await a.sync.check()
    await pass()
    expect(a.state?.kind).toBe('unread')
    await a.edit('mine')
    await pass(120_000)
    expect(a.title).toBe('mine')
    expect(draft()).toMatchObject({ revision: 2, yaml: 'dsl: 2\nplay: later\n' })
  })

  it('that is the same as mine is no conflict', async () => {
    const { a, b } = world
    await shared()
    await b.edit('alike')
    await pass()
    await a.edit('alike')
    await pass()
    expect(a.state).toEqual({ kind: 'saved' })
    expect(draft()?.revision).toBe(2)
  })
})

/** Both changed, and `a` was asked. */
const conflict = async (): Promise<void> => {
  const { a, b } = world
  await shared()
  await b.edit('from b')
  await pass()
  await a.edit('from a')
  await pass()
  expect(a.state?.kind).toBe('choose')
}

describe('chosen', () => {
  it('mine: it goes to the server, and theirs is one undo away', async () => {
    const { a, b } = world
    await conflict()
    await a.sync.answer('mine')
    await pass()
    expect(a.title).toBe('from a')
    expect(draft()).toMatchObject({ title: 'from a', revision: 3 })
    expect(a.state).toEqual({ kind: 'saved' })
    a.store.getState().undo()
    expect(a.title).toBe('from b')
    a.store.getState().undo()
    expect(a.title).toBe('from a')
    // The other browser gets it as a step, with its own one undo away.
    a.store.getState().jump(a.store.getState().history.steps.length)
    await b.sync.check()
    await pass()
    expect(b.title).toBe('from a')
    b.store.getState().undo()
    expect(b.title).toBe('from b')
  })

  it('theirs: it is open here, and mine is one undo away', async () => {
    const { a } = world
    await conflict()
    await a.sync.answer('theirs')
    await pass()
    expect(a.title).toBe('from b')
    expect(draft()).toMatchObject({ title: 'from b', revision: 2 })
    expect(a.state).toEqual({ kind: 'saved' })
    a.store.getState().undo()
    expect(a.title).toBe('from a')
  })

  it('both: theirs is a Play of its own, once', async () => {
    const { a } = world
    await conflict()
    await a.sync.answer('both')
    await pass()
    expect(a.title).toBe('from a')
    expect(draft()).toMatchObject({ title: 'from a', revision: 3 })
    const copies = a.ids().filter((id) => id !== 'one')
    expect(copies.map((id) => a.contentOn(id)?.title)).toEqual(['from b (browser b)'])
  })

  it('while theirs moved on: the newer one is asked about', async () => {
    const { a, b } = world
    await conflict()
    await b.edit('b moved on')
    await pass()
    await a.sync.answer('mine')
    await pass()
    expect(a.state).toMatchObject({ kind: 'choose', theirs: { title: 'b moved on' } })
    expect(draft()).toMatchObject({ title: 'b moved on' })
  })

  it.each(['mine', 'theirs'] as const)(
    '%s, where only unfinished text differs: the other text stays too',
    async (answer) => {
      const { a, b } = world
      await shared()
      b.store.getState().setLoose({ text: 'typed at b' })
      await b.save()
      b.sync.changed()
      await pass()
      a.store.getState().setLoose({ text: 'typed at a' })
      await a.save()
      a.sync.changed()
      await pass()
      expect(a.state?.kind).toBe('choose')
      await a.sync.answer(answer)
      await pass()
      const [mine, other] = answer === 'mine' ? ['typed at a', 'typed at b'] : ['typed at b', 'typed at a']
      expect(a.contentOn('one')?.loose).toBe(mine)
      const copies = a.ids().filter((id) => id !== 'one')
      expect(copies.map((id) => a.contentOn(id)?.loose)).toEqual([other])
    },
  )

  it('on a full disk: nothing is agreed on, and nothing was sent', async () => {
    const { a } = world
    await conflict()
    a.fullDisk = true
    await a.sync.answer('mine')
    expect(a.baseOf('one')?.revision).toBe(1)
    expect(draft()).toMatchObject({ title: 'from b', revision: 2 })
  })
})

describe('deleted elsewhere', () => {
  it('is told where it is open, and brought back from there with what is open', async () => {
    const { a, b, server } = world
    await shared()
    await b.documents.remove('one')
    b.tear()
    b.open('one')
    await b.sync.check()
    await pass()
    expect(server.deleted.has('one')).toBe(true)
    await a.edit('edited after')
    await pass()
    expect(a.state).toEqual({ kind: 'gone' })
    expect(draft()).toMatchObject({ title: 'agreed' })
    await a.sync.bringBack()
    await pass()
    expect(server.deleted.has('one')).toBe(false)
    expect(draft()).toMatchObject({ title: 'edited after' })
    expect(a.state).toEqual({ kind: 'saved' })
  })

  it('and not touched here is told as well: it stays open', async () => {
    const { a, server } = world
    await shared()
    server.deleted.add('one')
    await a.sync.check()
    await pass()
    expect(a.state).toEqual({ kind: 'gone' })
    expect((await a.documents.keptOne('one'))?.deletedMs).toBeNull()
  })
})

describe('a database that begins anew', () => {
  it('is given everything again', async () => {
    const { a, server } = world
    await shared()
    await a.edit('newest')
    await pass()
    server.drafts.clear()
    await a.sync.check()
    await pass()
    expect(draft()).toMatchObject({ title: 'newest', revision: 1 })
    expect(a.state).toEqual({ kind: 'saved' })
    // And where the next save finds it so.
    server.drafts.clear()
    await a.edit('again')
    await pass()
    expect(draft()).toMatchObject({ title: 'again', revision: 1 })
  })
})

describe('a content', () => {
  it('has one mark however its layout is ordered, and another for every part', () => {
    const { a } = world
    a.open('one', 'first')
    const { tree } = a.store.getState().document
    const of = (more: object, loose: string | null = null) => markOf(contentOf({ tree, sidecar: {}, loose, ...more }))
    const places = of({ sidecar: { positions: { a: [1, 2], b: [3, 4] } } })
    expect(of({ sidecar: { positions: { b: [3, 4], a: [1, 2] } } })).toBe(places)
    const marks = [
      places,
      of({}),
      of({}, 'typed'),
      of({}, ''),
      of({ tree: { ...tree, title: 'other' } }),
      of({ tree: { ...tree, tf: '4h' } }),
    ]
    expect(new Set(marks).size).toBe(marks.length)
  })

  it('holds nothing that the database cannot', () => {
    const { a } = world
    a.open('one', 'first')
    const { tree } = a.store.getState().document
    const notes = { a: 'x\0y\ud800z', end: '\ud83d\ude00' }
    const content = contentOf({ tree, sidecar: { notes }, loose: '\0' })
    expect(content.sidecar).toEqual({ notes: { a: 'x\ufffdy\ufffdz', end: '\ud83d\ude00' } })
    expect(content.loose).toBe('\ufffd')
    expect(JSON.stringify(content)).not.toMatch(/\\u0000|\\ud800/)
  })
})
