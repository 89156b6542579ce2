// Which types take a socket and which give one, best first; and the one node that makes a wire legal.
import { logicTypes } from '../../catalogue'
import type { LogicType } from '../../kit/logic'
import { fits, isLogical, isNumeric, type Letter } from '../../kit/socket'
import { keyOf } from '../check/types'
import { typeLabel } from '../labels'

export interface Taker {
  readonly type: string
  /** Handle of the first port that takes it. */
  readonly handle: string
}
export interface Giver {
  readonly type: string
  /** Output as an edge names it: null is the node itself, or its only output. */
  readonly output: string | null
}

/** What is asked for most often comes first; all others follow in the order of the catalogue. */
const wanted: Readonly<Partial<Record<Letter, string>>> = {
  B: 'atr swing adx',
  P: 'ema above below crosses_above crosses_below sma rsi highest lowest sub at_entry offset target stop trail entry',
  D: 'mul stop trail add sub above below',
  A: 'sma above below percentile change div',
  R: 'below above percentile between sma',
  O: 'above below crosses_above crosses_below between sma',
  N: 'above below mul div between',
  T: 'above at_least below at_most',
  C: 'all any not occurred holds becomes_true filter entry exit_when invalidation sequence k_of_n value_when',
  E: 'entry all any occurred sequence exit_when invalidation value_when filter',
  K: 'equals at_entry',
}
const givers: Readonly<Partial<Record<Letter, string>>> = {
  P: 'bars ema sma highest lowest swing bbands add sub at_entry trade',
  D: 'atr mul percent_of sub',
  A: 'bars sma',
  R: 'funding change',
  O: 'rsi percentile adx',
  N: 'div bbands trade',
  T: 'trade funding',
  C: 'above below all any not occurred holds between near equals at_least at_most',
  E: 'crosses_above crosses_below becomes_true sequence swing',
  K: 'swing',
}
const rank = (words: string | undefined, type: LogicType): number => {
  const at = (words?.split(' ') ?? []).indexOf(type.type)
  return at < 0 ? 1000 : at
}

const takes = (type: LogicType, letter: Letter): string | null => {
  const names = Object.keys(type.inputs)
  const name = names.find((one) => fits(letter, type.inputs[one]?.accept ?? []))
  if (name === undefined) return null
  if (type.ordered) return String(names.indexOf(name))
  return type.inputs[name]?.least === undefined ? name : `${name}[0]`
}

/** Types with a port for this letter. */
export const typesThatTake = (letter: Letter): readonly Taker[] =>
  logicTypes
    .flatMap((type) => {
      const handle = takes(type, letter)
      return handle === null ? [] : [{ type, handle }]
    })
    .sort((a, b) => rank(wanted[letter], a.type) - rank(wanted[letter], b.type))
    .map(({ type, handle }) => ({ type: keyOf(type), handle }))

/** What a difference, quotient or change can be is more than what goes in. */
const made: Readonly<Record<string, readonly Letter[]>> = { sub: ['D', 'N'], div: ['N', 'R'], change: ['R', 'D'] }

/** Letters that an output of a type may carry: those of its socket, or of the ports that it follows. */
const gives = (type: LogicType, output: string): readonly Letter[] => {
  const socket = type.outputs[output]?.socket
  if (typeof socket === 'object') return [socket.letter]
  const logic = type.family === 'logic' || type.family === 'time'
  if (logic) return ['C', 'E']
  const letters = Object.values(type.inputs).flatMap(({ accept }) => accept)
  const more = made[type.type] ?? []
  return type.type === 'at_entry' || type.type === 'offset' || type.type === 'value_when'
    ? letters
    : [...letters.filter((one) => isNumeric(one)), ...more]
}

/** Types with an output for one of these letters, each once with the first output that fits. */
export const typesThatGive = (accept: readonly Letter[]): readonly Giver[] => {
  const [first] = accept
  return logicTypes
    .flatMap((type) => {
      const names = Object.keys(type.outputs)
      const output = names.find((name) => gives(type, name).some((letter) => fits(letter, accept)))
      return output === undefined ? [] : [{ type, output: output === '' || names.length === 1 ? null : output }]
    })
    .sort((a, b) => rank(first && givers[first], a.type) - rank(first && givers[first], b.type))
    .map(({ type, output }) => ({ type: keyOf(type), output }))
}

/** A node between an output and a port, and how the wire runs through it. */
export interface Insert {
  readonly type: string
  readonly label: string
  /** Handle of the new node that takes the wire. */
  readonly handle: string
  /** Output of the new node, as an edge names it. */
  readonly output: string | null
}

const measures: Readonly<Record<string, string>> = {
  BD: 'atr',
  BW: 'swing',
  BO: 'adx',
  PD: 'percent_of',
  PR: 'change',
  PO: 'rsi',
  RO: 'percentile',
  AO: 'percentile',
  DO: 'percentile',
  NO: 'percentile',
  TO: 'percentile',
  AR: 'change',
  DR: 'change',
  CF: 'filter',
  EF: 'filter',
  CS: 'entry',
  ES: 'entry',
  CX: 'exit_when',
  EX: 'exit_when',
  CI: 'invalidation',
  EI: 'invalidation',
  PX: 'target',
  DX: 'stop',
  CE: 'becomes_true',
}

const between = (from: Letter, to: Letter): string | undefined => {
  if (isLogical(to)) {
    if (from === 'K') return 'equals'
    if (isNumeric(from)) return to === 'C' ? 'above' : 'crosses_above'
  }
  return measures[from + to]
}

/** The type that turns the one into the other, where there is one. */
export const bridgeBetween = (from: Letter, accept: readonly Letter[]): Insert | null => {
  for (const to of accept) {
    const name = between(from, to)
    const type = logicTypes.find((one) => one.type === name)
    const handle = type === undefined ? null : takes(type, from)
    if (type === undefined || handle === null) continue
    const names = Object.keys(type.outputs)
    const output = names.length === 1 ? null : (names.find((one) => gives(type, one).includes(to)) ?? null)
    const label = typeLabel(type.type)
    return { type: keyOf(type), label, handle, output: output === '' ? null : output }
  }
  return null
}
