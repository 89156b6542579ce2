// What the laws run over: for every type with a kernel the sockets it is wired with, and how its parameters vary.
import fc from 'fast-check'
import { logicTypes } from '../../../blocks/catalogue'
import type { LogicType } from '../../../blocks/kit/logic'
import { condition, event, price, type Socket, sided, unsided } from '../../../blocks/kit/socket'
import type { Params, Sockets } from './runner'

export const typeOf = (name: string): LogicType => {
  const type = logicTypes.find((x) => x.type === name)
  if (type === undefined) throw new Error(`no type ${name}`)
  return type
}

export const swingKinds: Socket = {
  letter: 'K',
  centre: null,
  kinds: ['high', 'low'],
  mirrored: { high: 'low', low: 'high' },
}

const P = price
const D = unsided('D')
const Ds = sided('D')
const R = unsided('R')
const Rs = sided('R')
const O = unsided('O')
const O50 = sided('O', 50)
const N = unsided('N')
const Ns = sided('N')
const A = unsided('A')
const T = unsided('T')
const C = condition
const E = event
const B = unsided('B')
const K = swingKinds

/** `value`: the outputs follow the mirror law; `formula`: these do not (a share of a price), examples hold them. */
export interface Case {
  readonly type: LogicType
  readonly sockets: Sockets
  readonly params: fc.Arbitrary<Params>
  readonly formula: readonly string[]
  /** The type refuses to be mirrored with these sockets. */
  readonly noMirror: boolean
}

const length = (most = 12, least = 1) => fc.integer({ min: least, max: most })
const none = fc.constant({})
const one = (key: string, values: fc.Arbitrary<unknown>) => values.map((x) => ({ [key]: x }))

interface Row {
  readonly params: fc.Arbitrary<Params>
  readonly wires: readonly Sockets[]
  readonly formula?: readonly string[]
  /** Wires that the type runs on and cannot mirror. */
  readonly unmirrored?: readonly Sockets[]
  /** Wires that it mirrors by formula only. */
  readonly byFormula?: readonly Sockets[]
}

const of = (...sockets: readonly Socket[]): readonly Sockets[] => sockets.map((socket) => ({ of: [socket] }))
const pair = (a: Socket, b: Socket): Sockets => ({ a: [a], b: [b] })
const comparison: Row = {
  params: none,
  wires: [pair(P, P), pair(O50, O50), pair(D, D), pair(Ds, Ds), pair(T, T)],
  unmirrored: [pair(D, Ds), pair(O50, O)],
}
const list: Row = {
  params: none,
  wires: [{ of: [P, P, P] }, { of: [O50, O50] }, { of: [D, D, D, D] }],
  unmirrored: [{ of: [D, Ds] }],
}
const three: readonly Sockets[] = [{ of: [C, C, C] }, { of: [E, C] }, { of: [E, E] }]
const longest = { of: [...Array(5)].map(() => C) }
const swinging = one('over', length())

const table: Readonly<Record<string, Row>> = {
  ema: { params: one('length', length()), wires: of(P, D, O50, Ns) },
  sma: { params: one('length', length()), wires: of(P, D, O50, Ns) },
  bbands: {
    params: fc.record({ length: length(12, 2), std: fc.constantFrom(0.5, 1, 2, 2.5) }),
    wires: of(P),
    formula: ['bandwidth'],
  },
  macd: {
    params: fc.record({ fast: length(5), slow: length(12, 6), signal: length(6) }),
    wires: of(P),
  },
  rsi: { params: one('length', length()), wires: of(P, D, O50, A, Ns) },
  adx: { params: one('length', length(8)), wires: [{ bars: [B] }] },
  atr: { params: one('length', length(8)), wires: [{ bars: [B] }] },
  highest: { params: swinging, wires: of(P, D, O50, Ds) },
  lowest: { params: swinging, wires: of(P, D, O50, Ds) },
  offset: { params: one('by', length(40)), wires: of(P, O50, C, E, K) },
  change: {
    params: fc.record({ over: length(), as: fc.constantFrom('difference', 'rate') }),
    wires: of(D, Ds, A, R, Rs, T),
  },
  percentile: { params: one('over', length(30, 10)), wires: of(P, D, O50, Ds) },
  value_when: { params: none, wires: of(P, O50, C, K).map((x) => ({ ...x, when: [C] })) },
  swing: { params: fc.record({ left: length(4), right: length(4) }), wires: [{ bars: [B] }] },
  add: {
    params: none,
    wires: [pair(P, D), pair(D, P), pair(P, Ds), pair(Ds, Ds), pair(D, D), pair(O50, Ns), pair(Ns, O50), pair(T, T)],
    unmirrored: [pair(D, Ds), pair(O50, N)],
  },
  sub: {
    params: none,
    wires: [pair(P, P), pair(P, D), pair(P, Ds), pair(O50, O50), pair(O50, Ns), pair(O, O), pair(Rs, Rs), pair(A, A)],
    unmirrored: [pair(Ds, D), pair(O50, O)],
  },
  mul: {
    params: none,
    wires: [pair(D, N), pair(N, Ds), pair(Ds, N), pair(Ds, Ns), pair(O, N), pair(A, N), pair(N, N)],
    unmirrored: [pair(O50, N)],
  },
  div: {
    params: none,
    wires: [pair(D, N), pair(Ds, D), pair(D, Ds), pair(Ds, Ds), pair(T, T), pair(A, A), pair(N, Ns)],
    unmirrored: [pair(P, P), pair(O50, N)],
    byFormula: [pair(D, P), pair(Ds, P)],
  },
  min: list,
  max: list,
  avg: list,
  abs: { params: none, wires: of(D, Ds, Rs, N), unmirrored: of(sided('N', 0.5)) },
  percent_of: { params: one('share', fc.constantFrom(0.01, -0.5, 2)), wires: of(D, Ds), byFormula: of(P) },
  above: comparison,
  below: comparison,
  at_least: comparison,
  at_most: comparison,
  crosses_above: comparison,
  crosses_below: comparison,
  between: {
    params: none,
    wires: [P, O50, D].map((s) => ({ of: [s], low: [s], high: [s] })),
    unmirrored: [{ of: [D], low: [Ds], high: [D] }],
  },
  near: {
    params: one('share', fc.constantFrom(0.002, 0.1)),
    wires: [
      { of: [P], to: [P], by: [D] },
      { of: [Ds], to: [Ds], by: [D] },
      { of: [Ds], to: [Ds] },
      { of: [O], to: [O] },
    ],
    unmirrored: [
      { of: [O50], to: [O50] },
      { of: [P], to: [P], by: [Ds] },
    ],
    byFormula: [{ of: [P], to: [P] }],
  },
  equals: { params: one('is', fc.constantFrom(0, 1)), wires: of(K) },
  all: { params: none, wires: [...three, longest] },
  any: { params: none, wires: [...three, longest] },
  not: { params: none, wires: of(C) },
  k_of_n: { params: one('k', length(5)), wires: [longest] },
  occurred: { params: one('within', length(40)), wires: of(C, E) },
  holds: { params: one('for', length(40)), wires: of(C) },
  sequence: { params: one('within', length(5)), wires: three },
  becomes_true: { params: none, wires: of(C) },
  at_entry: { params: none, wires: of(P, O50, C, K) },
}

/** The rate of a price, or of a value that turns about another number than 0, has no turned form. */
const rates: readonly Case[] = [P, O50].map((socket) => ({
  type: typeOf('change'),
  sockets: { of: [socket] },
  params: fc.record({ over: length(), as: fc.constant('rate') }),
  formula: socket === P ? ['value'] : [],
  noMirror: socket !== P,
}))
/** Differences of both have. */
const differences: readonly Case[] = [P, O50].map((socket) => ({
  type: typeOf('change'),
  sockets: { of: [socket] },
  params: fc.record({ over: length(), as: fc.constant('difference') }),
  formula: [],
  noMirror: false,
}))

const casesOf = ([name, row]: readonly [string, Row]): readonly Case[] => {
  const type = typeOf(name)
  const { params, formula = [] } = row
  const make = (noMirror: boolean, left: readonly string[]) => (sockets: Sockets) => ({
    type,
    sockets,
    params,
    formula: left,
    noMirror,
  })
  return [
    ...row.wires.map(make(false, formula)),
    ...(row.unmirrored ?? []).map(make(true, formula)),
    ...(row.byFormula ?? []).map(make(false, Object.keys(type.outputs))),
  ]
}

export const cases: readonly Case[] = [...Object.entries(table).flatMap(casesOf), ...rates, ...differences]

export const nameOf = ({ type, sockets }: Case): string => {
  const ports = Object.values(sockets).map((wires) => wires.map((x) => `${x.letter}${x.centre ?? ''}`).join(' '))
  return `${type.type} of ${ports.join(', ')}`
}
