// A node that stands there already, put on a wire; and what comes into a Block from outside.

import { describe, expect, it } from 'vitest'
import { insideOf } from '../../../app/canvas/inside'
import { modelOf } from '../../../app/canvas/model'
import { threadNode } from '../../../app/document/edits/wires'
import { withBlocks } from '../../../app/library/library'
import { wiringOf } from '../../../blocks/play/connect'
import type { BlockTree, NodeTree, PlayTree } from '../../../blocks/play/tree'
import { specDocuments } from '../../fixtures/documents'
import { edited, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)
const withNode = (id: string, node: NodeTree) => ({
  ...ema,
  tree: { ...ema.tree, nodes: { ...ema.tree.nodes, [id]: node } },
})

describe('a node on a wire', () => {
  it('takes what ran there and gives it on', () => {
    const before = withNode('peak', { highest: { over: '5b' } })
    const after = edited(before, (draft) => {
      expect(threadNode(draft, { target: 'reclaimed', handle: '0', id: 'peak' })).toBe(true)
    })
    expect(after.tree.nodes.peak).toEqual({ highest: { of: 'price.close', over: '5b' } })
    expect(after.tree.nodes.reclaimed).toEqual({ crosses_above: ['peak', 'ema_fast'] })
  })
  it('stays beside a wire on which it does not fit, and never replaces one of its own', () => {
    const condition = withNode('lately', { occurred: { within: '3b' } })
    expect(
      edited(condition, (draft) =>
        expect(threadNode(draft, { target: 'reclaimed', handle: '0', id: 'lately' })).toBe(false),
      ),
    ).toBe(condition)
    const wired = withNode('peak', { highest: { of: 'price.high', over: '5b' } })
    expect(
      edited(wired, (draft) => expect(threadNode(draft, { target: 'reclaimed', handle: '0', id: 'peak' })).toBe(false)),
    ).toBe(wired)
  })
  it('not on its own wire, and on none that is not there', () => {
    const peak = withNode('peak', { highest: { over: '5b' } })
    edited(peak, (draft) => {
      expect(threadNode(draft, { target: 'peak', handle: 'of', id: 'peak' })).toBe(false)
      expect(threadNode(draft, { target: 'scale_out', handle: 'of', id: 'peak' })).toBe(false)
    })
  })
})

describe('inside a Block', () => {
  const block: BlockTree = {
    dsl: 1,
    block: 'here/calm',
    version: 1,
    role: 'filter',
    about: 'x',
    inputs: { rate: { type: 'rate' }, price: { type: 'bars' } },
    nodes: { low: { below: ['rate', '0.01%'] }, gate: { filter: { allow: 'low' } } },
    outputs: { filter: 'gate' },
  }
  const tree: PlayTree = {
    ...ema.tree,
    blocks: { calm: block },
    nodes: { ...ema.tree.nodes, calm: { 'here/calm': { rate: 'funding.rate', price: 'price' } } },
  }
  it('every input is drawn, with its letter and its wires; bars as the source that they are', () => {
    const inside = insideOf(tree, ['calm'], withBlocks)
    if (inside === null) throw new Error('no Block')
    expect(inside.inputs).toEqual([{ name: 'rate', letter: 'R', word: 'rate' }])
    const { tree: shown, inputs } = inside
    const model = modelOf({
      tree: shown,
      sidecar: {},
      wiring: wiringOf(shown),
      problems: [],
      usedLanes: true,
      inputs,
      open: new Set(),
    })
    const rate = model.nodes.find(({ view }) => view.id === 'rate')
    expect(rate?.view).toMatchObject({ title: 'Rate', form: 'source', outputs: [{ letter: 'R', wired: true }] })
    expect(rate?.role).toBe('filter')
    expect(model.wires.find(({ source }) => source === 'rate')).toMatchObject({
      target: 'low',
      handle: '0',
      letter: 'R',
    })
    const low = model.nodes.find(({ view }) => view.id === 'low')
    expect(low?.view.headInput).toMatchObject({ wired: true })
    expect(low?.view.rows[0]).toMatchObject({ text: 'rate below' })
    expect(model.nodes.map(({ view }) => view.id)).toContain('price')
  })
  it('a way that leads nowhere any more ends at the last Block that is there', () => {
    expect(insideOf(tree, ['gone'], withBlocks)).toBeNull()
    expect(insideOf(tree, [], withBlocks)).toBeNull()
    expect(insideOf(tree, ['calm', 'gone'], withBlocks)?.inputs).toHaveLength(1)
  })
})
