// Where the nodes of a document are drawn, for an edit that must leave them there. Pure.
import { wiringOf } from '../../blocks/play/connect'
import type { PlayDocument } from '../document/store'
import type { Spot } from './layout'
import { modelOf } from './model'

export const drawnPlaces = ({ tree, sidecar }: PlayDocument): Record<string, Spot> => {
  const model = modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
  return Object.fromEntries(model.nodes.map(({ view, at }): [string, Spot] => [view.id, at]))
}
