// The rail that ends a lane: a socket for each role maker, level with it, and one for the next.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { classes } from '../ui/classes'
import type { PlacedGate } from './model'
import { useNodeState } from './nodeState'
import { ProblemBadge } from './ProblemBadge'
import { roleColour } from './roles'
import { Socket } from './Socket'
import { useFar } from './zoom'

export interface GateData extends Record<string, unknown> {
  readonly gate: PlacedGate
}
export type GateFlowNode = Node<GateData, 'gate'>

const GateNodeBase = ({ id, data }: NodeProps<GateFlowNode>) => {
  const { view, role, problems, levels, width, height } = data.gate
  const far = useFar()
  const { dimmed } = useNodeState(id, role === 'exit' || role === 'inval')
  const isError = problems.some(({ severity }) => severity === 'error')
  const isEmpty = view.places.every(({ source }) => source === null)
  return (
    <div
      title={`${view.title}: ${view.foot}`}
      className={classes('relative', dimmed && 'quiet-node')}
      style={{ ...roleColour(dimmed ? 'none' : role), width, height }}
    >
      <span
        aria-hidden
        className={classes(
          'absolute top-1.5 right-[3px] bottom-1.5 w-1 rounded-full',
          isError ? 'bg-neg' : 'bg-[color-mix(in_srgb,var(--rc)_55%,transparent)]',
        )}
      />
      {isEmpty && !far && (
        <span
          className="pointer-events-none absolute right-full mr-3.5 -translate-y-1/2 text-11 whitespace-nowrap text-3"
          style={{ top: levels[0] }}
        >
          {view.ask}
        </span>
      )}
      {view.places.map(({ handle, letter, wired, label }, i) => (
        <Socket
          key={handle}
          node={id}
          side="in"
          name={handle}
          letter={letter}
          filled={wired}
          label={label}
          y={levels[i] ?? 0}
        />
      ))}
      {problems.length > 0 && <ProblemBadge problems={problems} title={view.title} />}
    </div>
  )
}

export const GateNode = memo(GateNodeBase)
