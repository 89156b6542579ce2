// Constructors for ports and outputs, so that a logic type reads like its row in types.md.
import type { Bits } from './bits'
import type { BarColumns, Column, Output, Port, Refusal, Resolved } from './logic'
import { isNumeric, type Letter, logical, numeric, type Socket, unsided } from './socket'

/** One numeric operand: any of these letters, wires only (an indicator of a constant says nothing). */
export const series = (...accept: readonly Letter[]): Port<Float64Array> => ({
  accept: accept.length > 0 ? accept : numeric,
  wired: true,
})
/** One numeric operand that may also be a literal. */
export const value = (...accept: readonly Letter[]): Port<Float64Array> => ({
  accept: accept.length > 0 ? accept : numeric,
})
export const conditionPort = (): Port<Bits> => ({ accept: logical, wired: true })
export const kindPort = (): Port<Float64Array> => ({ accept: ['K'], wired: true })
export const barsPort = (): Port<BarColumns> => ({ accept: ['B'], wired: true })
/** Anything with a row: a number, a condition, an event or a kind. */
export const anything = (): Port<Column> => ({ accept: [...numeric, 'K', ...logical], wired: true })
/** A list of operands. */
export const many = <C>(port: Port<C>, least: number): Port<readonly C[]> => ({
  accept: port.accept,
  least,
  ...(port.wired ? { wired: true as const } : {}),
})
export const optional = <C>(port: Port<C>): Port<C> & { readonly optional: true } => ({ ...port, optional: true })

export const out = (socket: Socket): Output<Float64Array> => ({ socket })
export const outBits = (letter: 'C' | 'E' = 'C'): Output<Bits> => ({ socket: unsided(letter) })
/** The socket of the first operand of a port. */
export const same = (port: string): Output<Float64Array> => ({ socket: (node) => socketOf(node, port) })
export const sameAny = (port: string): Output<Column> => ({ socket: (node) => socketOf(node, port) })
export const derived = (socket: (node: Resolved) => Socket | Refusal): Output<Float64Array> => ({ socket })
/** The output of a role maker: a tab, no column. */
export const roleOut = (letter: 'F' | 'S' | 'X' | 'I'): Output<never> => ({ socket: unsided(letter) })

export const socketOf = (node: Resolved, port: string): Socket => {
  const socket = node.sockets[port]?.[0]
  if (socket === undefined) throw new Error(`port ${port} has no operand: the checker must refuse the node first`)
  return socket
}

export const isNumericColumn = (socket: Socket): boolean => isNumeric(socket.letter) || socket.letter === 'K'
