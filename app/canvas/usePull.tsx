// Pulling a wire: what fits glows, a wire that does not fit says why, and its end on empty ground opens the fitting types.
'use client'
import {
  type Connection,
  type Edge,
  type FinalConnectionState,
  type OnConnectStartParams,
  useConnection,
  useReactFlow,
} from '@xyflow/react'
import { ArrowRight, Plus } from 'lucide-react'
import { type ReactNode, useCallback, useState } from 'react'
import type { StoreApi } from 'zustand'
import type { Verdict, WireEnd, WireTarget, Wiring } from '../../blocks/play/connect'
import { Button } from '../ui/Button'
import type { Actions } from './actions'
import { isDocumentNode, readHandle, sinkOf } from './handles'
import { iconOf } from './icons'
import type { CanvasModel } from './model'
import { offersFor } from './offers'
import { PickList } from './PickList'
import { fittingFrom, type PullEnd, type PullState } from './pull'
import { SocketGlyph } from './SocketGlyph'
import { wireOf } from './wires'

interface PullScene {
  readonly wiring: Wiring
  readonly pull: StoreApi<PullState>
  readonly actions: Actions
  readonly model: CanvasModel
}
interface Dropped {
  readonly from: PullEnd
  /** On the screen, and on the ground. */
  readonly screen: readonly [number, number]
  readonly at: readonly [number, number]
  /** The wire that was refused there, if it was over a socket. */
  readonly refused: { readonly wire: WireEnd & WireTarget; readonly verdict: Extract<Verdict, { ok: false }> } | null
}

const pointOf = (event: MouseEvent | TouchEvent): readonly [number, number] => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return [point?.clientX ?? 0, point?.clientY ?? 0]
}

const plain = (text: string): string => text.replaceAll('`', '')
const sentence = (text: string): string => {
  const words = plain(text)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`
}

/** Why the socket under the mouse does not take the wire, beside the mouse. */
const PullTip = ({ wiring }: { wiring: Wiring }) => {
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
      {sentence(verdict.reason)}
      {verdict.insert !== undefined && <span className="text-1">{` Let go to insert ${verdict.insert.label}.`}</span>}
    </div>
  )
}

/** The first place of a node that takes the wire, for a wire that is dropped on its body. */
const placeOn = (wiring: Wiring, from: PullEnd, target: string): (WireEnd & WireTarget) | null => {
  const places = wiring.node(target)
  if (places === null || target === from.node) return null
  const wires =
    from.socket.side === 'out'
      ? places.inputs.map(({ handle }) => ({ source: from.node, output: from.socket.name, target, handle }))
      : places.outputs.map(({ handle }) => ({
          source: target,
          output: handle,
          target: from.node,
          handle: from.socket.name ?? '',
        }))
  const fitting = wires.filter((wire) => wiring.can(wire).ok)
  // An empty place before one that would be overwritten.
  return (
    fitting.find((wire) => !places.inputs.some((one) => one.handle === wire.handle && one.wired)) ?? fitting[0] ?? null
  )
}

const nodeUnder = (event: MouseEvent | TouchEvent): string | null => {
  const [x, y] = pointOf(event)
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node')
  const id = element?.dataset.id ?? null
  return id === null || (!isDocumentNode(id) && !id.includes('/')) || id.startsWith('lane:') ? null : sinkOf(id)
}

const Refused = ({ dropped, actions, onDone }: { dropped: Dropped; actions: Actions; onDone: () => void }) => {
  if (dropped.refused === null) return null
  const { wire, verdict } = dropped.refused
  const { insert } = verdict
  return (
    <div className="flex flex-col gap-1.5 border-b border-line-2 p-2.5 text-11 leading-4 text-2">
      <p>
        <b>Does not fit. </b>
        {sentence(verdict.reason)}
      </p>
      {insert !== undefined && (
        <Button
          size="s"
          className="self-start"
          onClick={() => {
            actions.connectThrough(wire, insert, dropped.at)
            onDone()
          }}
        >
          <Plus size={12} aria-hidden />
          {`Insert ${insert.label}`}
        </Button>
      )}
    </div>
  )
}

const DropList = ({ dropped, scene, onDone }: { dropped: Dropped; scene: PullScene; onDone: () => void }) => {
  const { wiring, actions } = scene
  const { from, at } = dropped
  const offers = offersFor(wiring, from)
  const pick = (type: string): void => {
    const offer = offers.find((one) => one.type === type)
    onDone()
    if (offer === undefined) return
    const left = from.socket.side === 'out' ? at[0] : at[0] - 150
    actions.addWired(type, [left, at[1] - 13], (id) =>
      from.socket.side === 'out'
        ? { source: from.node, output: from.socket.name, target: id, handle: offer.socket ?? '' }
        : { source: id, output: offer.socket, target: from.node, handle: from.socket.name ?? '' },
    )
  }
  return (
    <PickList
      label="Add a node to this wire"
      hint="Add to this wire"
      style={{ left: Math.max(8, dropped.screen[0] - 20), top: Math.max(8, dropped.screen[1] - 16) }}
      head={<Refused dropped={dropped} actions={actions} onDone={onDone} />}
      picks={offers.map(({ type, label, about, icon, letter }) => {
        const Icon = iconOf(icon)
        return {
          key: type,
          label,
          about,
          icon: <Icon size={13} aria-hidden />,
          end: letter === null ? <ArrowRight size={12} aria-hidden /> : <SocketGlyph letter={letter} />,
        }
      })}
      onPick={pick}
      onClose={onDone}
    />
  )
}

export const usePull = (scene: PullScene) => {
  const { wiring, pull, actions, model } = scene
  const { screenToFlowPosition } = useReactFlow()
  const [dropped, setDropped] = useState<Dropped | null>(null)

  const onConnectStart = useCallback(
    (_: MouseEvent | TouchEvent, { nodeId, handleId }: OnConnectStartParams) => {
      const socket = readHandle(handleId)
      if (nodeId === null || socket === null) return
      const from = { node: sinkOf(nodeId), socket }
      const ids = model.nodes.map(({ view }) => view.id)
      pull.setState({ from, fitting: fittingFrom(wiring, from, ids) })
    },
    [wiring, pull, model],
  )
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { from } = pull.getState()
      pull.setState({ from: null, fitting: null })
      if (from === null || state.isValid === true) return
      const { fromHandle, toHandle } = state
      const on = nodeUnder(event)
      const [x, y] = pointOf(event)
      const ground = (event.target instanceof Element ? event.target : null)?.closest('[data-testid="canvas"]')
      const box = (ground ?? document.querySelector('[data-testid="canvas"]'))?.getBoundingClientRect()
      const flow = screenToFlowPosition({ x, y })
      const open = (refused: Dropped['refused']): void =>
        setDropped({
          from,
          screen: [
            Math.min(x - (box?.left ?? 0), (box?.width ?? 600) - 264),
            Math.min(y - (box?.top ?? 0), (box?.height ?? 600) - 330),
          ],
          at: [flow.x, flow.y],
          refused,
        })
      if (fromHandle !== null && toHandle !== null) {
        const [out, into] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle]
        const wire = wireOf({ source: out.nodeId, sourceHandle: out.id, target: into.nodeId, targetHandle: into.id })
        const verdict = wire === null ? null : wiring.can(wire)
        if (wire !== null && verdict !== null && !verdict.ok) open({ wire, verdict })
        return
      }
      const place = on === null ? null : placeOn(wiring, from, on)
      if (place !== null) actions.connect(place)
      else if (on === null) open(null)
    },
    [pull, wiring, actions, screenToFlowPosition],
  )
  const onConnect = useCallback(
    (connection: Connection) => {
      const wire = wireOf(connection)
      if (wire !== null) actions.connect(wire)
    },
    [actions],
  )
  const isValidConnection = useCallback(
    (connection: Connection | Edge) => {
      const wire = wireOf(connection)
      return wire !== null && wiring.can(wire).ok
    },
    [wiring],
  )
  const overlay: ReactNode = (
    <>
      <PullTip wiring={wiring} />
      {dropped !== null && <DropList dropped={dropped} scene={scene} onDone={() => setDropped(null)} />}
    </>
  )
  return { handlers: { onConnectStart, onConnectEnd, onConnect, isValidConnection }, overlay }
}
