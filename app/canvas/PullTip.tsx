// Why the socket under the mouse does not take the wire that is pulled.
'use client'
import { useConnection } from '@xyflow/react'
import type { Wiring } from '../../blocks/play/connect'
import { wireOf } from './wires'
import { reasonWords } from './words'

/** Why the socket under the mouse does not take the wire, beside the mouse. */
export const PullTip = ({ wiring }: { wiring: Wiring }) => {
  const connection = useConnection()
  if (!connection.inProgress || connection.toHandle === null || connection.isValid === true) return null
  const { fromHandle, toHandle } = connection
  const isOut = fromHandle.type === 'source'
  const [out, into] = isOut ? [fromHandle, toHandle] : [toHandle, fromHandle]
  const wire = wireOf({ source: out.nodeId, sourceHandle: out.id, target: into.nodeId, targetHandle: into.id })
  const verdict = wire === null ? null : wiring.can(wire)
  if (verdict === null || verdict.ok) return null
  return (
    <div
      role="status"
      className="pointer-events-none absolute bottom-14 left-1/2 z-30 max-w-80 -translate-x-1/2 rounded-card bg-raised px-3 py-2 text-11 leading-4 text-2 shadow-float"
    >
      <b>Does not fit. </b>
      {reasonWords(verdict.reason)}
      {verdict.insert !== undefined && <span className="text-1">{` Let go to insert ${verdict.insert.label}.`}</span>}
    </div>
  )
}
