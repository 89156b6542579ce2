// One writer a document: who edits, who follows, what is handed over, and that nothing is lost on the way.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { startAutosave } from '../../../app/document/autosave'
import { addNode } from '../../../app/document/edits/nodes'
import { emptyPlay } from '../../../app/document/emptyPlay'
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
      const mine = { lose: (_: Error): void => undefined }
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
const quiet = { addEventListener: () => undefined, removeEventListener: () => undefined }

const tabIn = (world: ReturnType<typeof browser>) => {
  const kept = disk.get('one')
  const store = createDocumentStore(kept?.document ?? { id: 'one', tree: emptyPlay, sidecar: {} }, () => 0)
  if (kept !== undefined) store.getState().open(kept.document, kept.history)
  const roles: Role[] = []
  const autosave = startAutosave(store, { save: async (saved) => void disk.set('one', structuredClone(saved)) }, quiet)
  const tab = joinTabs({
    store,
    channel: world.channel(),
    locks: world.locks,
    flush: autosave.flush,
    keep: autosave.keep,
    onRole: (role) => roles.push(role),
  })
  const add = (type: string): void =>
    store.getState().edit(`Add ${type}`, (draft) => addNode(draft, { type, at: null }))
  const ids = () => Object.keys(store.getState().document.tree.nodes)
  return { store, tab, autosave, add, ids, role: () => roles.at(-1) }
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
    const { flush, stop } = startAutosave(store, { save }, quiet)
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
  it('saves at once when the page goes', async () => {
    const store = createDocumentStore({ id: 'one', tree: emptyPlay, sidecar: {} }, () => 0)
    const page = new EventTarget()
    let saves = 0
    startAutosave(store, { save: async () => void saves++ }, page as unknown as Window)
    store.getState().setLoose({ text: 'not yet a Play' })
    page.dispatchEvent(new Event('pagehide'))
    await vi.advanceTimersByTimeAsync(0)
    expect(saves).toBe(1)
  })
})
