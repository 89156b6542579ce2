// The wire that is being pulled: which sockets fit, and why the one under the mouse does not.
import { createStore } from 'zustand/vanilla'
import type { Verdict, WireEnd, WireTarget, Wiring } from '../../blocks/play/connect'
import { inputHandle, outputHandle, type SocketName, sinkOf } from './handles'

export interface PullState {
  /** Sockets that fit, `node handle`; null: nothing is pulled. */
  readonly fitting: ReadonlySet<string> | null
  readonly from: PullEnd | null
}
export interface PullEnd {
  /** Node of the document; gates as their sink. */
  readonly node: string
  readonly socket: SocketName
}

export interface Dropped {
  readonly from: PullEnd
  /** On the screen, and on the ground. */
  readonly screen: readonly [number, number]
  readonly at: readonly [number, number]
  /** The wire that was refused there, if it was over a socket. */
  readonly refused: { readonly wire: WireEnd & WireTarget; readonly verdict: Extract<Verdict, { ok: false }> } | null
}

export const createPull = () => createStore<PullState>()(() => ({ fitting: null, from: null }))

/** Sinks have a gate for each role: `$long/exits`. */
export const socketKey = (node: string, handle: string): string => `${sinkOf(node)} ${handle}`

/** Sockets that a wire from here may end at, or from which a wire into here may come. */
export const fittingFrom = (wiring: Wiring, from: PullEnd, ids: readonly string[]): ReadonlySet<string> => {
  const { node, socket } = from
  if (socket.side === 'out') {
    const places = wiring.fitting({ source: node, output: socket.name })
    return new Set(places.map(({ target, handle }) => socketKey(target, inputHandle(handle))))
  }
  const handle = socket.name ?? ''
  return new Set(
    ids.flatMap((source) =>
      (wiring.node(source)?.outputs ?? [])
        .filter((output) => source !== node && wiring.can({ source, output: output.handle, target: node, handle }).ok)
        .map((output) => socketKey(source, outputHandle(output.handle))),
    ),
  )
}
