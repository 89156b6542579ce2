// Edits to the last detail: names, places, notes and order of what an edit touches, and of all that it must not touch.
import { describe, expect, it } from 'vitest'
import {
  addNode,
  clearPositions,
  duplicateNodes,
  removeNodes,
  renameNode,
  setCollapsed,
  setNote,
  setPositions,
} from '../../../app/document/edits/nodes'
import { applyFixes, setHead, setRisk, setSide } from '../../../app/document/edits/play'
import { copyText, pasteText } from '../../../app/document/edits/text'
import { promote, rangeAround, removeParam, setParam, setRange, setValue } from '../../../app/document/edits/values'
import { connect, disconnectAll, insertOnWire, wayThrough } from '../../../app/document/edits/wires'
import type { PlayDocument } from '../../../app/document/store'
import type { Sidecar } from '../../../blocks/play/tree'
import { specDocuments } from '../../fixtures/documents'
import { edited, held, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)
const node = (document: PlayDocument, id: string) => document.tree.nodes[id]
const withSidecar = (sidecar: Sidecar): PlayDocument => ({ ...ema, sidecar: { ...ema.sidecar, ...sidecar } })
const ids = (document: PlayDocument): readonly string[] => document.sidecar.order ?? []

describe('a new node', () => {
  it('holds what the language cannot fill in: steps, a gain, a market', () => {
    const next = held(
      edited(ema, (draft) => {
        for (const type of ['ladder', 'break_even', 'bars', 'atr'])
          addNode(draft, { type, at: null, id: `new_${type}` })
      }),
    )
    expect(node(next, 'new_ladder')).toEqual({
      ladder: {
        steps: [
          { at: '1R', close: '50%' },
          { at: '2R', close: 'rest' },
        ],
      },
    })
    expect(node(next, 'new_break_even')).toEqual({ break_even: { after: '1R' } })
    expect(node(next, 'new_bars')).toEqual({ bars: { market: 'main' } })
    expect(node(next, 'new_atr')).toEqual({ atr: {} })
    expect(ids(next).slice(-4)).toEqual(['new_ladder', 'new_break_even', 'new_bars', 'new_atr'])
    expect(addNode.length).toBe(2)
  })

  it('never bears the name that stands for an open operand, and inherits nothing of who bore its name before', () => {
    const left = withSidecar({
      positions: { grab: [1, 2], 'grab/poked': [3, 4], atr: [5, 6] },
      notes: { ...ema.sidecar.notes, grab: 'old words' },
      collapsed: ['grab'],
      colours: { grab: 's1', atr: 's2' },
      frames: [
        { id: 'f', title: 'Both', nodes: ['grab', 'atr'] },
        { id: 'g', title: 'Only', nodes: ['grab'] },
        { id: 'h', title: 'Empty', nodes: [] },
      ],
    })
    const next = edited(left, (draft) => addNode(draft, { type: 'atr', at: null, id: 'grab' }))
    expect(next.sidecar).toMatchObject({
      positions: { atr: [5, 6] },
      collapsed: [],
      colours: { atr: 's2' },
      frames: [
        { id: 'f', title: 'Both', nodes: ['atr'] },
        { id: 'h', title: 'Empty', nodes: [] },
      ],
    })
    expect(next.sidecar.colours).toEqual({ atr: 's2' })
    expect(next.sidecar.positions).not.toHaveProperty('grab/poked')
    expect(next.sidecar.notes).toEqual(ema.sidecar.notes)
    edited(ema, (draft) => expect(addNode(draft, { type: 'atr', at: null, id: 'missing' })).toBe('missing_2'))
  })

  it('of a Block brings its pin, and never writes another over the one that stands there', () => {
    const odd = `sha256:${'0'.repeat(64)}`
    const pinned = edited(ema, (draft) => {
      addNode(draft, { type: 'lib/no_chop@1', at: null })
      draft.tree.pins = { 'lib/no_chop@1': odd }
    })
    const next = edited(pinned, (draft) => {
      addNode(draft, { type: 'lib/atr_stop@1', at: null })
      addNode(draft, { type: 'lib/no_chop@1', at: null })
    })
    expect(next.tree.pins?.['lib/no_chop@1']).toBe(odd)
    expect(next.tree.pins?.['lib/atr_stop@1']).toMatch(/^sha256:/)
    expect(edited(next, (draft) => removeNodes(draft, ['no_chop'])).tree.pins?.['lib/no_chop@1']).toBe(odd)
    const none = edited(next, (draft) => removeNodes(draft, ['no_chop', 'no_chop_2', 'atr_stop']))
    expect(none.tree).not.toHaveProperty('pins')
  })
})

describe('copies', () => {
  it('are numbered on, keep settings that look like names, outputs, notes and the order', () => {
    const play = edited(ema, (draft) => {
      addNode(draft, { type: 'equals', at: null, id: 'low' })
      connect(draft, { source: 'swing', output: 'last_kind', target: 'low', handle: 'of' })
      setValue(draft, { node: 'low', key: 'is', value: 'low' })
      addNode(draft, { type: 'ema', at: null, id: 'ema_2' })
      addNode(draft, { type: 'ema', at: null, id: 'ema' })
      setNote(draft, { id: 'swing', text: 'pivots' })
      setPositions(draft, { swing: [10, 20] })
    })
    let copies: readonly string[] = []
    const next = held(
      edited(play, (draft) => {
        copies = duplicateNodes(draft, ['low', 'swing', 'ema_2', 'ema', 'swing_at_entry', 'nobody'])
      }),
    )
    expect(copies).toEqual(['swing_2', 'swing_at_entry_2', 'low_2', 'ema_3', 'ema_4'])
    expect(node(next, 'low_2')).toEqual({ equals: { of: 'swing_2.last_kind', is: 'low' } })
    expect(node(next, 'swing_at_entry_2')).toEqual({ at_entry: ['swing_2.low_level'] })
    expect(next.sidecar.notes).toMatchObject({ swing: 'pivots', swing_2: 'pivots' })
    expect(next.sidecar.positions).toEqual({ swing: [10, 20], swing_2: [42, 52] })
    expect(ids(next)).toEqual([...ids(play), ...copies])
    expect(node(next, 'low')).toEqual(node(play, 'low'))
  })
})

describe('names', () => {
  it('a renamed node stays where it is read, drawn and noted', () => {
    const { order: _, ...rest } = ema.sidecar
    const bare: PlayDocument = {
      ...ema,
      sidecar: {
        ...rest,
        positions: { uptrend: [1, 2], 'uptrend/in': [3, 4] },
        colours: { uptrend: 's1' },
        collapsed: ['uptrend'],
        frames: [{ id: 'f', title: 'F', nodes: ['uptrend', 'atr'] }],
      },
    }
    const next = held(edited(bare, (draft) => renameNode(draft, { from: 'uptrend', to: 'rising' })))
    const keys = Object.keys(ema.tree.nodes)
    expect(ids(next)).toEqual(keys.map((id) => (id === 'uptrend' ? 'rising' : id)))
    expect(next.sidecar).toMatchObject({
      positions: { rising: [1, 2], 'rising/in': [3, 4] },
      colours: { rising: 's1' },
      collapsed: ['rising'],
      frames: [{ nodes: ['rising', 'atr'] }],
    })
    expect(next.sidecar.notes?.rising).toContain('The setup')
    expect(next.sidecar.notes).not.toHaveProperty('uptrend')
    expect(node(next, 'pullback')).toEqual({ all: ['rising', 'dipped_lately', 'reclaimed'] })
  })

  it('a renamed parameter keeps its constraint, range and note', () => {
    const noted = edited(ema, (draft) => setNote(draft, { id: '$fast', text: 'quick one' }))
    const next = held(edited(noted, (draft) => renameNode(draft, { from: '$fast', to: '$quick' })))
    expect(next.tree.constraints).toEqual([{ less: ['$quick', '$slow'] }])
    expect(next.tree.params?.quick).toEqual(ema.tree.params?.fast)
    expect(next.sidecar.notes?.$quick).toBe('quick one')
    expect(JSON.stringify(next)).not.toContain('$fast')
  })

  it('a note belongs to the node, also to one with the name of a section', () => {
    const named = edited(ema, (draft) => {
      addNode(draft, { type: 'atr', at: null, id: 'risk' })
      setNote(draft, { id: 'risk', text: 'of the node' })
    })
    expect(held(named).sidecar.notes).toMatchObject({ 'nodes.risk': 'of the node' })
    expect(edited(named, (draft) => setNote(draft, { id: 'risk', text: ' ' })).sidecar.notes).toEqual(ema.sidecar.notes)
  })
})

describe('places', () => {
  it('move by each axis alone, sinks too, and are forgotten one by one', () => {
    const next = edited(ema, (draft) => setPositions(draft, { atr: [1.5, 2.5], $long: [3, 4], 'atr/in': [5, 6] }))
    expect(next.sidecar.positions).toEqual({ atr: [2, 3], $long: [3, 4], 'atr/in': [5, 6] })
    expect(edited(next, (draft) => setPositions(draft, { atr: [2, 9] })).sidecar.positions?.atr).toEqual([2, 9])
    expect(edited(next, (draft) => setPositions(draft, { atr: [9, 3] })).sidecar.positions?.atr).toEqual([9, 3])
    expect(edited(next, (draft) => clearPositions(draft, ['atr'])).sidecar.positions).toEqual({
      $long: [3, 4],
      'atr/in': [5, 6],
    })
  })

  it('fold and open', () => {
    const folded = edited(ema, (draft) => setCollapsed(draft, ['atr', 'swing'], true))
    expect(folded.sidecar.collapsed).toEqual(['atr', 'swing'])
    expect(edited(folded, (draft) => setCollapsed(draft, ['atr'], false)).sidecar.collapsed).toEqual(['swing'])
    expect(edited(folded, (draft) => setCollapsed(draft, ['atr'], true)).sidecar.collapsed).toEqual(['swing', 'atr'])
  })
})

describe('the Play', () => {
  it('a refused head changes nothing; texts are one line or gone', () => {
    for (const head of [{ play: 'Bad name' }, { play: 'long' }, { tf: '7m' }, { markets: { main: 'nothing' } }])
      expect(edited(ema, (draft) => expect(setHead(draft, head)).toBe(false))).toBe(ema)
    const next = edited(ema, (draft) => setHead(draft, { title: '', about: ' a\tb ' }))
    expect(next.tree).not.toHaveProperty('title')
    expect(next.tree.about).toBe('a b')
    expect(edited(next, (draft) => setHead(draft, { about: '' })).tree).not.toHaveProperty('about')
  })

  it('risk: what is empty goes, what is no risk is refused', () => {
    const next = edited(ema, (draft) => expect(setRisk(draft, { limits: {}, cooldown: undefined })).toBe(true))
    expect(Object.keys(next.tree.risk)).toEqual(['size', 'leverage'])
    expect(edited(ema, (draft) => expect(setRisk(draft, { size: { quote: Number.NaN } })).toBe(false))).toBe(ema)
  })

  it('a written side is never emptied, and two sides never mirror each other', () => {
    expect(edited(ema, (draft) => expect(setSide(draft, { side: 'long', to: 'write' })).toBe(true))).toBe(ema)
    expect(edited(ema, (draft) => expect(setSide(draft, { side: 'long', to: 'unfold' })).toBe(false))).toBe(ema)
    const alone = edited(ema, (draft) => setSide(draft, { side: 'short', to: 'none' }))
    for (const to of ['mirror', 'none'] as const)
      expect(edited(alone, (draft) => expect(setSide(draft, { side: 'long', to })).toBe(false))).toBe(alone)
    expect(edited(alone, (draft) => expect(setSide(draft, { side: 'short', to: 'mirror' })).toBe(true)).tree).toEqual(
      ema.tree,
    )
  })

  it('an unfolded side stands below, and is read after what it mirrors', () => {
    const placed = edited(ema, (draft) => setPositions(draft, { reclaimed: [100, 50] }))
    const open = edited(placed, (draft) => setSide(draft, { side: 'short', to: 'unfold' }))
    const fresh = Object.keys(open.tree.nodes).filter((id) => !Object.hasOwn(ema.tree.nodes, id))
    expect(fresh.length).toBeGreaterThan(5)
    expect(ids(open)).toEqual([...ids(ema), ...fresh])
    const [x, y] = open.sidecar.positions?.reclaimed_short ?? [0, 0]
    expect([x, y > 50 + 400]).toEqual([100, true])
  })

  it('a fix that adds and takes nodes keeps the order of the others and drops pins without use', () => {
    const block = edited(ema, (draft) => addNode(draft, { type: 'lib/no_chop@1', at: null }))
    const edits = [
      { path: ['nodes', 'no_chop'] },
      { path: ['nodes', 'atr'] },
      { path: ['nodes', 'fresh'], value: { atr: { bars: 'price' } } },
    ]
    const one = { label: 'swap', edits: edits.slice(0, 1) }
    expect(edited(block, (draft) => expect(applyFixes(draft, one)).toBe(true)).tree).toEqual(ema.tree)
    const next = edited(block, (draft) => expect(applyFixes(draft, { label: 'swap', edits })).toBe(true))
    const known = ids(ema).filter((id) => id !== 'atr')
    expect(ids(next).filter((id) => id !== 'fresh')).toEqual(known)
    expect(ids(next)).toContain('fresh')
  })
})

describe('values', () => {
  it('ranges hold the value on their grid, whatever its sign and size', () => {
    for (const value of [21, 14, '0.03%', '6b', '-1.5%', '2R', 0.5, 1, -3, '1b', 1000, 215, 333])
      for (const [low, high] of [
        [0.5, 2],
        [0.75, 1.25],
      ] as const) {
        const range = rangeAround(value, low, high)
        if (range === null || 'choices' in range) continue
        const [min, max, step, own] = [range.min, range.max, range.step, value].map((one) =>
          Number.parseFloat(String(one)),
        )
        if (min === undefined || max === undefined || step === undefined || own === undefined) throw new Error('four')
        expect(min).toBeLessThan(max)
        expect(own).toBeGreaterThanOrEqual(min)
        expect(own).toBeLessThanOrEqual(max)
        const places = (own - min) / step
        expect(Math.abs(places - Math.round(places))).toBeLessThan(1e-9)
        expect(Math.sign(min) * Math.sign(max)).toBeGreaterThan(0)
      }
    expect(rangeAround(1, 0.75, 1.25)).toBeNull()
    // Never to the other side of nothing, nor to nothing.
    expect(rangeAround(-1, 0.4, 2)).toEqual({ min: -2, max: -1, step: 1 })
    expect(rangeAround(1, 0.4, 2)).toEqual({ min: 1, max: 2, step: 1 })
    expect(rangeAround(215, 0.5, 2)).toEqual({ min: 115, max: 430, step: 10 })
  })

  it('a promoted number bears a free name, and stands where it stood', () => {
    const next = edited(ema, (draft) => {
      expect(promote(draft, { node: 'swing', key: 'left', name: 'fast' })).toBe('fast_2')
      expect(promote(draft, { node: 'free_ride', key: 'offset' })).toBe('free_ride_offset')
    })
    expect(node(next, 'swing')).toEqual({ swing: { bars: 'price', left: '$fast_2', right: 3 } })
    expect(next.tree.params?.fast).toEqual(ema.tree.params?.fast)
    expect(next.tree.params?.free_ride_offset?.value).toBe('0.05%')
  })

  it('about stays, ranges change, and a parameter that goes leaves its number, no constraint and no note', () => {
    const told = edited(ema, (draft) => {
      const { fast } = draft.tree.params ?? {}
      if (fast !== undefined) draft.tree.params = { ...draft.tree.params, fast: { ...fast, about: 'quick' } }
      setNote(draft, { id: '$fast', text: 'a note' })
    })
    const next = edited(told, (draft) => {
      setParam(draft, { name: 'fast', value: 30 })
      setRange(draft, { name: 'fast', range: { min: 5, max: 60, step: 5 } })
    })
    expect(next.tree.params?.fast).toEqual({ value: 30, min: 5, max: 60, step: 5, about: 'quick' })
    expect(edited(next, (draft) => setRange(draft, { name: 'fast', range: null })).tree.params?.fast).toEqual({
      value: 30,
      about: 'quick',
    })
    const gone = held(edited(next, (draft) => removeParam(draft, 'fast')))
    expect(node(gone, 'ema_fast')).toEqual({ ema: { of: 'price.close', length: 30 } })
    expect(JSON.stringify(gone)).not.toContain('$fast')
    expect(gone.tree).not.toHaveProperty('constraints')
    expect(gone.sidecar.notes).toEqual(ema.sidecar.notes)
  })

  it('what no document can hold is refused and changes nothing', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 'a b', '$Bad', ['x', 'a b'], { at: 'a b' }])
      expect(
        edited(ema, (draft) => expect(setValue(draft, { node: 'scale_out', key: 'steps', value })).toBe(false)),
      ).toBe(ema)
    const list = [{ at: '1.50R', close: 'rest' }]
    const next = edited(ema, (draft) => setValue(draft, { node: 'scale_out', key: 'steps', value: list }))
    expect(node(next, 'scale_out')).toEqual({ ladder: { steps: [{ at: '1.5R', close: 'rest' }] } })
  })
})

describe('wires', () => {
  it('an only output is named by its node, others by their own name; a source that is not there wires nothing', () => {
    const next = edited(ema, (draft) => {
      connect(draft, { source: 'atr', output: '', target: 'stop', handle: 'by' })
      connect(draft, { source: 'price', output: 'high', target: 'dipped', handle: '0' })
    })
    expect(node(next, 'stop')).toEqual({ stop: { by: 'atr' } })
    expect(node(next, 'dipped')).toEqual({ below: ['price.high', 'ema_fast'] })
    expect(edited(ema, (draft) => connect(draft, { source: 'no', output: null, target: 'stop', handle: 'by' }))).toBe(
      ema,
    )
    const alone = edited(ema, (draft) =>
      connect(draft, { source: 'ema_slow', output: 'ema', target: 'dipped', handle: '1' }),
    )
    expect(node(alone, 'dipped')).toEqual({ below: ['price.low', 'ema_slow'] })
  })

  it('several places are emptied as they were seen, whatever their order', () => {
    const places = ['exits[0]', 'exits[2]'].map((handle) => ({ target: '$long', handle }))
    for (const order of [places, [...places].reverse()])
      expect(edited(ema, (draft) => disconnectAll(draft, order)).tree.long).toMatchObject({ exits: ['scale_out'] })
  })

  it('a node on a wire sits on that wire and no other', () => {
    const next = held(
      edited(ema, (draft) =>
        expect(insertOnWire(draft, { target: 'dipped', handle: '1', type: 'offset', at: [1, 2] })).toBe('offset'),
      ),
    )
    expect(node(next, 'offset')).toMatchObject({ offset: { of: 'ema_fast' } })
    expect(node(next, 'dipped')).toEqual({ below: ['price.low', 'offset'] })
    expect(wayThrough(ema.tree, { target: 'dipped', handle: '2' }, 'offset')).toBeNull()
    const close = edited(ema, (draft) => {
      addNode(draft, { type: 'near', at: null })
      connect(draft, { source: 'price', output: 'low', target: 'near', handle: 'of' })
      connect(draft, { source: 'ema_fast', output: null, target: 'near', handle: 'to' })
      connect(draft, { source: 'atr', output: null, target: 'near', handle: 'by' })
    })
    // A distance may be multiplied, a price may not.
    expect(wayThrough(close.tree, { target: 'near', handle: 'by' }, 'mul')).not.toBeNull()
    expect(wayThrough(close.tree, { target: 'near', handle: 'of' }, 'mul')).toBeNull()
  })
})

describe('pieces of text', () => {
  it('carry only the parameters that they use, and land in rows and columns', () => {
    expect(copyText(ema, ['atr'])).toBe('nodes:\n  atr: { atr: { bars: price, length: 14 } }\n')
    const text =
      'params:\n  one: { value: 3 }\n  two: { value: 4 }\nnodes:\n  a: { ema: { of: price.close, length: $one } }\n  b: { ema: { of: price.close, length: 5 } }\n  # why\n  c: { above: [a, b] }\n'
    const next = held(edited(ema, (draft) => void pasteText(draft, text, [0, 0])))
    expect(Object.keys(next.tree.params ?? {})).toContain('one')
    expect(Object.keys(next.tree.params ?? {})).not.toContain('two')
    expect(next.sidecar.positions).toEqual({ a: [0, 0], b: [0, 110], c: [220, 0] })
    expect(ids(next)).toEqual([...ids(ema), 'a', 'b', 'c'])
    expect(next.sidecar.notes?.c).toBe('why')
    const twice = edited(next, (draft) => void pasteText(draft, text, [0, 0]))
    expect(twice.sidecar.notes).toMatchObject({ c: 'why', c_2: 'why' })
    expect(node(twice, 'c_2')).toEqual({ above: ['a_2', 'b_2'] })
  })

  it('outputs keep their names, and what nobody gives stays open', () => {
    const text = 'nodes:\n  price: { bars: { market: main } }\n  hot: { above: [price.high, nobody.there] }\n'
    const next = edited(ema, (draft) => void pasteText(draft, text, [0, 0]))
    expect(node(next, 'hot')).toEqual({ above: ['price_2.high'] })
  })
})
