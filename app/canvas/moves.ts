// Which moves are over: those of the mouse at the end of the drag, those of the arrow keys at once. Pure.
import type { NodeChange } from '@xyflow/react'
import type { FlowNode } from './flow'
import { isDocumentNode } from './handles'
import type { Spot } from './layout'

/** While the mouse holds a node `dragging` is true; its last change says false, and that of an arrow key too. */
export const movesOf = (
  changes: readonly NodeChange<FlowNode>[],
  nodes: readonly FlowNode[],
): Readonly<Record<string, Spot>> => {
  const done = changes.flatMap((change) =>
    change.type === 'position' && change.dragging !== true && isDocumentNode(change.id) ? [change.id] : [],
  )
  return Object.fromEntries(
    nodes
      .filter(({ id }) => done.includes(id))
      .map(({ id, position }): [string, Spot] => [id, [Math.round(position.x), Math.round(position.y)]]),
  )
}
