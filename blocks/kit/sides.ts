// Mirrors and sockets that several logic types share: comparisons, selections, distances of role makers.
import type { Mirror, Output, Refusal, Resolved } from './logic'
import { socketOf } from './port'
import { type Letter, type Socket, sided, turns, unsided } from './socket'

/** Operands of these ports that turn about different numbers cannot be compared or chosen from on the short side. */
export const unevenSides = (node: Resolved, ...ports: readonly string[]): Refusal | null => {
  const sockets = ports.flatMap((port) => node.sockets[port] ?? [])
  return sockets.every((socket) => socket.centre === sockets[0].centre)
    ? null
    : {
        refuse: 'uneven_sides',
        message:
          'the operands turn differently on the short side (one has a side, another not, or about another number)',
      }
}

/** The mirror of a type over `ports`: `mirror` when they turn, as it is when not, refused when they differ. */
export const turnedOver =
  (mirror: Mirror, ...ports: readonly string[]) =>
  (node: Resolved): Mirror | Refusal =>
    unevenSides(node, ...ports) ?? (turns(socketOf(node, ports[0])) ? mirror : {})

/** A distance that is a size (stop, trail, pad, tolerance) must not turn its sign on the short side. */
export const refuseSided =
  (...ports: readonly string[]) =>
  (node: Resolved): Mirror | Refusal => {
    const port = ports.find((name) => (node.sockets[name] ?? []).some((socket) => socket.centre !== null))
    return port === undefined
      ? {}
      : {
          refuse: 'sided_distance',
          port,
          message: `\`${port}\` turns its sign on the short side: wire it through \`abs\``,
        }
  }

/** A letter with a side about `centre` when the operand turns. */
export const sidedAs = (port: string, letter: Letter, centre: number): Output<Float64Array> => ({
  socket: (node) => (turns(socketOf(node, port)) ? sided(letter, centre) : unsided(letter)),
})

/** Socket of a choice or mean of several: that of the first. The checker holds the letters equal. */
export const firstOf =
  (port: string) =>
  (node: Resolved): Socket =>
    socketOf(node, port)
