// Adds a block from the palette or the commands: near the middle of what is seen where somebody has placed nodes by hand,
// else where the layout of the graph has it.
import { roomIn } from '../canvas/drawn'
import { say } from '../canvas/said'
import { sightMiddle } from '../canvas/sight'
import { addNode } from '../document/edits/nodes'
import { stepLabel } from '../document/labels'
import type { DocumentStore } from '../document/store'

/** The name of the new node. */
export const addBlock = (store: DocumentStore, type: string): string => {
  let id = ''
  const { document, edit } = store.getState()
  const at = document.sidecar.positions === undefined ? null : roomIn(document, sightMiddle())
  edit(stepLabel.add(type), (draft) => {
    id = addNode(draft, { type, at })
  })
  say(stepLabel.add(type))
  return id
}
