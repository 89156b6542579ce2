// A wire as React Flow names it, as the document names it. Pure.
import type { WireEnd, WireTarget } from '../../blocks/play/connect'
import { readHandle, sinkOf } from './handles'

export interface FlowWire {
  readonly source: string | null
  readonly sourceHandle?: string | null | undefined
  readonly target: string | null
  readonly targetHandle?: string | null | undefined
}

/** Null: one of its ends is no socket. */
export const wireOf = ({ source, sourceHandle, target, targetHandle }: FlowWire): (WireEnd & WireTarget) | null => {
  const from = readHandle(sourceHandle)
  const to = readHandle(targetHandle)
  if (source === null || target === null || from?.side !== 'out' || to?.side !== 'in' || to.name === null) return null
  return { source, output: from.name, target: sinkOf(target), handle: to.name }
}

/** Handle of a place from the id of its wire: `stop:by`. */
export const placeOf = (edgeId: string): WireTarget | null => {
  const at = edgeId.indexOf(':')
  return at < 0 ? null : { target: edgeId.slice(0, at), handle: edgeId.slice(at + 1) }
}
