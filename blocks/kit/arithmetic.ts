// Which sockets may be added, subtracted, multiplied and divided, what comes out, and how it mirrors (dsl.md section 6).
import type { Mirror, Refusal, Resolved } from './logic'
import { socketOf } from './port'
import { type Letter, type Socket, sided, unsided } from './socket'

const names: Partial<Record<Letter, string>> = {
  P: 'a price',
  D: 'a distance',
  A: 'an amount',
  R: 'a rate',
  O: 'an oscillator',
  N: 'a number',
  T: 'a time',
}
const nameOf = (socket: Socket): string => names[socket.letter] ?? socket.letter
const both = (node: Resolved): readonly [Socket, Socket] => [socketOf(node, 'a'), socketOf(node, 'b')]

const noMirror = (message: string): Refusal => ({ refuse: 'no_mirror', message })

/** x turns about cx and y about cy: x + y turns about cx + cy, x - y about cx - cy. With one side only: no mirror. */
const centreOfSum = (a: Socket, b: Socket, sign: 1 | -1): number | null =>
  a.centre !== null && b.centre !== null ? a.centre + sign * b.centre : (a.centre ?? b.centre)

/** Socket of a + b. */
export const addSocket = (node: Resolved): Socket | Refusal => {
  const [a, b] = both(node)
  const pair = a.letter + b.letter
  if (pair === 'PD' || pair === 'DP') return unsided('P')
  if (pair === 'ON' || pair === 'NO') return { letter: 'O', centre: centreOfSum(a, b, 1) }
  if (a.letter === b.letter && 'DARNT'.includes(a.letter)) return { letter: a.letter, centre: centreOfSum(a, b, 1) }
  if (pair === 'PP' || pair === 'OO')
    return { refuse: 'no_sum', message: `${nameOf(a)} plus ${nameOf(b)} means nothing: \`avg\` gives their middle` }
  return { refuse: 'no_sum', message: `${nameOf(a)} and ${nameOf(b)} cannot be added${hintOf(pair)}` }
}

/** Socket of a - b. */
export const subSocket = (node: Resolved): Socket | Refusal => {
  const [a, b] = both(node)
  const pair = a.letter + b.letter
  if (pair === 'PP') return sided('D')
  if (pair === 'PD') return unsided('P')
  if (pair === 'ON') return { letter: 'O', centre: centreOfSum(a, b, -1) }
  if (pair === 'OO') return { letter: 'N', centre: centreOfSum(a, b, -1) }
  if (a.letter === b.letter && 'DARNT'.includes(a.letter)) return { letter: a.letter, centre: centreOfSum(a, b, -1) }
  if (pair === 'DP' || pair === 'NO')
    return { refuse: 'no_difference', message: `${nameOf(a)} minus ${nameOf(b)} means nothing: exchange the two` }
  return { refuse: 'no_difference', message: `${nameOf(b)} cannot be taken from ${nameOf(a)}${hintOf(pair)}` }
}

const hintOf = (pair: string): string =>
  /^(PR|RP|PN|NP)$/.test(pair)
    ? ': make a distance of the price with `percent_of` first'
    : ': only equal units, a price and a distance, or an oscillator and a number can'

/**
 * What a bare number is beside the other operand in add and sub: of its unit and side, so that it turns with it. Beside
 * a price it is a distance; added to an oscillator it is a number (two oscillators have no sum).
 */
const literalOfSum =
  (op: 'add' | 'sub') =>
  (_port: string, wires: readonly Socket[]): Socket | null => {
    const other = wires[0]
    if (other === undefined) return null
    if (other.letter === 'P') return unsided('D')
    if (other.letter === 'O' && op === 'add') return { letter: 'N', centre: other.centre === null ? null : 0 }
    return other
  }
export const literalOfAdd = literalOfSum('add')
export const literalOfSub = literalOfSum('sub')
/** A bare number is a plain number in mul and div. */
export const literalOfProduct = (): Socket => unsided('N')

/** Mirror of `add` or `sub`: the two change places beside a price and a distance without a side. */
export const mirrorOfSum =
  (other: 'add' | 'sub') =>
  (node: Resolved): Mirror | Refusal => {
    const [a, b] = both(node)
    if (a.letter === 'P' && b.letter === 'P') return {}
    if (a.letter === 'P' || b.letter === 'P') {
      const distance = a.letter === 'P' ? b : a
      if (distance.centre === 0) return {}
      if (distance.centre !== null) return noMirror('the distance turns about another number than 0')
      // Distance + price is written the other way round first: only price - distance exists.
      return { type: other, ...(b.letter === 'P' ? { swap: ['a', 'b'] as const } : {}) }
    }
    return (a.centre === null) === (b.centre === null)
      ? {}
      : noMirror('one operand has a side and the other has none, so their sum does not turn')
  }

/** Sided once: sided; twice: the signs cancel. */
const centreOfProduct = (a: Socket, b: Socket): number | null =>
  a.centre !== null && b.centre !== null ? null : (a.centre ?? b.centre)

const keeps = (letter: Letter): boolean => 'DARON'.includes(letter)

/** Socket of a x b. */
export const mulSocket = (node: Resolved): Socket | Refusal => {
  const [a, b] = both(node)
  if (b.letter === 'N' && keeps(a.letter)) return { letter: a.letter, centre: centreOfProduct(a, b) }
  if (a.letter === 'N' && keeps(b.letter)) return { letter: b.letter, centre: centreOfProduct(a, b) }
  const pair = a.letter + b.letter
  if (/^(PN|NP|PR|RP)$/.test(pair))
    return {
      refuse: 'price_times_number',
      message: 'a multiple of a price is no price: use `percent_of` for a share of it, then `add` or `sub`',
    }
  return {
    refuse: 'no_product',
    message: `${nameOf(a)} and ${nameOf(b)} cannot be multiplied: one of the two must be a plain number, the other not a price or time`,
  }
}

/** Socket of a / b. */
export const divSocket = (node: Resolved): Socket | Refusal => {
  const [a, b] = both(node)
  if (b.letter === 'N' && keeps(a.letter)) return { letter: a.letter, centre: centreOfProduct(a, b) }
  if (a.letter === b.letter && 'PDART'.includes(a.letter)) return { letter: 'N', centre: centreOfProduct(a, b) }
  if (a.letter === 'D' && b.letter === 'P') return { letter: 'R', centre: a.centre }
  if (a.letter === 'P' && b.letter === 'N')
    return {
      refuse: 'price_times_number',
      message: 'a part of a price is no price: use `percent_of` for a share of it, then `add` or `sub`',
    }
  return {
    refuse: 'no_quotient',
    message: `${nameOf(a)} over ${nameOf(b)} means nothing: divide equal units, a distance by a price, or anything but a price or time by a plain number`,
  }
}

const offCentre = (socket: Socket): boolean => socket.centre !== null && socket.centre !== 0

/** Mirror of `mul` and `div`: operands mirrored, where turning the sign is all that turning does. */
export const mirrorOfProduct = (node: Resolved): Mirror | Refusal => {
  const [a, b] = both(node)
  if (a.letter === 'P' && b.letter === 'P') return noMirror('a price over a price does not turn round')
  if (offCentre(a) || offCentre(b))
    return noMirror('an operand turns about another number than 0: take its distance from there with `sub` first')
  return {}
}
