// The gate at the end of a lane: a place for each role maker, and one for the next.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { classes } from '../ui/classes'
import { gateY } from './gateView'
import { iconOf } from './icons'
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
  const { view, role, problems } = data.gate
  const far = useFar()
  const Icon = iconOf(view.slot)
  const { dimmed } = useNodeState(id, role === 'exit' || role === 'inval')
  return (
    <div
      className={classes(
        'relative rounded-node border bg-raised shadow-rest',
        dimmed && 'opacity-38',
        problems.some(({ severity }) => severity === 'error') ? 'border-neg' : 'border-line-2',
      )}
      style={{ ...roleColour(role), width: view.width, height: view.height }}
    >
      <span aria-hidden className="absolute -top-px -bottom-px -left-px w-[3px] rounded-l-node bg-(--rc)" />
      <div className="flex h-[26px] items-center gap-1.5 pr-2 pl-2.5 font-semibold whitespace-nowrap text-1">
        <Icon size={13} className="flex-none text-(--rc)" aria-hidden />
        <span className="truncate">{view.title}</span>
      </div>
      {!far &&
        view.places.map(({ handle, label, source }) => (
          <div
            key={handle}
            className={classes(
              'flex h-6 items-center pr-2 pl-3.5 text-[11.5px] whitespace-nowrap',
              source === null ? 'text-3' : 'text-2',
            )}
          >
            <span className="truncate">{label}</span>
          </div>
        ))}
      {!far && (
        <div className="flex h-[22px] items-center border-t border-line-1 pr-2 pl-3.5 text-[11.5px] whitespace-nowrap text-3">
          {view.foot}
        </div>
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
          y={gateY(i)}
        />
      ))}
      {problems.length > 0 && <ProblemBadge problems={problems} title={view.title} />}
    </div>
  )
}

export const GateNode = memo(GateNodeBase)
