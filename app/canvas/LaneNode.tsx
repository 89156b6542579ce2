// The ground of a lane, behind its nodes: role tint, title and what the lane is for.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { iconOf } from './icons'
import type { PlacedLane } from './model'
import { roleColour } from './roles'

export interface LaneData extends Record<string, unknown> {
  readonly lane: PlacedLane
}
export type LaneFlowNode = Node<LaneData, 'lane'>

const LaneNodeBase = ({ data }: NodeProps<LaneFlowNode>) => {
  const { lane, role, width, height } = data.lane
  const Icon = iconOf(lane.slot)
  return (
    <div
      className="pointer-events-none rounded-card border border-[color-mix(in_srgb,var(--rc)_16%,transparent)] bg-[color-mix(in_srgb,var(--rc)_5%,transparent)]"
      style={{ ...roleColour(role), width, height }}
    >
      <div className="flex items-center gap-1.5 px-2.5 py-[7px] text-11 leading-4 font-semibold text-(--rc)">
        <Icon size={13} aria-hidden />
        <span>{lane.title}</span>
        <span className="font-normal text-3">{lane.about}</span>
      </div>
    </div>
  )
}

export const LaneNode = memo(LaneNodeBase)
