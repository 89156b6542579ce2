// One writer a document: who edits, who follows, what is handed over, and that nothing is lost on the way.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { startAutosave } from '../../../app/document/autosave'
import { addNode } from '../../../app/document/edits/nodes'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { journalOn } from '../../../app/document/journal'
import type { Saved } from '../../../app/document/storage'
import { createDocumentStore } from '../../../app/document/store'
import { type Channel, joinTabs, type Locks, type Message, type Role } from '../../../app/document/tabs'

/** Locks of one browser: one holder a name, a line behind it, and theft. */
const browser = () => {
  let holder: { lose: (error: Error) => void } | null = null
  const line: (() => void)[] = []
  const next = (): void => {
    holder = null
    line.shift()?.()
  }
  const locks: Locks = {
    request: async (_name, { ifAvailable = false, steal = false, signal }, hold) => {
      await Promise.resolve()
      if (steal && holder !== null) holder.lose(new Error('stolen'))
      else if (holder !== null && ifAvailable) return hold(null)
      else if (holder !== null)
        await new Promise<void>((resolve, reject) => {
          const go = (): void => resolve()
          line.push(go)
          signal?.addEventListener('abort', () => {
            line.splice(line.indexOf(go), 1)
            reject(new Error('aborted'))
          })
        })
      const mine: { lose: (error: Error) => void } = { lose: () => undefined }
      const lost = new Promise<never>((_, reject) => {
        mine.lose = reject
      })
      holder = mine
      try {
        await Promise.race([hold({}), lost])
        next()
      } catch (error) {
        if (holder === mine) next()
        throw error
      }
    },
  }
  const ears = new Set<{ channel: Channel; listener: (message: Message) => void }>()
  const channel = (): Channel => {
    const own: Channel = {
      post: (message) => {
        for (const ear of ears)
          if (ear.channel !== own) queueMicrotask(() => ears.has(ear) && ear.listener(structuredClone(message)))
      },
      listen: (listener) => void ears.add({ channel: own, listener }),
      close: () => {
        for (const ear of ears) if (ear.channel === own) ears.delete(ear)
      },
    }
    return own
  }
  return { locks, channel }
}

const disk = new Map<string, Saved>()
const noJournal = { write: () => true, clear: () => undefined }
const quiet = { addEventListener: () => undefined, removeEventListener: () => undefined }

const tabIn = (world: ReturnType<typeof browser>) => {
  const kept = disk.get('one')
  const store = createDocumentStore(kept?.document ?? { id: 'one', tree: emptyPlay, sidecar: {} }, () => 0)
  if (kept !== undefined) store.getState().open(kept.document, kept.history)
  const roles: Role[] = []
  const gone: boolean[] = []
  const autosave = startAutosave(store, {
    storage: { save: async (saved) => void disk.set('one', structuredClone(saved)) },
    journal: noJournal,
    now: () => 0,
    page: quiet,
  })
  const tab = joinTabs({
    store,
    channel: world.channel(),
    locks: world.locks,
    flush: autosave.flush,
    keep: autosave.keep,
    onRole: (role) => roles.push(role),
    onGone: (is) => gone.push(is),
  })
  const add = (type: string): void =>
    store.getState().edit(`Add ${type}`, (draft) => addNode(draft, { type, at: null }))
  const ids = () => Object.keys(store.getState().document.tree.nodes)
  return { store, tab, autosave, add, ids, gone, role: () => roles.at(-1) }
}
const settle = () => vi.advanceTimersByTimeAsync(10)

beforeEach(() => {
  disk.clear()
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

describe('tabs', () => {
  it('the first writes, the second follows live and cannot edit', async () => {
    const world = browser()
    const first = tabIn(world)
    await settle()
    const second = tabIn(world)
    await settle()
    expect([first.role(), second.role()]).toEqual(['writer', 'follower'])
    first.add('ema')
    second.add('rsi')
    await settle()
    expect([first.ids(), second.ids()]).toEqual([['ema'], ['ema']])
    expect(second.store.getState().history.steps).toHaveLength(1)
    second.store.getState().undo()
    expect(second.ids()).toEqual(['ema'])
    first.store.getState().setLoose({ text: 'half a' })
    await settle()
    expect(second.store.getState().loose).toEqual({ text: 'half a' })
  })
  it('nobody edits before it is known who writes', () => {
    const one = tabIn(browser())
    one.add('ema')
    expect(one.ids()).toEqual([])
  })
  it('a tab that takes over gets the last edit, also an unsaved one, and the other follows from then on', async () => {
    const world = browser()
    const first = tabIn(world)
    await settle()
    const second = tabIn(world)
    await settle()
    first.add('ema')
    await second.tab.takeOver()
    await settle()
    expect([first.role(), second.role()]).toEqual(['follower', 'writer'])
    expect(Object.keys(disk.get('one')?.document.tree.nodes ?? {})).toEqual(['ema'])
    second.add('rsi')
    first.add('atr')
    await settle()
    expect([first.ids(), second.ids()]).toEqual([
      ['ema', 'rsi'],
      ['ema', 'rsi'],
    ])
    second.store.getState().undo()
    second.store.getState().undo()
    await settle()
    expect([first.ids(), second.ids()]).toEqual([[], []])
    await first.tab.takeOver()
    await settle()
    expect([first.role(), second.role()]).toEqual(['writer', 'follower'])
  })
  it('when the writer closes the follower writes, and makes sure of what came last', async () => {
    const world = browser()
    const first = tabIn(world)
    await settle()
    const second = tabIn(world)
    await settle()
    first.add('ema')
    await settle()
    // It dies before its save.
    first.tab.close()
    await settle()
    expect(second.role()).toBe('writer')
    await settle()
    expect(Object.keys(disk.get('one')?.document.tree.nodes ?? {})).toEqual(['ema'])
    second.add('rsi')
    await vi.advanceTimersByTimeAsync(400)
    expect(Object.keys(disk.get('one')?.document.tree.nodes ?? {})).toEqual(['ema', 'rsi'])
  })
  it('a writer that is asleep is taken over after a while', async () => {
    const world = browser()
    const deaf = world.locks.request('', { ifAvailable: true }, () => new Promise(() => undefined)).catch(() => 'lost')
    const second = tabIn(world)
    await settle()
    expect(second.role()).toBe('follower')
    const taken = second.tab.takeOver()
    await vi.advanceTimersByTimeAsync(1900)
    expect(second.role()).toBe('follower')
    await vi.advanceTimersByTimeAsync(200)
    await taken
    expect(second.role()).toBe('writer')
    expect(await deaf).toBe('lost')
  })
  it('a writer whose heir went away goes on', async () => {
    const world = browser()
    const first = tabIn(world)
    await settle()
    const ghost = world.channel()
    ghost.post({ kind: 'give' })
    await settle()
    expect(first.store.getState().readOnly).toBe(true)
    await vi.advanceTimersByTimeAsync(2100)
    first.add('ema')
    expect(first.ids()).toEqual(['ema'])
  })
  it('a Play that is renamed or deleted in the list of all Plays: whoever writes it knows, and loses nothing', async () => {
    const world = browser()
    const [one, two] = [tabIn(world), tabIn(world)]
    await settle()
    one.add('ema')
    const list = world.channel()
    list.post({ kind: 'retitled', title: 'Renamed in the list' })
    await settle()
    await one.autosave.flush()
    expect(one.store.getState().document.tree.title).toBe('Renamed in the list')
    expect(two.store.getState().document.tree.title).toBe('Renamed in the list')
    expect(disk.get('one')?.document.tree).toMatchObject({ title: 'Renamed in the list', nodes: { ema: {} } })
    expect(one.store.getState().history.steps.map(({ label }) => label)).toEqual([
      'Add ema',
      'Rename to Renamed in the list',
    ])
    expect([one.gone, two.gone]).toEqual([[], []])
    list.post({ kind: 'removed' })
    await settle()
    expect([one.gone, two.gone]).toEqual([[true], [true]])
    one.add('sma')
    list.post({ kind: 'restored' })
    await settle()
    expect(one.gone).toEqual([true, false])
    expect(one.ids()).toEqual(['ema', 'sma'])
  })
  it('three tabs: the one that asked becomes the writer, not the one that waits longest', async () => {
    const world = browser()
    const tabs = [tabIn(world)]
    for (let k = 0; k < 2; k++) {
      await settle()
      tabs.push(tabIn(world))
    }
    await settle()
    await tabs[2]?.tab.takeOver()
    await settle()
    expect(tabs.map((one) => one.role())).toEqual(['follower', 'follower', 'writer'])
    tabs[2]?.tab.close()
    await settle()
    expect(tabs.slice(0, 2).filter((one) => one.role() === 'writer')).toHaveLength(1)
  })
})

describe('autosave', () => {
  it('saves edits of one moment together, and again when the last save failed', async () => {
    const store = createDocumentStore({ id: 'one', tree: emptyPlay, sidecar: {} }, () => 0)
    let broken = true
    const saves: number[] = []
    const save = async ({ document }: Saved) => {
      saves.push(Object.keys(document.tree.nodes).length)
      if (broken) throw new Error('the disk is full')
    }
    const { flush, stop } = startAutosave(store, { storage: { save }, journal: noJournal, now: () => 0, page: quiet })
    for (const type of ['ema', 'rsi', 'atr'])
      store.getState().edit('Add', (draft) => addNode(draft, { type, at: null }))
    await vi.advanceTimersByTimeAsync(290)
    expect(saves).toEqual([])
    await vi.advanceTimersByTimeAsync(20)
    expect(saves).toEqual([3])
    broken = false
    expect(await flush()).toBe(true)
    expect(await flush()).toBe(true)
    expect(saves).toEqual([3, 3])
    stop()
    await settle()
    store.getState().edit('Add', (draft) => addNode(draft, { type: 'sma', at: null }))
    await vi.advanceTimersByTimeAsync(500)
    expect(saves).toEqual([3, 3])
  })
  it('writes down at once what a page that goes cannot save any more', async () => {
    const store = createDocumentStore({ id: 'one', tree: emptyPlay, sidecar: {} }, () => 0)
    const page = new EventTarget()
    const shelf = new Map<string, string>()
    const journal = journalOn({
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: (key) => void shelf.delete(key),
      key: (i) => [...shelf.keys()][i] ?? null,
      get length() {
        return shelf.size
      },
    })
    let done: () => void = () => undefined
    const save = () => new Promise<void>((resolve) => (done = resolve))
    const add = () => store.getState().edit('Add', (draft) => addNode(draft, { type: 'ema', at: null }))
    startAutosave(store, { storage: { save }, journal, now: () => 77, page })
    page.dispatchEvent(new Event('pagehide'))
    expect(journal.read('one')).toBeNull()
    add()
    page.dispatchEvent(new Event('pagehide'))
    expect(journal.read('one')).toMatchObject({
      atMs: 77,
      document: { tree: { nodes: { ema: {} } } },
      history: { at: 1 },
    })
    await vi.advanceTimersByTimeAsync(0)
    // Still on its way: it is not on the disk.
    page.dispatchEvent(new Event('pagehide'))
    expect(journal.read('one')).not.toBeNull()
    done()
    await vi.advanceTimersByTimeAsync(0)
    expect(journal.read('one')).toBeNull()
  })
  it('lets the history go before the Play where there is no room, and gives nothing back that is none', () => {
    const shelf = new Map<string, string>()
    const small = (limit: number) =>
      journalOn({
        getItem: (key) => shelf.get(key) ?? null,
        setItem: (key, value) => {
          if (value.length > limit) throw new Error('full')
          shelf.set(key, value)
        },
        removeItem: (key) => void shelf.delete(key),
        key: (i) => [...shelf.keys()][i] ?? null,
        get length() {
          return shelf.size
        },
      })
    const step = { label: 'x'.repeat(900), kind: 'logic', fold: null, atMs: 0, patches: [], inverse: [] } as const
    const entry = {
      document: { id: 'one', tree: emptyPlay, sidecar: {} },
      history: { steps: [step], at: 1 },
      loose: null,
      atMs: 1,
    }
    expect(small(800).write(entry)).toBe(true)
    expect(small(800).read('one')).toMatchObject({ document: entry.document, history: { steps: [], at: 0 } })
    expect(small(10).write(entry)).toBe(false)
    shelf.set('playloom unsaved one', '{')
    expect(small(800).read('one')).toBeNull()
  })
})
