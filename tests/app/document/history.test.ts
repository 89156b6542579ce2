// The one history: labelled steps, folding of fields and of layout moves, and what an edit after an undo does.
import { describe, expect, it } from 'vitest'
import { addNode, setPositions } from '../../../app/document/edits/nodes'
import { setParam } from '../../../app/document/edits/values'
import { createDocumentStore } from '../../../app/document/store'
import { parseDocument } from '../../../blocks/play/text/parse'
import { specDocuments } from '../../fixtures/documents'

const fresh = () => {
  const { tree, sidecar } = parseDocument(specDocuments.emaPullback)
  if (tree === undefined || !('play' in tree)) throw new Error('a Play')
  const clock = { ms: 0 }
  return { clock, store: createDocumentStore({ id: 'a', tree, sidecar }, () => clock.ms) }
}

describe('unfinished text', () => {
  const move = (store: ReturnType<typeof fresh>['store'], x: number) =>
    store.getState().edit('Move', (draft) => setPositions(draft, { atr: [x, 0] }), { kind: 'layout' })
  const set = (store: ReturnType<typeof fresh>['store'], value: number, typed?: true) =>
    store.getState().edit('Stop', (draft) => setParam(draft, { name: 'stop_atr', value }), {
      fold: 'stop',
      ...(typed && { typed }),
    })

  it('survives moving a node, its undo and its redo', () => {
    const { store } = fresh()
    store.getState().setLoose({ text: 'half' })
    move(store, 5)
    expect(store.getState().loose).toEqual({ text: 'half' })
    store.getState().undo()
    expect(store.getState().loose).toEqual({ text: 'half' })
    expect(store.getState().document.sidecar.positions?.atr).toBeUndefined()
    store.getState().redo()
    expect(store.getState().loose).toEqual({ text: 'half' })
    expect(store.getState().document.sidecar.positions?.atr).toEqual([5, 0])
  })

  it('gives way to an edit of the meaning, whose undo brings it back', () => {
    const { store } = fresh()
    set(store, 2.1)
    store.getState().setLoose({ text: 'half' })
    // A step of its own, though it is of the same field.
    set(store, 2.2)
    set(store, 2.3)
    move(store, 5)
    expect(store.getState().loose).toBeNull()
    expect(store.getState().history.steps).toHaveLength(3)
    store.getState().jump(1)
    expect(store.getState().loose).toEqual({ text: 'half' })
    expect(store.getState().document.tree.params?.stop_atr?.value).toBe(2.1)
    store.getState().jump(3)
    expect(store.getState().loose).toBeNull()
  })

  it('of a document that another tab writes is left alone', () => {
    const { store } = fresh()
    store.getState().setLoose({ text: 'half' })
    store.getState().setReadOnly(true)
    store.getState().setLoose(null)
    set(store, 2.1)
    store.getState().undo()
    expect(store.getState().loose).toEqual({ text: 'half' })
    expect(store.getState().history.steps).toEqual([])
  })

  it('is dropped by the first undo, not by more; what was typed to its end is put aside nowhere', () => {
    const { store } = fresh()
    set(store, 2.1)
    store.getState().setLoose({ text: 'half' })
    store.getState().undo()
    expect(store.getState().loose).toBeNull()
    expect(store.getState().history.at).toBe(1)
    store.getState().setLoose({ text: 'half' })
    set(store, 2.4, true)
    store.getState().undo()
    expect(store.getState().loose).toBeNull()
  })
})

describe('history', () => {
  it('typing in one field is one step, a pause or another field begins a new one', () => {
    const { store, clock } = fresh()
    const type = (value: number, fold = 'param:stop_atr') =>
      store.getState().edit(`Stop ${value}`, (draft) => setParam(draft, { name: 'stop_atr', value }), { fold })
    type(2.1)
    clock.ms += 300
    type(2.2)
    type(2.3)
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual(['Stop 2.3'])
    clock.ms += 4001
    type(2.4)
    type(2.5, 'other')
    expect(store.getState().history.steps).toHaveLength(3)
    store.getState().jump(0)
    expect(store.getState().document.tree.params?.stop_atr?.value).toBe(2)
  })
  it('runs of layout moves are one step and never swallow an edit', () => {
    const { store } = fresh()
    const move = (x: number, label = 'Move atr') =>
      store.getState().edit(label, (draft) => setPositions(draft, { atr: [x, 0] }), { kind: 'layout' })
    move(1)
    move(2)
    move(3, 'Align')
    store.getState().edit('Add EMA', (draft) => addNode(draft, { type: 'ema', at: null }))
    move(4)
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual(['Arrange', 'Add EMA', 'Move atr'])
    store.getState().undo()
    store.getState().undo()
    expect(store.getState().document.sidecar.positions?.atr).toEqual([3, 0])
  })
  it('an edit after an undo stands alone and drops what had been undone', () => {
    const { store } = fresh()
    const set = (value: number) =>
      store.getState().edit(`Stop ${value}`, (draft) => setParam(draft, { name: 'stop_atr', value }), { fold: 'f' })
    set(2.1)
    store.getState().edit('Add EMA', (draft) => addNode(draft, { type: 'ema', at: null }))
    store.getState().undo()
    set(2.2)
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual(['Stop 2.1', 'Stop 2.2'])
    store.getState().redo()
    expect(store.getState().document.tree.params?.stop_atr?.value).toBe(2.2)
  })
  it('what changes nothing is no step, and what a recipe gives back is not the document', () => {
    const { store } = fresh()
    const before = store.getState()
    store.getState().edit('Nothing', () => 7)
    store.getState().edit('Same', (draft) => setParam(draft, { name: 'stop_atr', value: 2 }))
    expect(store.getState()).toBe(before)
  })
  it('keeps five hundred steps', () => {
    const { store } = fresh()
    for (let k = 1; k <= 520; k++)
      store.getState().edit(`Stop ${k}`, (draft) => setParam(draft, { name: 'stop_atr', value: k + 2 }))
    expect(store.getState().history.steps).toHaveLength(500)
    expect(store.getState().history.at).toBe(500)
    store.getState().jump(0)
    expect(store.getState().document.tree.params?.stop_atr?.value).toBe(22)
  })
})
