// Where nodes stand that are added one after another: in order of themselves, or in room beside those that were placed.
import { describe, expect, it } from 'vitest'
import { drawnPlaces, roomIn } from '../../../app/canvas/drawn'
import { modelOf } from '../../../app/canvas/model'
import { addBlock } from '../../../app/commands/addBlock'
import { createDocumentStore } from '../../../app/document/store'
import { examples } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'
import { parseDocument } from '../../../blocks/play/text/parse'

const opened = (placed: boolean) => {
  const { tree } = parseDocument(examples.ema_pullback ?? '')
  if (tree === undefined || !('play' in tree)) throw new Error('no Play')
  const document = { id: 'x', tree, sidecar: {} }
  return createDocumentStore({ ...document, sidecar: placed ? { positions: drawnPlaces(document) } : {} }, () => 0)
}
const types = ['bars', 'ema', 'above', 'atr', 'entry', 'stop', 'target', 'rsi', 'below', 'swing', 'all', 'sma']
const picture = ({ getState }: ReturnType<typeof opened>) => {
  const { tree, sidecar } = getState().document
  return modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
}
const overlaps = (model: ReturnType<typeof picture>): string[] => {
  const boxes = model.nodes.map(({ view, at: [x, y] }) => ({ id: view.id, x, y, w: view.width, h: view.height }))
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((b) => `${a.id} ${b.id}`),
  )
}

describe('nodes added one after another', () => {
  it('are laid out of themselves while nobody has placed one', () => {
    const store = opened(false)
    for (const type of types) addBlock(store, type)
    expect(store.getState().document.sidecar.positions).toBeUndefined()
    expect(overlaps(picture(store))).toEqual([])
  })
  it('stand before the lanes where others were placed, none below the graph, the others unmoved', () => {
    const store = opened(true)
    const before = picture(store)
    // The middle of what is seen is taken, as in a Play that is fitted to the window.
    const [first] = before.nodes
    const taken = first?.at ?? [0, 0]
    for (const type of types) {
      const { document, edit } = store.getState()
      const room = roomIn(document, [taken[0] + 40, taken[1] + 20])
      expect(room.at).not.toBeNull()
      edit('Add', (draft) => {
        draft.tree.nodes[`new_${type}`] = { [type]: {} }
        draft.sidecar.positions = { ...draft.sidecar.positions, [`new_${type}`]: [...(room.at ?? [0, 0])] }
      })
    }
    const after = picture(store)
    const fresh = after.nodes.filter(({ view }) => view.id.startsWith('new_'))
    expect(fresh).toHaveLength(types.length)
    for (const { at, view } of fresh) {
      expect(at[0] + view.width).toBeLessThan(before.foot[0] + 60)
      expect(at[1]).toBeLessThan(before.foot[1] + 140)
    }
    // Columns, no staircase: many stand exactly below one another.
    expect(new Set(fresh.map(({ at }) => at[0])).size).toBeLessThan(types.length / 2)
    for (const { view, at } of before.nodes)
      expect(after.nodes.find((node) => node.view.id === view.id)?.at).toEqual(at)
  })
  it('stand in the middle of what is seen where it is free', () => {
    const { document } = opened(true).getState()
    expect(roomIn(document, [5000, 5000]).at).toEqual([5000 - 86, 5000 - 40])
  })
})
