// Edits of values, parameters and the Play as a whole; copy and paste as text.
import { describe, expect, it } from 'vitest'
import { addNode, setPositions } from '../../../app/document/edits/nodes'
import { applyFixes, setHead, setRisk, setSide } from '../../../app/document/edits/play'
import { copyText, pasteText } from '../../../app/document/edits/text'
import {
  promote,
  rangeAround,
  removeParam,
  setParam,
  setRange,
  setValue,
  valueAt,
} from '../../../app/document/edits/values'
import { connect, disconnect } from '../../../app/document/edits/wires'
import type { PlayDocument } from '../../../app/document/store'
import { checkPlay } from '../../../blocks/play/check'
import { specDocuments } from '../../fixtures/documents'
import { edited, held, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)
const node = (document: PlayDocument, id: string) => document.tree.nodes[id]

describe('values and parameters', () => {
  it('sets constants and settings in shortest form and refuses what no document can hold', () => {
    const next = held(
      edited(ema, (draft) => {
        expect(setValue(draft, { node: 'cheap_to_hold', key: '1', value: '0.020%' })).toBe(true)
        expect(setValue(draft, { node: 'swing', key: 'left', value: 5 })).toBe(true)
        expect(setValue(draft, { node: 'free_ride', key: 'offset', value: undefined })).toBe(true)
        for (const value of [Number.NaN, 'two words', '1.5h', 'null', '$Bad', ['a b']])
          expect(setValue(draft, { node: 'swing', key: 'right', value })).toBe(false)
      }),
    )
    expect(node(next, 'cheap_to_hold')).toEqual({ below: ['funding.rate', '0.02%'] })
    expect(node(next, 'swing')).toEqual({ swing: { bars: 'price', left: 5, right: 3 } })
    expect(node(next, 'free_ride')).toEqual({ break_even: { after: '1R' } })
    expect(valueAt(next.tree, { node: 'swing', key: 'left' })).toBe(5)
    expect(valueAt(next.tree, { node: 'pullback', key: '1' })).toBe('dipped_lately')
    expect(valueAt(next.tree, { node: 'nobody', key: '1' })).toBeUndefined()
  })
  it.each([
    [14, { min: 7, max: 28, step: 1 }],
    [200, { min: 100, max: 400, step: 10 }],
    [2.5, { min: 1.3, max: 5, step: 0.1 }],
    ['0.03%', { min: '0.02%', max: '0.06%', step: '0.01%' }],
    ['6b', { min: '3b', max: '12b', step: '1b' }],
    ['-1.5%', { min: '-3%', max: '-0.7%', step: '0.1%' }],
    ['2R', { min: '1R', max: '4R', step: '1R' }],
  ])('a range around %s', (value, range) => {
    expect(rangeAround(value, 0.5, 2)).toEqual(range)
  })
  it('has no range for nothing and for words', () => {
    for (const value of [0, 'rest', 'main', true, '$fast']) expect(rangeAround(value, 0.5, 2)).toBeNull()
  })
  it('promotes a constant to a parameter that the checker accepts', () => {
    let name: string | null = null
    const next = held(
      edited(ema, (draft) => {
        name = promote(draft, { node: 'swing', key: 'left' })
        expect(promote(draft, { node: 'price', key: 'market' })).toBeNull()
        expect(promote(draft, { node: 'pullback', key: '0' })).toBeNull()
      }),
    )
    expect(name).toBe('swing_left')
    expect(node(next, 'swing')).toEqual({ swing: { bars: 'price', left: '$swing_left', right: 3 } })
    expect(next.tree.params?.swing_left).toEqual({ value: 3, min: 2, max: 6, step: 1 })
    expect(checkPlay(next.tree).problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
  it('a range never reaches what the place of use refuses', () => {
    const play = edited(ema, (draft) => {
      addNode(draft, { type: 'rsi', at: null })
      connect(draft, { source: 'price', output: 'close', target: 'rsi', handle: 'of' })
      addNode(draft, { type: 'above', at: null })
      connect(draft, { source: 'rsi', output: null, target: 'above', handle: '0' })
      setValue(draft, { node: 'above', key: '1', value: 70 })
      promote(draft, { node: 'above', key: '1', name: 'hot' })
    })
    expect(play.tree.params?.hot).toEqual({ value: 70, min: 53, max: 88, step: 1 })
  })
  it('sets values and ranges of parameters and writes them back as numbers', () => {
    const next = held(
      edited(ema, (draft) => {
        expect(setParam(draft, { name: 'stop_atr', value: 2.5 })).toBe(true)
        expect(setParam(draft, { name: 'nobody', value: 2.5 })).toBe(false)
        expect(setRange(draft, { name: 'fast', range: { min: 5, max: 30, step: 5 } })).toBe(true)
        expect(setRange(draft, { name: 'dip_window', range: null })).toBe(true)
        removeParam(draft, 'slow')
      }),
    )
    expect(next.tree.params).toMatchObject({
      stop_atr: { value: 2.5, min: 1 },
      fast: { value: 21, min: 5, max: 30, step: 5 },
      dip_window: { value: '6b' },
    })
    expect(next.tree.params).not.toHaveProperty('slow')
    expect(next.tree).not.toHaveProperty('constraints')
    expect(node(next, 'ema_slow')).toEqual({ ema: { of: 'price.close', length: 200 } })
  })
})

describe('the Play as a whole', () => {
  it('sets the head, and refuses what the language does not allow', () => {
    const next = held(
      edited(ema, (draft) => {
        expect(setHead(draft, { play: 'mine', title: 'Two\nlines', about: '', tf: '1h' })).toBe(true)
        expect(setHead(draft, { play: 'not a name' })).toBe(false)
        expect(setHead(draft, { tf: '7m' })).toBe(false)
        expect(setHead(draft, { markets: { main: 'nothing' } })).toBe(false)
        expect(setHead(draft, { markets: { main: ['bybit:ETHUSDT.P', 'bybit:BTCUSDT.P'] } })).toBe(true)
      }),
    )
    expect(next.tree).toMatchObject({ play: 'mine', title: 'Two lines', tf: '1h' })
    expect(edited(next, (draft) => setHead(draft, { title: '' })).tree).not.toHaveProperty('title')
  })
  it('sets parts of the risk section and takes them away', () => {
    const next = held(
      edited(ema, (draft) => {
        expect(setRisk(draft, { size: { risk: '0.50%' }, cooldown: undefined, limits: {} })).toBe(true)
        expect(setRisk(draft, { size: { risk: 'much' } })).toBe(false)
      }),
    )
    expect(next.tree.risk).toEqual({ size: { risk: '0.5%' }, leverage: { max: 5 } })
  })
  it('mirrors, drops, writes and unfolds a side', () => {
    type To = Parameters<typeof setSide>[1]
    const set = (document: PlayDocument, { side, to }: To, works = true) =>
      edited(document, (draft) => expect(setSide(draft, { side, to })).toBe(works))
    expect(held(set(ema, { side: 'short', to: 'none' })).tree.short).toBe('none')
    expect(set(ema, { side: 'long', to: 'mirror' }, false)).toBe(ema)
    expect(set(ema, { side: 'long', to: 'none' }, false)).toBe(ema)
    const hand = held(set(ema, { side: 'short', to: 'write' }))
    expect(hand.tree.short).toEqual({ entries: [], exits: [] })
    expect(set(hand, { side: 'short', to: 'mirror' }).tree).toEqual(ema.tree)
    const placed = edited(ema, (draft) => setPositions(draft, { reclaimed: [100, 50] }))
    const open = held(set(placed, { side: 'short', to: 'unfold' }))
    expect(open.sidecar.positions?.reclaimed_short).toEqual([100, 770])
    expect(open.sidecar.order).toContain('reclaimed_short')
    expect(checkPlay(open.tree).flat?.logicHash).toBe(checkPlay(ema.tree).flat?.logicHash)
    expect(set(open, { side: 'short', to: 'unfold' }, false)).toBe(open)
  })
  it('applies the fixes that problems offer', () => {
    const broken = edited(ema, (draft) => disconnect(draft, { target: '$long', handle: 'exits[0]' }))
    const fix = checkPlay(broken.tree).problems.find(({ code }) => code === 'no_stop')?.fixes[0]
    if (fix === undefined) throw new Error('a stop that stands there can be listed')
    const next = held(edited(broken, (draft) => expect(applyFixes(draft, fix)).toBe(true)))
    expect(checkPlay(next.tree).flat?.logicHash).toBe(checkPlay(ema.tree).flat?.logicHash)
    const ruin = { label: 'ruin', edits: [{ path: ['nodes'], value: 7 }] }
    expect(edited(ema, (draft) => expect(applyFixes(draft, ruin)).toBe(false))).toBe(ema)
  })
})

describe('copy and paste', () => {
  const ids = ['ema_fast', 'dipped', 'dipped_lately']
  it('copies nodes with the parameters and notes that belong to them', () => {
    expect(copyText(ema, ids)).toBe(
      [
        'params:',
        '  fast: { value: 21, min: 8, max: 55, step: 1 }',
        '  dip_window: { value: 6b, min: 2b, max: 12b, step: 1b }',
        'nodes:',
        '  ema_fast: { ema: { of: price.close, length: $fast } }',
        '  dipped: { below: [price.low, ema_fast] }',
        '  dipped_lately: { occurred: { of: dipped, within: $dip_window } }',
        '',
      ].join('\n'),
    )
    expect(copyText(ema, ['uptrend'])).toContain('# The setup')
    expect(copyText(ema, ['nobody'])).toBe('')
  })
  it('pastes with free names, wires among the pasted, and shared parameters', () => {
    let ids2: readonly string[] = []
    const next = held(
      edited(ema, (draft) => {
        ids2 = pasteText(draft, copyText(ema, ids), [100, 100]).ids
      }),
    )
    expect(ids2).toEqual(['ema_fast_2', 'dipped_2', 'dipped_lately_2'])
    expect(node(next, 'dipped_2')).toEqual({ below: ['price.low', 'ema_fast_2'] })
    expect(node(next, 'dipped_lately_2')).toEqual({ occurred: { of: 'dipped_2', within: '$dip_window' } })
    expect(next.tree.params).toEqual(ema.tree.params)
    expect(next.sidecar.positions).toEqual({
      ema_fast_2: [100, 100],
      dipped_2: [320, 100],
      dipped_lately_2: [540, 100],
    })
  })
  it('leaves wires open that this Play cannot know, and brings parameters along', () => {
    const { nodes: _, params: __, constraints: ___, ...rest } = ema.tree
    const empty: PlayDocument = {
      id: 'two',
      tree: { ...rest, params: { fast: { value: 3 } }, nodes: {}, long: { entries: [], exits: [] } },
      sidecar: {},
    }
    const next = held(edited(empty, (draft) => pasteText(draft, copyText(ema, ids), [0, 0])))
    expect(node(next, 'ema_fast')).toEqual({ ema: { length: '$fast_2' } })
    expect(node(next, 'dipped')).toEqual({ below: ['missing', 'ema_fast'] })
    expect(next.tree.params?.fast_2).toEqual(ema.tree.params?.fast)
  })
  it('takes bare lines and whole Plays, and says what is wrong with all else', () => {
    const bare = edited(ema, (draft) =>
      expect(pasteText(draft, '    mine: { atr: { bars: price } }\n', [0, 0]).ids).toEqual(['mine']),
    )
    expect(node(bare, 'mine')).toEqual({ atr: { bars: 'price' } })
    const whole = edited(ema, (draft) =>
      expect(pasteText(draft, specDocuments.emaPullback, [0, 0]).ids).toHaveLength(21),
    )
    expect(Object.keys(whole.tree.nodes)).toHaveLength(42)
    const same = edited(ema, (draft) => {
      const { ids: none, problems } = pasteText(draft, 'hello: [', [0, 0])
      expect(none).toEqual([])
      expect(problems.length).toBeGreaterThan(0)
    })
    expect(same).toBe(ema)
  })

  const calm = [
    'dsl: 1',
    'block: my/calm',
    'version: 1',
    'role: filter',
    'title: Calm',
    'inputs: { rate: { type: rate } }',
    '# how much is too much',
    'params:',
    '  # per eight hours',
    '  most: { value: 0.03%, min: 0.01%, max: 0.1%, step: 0.01% }',
    'nodes:',
    '  # the question',
    '  ok: { at_most: [rate, $most] }',
    '  pass: { filter: { allow: ok } }',
    'outputs: { filter: pass }',
    '',
  ].join('\n')

  it('a Block by itself becomes one of this Play, with its notes, and a node that holds it', () => {
    const next = held(edited(ema, (draft) => expect(pasteText(draft, calm, [10, 20]).ids).toEqual(['calm'])))
    expect(node(next, 'calm')).toEqual({ 'here/calm': {} })
    expect(next.tree.blocks?.calm).toMatchObject({ role: 'filter', title: 'Calm', outputs: { filter: 'pass' } })
    expect(next.tree.blocks?.calm).not.toHaveProperty('version')
    expect(next.sidecar.notes).toMatchObject({
      'here/calm/ok': 'the question',
      'here/calm/$most': 'per eight hours',
      'here/calm': 'how much is too much',
    })
    expect(next.sidecar.positions?.calm).toEqual([10, 20])
    const wired = edited(next, (draft) => {
      connect(draft, { source: 'funding', output: 'rate', target: 'calm', handle: 'rate' })
      connect(draft, { source: 'calm', output: null, target: '$long', handle: 'filters[1]' })
    })
    expect(checkPlay(wired.tree).problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('Blocks of a Play come along: the same is shared, another of its name gets a free one', () => {
    const one = edited(ema, (draft) => void pasteText(draft, calm, [0, 0]))
    const text = copyText(one, ['calm'])
    expect(text).toMatch(/^blocks:/)
    expect(text).toContain('# the question')
    const shared = held(edited(one, (draft) => void pasteText(draft, text, [0, 0])))
    expect(Object.keys(shared.tree.blocks ?? {})).toEqual(['calm'])
    expect(node(shared, 'calm_2')).toEqual({ 'here/calm': {} })
    const brought = held(edited(ema, (draft) => void pasteText(draft, text, [0, 0])))
    expect(brought.tree.blocks).toEqual(one.tree.blocks)
    expect(brought.sidecar.notes?.['here/calm/ok']).toBe('the question')
    const other = held(edited(one, (draft) => void pasteText(draft, calm.replace('0.03%', '0.02%'), [0, 0])))
    expect(Object.keys(other.tree.blocks ?? {})).toEqual(['calm', 'calm_2'])
    expect(node(other, 'calm_2')).toEqual({ 'here/calm_2': {} })
    expect(other.sidecar.notes?.['here/calm_2/ok']).toBe('the question')
    expect(copyText(one, ['atr'])).not.toContain('blocks:')
  })
})
