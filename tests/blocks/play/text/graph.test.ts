// The canvas mapping loses nothing, and draws exactly the wires that the types declare.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromGraph, toGraph } from '../../../../blocks/play/graph'
import { portsIn, wiresOf } from '../../../../blocks/play/references'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import type { DocumentTree, PlayTree } from '../../../../blocks/play/tree'
import { arbitraryDocument, arbitrarySidecar } from '../../../fixtures/arbitraryDocument'
import { specDocuments } from '../../../fixtures/documents'

const play = (nodes: PlayTree['nodes'], more: Partial<PlayTree> = {}): PlayTree => ({
  dsl: 1,
  play: 'p',
  markets: { main: 'binance:BTCUSDT.P' },
  tf: '15m',
  nodes,
  long: { entries: [], exits: [] },
  short: 'mirror',
  risk: { size: { risk: '1%' } },
  ...more,
})
const edges = (tree: DocumentTree) =>
  toGraph(tree).edges.map((edge) => `${edge.source}.${edge.sourceHandle ?? ''} -> ${edge.target}.${edge.targetHandle}`)
const setOf = (tree: DocumentTree, id: string) => toGraph(tree).nodes.find((node) => node.id === id)?.data.set

describe('canvas mapping', () => {
  it('document = fromGraph(toGraph(document)) for every document of valid form', () => {
    const both = arbitraryDocument.chain((tree) => arbitrarySidecar(tree).map((sidecar) => ({ tree, sidecar })))
    fc.assert(
      fc.property(both, ({ tree, sidecar }) => {
        const graph = toGraph(tree, sidecar)
        const back = fromGraph(graph)
        expect(back.tree).toEqual(tree)
        expect(back.sidecar).toEqual({ ...sidecar, ...(sidecar.order?.length ? {} : { order: undefined }) })
        expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length)
        const ids = new Set(graph.nodes.map(({ id }) => id))
        expect(graph.edges.every((edge) => ids.has(edge.source) && ids.has(edge.target))).toBe(true)
      }),
      { numRuns: 800 },
    )
  })

  it.each(Object.entries(specDocuments))(
    '%s comes back as the same text, types that are not there yet included',
    (_, text) => {
      const { tree, sidecar } = parseDocument(text)
      if (tree === undefined) throw new Error('the document reads')
      const back = fromGraph(toGraph(tree, sidecar))
      expect(printDocument(back.tree, back.sidecar)).toBe(text)
    },
  )

  it('draws ports, list places, ordered operands, roles and outputs by their handles', () => {
    const tree = play(
      {
        price: { bars: {} },
        fast: { ema: { of: 'price.close', length: 21 } },
        up: { above: ['fast', 'price.open'] },
        two: { k_of_n: { of: ['up', 'up'], k: 1 } },
        go: { entry: { when: 'two' } },
      },
      { long: { entries: ['go'], exits: [], filters: [] }, short: 'none' },
    )
    expect(edges(tree)).toEqual([
      'price.close -> fast.of',
      'fast. -> up.0',
      'price.open -> up.1',
      'up. -> two.of[0]',
      'up. -> two.of[1]',
      'two. -> go.when',
      'go. -> $long.entries[0]',
    ])
    expect(setOf(tree, 'fast')).toEqual({ length: 21 })
    expect(setOf(tree, '$long')).toEqual({ exits: [], filters: [] })
    expect(setOf(tree, '$short')).toEqual({ side: 'none' })
    expect(setOf(tree, '$risk')).toEqual({ size: { risk: '1%' } })
  })

  it('a choice is never a wire, even when a node has its name', () => {
    const tree = play({ price: { bars: {} }, rate: { change: { of: 'price.close', over: '3b', as: 'rate' } } })
    expect(edges(tree)).toEqual(['price.close -> rate.of'])
    expect(setOf(tree, 'rate')).toEqual({ over: '3b', as: 'rate' })
  })

  it('constants keep their place among wires, and wires to nowhere stay as written', () => {
    const tree = play({
      price: { bars: {} },
      hot: { above: ['price.close', 95] },
      lost: { above: ['ghost.value', 'price.open'] },
    })
    expect(setOf(tree, 'hot')).toEqual({ 1: 95 })
    expect(setOf(tree, 'lost')).toEqual({ 0: 'ghost.value' })
    expect(edges(tree)).toEqual(['price.close -> hot.0', 'price.open -> lost.1'])
  })

  it('asks a Block of the document which of its names are inputs', () => {
    const here = {
      role: 'filter',
      inputs: { level: { type: 'price' } },
      params: { kind: { value: 'calm' } },
      nodes: {},
      outputs: {},
    } as const
    const tree = play(
      { calm: { bars: {} }, quiet: { 'here/calm': { level: 'calm.close', kind: 'calm' } } },
      { blocks: { calm: here } },
    )
    expect(edges(tree)).toEqual(['calm.close -> quiet.level'])
    expect(setOf(tree, 'quiet')).toEqual({ kind: 'calm' })
  })

  it('a Block is drawn between its inputs and its outputs', () => {
    const { tree } = parseDocument(specDocuments.liquidityGrabBlock)
    if (tree === undefined) throw new Error('the document reads')
    expect(edges(tree)).toContain('$inputs.bars.low -> poked.0')
    expect(edges(tree)).toContain('setup. -> $outputs.entry')
  })

  it('positions are of the nodes, and a removed wire leaves no hole in a list', () => {
    const tree = play({ a: { bars: {} }, b: { all: ['a', 'a', 'a'] } })
    const graph = toGraph(tree, { positions: { a: [3, -4] } })
    expect(graph.nodes[0]?.position).toEqual({ x: 3, y: -4 })
    expect(fromGraph(graph).sidecar.positions).toEqual({ a: [3, -4] })
    const cut = { ...graph, edges: graph.edges.filter(({ targetHandle }) => targetHandle !== '1') }
    expect(fromGraph(cut).tree.nodes.b).toEqual({ all: ['a', 'a'] })
  })

  it('of a type that is not known a word counts only when it names a node; of one that is, also a dead one', () => {
    const tree = play({
      price: { bars: {} },
      later: { squeeze: { of: 'price.close', mode: 'tight' } },
      lost: { ema: { of: 'ghost' } },
    })
    expect(wiresOf(tree, portsIn(tree)).map(({ from, target }) => [from.node, target])).toEqual([
      ['price', 'later'],
      ['ghost', 'lost'],
    ])
  })

  it('every wire stands where its path says', () => {
    fc.assert(
      fc.property(arbitraryDocument, (tree) => {
        for (const { path, from } of wiresOf(tree, portsIn(tree))) {
          const value = path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], tree)
          expect(value).toBe(from.output === null ? from.node : `${from.node}.${from.output}`)
        }
      }),
    )
  })
})
