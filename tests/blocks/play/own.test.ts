// Own Blocks of a document: which ones it names, and which ones it takes to run it.
import { describe, expect, it } from 'vitest'
import { checkPlay } from '../../../blocks/play/check'
import { blockRefs, lookupIn, refOf, usedBlocks } from '../../../blocks/play/own'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { BlockTree, PlayTree } from '../../../blocks/play/tree'
import { crossing } from '../../fixtures/documents'
import { averagesBlock, crossingBlock, crossingOfBlocks } from '../../fixtures/ownBlocks'

const treeOf = <T extends PlayTree | BlockTree>(text: string): T => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined) throw new Error(JSON.stringify(problems))
  return tree as T
}
const play = treeOf<PlayTree>(crossingOfBlocks)
const averages = treeOf<BlockTree>(averagesBlock)
const crossed = treeOf<BlockTree>(crossingBlock)
const all = { [refOf(averages)]: averages, [refOf(crossed)]: crossed, 'my/other@1': averages }

describe('own Blocks', () => {
  it('are named by nodes: those of the document, and of the Blocks that it defines', () => {
    expect(blockRefs(play)).toEqual(['my/crossing@1'])
    expect(blockRefs(crossed)).toEqual(['my/averages@1'])
    expect(blockRefs(averages)).toEqual([])
    const { block: _, version: __, dsl: ___, ...body } = crossed
    const nodes = { a: { 'lib/no_chop@1': {} }, b: { 'here/x': {} }, c: { 'my/b@2': {} }, d: { 'my/b@2': {} } }
    expect(blockRefs({ ...play, nodes, blocks: { x: body } })).toEqual(['my/averages@1', 'my/b@2'])
  })

  it('are all that it takes, those inside Blocks too, and no others', () => {
    expect(usedBlocks(play, lookupIn(all))).toEqual({ 'my/crossing@1': crossed, 'my/averages@1': averages })
    expect(usedBlocks(play, () => undefined)).toEqual({})
    expect(usedBlocks(treeOf(crossing), lookupIn(all))).toEqual({})
  })

  it('that name each other end the search', () => {
    const around: BlockTree = { ...averages, nodes: { a: { 'my/crossing@1': {} } } }
    const lookup = lookupIn({ 'my/crossing@1': crossed, 'my/averages@1': around })
    expect(Object.keys(usedBlocks(play, lookup)).sort()).toEqual(['my/averages@1', 'my/crossing@1'])
  })

  it('do what the same nodes do without them', () => {
    const plain = checkPlay(treeOf(crossing))
    const { flat, problems } = checkPlay(play, { blocks: lookupIn(all) })
    expect(problems).toEqual([])
    expect(flat?.logicHash).toBe(plain.flat?.logicHash)
    expect(plain.flat?.logicHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('that are not there are the one problem: the pins of what they stand on are not called unused', () => {
    const { problems } = checkPlay(play)
    expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['unknown_block', 'It is not among your own Blocks here.'],
    ])
    const unused = { ...play, pins: { ...play.pins, 'lib/no_chop@1': 'sha256:0' } }
    expect(checkPlay(unused, { blocks: lookupIn(all) }).problems.map(({ code }) => code)).toEqual(['pin_unused'])
  })

  it('have no name of an object', () => {
    expect(lookupIn(all)('constructor')).toBeUndefined()
    expect(lookupIn(all)('__proto__')).toBeUndefined()
  })
})
