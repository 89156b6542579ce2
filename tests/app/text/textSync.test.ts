// Text and graph edit one document: what is typed becomes it, broken text never touches it, notes and layout survive.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DocumentDraft } from '../../../app/document/edits/draft'
import {
  addNode,
  duplicateNodes,
  removeNodes,
  renameNode,
  setNote,
  setPositions,
} from '../../../app/document/edits/nodes'
import { setRisk, setSide } from '../../../app/document/edits/play'
import { setParam } from '../../../app/document/edits/values'
import { connect, disconnect } from '../../../app/document/edits/wires'
import { fileText } from '../../../app/document/file'
import { createDocumentStore, type DocumentStore, type EditOptions } from '../../../app/document/store'
import { contentOf, pauseMs, readPlay, startTextSync, type TextSync } from '../../../app/text/textSync'
import { examples } from '../../../blocks/catalogue'
import type { Sidecar } from '../../../blocks/play/tree'

const ema = examples.ema_pullback ?? ''

interface Desk {
  readonly store: DocumentStore
  readonly sync: TextSync
  readonly text: () => string
  /** As a person does, with the pause after it. */
  readonly type: (text: string, ms?: number) => void
}

const desk = (source = ema, layout: Sidecar = {}): Desk => {
  const { play, sidecar } = readPlay(source)
  if (play === null) throw new Error('the source is a Play')
  const store = createDocumentStore({ id: 'a', tree: play, sidecar: { ...sidecar, ...layout } }, () => Date.now())
  let text = ''
  const sync = startTextSync(store, {
    text: () => text,
    write: (next) => {
      text = next
    },
    onRead: () => {},
  })
  const type = (next: string, ms = pauseMs): void => {
    text = next
    sync.typed()
    vi.advanceTimersByTime(ms)
  }
  return { store, sync, text: () => text, type }
}

const labels = ({ store }: Desk): readonly string[] => store.getState().history.steps.map(({ label }) => label)
const swap = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`the text has no ${from}`)
  return text.replace(from, to)
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('typing', () => {
  it('becomes the document after a pause, as one step for one burst', () => {
    const one = desk()
    one.type(swap(one.text(), 'value: 21', 'value: 2'))
    one.type(swap(one.text(), 'value: 2,', 'value: 23,'))
    expect(one.store.getState().document.tree.params?.fast?.value).toBe(23)
    expect(labels(one)).toEqual(['Edit text'])
    one.store.getState().undo()
    expect(one.store.getState().document.tree.params?.fast?.value).toBe(21)
    expect(one.text()).toContain('value: 21')
  })

  it('is not read before the pause, and at once when the face goes', () => {
    const one = desk()
    const before = one.store.getState().document
    one.type(swap(one.text(), 'value: 21', 'value: 22'), pauseMs - 1)
    expect(one.store.getState().document).toBe(before)
    one.sync.stop()
    expect(one.store.getState().document.tree.params?.fast?.value).toBe(22)
  })

  it('stays as it was typed: spaces and the order of keys are not put right', () => {
    const one = desk()
    const typed = swap(one.text(), '{ value: 21, min: 8,', '{ min:   8, value: 22,')
    one.type(typed)
    expect(one.text()).toBe(typed)
    one.store.getState().edit('Move', (draft) => setPositions(draft, { atr: [10, 20] }), { kind: 'layout' })
    expect(one.text()).toBe(typed)
    one.sync.format()
    expect(one.text()).toBe(contentOf(one.store.getState().document))
  })

  it('that changes only spaces is no step', () => {
    const one = desk()
    one.type(swap(one.text(), 'value: 21', 'value:  21'))
    expect(labels(one)).toEqual([])
  })

  it('takes notes and reading order from the text, and an undo gives them back', () => {
    const one = desk()
    const before = one.text()
    one.type(swap(one.text(), '  atr: {', '  # how far it moves\n  atr: {'))
    expect(one.store.getState().document.sidecar.notes?.atr).toBe('how far it moves')
    one.sync.undo()
    expect(one.store.getState().document.sidecar.notes?.atr).toBeUndefined()
    expect(one.text()).toBe(before)
    one.sync.redo()
    expect(one.text()).toContain('# how far it moves')
  })
})

describe('comments', () => {
  it('that are all deleted stay deleted, and come back with an undo', () => {
    const one = desk()
    const before = one.text()
    const plain = before.replaceAll(/^ *#.*\n/gm, '')
    one.type(plain)
    expect(one.text()).toBe(plain)
    expect(one.store.getState().document.sidecar.notes ?? {}).toEqual({})
    expect(contentOf(one.store.getState().document)).not.toContain('#')
    one.sync.undo()
    expect(one.text()).toBe(before)
  })
})

describe('broken text', () => {
  it('never touches the document, and is kept as it was typed', () => {
    fc.assert(
      fc.property(fc.nat(ema.length), fc.constantFrom('\t', '{', '&a ', '\nnodes: {}', '"', '- ['), (at, what) => {
        const one = desk()
        const { document } = one.store.getState()
        const text = one.text().slice(0, at) + what + one.text().slice(at)
        if (readPlay(text).play !== null) return
        one.type(text)
        expect(one.store.getState().document).toBe(document)
        expect(one.store.getState().loose).toEqual({ text })
        expect(one.store.getState().history.steps).toEqual([])
        expect(one.text()).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('is dropped by the first undo, which undoes no step of the document', () => {
    const one = desk()
    const typed = swap(one.text(), 'value: 21', 'value:   22')
    one.type(typed)
    one.type(`${typed}{`)
    one.sync.undo()
    expect(one.text()).toBe(typed)
    expect(one.store.getState().loose).toBeNull()
    expect(one.store.getState().document.tree.params?.fast?.value).toBe(22)
    one.sync.undo()
    expect(one.store.getState().document.tree.params?.fast?.value).toBe(21)
  })

  it('is read again once it is mended', () => {
    const one = desk()
    const good = one.text()
    one.type(`${good}{`)
    expect(one.store.getState().loose).not.toBeNull()
    one.type(good)
    expect(one.store.getState().loose).toBeNull()
    expect(labels(one)).toEqual([])
  })

  it('stays while only the layout moves, and gives way to an edit of the meaning', () => {
    const one = desk()
    const text = `${one.text()}{`
    one.type(text)
    one.store.getState().edit('Move', (draft) => setPositions(draft, { atr: [10, 20] }), { kind: 'layout' })
    expect(one.text()).toBe(text)
    expect(one.store.getState().loose).toEqual({ text })
    one.store.getState().edit('Fast', (draft) => setParam(draft, { name: 'fast', value: 30 }))
    expect(one.text()).toContain('value: 30')
    expect(one.store.getState().loose).toBeNull()
  })

  it('that gave way to an edit comes back with its undo, and gives way to its redo', () => {
    const one = desk()
    const text = `${one.text()}{`
    one.type(text)
    one.store.getState().edit('Fast', (draft) => setParam(draft, { name: 'fast', value: 30 }))
    const edited = one.text()
    one.sync.undo()
    expect(one.store.getState().loose).toEqual({ text })
    expect(one.text()).toBe(text)
    one.sync.redo()
    expect(one.store.getState().loose).toBeNull()
    expect(one.text()).toBe(edited)
    one.sync.undo()
    one.type(`${text}{`)
    one.sync.redo()
    expect(one.text()).toBe(`${text}{`)
  })

  it('that was finished is what the step took: its undo does not bring back the half of it', () => {
    const one = desk()
    const before = one.text()
    one.type(swap(before, 'value: 21', 'value: 2{'))
    one.type(swap(before, 'value: 21', 'value: 23'))
    one.sync.undo()
    expect(one.store.getState().loose).toBeNull()
    expect(one.text()).toBe(before)
  })

  it('waits for the face to come back', () => {
    const one = desk()
    const text = `${one.text()}{`
    one.type(text)
    one.sync.stop()
    let shown = ''
    startTextSync(one.store, { text: () => shown, write: (next) => (shown = next), onRead: () => {} })
    expect(shown).toBe(text)
  })

  it('is mended by the fix that its problem offers', () => {
    const one = desk()
    const text = swap(one.text(), 'value: 21', 'value: "21"')
    one.type(text)
    expect(one.store.getState().loose).not.toBeNull()
    const fix = readPlay(text).problems[0]?.fixes[0]
    if (fix === undefined) throw new Error('quotes offer a fix')
    expect(one.sync.fix(fix)).toBe(true)
    expect(one.store.getState().loose).toBeNull()
    expect(one.text()).toContain('value: 21,')
    expect(one.text()).toContain('# The setup')
  })

  it('of a Block is none of a Play', () => {
    const one = desk()
    const { document } = one.store.getState()
    one.type('dsl: 1\nblock: lib/x\nversion: 1\nrole: filter\nnodes: {}\noutputs: { filter: a }\n')
    expect(one.store.getState().document).toBe(document)
    expect(one.store.getState().loose).not.toBeNull()
  })

  it('a document that is locked stays as it is', () => {
    const one = desk()
    one.store.getState().setReadOnly(true)
    const { document } = one.store.getState()
    one.type(swap(one.text(), 'value: 21', 'value: 22'))
    expect(one.store.getState().document).toBe(document)
  })
})

describe('layout', () => {
  const positions = { atr: [10, 20], ema_fast: [30, 40], $long: [1, 2] } as const

  it('survives every text, also one that lost a node for a while', () => {
    const one = desk(ema, { positions, collapsed: ['atr'], colours: { atr: 's1' } })
    const whole = one.text()
    const cut = whole.replace(/^ {2}atr: .*\n/m, '')
    one.type(cut)
    expect(Object.hasOwn(one.store.getState().document.tree.nodes, 'atr')).toBe(false)
    one.type(whole)
    expect(one.store.getState().document.sidecar).toMatchObject({
      positions,
      collapsed: ['atr'],
      colours: { atr: 's1' },
    })
  })

  it('follows a name that is typed anew, letter by letter, with its references or before them', () => {
    const one = desk(ema, { positions })
    for (const name of ['ema_fas', 'ema_fa', 'ema_q', 'ema_qu', 'ema_quick'])
      one.type(
        one
          .text()
          .replace(
            /^ {2}ema_\w+: \{ ema: \{ of: price.close, length: \$fast/m,
            `  ${name}: { ema: { of: price.close, length: $fast`,
          ),
      )
    expect(one.store.getState().document.sidecar.positions).toEqual({
      atr: [10, 20],
      ema_quick: [30, 40],
      $long: [1, 2],
    })
    one.type(one.text().replaceAll('ema_quick', 'ema_q').replaceAll('ema_fast', 'ema_q'))
    expect(one.store.getState().document.sidecar.positions).toHaveProperty('ema_q', [30, 40])
    one.sync.undo()
    expect(one.store.getState().document.sidecar.positions).toEqual(positions)
  })
})

describe('any sequence of edits of the graph and of the text', () => {
  type Act = (one: Desk, seed: number) => void
  const retype =
    (from: RegExp, to: (seed: number) => string): Act =>
    (one, seed) =>
      one.type(one.text().replace(from, to(seed)))
  const act =
    (label: string, recipe: (draft: DocumentDraft, seed: number) => void, options: EditOptions = {}): Act =>
    ({ store }, seed) =>
      store.getState().edit(label, (draft) => recipe(draft, seed), options)
  const acts: readonly Act[] = [
    act('Add', (draft, seed) => void addNode(draft, { type: 'ema', at: [seed, seed] })),
    act('Fast', (draft, seed) => void setParam(draft, { name: 'fast', value: 8 + (seed % 40) }), { fold: 'fast' }),
    act('Move', (draft, seed) => setPositions(draft, { swing: [seed, 1], price: [1, seed] }), { kind: 'layout' }),
    act('Note', (draft) => setNote(draft, { id: 'stop', text: 'far\nenough' })),
    act('Rename', (draft) => void renameNode(draft, { from: 'dipped', to: 'dip' })),
    act('Remove', (draft) => removeNodes(draft, ['cheap_to_hold'])),
    act('Duplicate', (draft, seed) => void duplicateNodes(draft, seed % 2 ? ['uptrend', 'ema_fast'] : ['pullback'])),
    act('Wire', (draft) =>
      connect(draft, { source: 'swing', output: 'high_new', target: 'pullback', handle: 'of[1]' }),
    ),
    act('Unwire', (draft) => disconnect(draft, { target: '$long', handle: 'exits[0]' })),
    act('Side', (draft, seed) => void setSide(draft, { side: 'short', to: seed % 2 ? 'unfold' : 'none' })),
    act('Risk', (draft, seed) => void setRisk(draft, { size: { risk: `${1 + (seed % 3)}%` } })),
    retype(/(slow: \{ value: )\d+/, (seed) => `$1${100 + 10 * (seed % 20)}`),
    retype(/ {2}swing: \{/, () => '  # swings\n  swing: {'),
    retype(/ {2}thesis: .*\n/, () => ''),
    retype(/ {2}reclaimed: /, () => '  reclaimed_late: '),
    retype(/$/, () => '  : {'),
    retype(/$/, (seed) => `# last words ${seed}\n`),
    ({ sync }) => sync.undo(),
    ({ sync }) => sync.undo(),
    ({ sync }) => sync.redo(),
    ({ sync }) => sync.format(),
    ({ store }, seed) => store.getState().jump(seed % (store.getState().history.steps.length + 1)),
  ]
  /** The file that the document would be saved as, with the layout: all of it, to the byte. */
  const bytes = ({ store }: Desk): string => {
    const { tree, sidecar } = store.getState().document
    return fileText({ tree, sidecar })
  }
  const agree = (one: Desk): void => {
    const { document, loose } = one.store.getState()
    const { play, sidecar } = readPlay(one.text())
    if (loose === null) {
      if (play === null) throw new Error('text that is no Play is loose')
      expect(contentOf({ tree: play, sidecar })).toBe(contentOf(document))
    } else {
      expect(loose.text).toBe(one.text())
      expect(play).toBeNull()
    }
    expect(document.sidecar.positions).toMatchObject({ atr: [7, 8], $short: [3, 4] })
    expect(document.sidecar.notes?.uptrend).toContain('The setup: an uptrend')
  }

  it('leaves text and document the same, undoes to the first byte and redoes to the last', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(acts.length - 1), fc.nat(500)), { maxLength: 30 }), (list) => {
        const one = desk(ema, { positions: { atr: [7, 8], $short: [3, 4] } })
        const first = bytes(one)
        for (const [which, seed] of list) {
          acts[which]?.(one, seed)
          vi.advanceTimersByTime(seed * 20)
          agree(one)
        }
        one.sync.drop()
        const { history } = one.store.getState()
        one.store.getState().jump(history.steps.length)
        const last = bytes(one)
        const places = new Map([[history.steps.length, last]])
        for (let turn = 0; one.store.getState().history.at > 0; turn++) {
          expect(turn).toBeLessThan(100)
          one.sync.undo()
          agree(one)
          places.set(one.store.getState().history.at, bytes(one))
        }
        one.sync.drop()
        expect(bytes(one)).toBe(first)
        for (let at = 1; at <= history.steps.length; at++) {
          one.sync.redo()
          one.sync.drop()
          expect(one.store.getState().history.at).toBe(at)
          expect(bytes(one), `place ${at}`).toBe(places.get(at))
          agree(one)
        }
        expect(bytes(one)).toBe(last)
      }),
      { numRuns: 60 },
    )
  })
})
