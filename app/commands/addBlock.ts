// Adds a block from the commands: near the middle of what is seen, the others staying where they are drawn.
import { roomIn } from '../canvas/drawn'
import { say } from '../canvas/said'
import { sightMiddle } from '../canvas/sight'
import { addNode, setPositions } from '../document/edits/nodes'
import { stepLabel } from '../document/labels'
import type { DocumentStore } from '../document/store'

/** The name of the new node. */
export const addBlock = (store: DocumentStore, type: string): string => {
  let id = ''
  const { document, edit } = store.getState()
  const room = roomIn(document, sightMiddle())
  edit(stepLabel.add(type), (draft) => {
    if (draft.sidecar.positions === undefined) setPositions(draft, room.drawn)
    id = addNode(draft, { type, at: room.at })
  })
  say(stepLabel.add(type))
  return id
}
