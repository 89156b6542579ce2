// Where a document's nodes are drawn, for an edit from outside of the canvas that must leave them there. Pure.
import { wiringOf } from '../../blocks/play/connect'
import type { PlayDocument } from '../document/store'
import { gaps, type Spot } from './layout'
import { type CanvasModel, modelOf } from './model'
import { freeSpot, type Standing } from './room'

const pictureOf = ({ tree, sidecar }: PlayDocument): CanvasModel =>
  modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })

export const spotsOf = ({ nodes }: Pick<CanvasModel, 'nodes'>): Record<string, Spot> =>
  Object.fromEntries(nodes.map(({ view, at }): [string, Spot] => [view.id, at]))

/** About the size of a node whose kind does not matter yet. */
const usual = { width: 172, height: 80 } as const

type Drawn = Pick<CanvasModel, 'nodes' | 'gates' | 'foot' | 'footWidth'>
/** The strips of both sides and of risk at most. */
const footHeight = 140

const standingIn = ({ nodes, gates, foot, footWidth }: Drawn): readonly Standing[] => [
  ...nodes.map(({ at, view }) => ({ at, width: view.width, height: view.height })),
  ...gates.map(({ at, width, height }) => ({ at, width, height })),
  { at: foot, width: footWidth, height: footHeight },
]

/** A spot near `at` where a new node covers no other. */
export const roomAt = (drawn: Drawn, at: Spot): Spot => freeSpot(at, usual, standingIn(drawn))

/** The middle of what is seen where nothing stands; else before the lanes, one below the other in columns. */
const roomFor = (drawn: Drawn, [x, y]: Spot): Spot => {
  const standing = standingIn(drawn)
  const middle: Spot = [x - usual.width / 2, y - usual.height / 2]
  if (freeSpot(middle, usual, standing)[1] === middle[1]) return middle
  const tops = drawn.gates.map(({ at }) => at[1])
  const [left, bottom] = drawn.foot
  const top = Math.min(bottom, ...tops)
  for (let column = 1; column <= drawn.nodes.length + 1; column += 1) {
    const spot = freeSpot([left - column * (usual.width + gaps.column), top], usual, standing)
    if (spot[1] + usual.height <= bottom + footHeight) return spot
  }
  return roomAt(drawn, middle)
}

/**
 * Room for a new node. Nobody has placed anything: it finds its place of itself (null), as all others do. Else the
 * others stay where they are drawn.
 */
export const roomIn = (
  document: PlayDocument,
  at: Spot,
): { readonly drawn: Record<string, Spot>; readonly at: Spot | null } => {
  if (document.sidecar.positions === undefined) return { drawn: {}, at: null }
  const model = pictureOf(document)
  return { drawn: spotsOf(model), at: roomFor(model, at) }
}

/** Places of all nodes of a document. */
export const drawnPlaces = (document: PlayDocument): Record<string, Spot> => spotsOf(pictureOf(document))
