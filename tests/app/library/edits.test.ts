// Steps of whole Blocks: into the library, out of it as a copy, and to a newer version; what the Play does stays told.
import { produce } from 'immer'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyUpgrade, asOwn, detach, hereOf, keepFault, takeKept, upgradeTo } from '../../../app/document/edits/blocks'
import { addNode, removeNodes } from '../../../app/document/edits/nodes'
import { pinned } from '../../../app/document/edits/pins'
import type { PlayDocument } from '../../../app/document/store'
import { learn, withBlocks } from '../../../app/library/library'
import { examples } from '../../../blocks/catalogue'
import { playHash } from '../../../blocks/play/canonical'
import { checkPlay } from '../../../blocks/play/check'
import { parseDocument } from '../../../blocks/play/text/parse'
import { printDocument } from '../../../blocks/play/text/print'
import type { PlayTree } from '../../../blocks/play/tree'
import { blockOf, calm, first, forgetOwn, lineOf, playOf, second, standing, withoutOwn } from './sample'

withoutOwn()
beforeEach(() => learn([first, second]))

const logicOf = (tree: PlayTree): string => {
  const { flat, problems } = checkPlay(tree, withBlocks)
  if (flat === undefined) throw new Error(JSON.stringify(problems))
  return flat.logicHash
}
const codes = (tree: PlayTree): readonly string[] => checkPlay(tree, withBlocks).problems.map(({ code }) => code)

/** With a Block of its own instead of the library's. */
const own: PlayDocument = {
  id: 'x',
  tree: playOf(
    printDocument({
      ...standing,
      blocks: { calm: hereOf({ tree: blockOf(first.yaml), sidecar: {} }, 'calm').body },
      nodes: { ...standing.nodes, calm: { 'here/calm': { rate: 'funding.rate', most: '0.05%' } } },
    }).replace(/pins:\n.*\n/, ''),
  ),
  sidecar: { notes: { 'here/calm/cheap': 'What a held long pays.', 'here/calm': 'Of old.', price: 'Hourly.' } },
}

describe('pins', () => {
  it('are written for own Blocks, and for those inside Blocks', () => {
    const nested = lineOf(`dsl: 1
block: my/both
version: 1
role: filter
inputs: { rate: { type: rate } }
nodes:
  inner: { my/calm@1: { rate: rate } }
outputs: { filter: inner }
`)
    learn([nested])
    const document = { id: 'x', tree: { ...standing, nodes: {} }, sidecar: {} } as PlayDocument
    const next = produce(document, (draft) => void addNode(draft, { type: 'my/both@1', at: null }))
    expect(next.tree.pins).toEqual({ 'my/both@1': `sha256:${nested.hash}`, 'my/calm@1': `sha256:${first.hash}` })
    const gone = produce(next, (draft) => removeNodes(draft, ['both']))
    expect(gone.tree.pins).toBeUndefined()
  })

  it('stay while a Block that may stand on others is not here', () => {
    forgetOwn()
    const tree = { ...standing, pins: { ...standing.pins, 'lib/no_chop@1': 'sha256:x' } }
    expect(pinned(tree).pins).toEqual(tree.pins)
    learn([first])
    expect(pinned(tree).pins).toEqual(standing.pins)
  })
})

describe('a Block of the Play goes to the library', () => {
  const take = (document: PlayDocument, version = 1) =>
    asOwn(document, { here: 'calm', name: 'calm', version }) ?? { tree: blockOf(first.yaml), sidecar: {} }

  it('as a document of its own with its notes', () => {
    const { tree, sidecar } = take(own)
    expect(playHash(tree)).toBe(first.hash)
    expect(sidecar.notes).toEqual({ block: 'Of old.', cheap: 'What a held long pays.' })
    const read = parseDocument(printDocument(tree, sidecar))
    expect(read.tree).toEqual(tree)
    // Back into a Play: nothing is lost on the way.
    const back = hereOf({ tree: blockOf(printDocument(tree, sidecar)), sidecar: read.sidecar }, 'calm')
    expect(back.notes).toEqual({ 'here/calm/cheap': 'What a held long pays.', 'here/calm': 'Of old.' })
    expect(back.body).toEqual(own.tree.blocks?.calm)
  })

  it('and every use of it becomes the library’s, with a pin, and the definition goes', () => {
    const uses = produce(own, (draft) => {
      draft.tree.nodes.again = { 'here/calm': { rate: 'funding.rate' } }
      ;(draft.tree.long as { filters: string[] }).filters.push('again')
    })
    const { tree: kept } = take(uses)
    const next = produce(uses, (draft) => {
      expect(takeKept(draft, { here: 'calm', kept, hash: playHash(kept) })).toBe(true)
    })
    expect(Object.keys(next.tree.nodes.calm ?? {})).toEqual(['my/calm@1'])
    expect(Object.keys(next.tree.nodes.again ?? {})).toEqual(['my/calm@1'])
    expect(next.tree.blocks).toBeUndefined()
    expect(next.tree.pins).toEqual({ 'my/calm@1': `sha256:${first.hash}` })
    expect(next.sidecar.notes).toEqual({ price: 'Hourly.' })
    expect(codes(next.tree)).toEqual([])
    expect(logicOf(next.tree)).toBe(logicOf(uses.tree))
  })

  it('inside other Blocks of the Play too', () => {
    const tree: PlayTree = {
      ...own.tree,
      blocks: {
        ...own.tree.blocks,
        outer: {
          role: 'filter',
          inputs: { rate: { type: 'rate' } },
          nodes: { inner: { 'here/calm': { rate: 'rate' } } },
          outputs: { filter: 'inner' },
        },
      },
      nodes: { ...own.tree.nodes, calm: { 'here/outer': { rate: 'funding.rate' } } },
    }
    expect(codes(tree)).toEqual([])
    expect(keepFault(tree, 'outer', 'outer')).toBe('It stands on calm, a Block of this Play: keep that one first.')
    const { tree: kept } = take({ ...own, tree })
    const next = produce(
      { ...own, tree },
      (draft) => void takeKept(draft, { here: 'calm', kept, hash: playHash(kept) }),
    )
    expect(Object.keys(next.tree.blocks ?? {})).toEqual(['outer'])
    expect(codes(next.tree)).toEqual([])
    expect(logicOf(next.tree)).toBe(logicOf(tree))
    expect(keepFault(next.tree, 'outer', 'outer')).toBeNull()
  })

  it('not where it was changed while the server kept it', () => {
    const { tree: kept } = take(own)
    const changed = produce(own, (draft) => {
      const nodes = draft.tree.blocks?.calm?.nodes
      if (nodes !== undefined) nodes.cheap = { above: ['rate', '$most'] }
    })
    const next = produce(changed, (draft) => {
      expect(takeKept(draft, { here: 'calm', kept, hash: playHash(kept) })).toBe(false)
    })
    expect(next).toBe(changed)
  })

  it('and what does not stand by itself is told why', () => {
    expect(keepFault(own.tree, 'calm', 'calm')).toBeNull()
    expect(keepFault(own.tree, 'gone', 'gone')).toMatch(/does not have this Block/)
    expect(keepFault(own.tree, 'calm', '')).toBe('Write a name.')
    expect(keepFault(own.tree, 'calm', 'Calm')).toMatch(/is no name/)
    const other = produce(own.tree, (draft) => {
      const nodes = draft.blocks?.calm?.nodes
      if (nodes !== undefined) nodes.spot = { bars: { market: 'spot' } }
    })
    expect(keepFault(other, 'calm', 'calm')).toMatch(/^By itself it does not stand: /)
  })
})

describe('a copy of a library Block', () => {
  it('belongs to the Play, does the same, and leaves the other uses alone', () => {
    const document: PlayDocument = {
      id: 'x',
      tree: {
        ...standing,
        nodes: { ...standing.nodes, again: { 'my/calm@1': { rate: 'funding.rate' } } },
        long: { filters: ['calm', 'again'], entries: ['buy'], exits: ['stop'] },
      },
      sidecar: {},
    }
    const next = produce(document, (draft) => {
      expect(detach(draft, 'calm')).toBe('calm')
    })
    expect(next.tree.nodes.calm).toEqual({ 'here/calm': { rate: 'funding.rate', most: '0.05%' } })
    expect(next.tree.nodes.again).toEqual(document.tree.nodes.again)
    expect(next.tree.pins).toEqual(standing.pins)
    expect(next.sidecar.notes).toEqual({ 'here/calm/cheap': 'What a held long pays.' })
    expect(logicOf(next.tree)).toBe(logicOf(document.tree))
    const both = produce(next, (draft) => {
      expect(detach(draft, 'again')).toBe('calm_2')
    })
    expect(both.tree.pins).toBeUndefined()
    expect(codes(both.tree)).toEqual([])
    expect(logicOf(both.tree)).toBe(logicOf(document.tree))
  })

  it('of every shipped Block in every shipped Play does the same', () => {
    let done = 0
    for (const text of Object.values(examples)) {
      const tree = playOf(text)
      if (checkPlay(tree, withBlocks).flat === undefined) continue
      for (const [id, node] of Object.entries(tree.nodes)) {
        if (!Object.keys(node)[0]?.startsWith('lib/')) continue
        done += 1
        const next = produce({ id: 'x', tree, sidecar: {} } as PlayDocument, (draft) => void detach(draft, id))
        expect(codes(next.tree)).toEqual(codes(tree))
        expect(logicOf(next.tree)).toBe(logicOf(tree))
      }
    }
    expect(done).toBeGreaterThan(2)
  })

  it('is not made of what is none, or is not here', () => {
    const document: PlayDocument = { id: 'x', tree: standing, sidecar: {} }
    const next = produce(document, (draft) => {
      expect(detach(draft, 'price')).toBeNull()
      expect(detach(draft, 'gone')).toBeNull()
    })
    expect(next).toBe(document)
    forgetOwn()
    expect(produce(document, (draft) => void detach(draft, 'calm'))).toBe(document)
  })
})

describe('a newer version', () => {
  it('takes the place of the older one with its settings, its pin beside it', () => {
    const document: PlayDocument = { id: 'x', tree: standing, sidecar: {} }
    const next = produce(document, (draft) => {
      expect(applyUpgrade(draft, 'my/calm@2')).toBe(true)
    })
    expect(next.tree.nodes.calm).toEqual({ 'my/calm@2': { rate: 'funding.rate', most: '0.05%' } })
    expect(next.tree.pins).toEqual({ 'my/calm@2': `sha256:${second.hash}` })
    expect(codes(next.tree)).toEqual([])
    expect(produce(next, (draft) => void applyUpgrade(draft, 'my/calm@2'))).toBe(next)
  })

  it('is taken by no node that would lose a setting, and says which', () => {
    const third = lineOf(calm(3).replaceAll('most', 'limit'))
    learn([third])
    const { steps, tree } = upgradeTo(standing, 'my/calm@3')
    expect(steps.map(({ blocked }) => blocked)).toEqual(['`my/calm@3` has no `most`'])
    expect(tree).toBe(standing)
    const document: PlayDocument = { id: 'x', tree: standing, sidecar: {} }
    expect(produce(document, (draft) => void applyUpgrade(draft, 'my/calm@3'))).toBe(document)
  })

  it('touches no other Block of the Play', () => {
    learn([lineOf(calm(1).replace('my/calm', 'my/airy')), lineOf(calm(2).replace('my/calm', 'my/airy'))])
    const tree = {
      ...standing,
      nodes: { ...standing.nodes, airy: { 'my/airy@1': { rate: 'funding.rate' } } },
      long: { filters: ['calm', 'airy'], entries: ['buy'], exits: ['stop'] },
    }
    const { steps } = upgradeTo(tree, 'my/calm@2')
    expect(steps.map(({ path }) => path.join('.'))).toEqual(['nodes.calm'])
  })
})
