// Sockets, literals, refusals and mirrors that types declare, against the tables of the language (types.md, dsl.md section 6).
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../blocks/catalogue'
import { isRefusal, type Refusal, type Resolved } from '../../../blocks/kit/logic'
import { type Letter, logical, numeric, type Socket, sided, unsided } from '../../../blocks/kit/socket'
import { typeOf } from './cases'
import { given } from './runner'

const price = unsided('P')
/** `P`, `D` without a side, `D0` about 0, `O50` about 50. */
const socketOf = (text: string): Socket => ({
  letter: text.charAt(0) as Letter,
  centre: text.length > 1 ? Number(text.slice(1)) : null,
})
const textOf = (socket: Socket | Refusal): string =>
  isRefusal(socket) ? socket.refuse : `${socket.letter}${socket.centre ?? ''}`

const nodeOf = (ports: Readonly<Record<string, readonly string[]>>, params = {}): Resolved => ({
  sockets: Object.fromEntries(Object.entries(ports).map(([port, wires]) => [port, wires.map(socketOf)])),
  params,
})
const outputOf = (name: string, node: Resolved, output = 'value'): string => {
  const { socket } = given(typeOf(name).outputs[output])
  return textOf(typeof socket === 'function' ? socket(node) : socket)
}
const refusalOf = (name: string, node: Resolved): string | null => typeOf(name).refuse?.(node)?.refuse ?? null

/** Ports, parameters and outputs of every type, in order. */
const shapes: Readonly<Record<string, string>> = {
  bars: ' | market tf |  open high low close volume',
  funding: ' | market max_age | rate per_8h next_in',
  ema: 'of | length | value',
  sma: 'of | length | value',
  bbands: 'of | length std | lower middle upper bandwidth percent_b',
  macd: 'of | fast slow signal | macd signal histogram',
  rsi: 'of | length | value',
  adx: 'bars | length | adx adxr dmp dmn',
  atr: 'bars | length | value',
  highest: 'of | over | value',
  lowest: 'of | over | value',
  offset: 'of | by | value',
  change: 'of | over as | value',
  percentile: 'of | over | value',
  value_when: 'of when |  | value',
  swing: 'bars | left right |  high_level low_level high_idx low_idx high_new low_new last_kind',
  add: 'a b |  | value',
  sub: 'a b |  | value',
  mul: 'a b |  | value',
  div: 'a b |  | value',
  min: 'of |  | value',
  max: 'of |  | value',
  avg: 'of |  | value',
  abs: 'of |  | value',
  percent_of: 'of | share | value',
  above: 'a b |  | ',
  below: 'a b |  | ',
  at_least: 'a b |  | ',
  at_most: 'a b |  | ',
  crosses_above: 'a b |  | ',
  crosses_below: 'a b |  | ',
  between: 'of low high |  | ',
  near: 'of to by | share | ',
  equals: 'of | is | ',
  all: 'of |  | ',
  any: 'of |  | ',
  not: 'of |  | ',
  k_of_n: 'of | k | ',
  occurred: 'of | within | ',
  holds: 'of | for | ',
  sequence: 'of | within | ',
  becomes_true: 'of |  | ',
  trade: ' |  | entry_price stop_price bars r mae_r mfe_r open_share',
  at_entry: 'of |  | ',
  filter: 'allow |  | ',
  entry: 'when at | order expires fires post_only | ',
  stop: 'by at pad |  | ',
  target: 'at | close | ',
  ladder: ' | steps | ',
  trail: 'by to pad | after from update | ',
  break_even: ' | after rung offset cover_fees | ',
  time_stop: ' | after | ',
  exit_when: 'when |  | ',
  invalidation: 'when | on | ',
}

describe('the 54 types', () => {
  it('are named, typed and bounded as types.md says', () => {
    const shape = Object.fromEntries(
      logicTypes.map((type) => [
        type.type,
        [Object.keys(type.inputs), Object.keys(type.params), Object.keys(type.outputs)]
          .map((x) => x.join(' '))
          .join(' | '),
      ]),
    )
    expect(shape).toEqual(shapes)
  })
  it('defaults and bounds of lengths', () => {
    const lengths = Object.fromEntries(
      logicTypes.flatMap((type) =>
        Object.entries(type.params)
          .filter(([, p]) => p.kind === 'bars')
          .map(([key, p]) => [`${type.type}.${key}`, p.kind === 'bars' ? `${p.preset} ${p.min} ${p.max}` : '']),
      ),
    )
    expect(lengths).toEqual({
      'ema.length': '20 1 2000',
      'sma.length': '20 1 2000',
      'bbands.length': '20 2 2000',
      'macd.fast': '12 1 500',
      'macd.slow': '26 1 500',
      'macd.signal': '9 1 500',
      'rsi.length': '14 1 500',
      'adx.length': '14 1 500',
      'atr.length': '14 1 500',
      'highest.over': '20b 1 5000',
      'lowest.over': '20b 1 5000',
      'offset.by': '1b 1 5000',
      'change.over': '1b 1 5000',
      'percentile.over': '500b 10 20000',
      'swing.left': '3 1 50',
      'swing.right': '3 1 50',
      'occurred.within': '6b 1 5000',
      'holds.for': '3b 1 5000',
      'sequence.within': '12b 1 5000',
    })
  })
  it('what may read a trade: comparisons, arithmetic, logic, holds, occurred, and three role makers', () => {
    expect(
      logicTypes
        .filter((x) => x.onTrade)
        .map((x) => x.type)
        .sort(),
    ).toEqual(
      (
        'above abs add all any at_entry at_least at_most avg below between crosses_above crosses_below div equals ' +
        'exit_when holds invalidation k_of_n max min mul near not occurred percent_of sub trail'
      ).split(' '),
    )
    expect(
      logicTypes
        .filter((x) => x.scope === 'trade')
        .map((x) => x.type)
        .sort(),
    ).toEqual(['at_entry', 'trade'])
  })
  it('ordered operands are written as a list; types with parameters never are', () => {
    const ordered = logicTypes.filter((x) => x.ordered)
    expect(ordered.map((x) => x.type).sort()).toEqual(
      'above abs add all any at_entry at_least at_most avg becomes_true below crosses_above crosses_below div max min mul not sub'.split(
        ' ',
      ),
    )
    for (const type of ordered) expect(Object.keys(type.params)).toEqual([])
  })
  it('only role makers have no kernel beside the sources bars and trade', () => {
    for (const type of logicTypes)
      expect([type.type, type.run !== undefined], type.type).toEqual([
        type.type,
        type.part === undefined && type.type !== 'bars' && type.type !== 'trade',
      ])
    expect(logicTypes.filter((x) => x.part).every((x) => x.family === 'roles')).toBe(true)
  })
  it('a summary is one short line', () => {
    for (const { summary } of logicTypes) expect(summary).toMatch(/^[A-Z].{10,110}\.$/)
  })
})

/** Every pair of letters without a side; what is not here is refused. */
const sums: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  add: { PD: 'P', DP: 'P', DD: 'D', AA: 'A', RR: 'R', NN: 'N', ON: 'O', NO: 'O', TT: 'T' },
  sub: { PP: 'D0', PD: 'P', DD: 'D', AA: 'A', RR: 'R', NN: 'N', OO: 'N', ON: 'O', TT: 'T' },
  mul: { DN: 'D', AN: 'A', RN: 'R', ON: 'O', NN: 'N', ND: 'D', NA: 'A', NR: 'R', NO: 'O' },
  div: { DN: 'D', AN: 'A', RN: 'R', ON: 'O', NN: 'N', PP: 'N', DD: 'N', AA: 'N', RR: 'N', TT: 'N', DP: 'R' },
}

describe('arithmetic: sockets (dsl.md section 6)', () => {
  for (const [name, table] of Object.entries(sums)) {
    it(`${name}: every pair of letters`, () => {
      for (const a of numeric)
        for (const b of numeric) {
          const got = outputOf(name, nodeOf({ a: [a], b: [b] }))
          const expected = table[a + b]
          if (expected === undefined) expect(got, a + b).toMatch(/^(no_|price_times)/)
          else expect(got, a + b).toBe(expected)
        }
    })
  }
  it('a refusal says what to do', () => {
    const { socket } = given(typeOf('mul').outputs.value)
    const refusal = typeof socket === 'function' ? socket(nodeOf({ a: ['P'], b: ['N'] })) : socket
    expect(refusal).toMatchObject({ refuse: 'price_times_number', message: expect.stringContaining('percent_of') })
  })
  it('sides: twice sided cancels in products, adds up in sums', () => {
    const at = (name: string, a: string, b: string) => outputOf(name, nodeOf({ a: [a], b: [b] }))
    expect(at('add', 'D0', 'D0')).toBe('D0')
    expect(at('sub', 'O50', 'O50')).toBe('N0')
    expect(at('sub', 'O50', 'N0')).toBe('O50')
    expect(at('add', 'O50', 'N0')).toBe('O50')
    expect(at('sub', 'N0.5', 'N0.5')).toBe('N0')
    expect(at('mul', 'D0', 'N')).toBe('D0')
    expect(at('mul', 'D0', 'N0')).toBe('D')
    expect(at('div', 'D0', 'D0')).toBe('N')
    expect(at('div', 'D', 'D0')).toBe('N0')
    expect(at('div', 'D0', 'P')).toBe('R0')
  })
  it('a price and a distance: with no side add and sub change places, with a side they stay', () => {
    const at = (name: string, a: string, b: string) => typeOf(name).mirror?.(nodeOf({ a: [a], b: [b] }))
    expect(at('add', 'P', 'D')).toEqual({ type: 'sub' })
    expect(at('add', 'D', 'P')).toEqual({ type: 'sub', swap: ['a', 'b'] })
    expect(at('sub', 'P', 'D')).toEqual({ type: 'add' })
    expect(at('add', 'P', 'D0')).toEqual({})
    expect(at('sub', 'P', 'D0')).toEqual({})
  })
  it('what a bare number is beside another operand', () => {
    const at = (name: string, port: string, wire: string) => {
      const socket = typeOf(name).literal?.(port, [socketOf(wire)])
      return socket ? textOf(socket) : null
    }
    expect(['P', 'D0', 'A', 'R0', 'O50', 'N', 'T'].map((x) => at('add', 'b', x))).toEqual([
      'D',
      'D0',
      'A',
      'R0',
      'N0',
      'N',
      'T',
    ])
    expect(['P', 'D0', 'A', 'R0', 'O50', 'O', 'N', 'T'].map((x) => at('sub', 'a', x))).toEqual([
      'D',
      'D0',
      'A',
      'R0',
      'O50',
      'O',
      'N',
      'T',
    ])
    expect(['P', 'D0', 'O50'].map((x) => at('mul', 'a', x))).toEqual(['N', 'N', 'N'])
    expect(['D', 'R0'].map((x) => at('div', 'b', x))).toEqual(['N', 'N'])
    expect(at('near', 'by', 'P')).toBe('D')
    expect(at('near', 'to', 'O50')).toBe('O50')
    expect(typeOf('add').literal?.('a', [])).toBeNull()
    // Every literal fits beside its wire, so the node is legal.
    for (const name of ['add', 'sub', 'mul', 'div'])
      for (const wire of name === 'mul' || name === 'div'
        ? ['D', 'R0', 'A', 'N', 'O']
        : ['P', 'D0', 'O50', 'O', 'N', 'T', 'A'])
        expect(
          outputOf(name, nodeOf({ a: [wire], b: [given(at(name, 'b', wire) ?? undefined)] })),
          name + wire,
        ).not.toMatch(/_/)
  })
})

describe('sockets that follow the operand', () => {
  it('rsi and percentile are sided about 50 when their operand turns', () => {
    for (const name of ['rsi', 'percentile'])
      expect(['P', 'D', 'D0', 'O50', 'R', 'A'].map((x) => outputOf(name, nodeOf({ of: [x] })))).toEqual([
        'O50',
        'O',
        'O50',
        'O50',
        'O',
        'O',
      ])
  })
  it('change', () => {
    const at = (as: string) =>
      ['P', 'D', 'D0', 'O', 'O50', 'N', 'R0', 'A', 'T'].map((x) => outputOf('change', nodeOf({ of: [x] }, { as })))
    expect(at('rate')).toEqual(['R0', 'R', 'R', 'R', 'R', 'R', 'R', 'R', 'R'])
    expect(at('difference')).toEqual(['D0', 'D', 'D0', 'N', 'N0', 'N', 'R0', 'A', 'T'])
  })
  it('percent_of, abs, all, any', () => {
    expect(['P', 'D', 'D0'].map((x) => outputOf('percent_of', nodeOf({ of: [x] })))).toEqual(['D', 'D', 'D0'])
    expect(['D0', 'R0', 'N'].map((x) => outputOf('abs', nodeOf({ of: [x] })))).toEqual(['D', 'R', 'N'])
    const at = (name: string, ...of: string[]) => outputOf(name, nodeOf({ of }), '')
    expect([at('all', 'C', 'C'), at('all', 'C', 'E'), at('all', 'E', 'E')]).toEqual(['C', 'E', 'E'])
    expect([at('any', 'C', 'C'), at('any', 'C', 'E'), at('any', 'E', 'E')]).toEqual(['C', 'C', 'E'])
  })
  it('kinds keep their set and their pairs through offset, value_when and at_entry', () => {
    const kind = typeOf('swing').outputs.last_kind?.socket as Socket
    expect(kind).toEqual({ letter: 'K', centre: null, kinds: ['high', 'low'], mirrored: { high: 'low', low: 'high' } })
    for (const [name, output] of [
      ['offset', 'value'],
      ['value_when', 'value'],
      ['at_entry', ''],
    ] as const) {
      const { socket } = given(typeOf(name).outputs[output])
      expect(typeof socket === 'function' && socket({ sockets: { of: [kind] }, params: {} })).toEqual(kind)
    }
    const recipe = typeOf('equals').mirror?.({ sockets: { of: [kind] }, params: { is: 0 } })
    expect(recipe && !isRefusal(recipe) && recipe.params?.({ is: 0 })).toEqual({ is: 1 })
    const alone = typeOf('equals').mirror?.({
      sockets: { of: [{ letter: 'K', centre: null, kinds: ['a', 'b'] }] },
      params: { is: 0 },
    })
    expect(alone).toEqual({})
  })
  it('series ports take no literal, comparisons and arithmetic do', () => {
    for (const name of ['ema', 'rsi', 'highest', 'change', 'percentile'])
      expect(typeOf(name).inputs.of?.wired).toBe(true)
    expect(typeOf('above').inputs.b?.wired).toBeUndefined()
    expect(typeOf('offset').inputs.of?.accept).toEqual([...numeric, 'K', ...logical])
  })
})

describe('refusals of parameters and ports', () => {
  const rung = (at: object, close: number | null) => ({ at, close })
  const table: readonly (readonly [string, Resolved, string | null])[] = [
    ['macd', nodeOf({ of: ['P'] }, { fast: 12, slow: 26 }), null],
    ['macd', nodeOf({ of: ['P'] }, { fast: 26, slow: 26 }), 'fast_not_below_slow'],
    ['k_of_n', nodeOf({ of: ['C', 'C'] }, { k: 2 }), null],
    ['k_of_n', nodeOf({ of: ['C', 'C'] }, { k: 3 }), 'k_above_n'],
    ['near', nodeOf({ of: ['P'], to: ['D'] }), 'unequal_sockets'],
    ['near', nodeOf({ of: ['O'], to: ['O'], by: ['D'] }), 'near_by_distance'],
    ['near', nodeOf({ of: ['P'], to: ['P'], by: ['D'] }), null],
    ['near', nodeOf({ of: ['O'], to: ['O'] }), null],
    ['entry', nodeOf({ when: ['C'] }, { order: 'market' }), null],
    ['entry', nodeOf({ when: ['C'], at: ['P'] }, { order: 'market' }), 'market_has_no_price'],
    ['entry', nodeOf({ when: ['C'] }, { order: 'limit' }), 'order_needs_price'],
    ['entry', nodeOf({ when: ['C'], at: ['P'] }, { order: 'stop', post_only: true }), 'post_only_limit'],
    ['entry', nodeOf({ when: ['C'], at: ['P'] }, { order: 'limit', post_only: true }), null],
    ['stop', nodeOf({}), 'stop_needs_one'],
    ['stop', nodeOf({ by: ['D'], at: ['P'] }), 'stop_needs_one'],
    ['stop', nodeOf({ by: ['D'], pad: ['D'] }), 'pad_needs_level'],
    ['stop', nodeOf({ at: ['P'], pad: ['D'] }), null],
    ['trail', nodeOf({}, { after: { r: 0 } }), 'trail_needs_one'],
    ['trail', nodeOf({ by: ['D'], to: ['P'] }, { after: { r: 0 } }), 'trail_needs_one'],
    ['trail', nodeOf({ by: ['D'], pad: ['D'] }, { after: { r: 0 } }), 'pad_needs_level'],
    ['trail', nodeOf({ by: ['D'] }, { after: { r: -1 } }), 'after_below_zero'],
    ['trail', nodeOf({ to: ['P'], pad: ['D'] }, { after: { share: 0.01 } }), null],
    ['break_even', nodeOf({}, {}), 'break_even_needs_one'],
    ['break_even', nodeOf({}, { after: { r: 1 }, rung: 1 }), 'break_even_needs_one'],
    ['break_even', nodeOf({}, { after: { share: -0.01 } }), 'after_below_zero'],
    ['break_even', nodeOf({}, { rung: 2 }), null],
    ['ladder', nodeOf({}, { steps: [] }), 'ladder_empty'],
    ['ladder', nodeOf({}, { steps: [rung({ r: 0 }, 0.5)] }), 'ladder_at_not_above_zero'],
    ['ladder', nodeOf({}, { steps: [rung({ share: -0.1 }, 0.5)] }), 'ladder_at_not_above_zero'],
    ['ladder', nodeOf({}, { steps: [rung({ r: 1 }, 0)] }), 'ladder_close_not_above_zero'],
    ['ladder', nodeOf({}, { steps: [rung({ r: 1 }, null), rung({ r: 2 }, 0.5)] }), 'ladder_rest_last'],
    ['ladder', nodeOf({}, { steps: [rung({ r: 1 }, 0.6), rung({ r: 2 }, 0.5)] }), 'ladder_above_whole'],
    ['ladder', nodeOf({}, { steps: Array.from({ length: 10 }, (_, k) => rung({ r: k + 1 }, 0.1)) }), null],
    ['ladder', nodeOf({}, { steps: [rung({ r: 1 }, 0.5), rung({ r: 2 }, null)] }), null],
  ]
  for (const [name, node, code] of table) {
    it(`${name} ${JSON.stringify({ ...Object.fromEntries(Object.entries(node.sockets).map(([k, x]) => [k, x.map(textOf).join()])), ...node.params })}: ${code ?? 'fine'}`, () => {
      expect(refusalOf(name, node)).toBe(code)
    })
  }
  it('a size that would turn its sign has no mirror in stop, trail and near', () => {
    const at = (name: string, ports: Readonly<Record<string, readonly Socket[]>>) => {
      const recipe = typeOf(name).mirror?.({ sockets: ports, params: {} }) ?? {}
      return isRefusal(recipe) ? `${recipe.refuse} ${recipe.port}` : recipe
    }
    expect(at('stop', { by: [sided('D')] })).toBe('sided_distance by')
    expect(at('stop', { by: [unsided('D')] })).toEqual({})
    expect(at('trail', { to: [price], pad: [sided('D')] })).toBe('sided_distance pad')
    expect(at('near', { of: [price], to: [price], by: [sided('D')] })).toBe('sided_distance by')
    expect(at('near', { of: [sided('O', 50)], to: [sided('O', 50)] })).toBe('no_mirror undefined')
  })
})
