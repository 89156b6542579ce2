// A wire: bezier, in the colour of its source; brighter where it carries a true, fainter where a false.
'use client'
import { BaseEdge, type Edge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo, useCallback } from 'react'
import { type CursorState, cursorValue } from './cursor'
import type { Spot } from './layout'
import type { WireView } from './model'
import { pathThrough } from './routes'
import { socketColour } from './SocketGlyph'
import { useCursor } from './scene'

export interface WireData extends Record<string, unknown> {
  readonly wire: WireView
}
export type WireFlowEdge = Edge<WireData, 'wire'>

/** Stroke and opacity by what it carries. */
export const wireLook = (verdict: 'true' | 'false' | 'unknown' | null, selected: boolean, isBars: boolean) => {
  if (selected) return { strokeWidth: 2.5, opacity: 1 }
  if (verdict === 'true') return { strokeWidth: 2, opacity: 0.95 }
  if (verdict === 'false') return { strokeWidth: 1.5, opacity: 0.3 }
  return { strokeWidth: isBars ? 2.5 : 1.5, opacity: isBars ? 0.45 : 0.62 }
}

/** React Flow ends wires at the rim of a socket's hit area; ours end in its middle. */
const socketHalf = 12

/** The browser measures sockets to about the width of a border. */
const near = ([ax, ay]: Spot, [bx, by]: Spot): boolean => Math.abs(ax - bx) < 3 && Math.abs(ay - by) < 3

const WireEdgeBase = (props: EdgeProps<WireFlowEdge>) => {
  const { id, data, selected = false, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const wire = data?.wire
  const source = wire?.source ?? ''
  const output = wire?.output ?? null
  const verdict = useCursor(
    useCallback(
      (state: CursorState) => cursorValue(state, source, { name: output ?? '', handle: output })?.verdict ?? null,
      [source, output],
    ),
  )
  const from: Spot = [sourceX - socketHalf, sourceY]
  const to: Spot = [targetX + socketHalf, targetY]
  const route = wire?.route ?? null
  // While the mouse holds one of its ends, its way is not known yet.
  const path =
    route !== null && near(route.from, from) && near(route.to, to)
      ? pathThrough(route.from, route.corners, route.to)
      : getBezierPath({
          sourceX: from[0],
          sourceY,
          targetX: to[0],
          targetY,
          sourcePosition,
          targetPosition,
          curvature: 0.3,
        })[0]
  const letter = wire?.letter ?? 'N'
  const { strokeWidth, opacity } = wireLook(verdict, selected, letter === 'B')
  return (
    <BaseEdge
      id={id}
      path={path}
      interactionWidth={16}
      style={{ stroke: selected ? 'var(--you)' : socketColour(letter), strokeWidth, opacity, fill: 'none' }}
    />
  )
}

export const WireEdge = memo(WireEdgeBase)
