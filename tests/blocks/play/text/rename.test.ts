// Rename is one edit that loses nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portsIn, wiresOf } from '../../../../blocks/play/references'
import { rename } from '../../../../blocks/play/rename'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import { arbitraryDocument, arbitrarySidecar } from '../../../fixtures/arbitraryDocument'
import { specDocuments } from '../../../fixtures/documents'

const read = (text: string) => {
  const { tree, sidecar } = parseDocument(text)
  if (tree === undefined) throw new Error('the document reads')
  return { tree, sidecar }
}

describe('rename', () => {
  it('rewrites references, order, notes, layout and frames', () => {
    const { tree, sidecar } = read(specDocuments.emaPullback)
    const full = {
      ...sidecar,
      positions: { swing_at_entry: [1, 2], 'swing_at_entry/part': [5, 6] } as const,
      collapsed: ['swing_at_entry'],
      frames: [{ id: 'f', title: 'thesis', nodes: ['price', 'swing_at_entry'] }],
      colours: { swing_at_entry: 'red' },
    }
    const renamed = rename({ tree, sidecar: full }, { from: 'swing_at_entry', to: 'low_then' })
    expect(renamed.problems).toEqual([])
    expect(printDocument(renamed.tree, renamed.sidecar)).toBe(
      specDocuments.emaPullback.replaceAll('swing_at_entry', 'low_then'),
    )
    expect(renamed.sidecar.positions).toEqual({ low_then: [1, 2], 'low_then/part': [5, 6] })
    expect(renamed.sidecar.collapsed).toEqual(['low_then'])
    expect(renamed.sidecar.frames).toEqual([{ id: 'f', title: 'thesis', nodes: ['price', 'low_then'] }])
    expect(renamed.sidecar.colours).toEqual({ low_then: 'red' })
  })

  it('rewrites outputs that are named, roles and outputs of a Block', () => {
    const play = rename(read(specDocuments.liquidityGrabReversal), { from: 'grab', to: 'sweep' }).tree
    expect(play.nodes.stop).toEqual({ stop: { at: 'sweep.extreme', pad: 'pad' } })
    expect('play' in play && play.long).toMatchObject({ entries: ['sweep'] })
    const block = rename(read(specDocuments.liquidityGrabBlock), { from: 'setup', to: 'go' }).tree
    expect('block' in block && block.outputs).toEqual({ entry: 'go', extreme: 'low_of_grab' })
  })

  it('leaves a choice alone that has the name of the node', () => {
    const text = specDocuments.emaPullback.replace(
      '  atr: { atr: { bars: price, length: 14 } }\n',
      '  atr: { atr: { bars: price, length: 14 } }\n  rate: { change: { of: price.close, as: rate } }\n',
    )
    expect(rename(read(text), { from: 'rate', to: 'speed' }).tree.nodes.speed).toEqual({
      change: { of: 'price.close', as: 'rate' },
    })
  })

  it('renames a parameter everywhere it is used', () => {
    const { tree, sidecar } = rename(read(specDocuments.emaPullback.replace('  fast:', '  # quick\n  fast:')), {
      from: '$fast',
      to: '$quick',
    })
    const text = printDocument(tree, sidecar)
    expect(text).toContain('  # quick\n  quick: { value: 21,')
    expect(text).toContain('less: [$quick, $slow]')
    expect(text).toContain('length: $quick')
    expect(text).not.toContain('$fast')
  })

  it.each([
    ['atr', 'swing', 'name_taken'],
    ['atr', 'long', 'bad_name'],
    ['atr', 'Atr', 'bad_name'],
    ['atr', 'constructor', 'bad_name'],
    ['atr', '$atr', 'bad_name'],
    ['nobody', 'x', 'not_there'],
    ['$nobody', '$x', 'not_there'],
    ['$fast', '$slow', 'name_taken'],
    ['constructor', 'x', 'not_there'],
  ])('%s to %s is refused: %s', (from, to, code) => {
    const before = read(specDocuments.emaPullback)
    const after = rename(before, { from, to })
    expect(after.problems.map((problem) => problem.code)).toEqual([code])
    expect(after.tree).toBe(before.tree)
  })

  it('a name of an input is taken inside a Block', () => {
    const { problems } = rename(read(specDocuments.liquidityGrabBlock), { from: 'line', to: 'level' })
    expect(problems.map(({ code }) => code)).toEqual(['name_taken'])
  })

  it('there and back again is the same document, and no wire is lost on the way', () => {
    const both = arbitraryDocument
      .filter((tree) => Object.keys(tree.nodes).length > 0)
      .chain((tree) => fc.tuple(fc.constant(tree), arbitrarySidecar(tree), fc.constantFrom(...Object.keys(tree.nodes))))
    fc.assert(
      fc.property(both, ([tree, sidecar, from]) => {
        const fresh = 'zz_not_used_before'
        const there = rename({ tree, sidecar }, { from, to: fresh })
        expect(there.problems).toEqual([])
        expect(Object.hasOwn(there.tree.nodes, from)).toBe(false)
        const wires = wiresOf(there.tree, portsIn(there.tree))
        expect(wires.filter((wire) => wire.from.node === from)).toEqual([])
        expect(wires.length).toBe(wiresOf(tree, portsIn(tree)).length)
        expect(Object.keys(there.sidecar.notes ?? {}).length).toBe(Object.keys(sidecar.notes ?? {}).length)
        const back = rename(there, { from: fresh, to: from })
        expect(back.tree).toEqual(tree)
        expect(back.sidecar).toEqual(sidecar)
        expect(Object.keys(back.tree.nodes)).toEqual(Object.keys(tree.nodes))
      }),
      { numRuns: 300 },
    )
  })
})
