// Legal wires: single cases with codes and words, graphs with holes, and the law that the checker agrees with every answer.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples, logicTypes } from '../../../blocks/catalogue'
import { checkPlay } from '../../../blocks/play/check'
import { typesThatGive, typesThatTake, type WireEnd, type WireTarget, wiringOf } from '../../../blocks/play/connect'
import { wireRefusals } from '../../../blocks/play/connect/open'
import { playWith } from '../../../blocks/play/connect/wires'
import { toGraph } from '../../../blocks/play/graph'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { NodeTree, PlayTree } from '../../../blocks/play/tree'
import { specDocuments } from '../../fixtures/documents'
import { randomPlay } from '../../fixtures/randomPlay'

const playOf = (text: string): PlayTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  return tree
}
const ema = playOf(specDocuments.emaPullback)
const can = (tree: PlayTree, from: string, to: string) => {
  const [source = '', output = null] = from.split('.')
  const [target = '', handle = ''] = to.split(':')
  return wiringOf(tree).can({ source, output, target, handle })
}
/** A Play with these nodes and an empty long side. */
const sketch = (
  nodes: Readonly<Record<string, NodeTree>>,
  side: Partial<PlayTree['long'] & object> = {},
): PlayTree => ({
  ...ema,
  params: {},
  constraints: [],
  nodes,
  long: { entries: [], exits: [], ...side },
})

/** Codes of the checker that speak of a wire. */
const wireCodes = [
  ...wireRefusals,
  'wrong_socket',
  'cycle',
  'trade_port',
  'trade_indicator',
  'wrong_slot',
  'listed_twice',
  'two_of_part',
]

describe('places', () => {
  it('lists the ports of a node with what runs in', () => {
    const { inputs, outputs } = wiringOf(ema).node('dipped_lately') ?? { inputs: [], outputs: [] }
    expect(inputs).toEqual([
      { handle: 'of', port: 'of', label: 'of', accept: ['C', 'E'], list: false, optional: false, wired: true },
    ])
    expect(outputs.map(({ name, handle, socket }) => [name, handle, socket?.letter])).toEqual([['', null, 'C']])
  })
  it('gives a list one empty place more, and operands their numbers', () => {
    const places = (id: string) =>
      wiringOf(ema)
        .node(id)
        ?.inputs.map(({ handle, wired }) => [handle, wired])
    expect(places('pullback')).toEqual([
      ['0', true],
      ['1', true],
      ['2', true],
      ['3', false],
    ])
    expect(places('cheap_to_hold')).toEqual([
      ['0', true],
      ['1', false],
    ])
    expect(places('$long')).toEqual([
      ['filters[0]', true],
      ['filters[1]', false],
      ['entries[0]', true],
      ['entries[1]', false],
      ['exits[0]', true],
      ['exits[1]', true],
      ['exits[2]', true],
      ['exits[3]', false],
      ['invalidations[0]', true],
      ['invalidations[1]', false],
    ])
    expect(places('$short')).toEqual([])
    expect(places('$risk')).toEqual([])
    expect(wiringOf(ema).node('nobody')).toBeNull()
  })
  it('names outputs as edges do', () => {
    const wiring = wiringOf(ema)
    expect(wiring.reference({ source: 'ema_fast', output: null })).toBe('ema_fast')
    expect(wiring.reference({ source: 'ema_fast', output: 'value' })).toBe('ema_fast')
    expect(wiring.reference({ source: 'price', output: null })).toBe('price')
    expect(wiring.reference({ source: 'price', output: 'close' })).toBe('price.close')
    expect(wiring.reference({ source: 'price', output: 'colour' })).toBeNull()
    expect(wiring.reference({ source: 'swing', output: 'low_level' })).toBe('swing.low_level')
  })
  it('every wire of the examples runs into a place that knows it', () => {
    for (const text of Object.values(examples)) {
      const tree = playOf(text)
      const wiring = wiringOf(tree)
      for (const { source, sourceHandle, target, targetHandle } of toGraph(tree).edges) {
        expect(wiring.node(target)?.inputs.find(({ handle }) => handle === targetHandle)?.wired).toBe(true)
        expect(wiring.node(source)?.outputs.some(({ handle }) => handle === sourceHandle)).toBe(true)
        expect(wiring.can({ source, output: sourceHandle, target, handle: targetHandle })).toEqual({ ok: true })
      }
    }
  })
})

describe('what may not be wired, and why', () => {
  it('a price is no condition: above would make it one', () => {
    expect(can(ema, 'price.close', 'dipped_lately:of')).toEqual({
      ok: false,
      code: 'wrong_socket',
      reason: '`of` takes a condition or an event; `price.close` is a price',
      hint: 'A comparison such as `above` makes a condition of it.',
      insert: { type: 'above', label: 'Above', handle: '0', output: null },
    })
  })
  it.each([
    ['cheap_to_hold', 'ema_fast:of', 'wrong_socket', undefined],
    ['ema_fast', 'ema_fast:of', 'cycle', undefined],
    ['pullback', 'dipped_lately:of', 'cycle', undefined],
    ['atr', 'uptrend:0', 'unequal_sockets', undefined],
    ['price.volume', 'ema_slow:of', 'unequal_sockets', undefined],
    ['swing_at_entry', 'ema_fast:of', 'trade_indicator', undefined],
    ['swing_lost', 'not_crowded:allow', 'trade_port', undefined],
    ['price.close', 'buy_pullback:at', 'market_has_no_price', undefined],
    ['price.close', 'stop:at', 'stop_needs_one', undefined],
    ['price.close', 'stop_distance:0', 'price_times_number', undefined],
    ['price.close', 'stop:by', 'wrong_socket', 'percent_of'],
    ['uptrend', '$long:filters[1]', 'wrong_slot', 'filter'],
    ['uptrend', '$long:entries[1]', 'wrong_slot', 'entry'],
    ['swing_lost', '$long:invalidations[1]', 'wrong_slot', 'invalidation'],
    ['price.close', '$long:exits[3]', 'wrong_slot', 'target'],
    ['atr', '$long:exits[3]', 'wrong_slot', undefined],
    ['stop', '$long:filters[1]', 'wrong_slot', undefined],
    ['stop', '$long:exits[1]', 'listed_twice', undefined],
    ['swing.last_kind', 'dipped_lately:of', 'wrong_socket', 'equals'],
    ['atr', 'dipped_lately:of', 'wrong_socket', 'above'],
    ['price', 'stop:by', 'wrong_socket', 'atr'],
    ['price', 'nobody:of', 'unknown_key', undefined],
    ['price', 'ema_fast:colour', 'unknown_key', undefined],
    ['price.colour', 'ema_fast:of', 'unknown_output', undefined],
  ])('%s into %s is %s', (...[from, to, code, insert]) => {
    const verdict = can(ema, from, to)
    expect(verdict).toMatchObject({ ok: false, code })
    expect(verdict.ok ? null : verdict.insert?.type).toBe(insert)
    expect(verdict.ok ? '' : verdict.reason).toMatch(/^\S.{10,}/)
  })
})

describe('graphs with holes', () => {
  const price: NodeTree = { bars: { market: 'main' } }
  it('knows what an unfinished node must become', () => {
    const tree = sketch({
      price,
      fast: { ema: { length: 20 } },
      up: { above: {} },
      both: { all: {} },
      get: { entry: {} },
    })
    const letters = (id: string) =>
      wiringOf(tree)
        .node(id)
        ?.outputs.map((one) => [one.socket, one.letters.join('')])
    expect(letters('fast')).toEqual([
      [
        null,
        'PDAROTN'
          .split('')
          .sort((a, b) => 'PDARONT'.indexOf(a) - 'PDARONT'.indexOf(b))
          .join(''),
      ],
    ])
    expect(letters('up')?.[0]?.[1]).toBe('C')
    expect(letters('both')?.[0]?.[1]).toBe('CE')
    expect(can(tree, 'both', 'fast:of')).toMatchObject({ ok: false, code: 'wrong_socket' })
    expect(can(tree, 'both', 'get:when')).toEqual({ ok: true })
    expect(can(tree, 'fast', 'up:0')).toEqual({ ok: true })
    expect(can(tree, 'get', '$long:entries[0]')).toEqual({ ok: true })
    expect(can(tree, 'get', '$long:exits[0]')).toMatchObject({ ok: false, code: 'wrong_slot' })
  })
  it('an empty average beside a price will be an average of prices', () => {
    const tree = sketch({ price, fast: { ema: { length: 20 } }, up: { above: ['price.close', 'fast'] } })
    expect(can(tree, 'price.high', 'fast:of')).toEqual({ ok: true })
    expect(can(tree, 'price.volume', 'fast:of')).toMatchObject({ ok: false, code: 'unequal_sockets' })
  })
  it('a circle through unfinished nodes is one', () => {
    const tree = sketch({ a: { all: {} }, b: { all: ['a'] } })
    expect(can(tree, 'b', 'a:0')).toMatchObject({ ok: false, code: 'cycle' })
  })
  it('a price times anything is refused at once', () => {
    const tree = sketch({ price, twice: { mul: {} } })
    expect(can(tree, 'price.close', 'twice:0')).toMatchObject({ ok: false, code: 'price_times_number' })
    expect(can(tree, 'price.volume', 'twice:0')).toEqual({ ok: true })
  })
  it('what is missing is no fault of the wire that comes first', () => {
    const tree = sketch({
      price,
      atr: { atr: { bars: 'price', length: 14 } },
      up: { above: ['price.close', 'price.open'] },
      get: { entry: { order: 'limit', expires: '12b' } },
      stop: { stop: {} },
      few: { k_of_n: { k: 2 } },
    })
    expect(can(tree, 'up', 'get:when')).toEqual({ ok: true })
    expect(can(tree, 'atr', 'stop:pad')).toEqual({ ok: true })
    expect(can(tree, 'atr', 'stop:by')).toEqual({ ok: true })
    expect(can(tree, 'up', 'few:of[0]')).toEqual({ ok: true })
  })
  it('what was wrong already refuses no other wire', () => {
    const tree = sketch({ price, up: { above: ['price.close', 'price.volume'] }, get: { entry: {} } })
    expect(can(tree, 'up', 'get:when')).toEqual({ ok: true })
  })
  it('lists everything that an output fits', () => {
    const tree = sketch({ price, fast: { ema: { length: 20 } }, up: { above: {} }, get: { entry: {} } })
    const places = (end: WireEnd) =>
      wiringOf(tree)
        .fitting(end)
        .map(({ target, handle }) => `${target}:${handle}`)
    expect(places({ source: 'price', output: 'close' })).toEqual(['fast:of', 'up:0', 'up:1'])
    expect(places({ source: 'up', output: null })).toEqual(['get:when'])
    expect(places({ source: 'get', output: null })).toEqual(['$long:entries[0]'])
    expect(places({ source: 'nobody', output: null })).toEqual([])
  })
})

describe('Blocks', () => {
  const block = playOf(specDocuments.emaPullback)
  const tree: PlayTree = {
    ...block,
    nodes: {
      ...block.nodes,
      grab: { 'lib/liquidity_grab@2': { bars: 'price', level: 'swing.low_level', atr: 'atr' } },
    },
  }
  it('take what their inputs declare and give their outputs', () => {
    const places = wiringOf(tree).node('grab')
    expect(places?.inputs.map(({ handle, accept, wired }) => [handle, accept.join(''), wired])).toEqual([
      ['bars', 'B', true],
      ['level', 'P', true],
      ['atr', 'D', true],
    ])
    expect(places?.outputs.map(({ name, handle, socket }) => [name, handle, socket?.letter])).toEqual([
      ['entry', null, 'S'],
      ['extreme', 'extreme', 'P'],
    ])
    expect(can(tree, 'price.close', 'grab:level')).toEqual({ ok: true })
    expect(can(tree, 'price.volume', 'grab:level')).toMatchObject({ ok: false, code: 'wrong_socket' })
    expect(can(tree, 'price.close', 'grab:atr')).toMatchObject({ insert: { type: 'percent_of' } })
    expect(can(tree, 'grab', '$long:entries[1]')).toEqual({ ok: true })
    expect(can(tree, 'grab.extreme', 'ema_fast:of')).toEqual({ ok: true })
    expect(can(tree, 'grab.extreme', 'swing:bars')).toMatchObject({ ok: false })
    expect(can(tree, 'swing_at_entry', 'grab:level')).toMatchObject({ ok: false })
  })
})

describe('what could stand at the end of a wire', () => {
  it('offers takers and givers that exist, best first', () => {
    for (const letter of ['P', 'D', 'A', 'R', 'O', 'N', 'T', 'C', 'E', 'K', 'B'] as const) {
      const takers = typesThatTake(letter)
      expect(takers.length).toBeGreaterThan(0)
      expect(new Set(takers.map(({ type }) => type)).size).toBe(takers.length)
      for (const { type } of [...takers, ...typesThatGive([letter])])
        expect(logicTypes.some((one) => one.type === type)).toBe(true)
    }
    expect(typesThatTake('C')[0]).toEqual({ type: 'all', handle: '0' })
    expect(typesThatTake('B').map(({ type }) => type)).toEqual(['atr', 'swing', 'adx'])
    expect(typesThatGive(['C', 'E'])[0]).toEqual({ type: 'above', output: null })
    expect(typesThatGive(['B'])).toEqual([{ type: 'bars', output: null }])
    expect(typesThatGive(['W'])).toEqual([{ type: 'swing', output: null }])
    expect(typesThatGive(['S'])).toEqual([{ type: 'entry', output: null }])
    expect(typesThatGive(['P'])[0]).toEqual({ type: 'bars', output: 'open' })
  })
  it('a taker takes what it is offered for', () => {
    const sources = {
      P: 'price.close',
      D: 'atr',
      R: 'funding.rate',
      C: 'uptrend',
      B: 'price',
      K: 'swing.last_kind',
    } as const
    for (const [letter, from] of Object.entries(sources)) {
      for (const { type, handle } of typesThatTake(letter as keyof typeof sources)) {
        const tree: PlayTree = { ...ema, nodes: { ...ema.nodes, fresh: { [type]: {} } } }
        const verdict = can(tree, from, `fresh:${handle}`)
        // A price is no factor, and sums with a condition do not exist: the rest must take it.
        if (!verdict.ok)
          expect([type, verdict.code]).toEqual([type, expect.stringMatching(/^(price_times_number|no_|market_has)/)])
      }
    }
  })
})

describe('laws', () => {
  const ends = (tree: PlayTree) => {
    const wiring = wiringOf(tree)
    const ids = [...Object.keys(tree.nodes), '$long', '$short']
    const sources = ids.flatMap((source) =>
      (wiring.node(source)?.outputs ?? []).map(({ handle }): WireEnd => ({ source, output: handle })),
    )
    const targets = ids.flatMap((target) =>
      (wiring.node(target)?.inputs ?? []).map(({ handle }): WireTarget => ({ target, handle })),
    )
    return { wiring, sources, targets }
  }
  const errors = (tree: PlayTree) =>
    checkPlay(tree)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ code, where, message }) => ({ code, key: JSON.stringify([code, where.path, message]) }))
  /** A value that the new unit does not take: the checker says no more of what hangs on it. */
  const valueCodes = ['wrong_unit', 'out_of_bounds', 'not_whole', 'literal_refused', 'param_range', 'unknown_choice']

  it('the checker agrees with every wire that is allowed and with the code of every one that is refused', () => {
    const seen = new Map<string, number>()
    const note = (code: string) => seen.set(code, (seen.get(code) ?? 0) + 1)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.infiniteStream(fc.nat()), (seed, picks) => {
        const tree = randomPlay({ seed })
        const before = new Set(errors(tree).map(({ key }) => key))
        const { wiring, sources, targets } = ends(tree)
        const pick = <T>(list: readonly T[]): T | undefined => list[Number(picks.next().value) % list.length]
        for (let k = 0; k < 12; k++) {
          const [end, target] = [pick(sources), pick(targets)]
          if (end === undefined || target === undefined) continue
          const verdict = wiring.can({ ...end, ...target })
          const forced = playWith(tree, target, wiring.reference(end) ?? '')
          const fresh = errors(forced)
            .filter(({ key }) => !before.has(key))
            .map(({ code }) => code)
          note(verdict.ok ? 'ok' : verdict.code)
          const context = JSON.stringify({ seed, end, target, verdict, fresh })
          if (verdict.ok)
            expect(
              fresh.filter((code) => wireCodes.includes(code)),
              context,
            ).toEqual([])
          else if (!fresh.some((code) => valueCodes.includes(code))) expect(fresh, context).toContain(verdict.code)
          else note('silenced')
        }
      }),
      { numRuns: 60 },
    )
    // The dice reached what they must reach, and the checker was rarely silent.
    const total = [...seen.values()].reduce((sum, count) => sum + count, 0)
    for (const code of ['ok', 'wrong_socket', 'cycle', 'wrong_slot', 'unequal_sockets'])
      expect(seen.get(code) ?? 0, code).toBeGreaterThan(0)
    expect(seen.get('silenced') ?? 0).toBeLessThan(total / 20)
  })

  it('a node that is offered in between makes the wire legal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.infiniteStream(fc.nat()), (seed, picks) => {
        const tree = randomPlay({ seed })
        const { wiring, sources, targets } = ends(tree)
        const pick = <T>(list: readonly T[]): T | undefined => list[Number(picks.next().value) % list.length]
        for (let k = 0; k < 8; k++) {
          const [end, target] = [pick(sources), pick(targets)]
          if (end === undefined || target === undefined) continue
          const verdict = wiring.can({ ...end, ...target })
          if (verdict.ok || verdict.insert === undefined) continue
          const { type, handle, output } = verdict.insert
          const grown: PlayTree = { ...tree, nodes: { ...tree.nodes, between: { [type]: {} } } }
          expect(wiringOf(grown).can({ ...end, target: 'between', handle })).toEqual({ ok: true })
          const half = playWith(grown, { target: 'between', handle }, wiring.reference(end) ?? '')
          expect(wiringOf(half).can({ source: 'between', output, ...target })).toEqual({ ok: true })
        }
      }),
      { numRuns: 40 },
    )
  })
})
