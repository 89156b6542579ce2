// The wire that is being pulled: which sockets fit, and why the one under the mouse does not.
import { createStore } from 'zustand/vanilla'
import type { Verdict, WireEnd, WireTarget } from '../../blocks/play/connect'
import { inputHandle, outputHandle, type SocketName, sinkOf } from './handles'

export interface PullState {
  /** Sockets that fit, `node handle`, as far as they are judged; null: nothing is pulled. */
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

/** The socket at the far end of a wire that is pulled from here. */
export const farKey = (from: PullEnd, { source, output, target, handle }: WireEnd & WireTarget): string =>
  from.socket.side === 'out' ? socketKey(target, inputHandle(handle)) : socketKey(source, outputHandle(output))
