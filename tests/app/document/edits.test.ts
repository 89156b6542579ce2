// Edits of nodes and wires, one by one: what changes, what follows, and what is refused.
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
import { setValue } from '../../../app/document/edits/values'
import { connect, connectThrough, disconnect, disconnectAll, insertOnWire } from '../../../app/document/edits/wires'
import type { PlayDocument } from '../../../app/document/store'
import { checkPlay } from '../../../blocks/play/check'
import { wiringOf } from '../../../blocks/play/connect'
import { specDocuments } from '../../fixtures/documents'
import { edited, held, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)
const node = (document: PlayDocument, id: string) => document.tree.nodes[id]

describe('nodes', () => {
  it('adds with a name of its type, made unique, below all others', () => {
    let ids: readonly string[] = []
    const next = held(
      edited(ema, (draft) => {
        ids = ['ema', 'ema', 'bars', 'ladder', 'break_even', 'lib/no_chop@1'].map((type) =>
          addNode(draft, { type, at: [10.4, -0.2] }),
        )
      }),
    )
    expect(ids).toEqual(['ema', 'ema_2', 'bars', 'ladder', 'break_even', 'no_chop'])
    expect(node(next, 'ema')).toEqual({ ema: {} })
    expect(node(next, 'bars')).toEqual({ bars: { market: 'main' } })
    expect(node(next, 'break_even')).toEqual({ break_even: { after: '1R' } })
    expect(next.sidecar.order?.slice(-6)).toEqual(ids)
    expect(Object.is(next.sidecar.positions?.ema?.[1], -0)).toBe(false)
    expect(next.sidecar.positions?.ema).toEqual([10, 0])
    expect(next.tree.pins?.['lib/no_chop@1']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(checkPlay(next.tree).problems.map(({ code }) => code)).not.toContain('pin_wrong')
  })
  it('a name that is refused or taken becomes a free one', () => {
    const names: string[] = []
    edited(ema, (draft) => {
      for (const id of ['atr', 'long', 'mine', '9x']) names.push(addNode(draft, { type: 'atr', at: null, id }))
    })
    expect(names.slice(0, 3)).toEqual(['atr_2', 'long_1', 'mine'])
  })
  it('removing closes up lists and operands, opens ports and forgets the sidecar', () => {
    const placed = edited(ema, (draft) => {
      setPositions(draft, { dipped_lately: [1, 2], $long: [3, 4] })
      setNote(draft, { id: 'dipped_lately', text: 'gone' })
      setCollapsed(draft, ['dipped_lately', 'atr'], true)
    })
    const next = held(
      edited(placed, (draft) => removeNodes(draft, ['dipped_lately', 'stop', 'cheap_to_hold', 'nobody', '$long'])),
    )
    expect(node(next, 'pullback')).toEqual({ all: ['uptrend', 'reclaimed'] })
    expect(node(next, 'not_crowded')).toEqual({ filter: {} })
    expect(next.tree.long).toMatchObject({ exits: ['scale_out', 'free_ride'] })
    expect(next.sidecar.positions).toEqual({ $long: [3, 4] })
    expect(next.sidecar.collapsed).toEqual(['atr'])
    expect(next.sidecar.notes?.dipped_lately).toBeUndefined()
    expect(next.sidecar.order).not.toContain('stop')
  })
  it('removing several operands of one list takes the right ones', () => {
    const next = edited(ema, (draft) => removeNodes(draft, ['uptrend', 'dipped_lately']))
    expect(node(next, 'pullback')).toEqual({ all: ['reclaimed'] })
    expect(node(held(edited(next, (draft) => removeNodes(draft, ['reclaimed']))), 'pullback')).toEqual({ all: {} })
  })
  it('removing the last use of a Block takes its pin', () => {
    const added = edited(ema, (draft) => addNode(draft, { type: 'lib/no_chop@1', at: null }))
    expect(edited(added, (draft) => removeNodes(draft, ['no_chop'])).tree).toEqual(ema.tree)
  })
  it('duplicates with the wires among the copies', () => {
    const placed = edited(ema, (draft) => setPositions(draft, { dipped: [0, 0] }))
    let ids: readonly string[] = []
    const next = held(
      edited(placed, (draft) => {
        ids = duplicateNodes(draft, ['dipped_lately', 'dipped'])
      }),
    )
    expect(ids).toEqual(['dipped_2', 'dipped_lately_2'])
    expect(node(next, 'dipped_2')).toEqual({ below: ['price.low', 'ema_fast'] })
    expect(node(next, 'dipped_lately_2')).toEqual({ occurred: { of: 'dipped_2', within: '$dip_window' } })
    expect(next.sidecar.positions?.dipped_2).toEqual([32, 32])
    expect(node(next, 'pullback')).toEqual(node(ema, 'pullback'))
  })
  it('renames with every reference, place and note; refuses what is taken', () => {
    const placed = edited(ema, (draft) => setPositions(draft, { swing: [5, 6] }))
    const next = held(edited(placed, (draft) => expect(renameNode(draft, { from: 'swing', to: 'pivots' })).toEqual([])))
    expect(node(next, 'swing_at_entry')).toEqual({ at_entry: ['pivots.low_level'] })
    expect(next.sidecar.positions).toEqual({ pivots: [5, 6] })
    expect(next.sidecar.order?.indexOf('pivots')).toBe(ema.sidecar.order?.indexOf('swing'))
    const same = edited(ema, (draft) =>
      expect(renameNode(draft, { from: 'swing', to: 'atr' })[0]?.code).toBe('name_taken'),
    )
    expect(same).toBe(ema)
    expect(
      edited(ema, (draft) => expect(renameNode(draft, { from: 'swing', to: 'missing' })[0]?.code).toBe('bad_name')),
    ).toBe(ema)
    const param = edited(ema, (draft) => renameNode(draft, { from: '$fast', to: '$quick' }))
    expect(node(param, 'ema_fast')).toEqual({ ema: { of: 'price.close', length: '$quick' } })
  })
  it('moves only what exists, in whole pixels, and nothing when nothing moves', () => {
    const next = edited(ema, (draft) => setPositions(draft, { atr: [1.6, 2.4], nobody: [1, 1] }))
    expect(next.sidecar.positions).toEqual({ atr: [2, 2] })
    expect(edited(next, (draft) => setPositions(draft, { atr: [2.1, 1.9] }))).toBe(next)
    expect(edited(next, (draft) => clearPositions(draft, 'all')).sidecar.positions).toBeUndefined()
    expect(edited(next, (draft) => clearPositions(draft, ['atr'])).sidecar.positions).toEqual({})
  })
  it('keeps notes that text can hold, and takes empty ones away', () => {
    const next = held(edited(ema, (draft) => setNote(draft, { id: 'atr', text: ' first\r\nsecond\u0007 \n' })))
    expect(next.sidecar.notes?.atr).toBe('first\nsecond')
    expect(edited(next, (draft) => setNote(draft, { id: 'atr', text: '  ' })).sidecar.notes).toEqual(ema.sidecar.notes)
  })
})

describe('wires', () => {
  it('connects a port, a list place, an operand and a role', () => {
    const next = held(
      edited(ema, (draft) => {
        connect(draft, { source: 'price', output: 'open', target: 'ema_slow', handle: 'of' })
        connect(draft, { source: 'cheap_to_hold', output: null, target: 'pullback', handle: '3' })
        connect(draft, { source: 'ema_slow', output: 'value', target: 'cheap_to_hold', handle: '1' })
        addNode(draft, { type: 'time_stop', at: null })
        connect(draft, { source: 'time_stop', output: null, target: '$long', handle: 'exits[3]' })
      }),
    )
    expect(node(next, 'ema_slow')).toEqual({ ema: { of: 'price.open', length: '$slow' } })
    expect(node(next, 'pullback')).toEqual({ all: ['uptrend', 'dipped_lately', 'reclaimed', 'cheap_to_hold'] })
    expect(node(next, 'cheap_to_hold')).toEqual({ below: ['funding.rate', 'ema_slow'] })
    expect(next.tree.long).toMatchObject({ exits: ['stop', 'scale_out', 'free_ride', 'time_stop'] })
  })
  it('ports come before parameters in the body, whenever they were wired', () => {
    const next = edited(ema, (draft) => {
      addNode(draft, { type: 'ema', at: null })
      setValue(draft, { node: 'ema', key: 'length', value: 9 })
      connect(draft, { source: 'price', output: 'close', target: 'ema', handle: 'of' })
    })
    expect(JSON.stringify(node(next, 'ema'))).toBe('{"ema":{"of":"price.close","length":9}}')
  })
  it('disconnects: ports open, lists close up', () => {
    const next = held(
      edited(ema, (draft) => {
        disconnect(draft, { target: 'ema_slow', handle: 'of' })
        disconnectAll(draft, [
          { target: 'pullback', handle: '0' },
          { target: 'pullback', handle: '2' },
        ])
        disconnect(draft, { target: '$long', handle: 'filters[0]' })
      }),
    )
    expect(node(next, 'ema_slow')).toEqual({ ema: { length: '$slow' } })
    expect(node(next, 'pullback')).toEqual({ all: ['dipped_lately'] })
    expect(next.tree.long).not.toHaveProperty('filters')
  })
  it('a second operand never becomes the first', () => {
    const open = held(edited(ema, (draft) => disconnect(draft, { target: 'uptrend', handle: '0' })))
    expect(node(open, 'uptrend')).toEqual({ above: ['missing', 'ema_slow'] })
    expect(checkPlay(open.tree).problems.map(({ message }) => message)).toContain(
      'nothing is wired to this operand yet',
    )
    const [first, second] = wiringOf(open.tree).node('uptrend')?.inputs ?? []
    expect([first?.wired, second?.wired]).toEqual([false, true])
    expect(
      edited(open, (draft) => connect(draft, { source: 'ema_fast', output: null, target: 'uptrend', handle: '0' }))
        .tree,
    ).toEqual(ema.tree)
    expect(
      node(
        edited(open, (draft) => disconnect(draft, { target: 'uptrend', handle: '1' })),
        'uptrend',
      ),
    ).toEqual({ above: {} })
    const gone = edited(ema, (draft) => removeNodes(draft, ['ema_fast']))
    expect(node(gone, 'reclaimed')).toEqual({ crosses_above: ['price.close'] })
    expect(node(gone, 'uptrend')).toEqual({ above: ['missing', 'ema_slow'] })
    const late = edited(ema, (draft) => {
      addNode(draft, { type: 'sub', at: null })
      connect(draft, { source: 'ema_slow', output: null, target: 'sub', handle: '1' })
      expect(addNode(draft, { type: 'atr', at: null, id: 'missing' })).toBe('missing_2')
    })
    expect(node(late, 'sub')).toEqual({ sub: ['missing', 'ema_slow'] })
  })
  it('puts a node on a wire where it fits, and does nothing where not', () => {
    let id: string | null = null
    const next = held(
      edited(ema, (draft) => {
        id = insertOnWire(draft, { target: 'uptrend', handle: '0', type: 'offset', at: [7, 7] })
      }),
    )
    expect(id).toBe('offset')
    expect(node(next, 'offset')).toEqual({ offset: { of: 'ema_fast' } })
    expect(node(next, 'uptrend')).toEqual({ above: ['offset', 'ema_slow'] })
    expect(
      edited(ema, (draft) =>
        expect(insertOnWire(draft, { target: 'uptrend', handle: '0', type: 'rsi', at: null })).toBeNull(),
      ),
    ).toBe(ema)
    expect(
      edited(ema, (draft) =>
        expect(insertOnWire(draft, { target: 'cheap_to_hold', handle: '1', type: 'ema', at: null })).toBeNull(),
      ),
    ).toBe(ema)
  })
  it('follows the advice of a refused wire', () => {
    const wire = { source: 'atr', output: null, target: '$long', handle: 'filters[1]' }
    const price = { source: 'uptrend', output: null, target: '$long', handle: 'filters[1]' }
    expect(wiringOf(ema.tree).can(wire).ok).toBe(false)
    const verdict = wiringOf(ema.tree).can(price)
    if (verdict.ok || verdict.insert === undefined) throw new Error('a condition becomes a filter')
    const { insert } = verdict
    const next = held(edited(ema, (draft) => connectThrough(draft, { ...price, insert, at: null })))
    expect(node(next, 'filter')).toEqual({ filter: { allow: 'uptrend' } })
    expect(next.tree.long).toMatchObject({ filters: ['not_crowded', 'filter'] })
  })
})
