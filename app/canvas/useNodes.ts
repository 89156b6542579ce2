// Nodes as drawn, and where mouse or arrow keys hold them just now; the end of a move is one step of the document.
'use client'
import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import { useView } from '../workbench/view'
import type { FlowNode } from './flow'
import { movesOf } from './moves'

export const choose = (
  set: Set<string>,
  { id, selected }: { readonly id: string; readonly selected: boolean },
): void => {
  if (selected) set.add(id)
  else set.delete(id)
}

export const useNodes = (drawn: readonly FlowNode[], onMoved: (moves: ReturnType<typeof movesOf>) => void) => {
  const [held, setHeld] = useState<{ readonly of: readonly FlowNode[]; readonly nodes: readonly FlowNode[] } | null>(
    null,
  )
  const nodes = held !== null && held.of === drawn ? held.nodes : drawn
  const latest = useRef(nodes)
  latest.current = nodes
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const picks = changes.filter((change) => change.type === 'select')
      if (picks.length > 0)
        useView.setState(({ selected }) => {
          const next = new Set(selected)
          for (const pick of picks) choose(next, pick)
          return { selected: [...next] }
        })
      const rest = changes.filter(({ type }) => type === 'position')
      if (rest.length === 0) return
      const moved = applyNodeChanges(rest, [...latest.current])
      const done = movesOf(rest, moved)
      setHeld({ of: drawn, nodes: moved })
      if (Object.keys(done).length > 0) onMoved(done)
    },
    [drawn, onMoved],
  )
  return [nodes as FlowNode[], onNodesChange] as const
}
