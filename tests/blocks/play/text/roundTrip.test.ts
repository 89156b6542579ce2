// Text and tree are two faces of one document: nothing is lost in either direction.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, playHash } from '../../../../blocks/play/canonical'
import { checkStructure } from '../../../../blocks/play/structure'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import type { DocumentTree, Sidecar } from '../../../../blocks/play/tree'
import { arbitraryDocument, arbitrarySidecar } from '../../../fixtures/arbitraryDocument'
import { specDocuments } from '../../../fixtures/documents'

const read = (text: string): { tree: DocumentTree; sidecar: Sidecar } => {
  const { tree, sidecar, problems } = parseDocument(text)
  if (tree === undefined) throw new Error(`${text}\n${JSON.stringify(problems)}`)
  return { tree, sidecar }
}
const withSidecar = arbitraryDocument.chain((tree) => arbitrarySidecar(tree).map((sidecar) => ({ tree, sidecar })))

describe('text and tree', () => {
  it.each(Object.entries(specDocuments))('%s of the specification is written as its author wrote it', (_, text) => {
    const { tree, sidecar } = read(text)
    expect(printDocument(tree, sidecar)).toBe(text)
  })

  it('every document that is printed reads back as its canonical tree, with notes and order', () => {
    fc.assert(
      fc.property(withSidecar, ({ tree, sidecar }) => {
        const back = read(printDocument(tree, sidecar))
        expect(back.tree).toEqual(canonical(tree))
        expect(playHash(back.tree)).toBe(playHash(tree))
        expect(back.sidecar.notes ?? {}).toEqual(sidecar.notes)
        const own = (back.sidecar.order ?? []).filter((id) => !id.startsWith('here/'))
        expect(own).toEqual(sidecar.order)
      }),
      { numRuns: 600 },
    )
  })

  it('printing what was read changes nothing more', () => {
    fc.assert(
      fc.property(withSidecar, ({ tree, sidecar }) => {
        const once = printDocument(tree, sidecar)
        const { tree: again, sidecar: beside } = read(once)
        expect(printDocument(again, beside)).toBe(once)
      }),
      { numRuns: 300 },
    )
  })

  it('every document of valid form passes the form check as data too', () => {
    fc.assert(
      fc.property(arbitraryDocument, (tree) => {
        expect(checkStructure(tree).problems).toEqual([])
      }),
    )
  })

  it('the order of keys and nodes changes text, never the hash', () => {
    fc.assert(
      fc.property(withSidecar, ({ tree, sidecar }) => {
        const turned = Object.fromEntries(Object.entries(tree).reverse()) as typeof tree
        const nodes = Object.fromEntries(Object.entries(tree.nodes).reverse())
        expect(playHash({ ...turned, nodes })).toBe(playHash(tree))
        expect(printDocument({ ...turned, nodes }, sidecar).length).toBe(printDocument(tree, sidecar).length)
      }),
    )
  })
})
