// Laws of editing: whatever is done, undone, done again and jumped to, the document is the same to the bit; text and
// canvas hold it without loss; and an edit of the layout changes no hash.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentDraft } from '../../../app/document/edits/draft'
import {
  addNode,
  duplicateNodes,
  removeNodes,
  renameNode,
  setCollapsed,
  setNote,
  setPositions,
} from '../../../app/document/edits/nodes'
import { applyFixes, setHead, setRisk, setSide } from '../../../app/document/edits/play'
import { copyText, pasteText } from '../../../app/document/edits/text'
import { promote, removeParam, setParam, setRange, setValue } from '../../../app/document/edits/values'
import { connect, disconnect, insertOnWire } from '../../../app/document/edits/wires'
import { createDocumentStore, type PlayDocument } from '../../../app/document/store'
import { logicTypes } from '../../../blocks/catalogue'
import { playHash } from '../../../blocks/play/canonical'
import { checkPlay } from '../../../blocks/play/check'
import { wiringOf } from '../../../blocks/play/connect'
import { fromGraph, toGraph } from '../../../blocks/play/graph'
import { parseDocument } from '../../../blocks/play/text/parse'
import { printDocument } from '../../../blocks/play/text/print'
import type { PlayTree } from '../../../blocks/play/tree'
import { randomPlay } from '../../fixtures/randomPlay'

type Pick = <T>(list: readonly T[]) => T | undefined
type Edit = (draft: DocumentDraft, tree: PlayTree, pick: Pick) => void

const values = [
  1,
  2.5,
  0,
  -3,
  '6b',
  '0.10%',
  '2R',
  '4h',
  'rest',
  'main',
  '$none',
  true,
  'close',
  Number.NaN,
  'no word',
  '',
]
const anyPlace = (tree: PlayTree, pick: Pick) => {
  const target = pick([...Object.keys(tree.nodes), '$long', '$short']) ?? '$long'
  const handle =
    pick(
      wiringOf(tree)
        .node(target)
        ?.inputs.map((one) => one.handle) ?? [],
    ) ?? '0'
  return { target, handle }
}
const someIds = (tree: PlayTree, pick: Pick): string[] => [1, 2, 3].flatMap(() => pick(Object.keys(tree.nodes)) ?? [])

const edits: Readonly<Record<string, Edit>> = {
  add: (draft, _, pick) => {
    const type = pick([...logicTypes.map((one) => one.type), 'lib/no_chop@1', 'lib/liquidity_grab@2']) ?? 'ema'
    addNode(draft, { type, at: pick([null, [3, 4] as const]) ?? null })
  },
  remove: (draft, tree, pick) => removeNodes(draft, someIds(tree, pick)),
  duplicate: (draft, tree, pick) => duplicateNodes(draft, someIds(tree, pick)),
  rename: (draft, tree, pick) =>
    renameNode(draft, {
      from: pick(Object.keys(tree.nodes)) ?? '',
      to: pick(['x', 'y', 'ema', 'long', 'end', 'missing']) ?? 'x',
    }),
  move: (draft, tree, pick) =>
    setPositions(
      draft,
      Object.fromEntries(someIds(tree, pick).map((id) => [id, [pick([1, 2.5, 900]) ?? 0, 7] as const])),
    ),
  note: (draft, tree, pick) =>
    setNote(draft, { id: pick(Object.keys(tree.nodes)) ?? 'x', text: pick(['a', 'two\nlines', '', '# : {']) ?? '' }),
  fold: (draft, tree, pick) => setCollapsed(draft, someIds(tree, pick), pick([true, false]) ?? true),
  connect: (draft, tree, pick) => {
    const source = pick(Object.keys(tree.nodes)) ?? ''
    const output =
      pick(
        wiringOf(tree)
          .node(source)
          ?.outputs.map((one) => one.handle) ?? [],
      ) ?? null
    connect(draft, { source, output, ...anyPlace(tree, pick) })
  },
  disconnect: (draft, tree, pick) => disconnect(draft, anyPlace(tree, pick)),
  insert: (draft, tree, pick) =>
    insertOnWire(draft, {
      ...anyPlace(tree, pick),
      type: pick(['offset', 'ema', 'not', 'abs', 'at_entry']) ?? 'not',
      at: null,
    }),
  value: (draft, tree, pick) => {
    const { target, handle } = anyPlace(tree, pick)
    const type = Object.keys(tree.nodes[target] ?? {})[0]
    const known = logicTypes.find((one) => one.type === type)
    const value = pick(values)
    if (value !== undefined && known !== undefined)
      setValue(draft, {
        node: target,
        key: pick([handle, ...Object.keys(known.params)].filter((key) => !known.ordered || /^\d/.test(key))) ?? handle,
        value,
      })
  },
  promote: (draft, tree, pick) => {
    const numbers = Object.entries(tree.nodes).flatMap(([id, held]) =>
      Object.entries(Object.values(held)[0] ?? {})
        .filter(([, value]) => typeof value !== 'object' && /^-?\d/.test(String(value)))
        .map(([key]) => ({ node: id, key })),
    )
    // Mostly a number, so that it is done in every run; now and then a place that holds none.
    const { target, handle } = anyPlace(tree, pick)
    promote(draft, pick([...numbers, { node: target, key: handle }]) ?? { node: target, key: handle })
  },
  param: (draft, tree, pick) =>
    setParam(draft, { name: pick(Object.keys(tree.params ?? {})) ?? '', value: pick(values) ?? 1 }),
  range: (draft, tree, pick) =>
    setRange(draft, {
      name: pick(Object.keys(tree.params ?? {})) ?? '',
      range: pick([null, { min: 1, max: 5, step: 1 }, { choices: [1, 2] }]) ?? null,
    }),
  removeParam: (draft, tree, pick) => removeParam(draft, pick(Object.keys(tree.params ?? {})) ?? ''),
  risk: (draft, _, pick) =>
    setRisk(
      draft,
      pick([{ size: { quote: 100 } }, { cooldown: undefined }, { limits: { daily_loss: '2.50%' } }, { limits: {} }]) ??
        {},
    ),
  head: (draft, _, pick) =>
    setHead(
      draft,
      pick([
        { title: 'A: title #1' },
        { title: '' },
        { tf: '1h' },
        { tf: 'x' },
        { about: 'about' },
        { play: 'other' },
        { markets: { main: 'x:Y.P', spot: 'x:Y' } },
      ]) ?? {},
    ),
  side: (draft, _, pick) =>
    setSide(draft, {
      side: pick(['long', 'short'] as const) ?? 'short',
      to: pick(['mirror', 'none', 'unfold', 'write'] as const) ?? 'none',
    }),
  fix: (draft, tree, pick) => {
    const fix = pick(checkPlay(tree).problems.flatMap(({ fixes }) => fixes))
    if (fix !== undefined) applyFixes(draft, fix)
  },
  paste: (draft, tree, pick) => pasteText(draft, copyText({ id: 'c', tree, sidecar: {} }, someIds(tree, pick)), [1, 1]),
}
const names = Object.keys(edits)
const layout = ['move', 'note', 'fold']

const picker =
  (stream: Iterator<number>): Pick =>
  (list) =>
    list[Number(stream.next().value ?? 0) % Math.max(1, list.length)]
/** Everything that a trader can see of a document. */
const seen = ({ tree, sidecar }: PlayDocument): string =>
  printDocument(tree, sidecar) + JSON.stringify(sidecar.positions ?? {}, Object.keys(sidecar.positions ?? {}).sort())

describe('laws', () => {
  it('history: every place of it gives the same document again, to the bit', () => {
    const done = new Map<string, number>()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.infiniteStream(fc.nat()), (seed, stream) => {
        const pick = picker(stream)
        const tree = randomPlay({ seed })
        let clock = 0
        const store = createDocumentStore(
          { id: 'd', tree, sidecar: { order: Object.keys(tree.nodes) } },
          () => (clock += 10_000),
        )
        const states: PlayDocument[] = [store.getState().document]
        for (let k = 0; k < 18; k++) {
          const name = pick(names) ?? 'add'
          const { history } = store.getState()
          const edit = edits[name]
          store.getState().edit(`${k} ${name}`, (draft) => edit?.(draft, store.getState().document.tree, pick))
          const after = store.getState()
          if (after.history === history) continue
          done.set(name, (done.get(name) ?? 0) + 1)
          states[after.history.at] = after.document
          states.length = after.history.at + 1
          for (let jump = pick([0, 0, 0, 1, 2]) ?? 0; jump > 0; jump--) {
            const to = Number(pick(states.map((_, i) => i)) ?? 0)
            store.getState().jump(to)
            const { document } = store.getState()
            expect(document).toEqual(states[to])
            expect(seen(document)).toBe(seen(states[to] ?? document))
          }
          states.length = Math.max(states.length, store.getState().history.at + 1)
        }
        const { at, steps } = store.getState().history
        expect(steps.length).toBeGreaterThanOrEqual(at)
        for (let k = at; k > 0; k--) store.getState().undo()
        expect(seen(store.getState().document)).toBe(seen(states[0] ?? store.getState().document))
        for (let k = 0; k < steps.length; k++) {
          store.getState().redo()
          expect(store.getState().document).toEqual(states[k + 1])
        }
      }),
      { numRuns: 25 },
    )
    for (const name of names) expect(done.get(name) ?? 0, name).toBeGreaterThan(0)
  })

  it('text and canvas hold every document that edits can make', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.infiniteStream(fc.nat()), (seed, stream) => {
        const pick = picker(stream)
        const tree = randomPlay({ seed })
        let clock = 0
        const store = createDocumentStore({ id: 'd', tree, sidecar: {} }, () => (clock += 10_000))
        for (let k = 0; k < 14; k++) {
          const before = store.getState().document
          const name = pick(names) ?? 'add'
          store.getState().edit(name, (draft) => edits[name]?.(draft, before.tree, pick))
          const { document } = store.getState()
          const text = printDocument(document.tree, document.sidecar)
          const again = parseDocument(text)
          expect(again.problems, `${name}\n${text}`).toEqual([])
          expect(again.tree, name).toEqual(document.tree)
          expect(printDocument(again.tree ?? document.tree, again.sidecar)).toBe(text)
          const graph = fromGraph(toGraph(document.tree, document.sidecar))
          expect(graph.tree, name).toEqual(document.tree)
          if (layout.includes(name)) expect(playHash(document.tree)).toBe(playHash(before.tree))
          expect(() => checkPlay(document.tree)).not.toThrow()
        }
      }),
      { numRuns: 25 },
    )
  })
})
