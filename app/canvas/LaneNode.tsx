// The ground of a lane, behind its nodes: role tint, title and what the lane is for.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { aboutOf } from './grounds'
import { iconOf } from './icons'
import type { PlacedLane } from './model'
import { roleColour } from './roles'

export interface LaneData extends Record<string, unknown> {
  readonly lane: PlacedLane
}
export type LaneFlowNode = Node<LaneData, 'lane'>

const LaneNodeBase = ({ data }: NodeProps<LaneFlowNode>) => {
  const { lane, gate, role, width, height } = data.lane
  const Icon = iconOf(lane.slot)
  return (
    <div
      className="pointer-events-none rounded-card border border-[color-mix(in_srgb,var(--rc)_16%,transparent)] bg-[color-mix(in_srgb,var(--rc)_5%,transparent)]"
      style={{ ...roleColour(role), width, height }}
    >
      <div className="px-2.5 py-[7px] text-11 leading-4 whitespace-nowrap">
        <div className="flex items-center gap-1.5 font-semibold text-(--rc)">
          <Icon size={13} aria-hidden />
          {lane.title}
        </div>
        <div className="text-3">{aboutOf(lane, gate)}</div>
      </div>
    </div>
  )
}

export const LaneNode = memo(LaneNodeBase)
