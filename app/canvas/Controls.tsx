// At the foot of the canvas: zoom, fit, arrange, and the small map.
'use client'
import { MiniMap, Panel, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react'
import { Map as MapIcon, Maximize, Minus, Plus, Workflow } from 'lucide-react'
import { useState } from 'react'
import { IconButton, type IconButtonProps } from '../ui/IconButton'
import type { FlowNode } from './flow'
import { roleToken } from './roles'
import { fitting } from './useSight'

const percent = ({ transform }: ReactFlowState): number => Math.round(transform[2] * 100)

const mapColour = (node: FlowNode): string => {
  if (node.type === 'logic') return roleToken(node.data.node.role)
  if (node.type === 'gate') return roleToken(node.data.gate.role)
  return 'transparent'
}

const Tool = (props: Omit<IconButtonProps, 'size' | 'side'>) => <IconButton size="s" side="top" {...props} />

const SmallMap = () => (
  <MiniMap<FlowNode>
    pannable
    zoomable
    nodeColor={mapColour}
    nodeStrokeWidth={0}
    bgColor="var(--panel)"
    maskColor="color-mix(in srgb, var(--canvas) 70%, transparent)"
    className="m-2.5! overflow-hidden rounded-card border border-line-2"
    ariaLabel="Map of the graph"
    style={{ width: 168, height: 112 }}
  />
)

export const Controls = ({ onArrange }: { onArrange: (() => void) | null }) => {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const zoom = useStore(percent)
  const [map, setMap] = useState(false)
  const fit = (): void => void fitView({ ...fitting, duration: 160 })
  return (
    <>
      <Panel position="bottom-left" className="m-2.5!">
        <div className="flex items-center rounded-card border border-line-2 bg-raised p-0.5 text-12 text-2 shadow-rest">
          <Tool label="Smaller" keys="−" icon={<Minus size={13} />} onClick={() => void zoomOut()} />
          <button
            type="button"
            title="Back to 100 %"
            className="w-12 rounded-node text-center hover:text-1"
            onClick={() => void fitView({ ...fitting, minZoom: 1, maxZoom: 1 })}
          >
            {zoom} %
          </button>
          <Tool label="Larger" keys="+" icon={<Plus size={13} />} onClick={() => void zoomIn()} />
          <Tool label="Fit to window" keys="F" icon={<Maximize size={13} />} onClick={fit} />
          {onArrange !== null && <Tool label="Arrange" keys="⇧ L" icon={<Workflow size={13} />} onClick={onArrange} />}
          <Tool
            label={map ? 'Hide the map' : 'Show the map'}
            pressed={map}
            icon={<MapIcon size={13} />}
            onClick={() => setMap(!map)}
          />
        </div>
      </Panel>
      {map && <SmallMap />}
    </>
  )
}
