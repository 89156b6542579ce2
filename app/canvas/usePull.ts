// Pulling a wire: what fits glows, a wire that does not fit says why, and its end on empty ground opens the fitting types.
'use client'
import {
  type Connection,
  type Edge,
  type FinalConnectionState,
  type OnConnectStartParams,
  useReactFlow,
} from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import type { StoreApi } from 'zustand'
import type { WireEnd, WireTarget, Wiring } from '../../blocks/play/connect'
import type { Actions } from './actions'
import { isDocumentNode, readHandle, sinkOf } from './handles'
import type { Spot } from './layout'
import type { CanvasModel } from './model'
import { type Dropped, farKey, type PullEnd, type PullState } from './pull'
import { type Candidate, candidatesFrom, settle } from './settle'
import { wireOf } from './wires'

const pointOf = (event: MouseEvent | TouchEvent): readonly [number, number] => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return [point?.clientX ?? 0, point?.clientY ?? 0]
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

interface PullScene {
  readonly wiring: Wiring
  readonly pull: StoreApi<PullState>
  readonly actions: Actions
  readonly model: CanvasModel
}
/** Where a list can open so that it stays inside of the canvas. */
const listSpot = ([x, y]: Spot): Spot => {
  const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect()
  const { left = 0, top = 0, width = 600, height = 600 } = box ?? {}
  return [Math.min(x - left, width - 264), Math.min(y - top, height - 330)]
}

const useEnd = (scene: PullScene, setDropped: (dropped: Dropped) => void) => {
  const { pull, wiring, actions } = scene
  const { screenToFlowPosition } = useReactFlow()
  return useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { from } = pull.getState()
      pull.setState({ from: null, fitting: null })
      if (from === null || state.isValid === true) return
      const [x, y] = pointOf(event)
      const flow = screenToFlowPosition({ x, y })
      const open = (refused: Dropped['refused']): void =>
        setDropped({ from, screen: listSpot([x, y]), at: [flow.x, flow.y], refused })
      const { fromHandle, toHandle } = state
      if (fromHandle !== null && toHandle !== null) {
        const [out, into] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle]
        const wire = wireOf({ source: out.nodeId, sourceHandle: out.id, target: into.nodeId, targetHandle: into.id })
        const verdict = wire === null ? null : wiring.can(wire)
        if (wire !== null && verdict !== null && !verdict.ok) open({ wire, verdict })
        return
      }
      const on = nodeUnder(event)
      const place = on === null ? null : placeOn(wiring, from, on)
      if (place !== null) actions.connect(place)
      else if (on === null) open(null)
    },
    [pull, wiring, actions, screenToFlowPosition, setDropped],
  )
}

/** What is near is judged first: it is what the eye is on. */
const nearFirst = (candidates: readonly Candidate[], from: PullEnd, { nodes }: CanvasModel): readonly Candidate[] => {
  const spots = new Map(nodes.map(({ view, at }) => [view.id, at]))
  const [x, y] = spots.get(from.node) ?? [0, 0]
  const far = ({ source, target }: Candidate): number => {
    const at = spots.get(from.socket.side === 'out' ? target : source)
    return at === undefined ? 0 : Math.abs(at[0] - x) + Math.abs(at[1] - y)
  }
  return [...candidates].sort((a, b) => far(a) - far(b))
}

export const usePull = (scene: PullScene) => {
  const { wiring, pull, actions, model } = scene
  const [dropped, setDropped] = useState<Dropped | null>(null)
  const stop = useRef(() => {})
  const onEnd = useEnd(scene, setDropped)
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      stop.current()
      onEnd(event, state)
    },
    [onEnd],
  )

  const onConnectStart = useCallback(
    (_: MouseEvent | TouchEvent, { nodeId, handleId }: OnConnectStartParams) => {
      const socket = readHandle(handleId)
      if (nodeId === null || socket === null) return
      const from = { node: sinkOf(nodeId), socket }
      stop.current()
      const candidates = nearFirst(candidatesFrom(wiring, from), from, model)
      pull.setState({ from, fitting: new Set(candidates.map((wire) => farKey(from, wire))) })
      const onGone = (gone: readonly Candidate[]): void =>
        pull.setState(({ from: now, fitting }) => {
          if (now !== from || fitting === null) return {}
          const left = new Set(fitting)
          for (const wire of gone) left.delete(farKey(from, wire))
          return { fitting: left }
        })
      stop.current = settle({ candidates, wiring, onGone })
    },
    [wiring, pull, model],
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
  return { handlers: { onConnectStart, onConnectEnd, onConnect, isValidConnection }, dropped, setDropped }
}
