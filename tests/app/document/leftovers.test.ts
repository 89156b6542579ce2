// Edits that a page could only note in its journal as it went: stored before a Play is opened or listed, never twice.
import { describe, expect, it } from 'vitest'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { emptyHistory } from '../../../app/document/history'
import { journalOn, type Shelf } from '../../../app/document/journal'
import { settleAll, settled } from '../../../app/document/leftovers'
import type { Opened, Saved } from '../../../app/document/storage'

const shelf = (): Shelf => {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    key: (i) => [...kept.keys()][i] ?? null,
    get length() {
      return kept.size
    },
  }
}

const saved = (id: string, title: string): Saved => ({
  document: { id, tree: { ...emptyPlay, title }, sidecar: {} },
  history: emptyHistory,
  loose: null,
})

/** Documents as the database would hold them, each changed at 1000. */
const library = (...ids: readonly string[]) => {
  const stored = new Map<string, Opened>(ids.map((id) => [id, { ...saved(id, 'old'), changedMs: 1000 }]))
  const saves: string[] = []
  const documents = {
    load: (id: string) => Promise.resolve(stored.get(id) ?? null),
    save: (one: Saved) => {
      saves.push(one.document.id)
      stored.set(one.document.id, { ...one, changedMs: 2000 })
      return Promise.resolve()
    },
  }
  return { documents, saves, titleOf: (id: string) => stored.get(id)?.document.tree.title }
}

describe('what a page left in its journal', () => {
  it('is stored and shown when it is newer', async () => {
    const { documents, titleOf } = library('a')
    const journal = journalOn(shelf())
    journal.write({ ...saved('a', 'new'), atMs: 1500 })
    expect((await settled('a', { documents, journal }))?.document.tree.title).toBe('new')
    expect(titleOf('a')).toBe('new')
    expect(journal.ids()).toEqual([])
  })

  it('is dropped when the database has something newer', async () => {
    const { documents, saves } = library('a')
    const journal = journalOn(shelf())
    journal.write({ ...saved('a', 'stale'), atMs: 999 })
    expect((await settled('a', { documents, journal }))?.document.tree.title).toBe('old')
    expect(saves).toEqual([])
    expect(journal.read('a')).toBeNull()
  })

  it('stays while its document is deleted: it may be brought back', async () => {
    const { documents, saves } = library()
    const journal = journalOn(shelf())
    journal.write({ ...saved('gone', 'new'), atMs: 1500 })
    expect(await settled('gone', { documents, journal })).toBeNull()
    expect(saves).toEqual([])
    expect(journal.read('gone')?.document.tree.title).toBe('new')
  })

  it('is settled for all before they are listed, other entries of the shelf untouched', async () => {
    const { documents, saves, titleOf } = library('a', 'b', 'c')
    const own = shelf()
    own.setItem('playloom-runs', '{}')
    const journal = journalOn(own)
    journal.write({ ...saved('a', 'A'), atMs: 1500 })
    journal.write({ ...saved('c', 'C'), atMs: 1600 })
    await settleAll({ documents, journal })
    expect(saves.sort()).toEqual(['a', 'c'])
    expect(['a', 'b', 'c'].map(titleOf)).toEqual(['A', 'old', 'C'])
    expect(own.length).toBe(1)
  })
})
