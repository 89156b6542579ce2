// Steps of the canvas on a document: what stands where afterwards, and how many steps that was.
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../app/canvas/actions'
import { modelOf } from '../../../app/canvas/model'
import { createDocumentStore } from '../../../app/document/store'
import { wiringOf } from '../../../blocks/play/connect'
import { specDocuments } from '../../fixtures/documents'
import { openText } from '../../fixtures/playDocument'

const scene = () => {
  const store = createDocumentStore(openText(specDocuments.emaPullback), () => 0)
  const now = () => {
    const { tree, sidecar } = store.getState().document
    return modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
  }
  const overlaps = (): string[] => {
    const boxes = now().nodes
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            a.at[0] < b.at[0] + b.view.width &&
            b.at[0] < a.at[0] + a.view.width &&
            a.at[1] < b.at[1] + b.view.height &&
            b.at[1] < a.at[1] + a.view.height,
        )
        .map((b) => `${a.view.id} ${b.view.id}`),
    )
  }
  return { store, now, overlaps, actions: actionsOf(store, now) }
}
const spot = ({ now }: ReturnType<typeof scene>, id: string) => now().nodes.find(({ view }) => view.id === id)?.at

describe('a Play that somebody arranged', () => {
  it('its mirror is written out below all lanes, covering nothing; nothing else moves', () => {
    const play = scene()
    play.actions.move({ atr: [-400, 400], price: [-160, 210] })
    const before = play.now()
    play.actions.side('short', 'unfold')
    const after = play.now()
    expect(play.overlaps()).toEqual([])
    for (const { view, at } of before.nodes) expect(spot(play, view.id), view.id).toEqual(at)
    const fresh = after.nodes.filter(({ view }) => !before.nodes.some((one) => one.view.id === view.id))
    expect(fresh.length).toBeGreaterThan(8)
    for (const { view, at } of fresh) expect(at[1], view.id).toBeGreaterThan(before.foot[1])
    expect(after.lanes.map(({ lane }) => lane.title)).toContain('Entry short')
    play.store.getState().undo()
    expect(play.now().nodes.map(({ at }) => at)).toEqual(before.nodes.map(({ at }) => at))
  })
})

describe('moves', () => {
  it('ten nodes are one step, and moves in a row are one; an edit between is not buried', () => {
    const play = scene()
    const ids = play.now().nodes.slice(0, 10)
    play.actions.move(Object.fromEntries(ids.map(({ view, at }) => [view.id, [at[0] + 5, at[1]] as const])))
    play.actions.move({ atr: [1, 2] })
    expect(play.store.getState().history.steps).toHaveLength(1)
    play.actions.setValue('atr', 'length', 21)
    play.actions.move({ atr: [3, 4] })
    expect(play.store.getState().history.steps.map(({ kind }) => kind)).toEqual(['layout', 'logic', 'layout'])
    play.actions.arrange()
    expect(play.store.getState().document.sidecar.positions).toBeUndefined()
    expect(play.store.getState().history.steps).toHaveLength(3)
  })
  it('a new node leaves all others where they are drawn', () => {
    const play = scene()
    const before = play.now()
    const id = play.actions.add('rsi', [2000, 10])
    expect(spot(play, id)).toEqual([2000, 10])
    for (const { view, at } of before.nodes) expect(spot(play, view.id)).toEqual(at)
  })
})

describe('the layout is left to itself until somebody places a node', () => {
  const placed = ({ store }: ReturnType<typeof scene>) => store.getState().document.sidecar.positions
  it('whatever is wired, inserted, pasted or taken away', () => {
    const play = scene()
    play.actions.addWired('sma', [900, 900], (id) => ({ source: 'price', output: 'close', target: id, handle: 'of' }))
    play.actions.insertOnWire({ target: 'uptrend', handle: '1' }, 'highest', [900, 900])
    play.actions.paste('more: { rsi: { of: price.close } }', [900, 900])
    play.actions.disconnect({ target: 'uptrend', handle: '1' })
    play.actions.remove(['atr'], [])
    expect(Object.keys(play.store.getState().document.tree.nodes)).toEqual(
      expect.arrayContaining(['sma', 'highest', 'more']),
    )
    expect(placed(play)).toBeUndefined()
    expect(play.overlaps()).toEqual([])
  })
  it('then what comes stands where it was pointed to', () => {
    const play = scene()
    play.actions.move({ atr: [1, 2] })
    play.actions.addWired('sma', [900, 901], (id) => ({ source: 'price', output: 'close', target: id, handle: 'of' }))
    expect(placed(play)?.sma).toEqual([900, 901])
    play.actions.paste('more: { rsi: { of: price.close } }', [700, 701])
    expect(placed(play)?.more).toEqual([700, 701])
    play.actions.arrange()
    expect(placed(play)).toBeUndefined()
  })
})
