// Where a document's nodes are drawn, for an edit from outside of the canvas that must leave them there. Pure.
import { wiringOf } from '../../blocks/play/connect'
import type { PlayDocument } from '../document/store'
import { withBlocks } from '../library/library'
import type { Spot } from './layout'
import { type CanvasModel, modelOf } from './model'
import { freeSpot } from './room'

const pictureOf = ({ tree, sidecar }: PlayDocument): CanvasModel =>
  modelOf({ tree, sidecar, wiring: wiringOf(tree, withBlocks), problems: [], open: new Set() })

export const spotsOf = ({ nodes }: Pick<CanvasModel, 'nodes'>): Record<string, Spot> =>
  Object.fromEntries(nodes.map(({ view, at }): [string, Spot] => [view.id, at]))

/** About the size of a node whose kind does not matter yet. */
const usual = { width: 150, height: 80 } as const

type Drawn = Pick<CanvasModel, 'nodes' | 'gates' | 'foot' | 'footWidth'>
/** The strips of both sides, of risk and of the parameters at most. */
const footHeight = 180

/** A spot near `at` where a new node covers no other. */
export const roomAt = ({ nodes, gates, foot, footWidth }: Drawn, at: Spot): Spot =>
  freeSpot(at, usual, [
    ...nodes.map(({ at, view }) => ({ at, width: view.width, height: view.height })),
    ...gates.map(({ at: place, width, height }) => ({ at: place, width, height })),
    { at: foot, width: footWidth, height: footHeight },
  ])

/** Room for a new node near `at`. */
export const roomIn = (document: PlayDocument, at: Spot): Spot => roomAt(pictureOf(document), at)

/** Places of all nodes of a document. */
export const drawnPlaces = (document: PlayDocument): Record<string, Spot> => spotsOf(pictureOf(document))
