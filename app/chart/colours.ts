// The colour of a node's line: the same on the chart and in the node's own sparkline.
import { isNumeric } from '../../blocks/kit/socket'
import { shipped } from '../../blocks/play/check/types'
import { typeOf } from '../../blocks/play/references'
import type { NodeTree, PlayTree } from '../../blocks/play/tree'

/** Names of tokens: `var(--s1)`. */
export const seriesTokens = ['s1', 's2', 's3', 's4', 's5'] as const
export type SeriesToken = (typeof seriesTokens)[number]

/** Bars are candles, comparisons bands, values of a trade are not drawn: none of them takes a colour from a line. */
const draws = (node: NodeTree): boolean => {
  const [word] = typeOf(node)
  if (word.includes('/')) return true
  const type = shipped.find(word)
  if (type === undefined || type.scope === 'trade') return false
  const sockets = Object.values(type.outputs).map(({ socket }) => socket)
  if (sockets.some((socket) => typeof socket === 'object' && socket.letter === 'B')) return false
  // An output whose type follows from the inputs is a number, except where conditions are joined.
  return sockets.some((socket) => (typeof socket === 'function' ? type.family !== 'logic' : isNumeric(socket.letter)))
}

const made = new WeakMap<PlayTree['nodes'], ReadonlyMap<string, SeriesToken>>()

const coloursOf = (nodes: PlayTree['nodes']): ReadonlyMap<string, SeriesToken> => {
  const known = made.get(nodes)
  if (known !== undefined) return known
  const ids = Object.keys(nodes).filter((id) => draws(nodes[id] as NodeTree))
  const colours = new Map(ids.map((id, i) => [id, seriesTokens[i % seriesTokens.length] as SeriesToken]))
  made.set(nodes, colours)
  return colours
}

/** By the node's place in the Play; a node inside a Block has the colour of the Block, a mirrored one of its original. */
export const seriesColour = (nodeId: string, tree: Pick<PlayTree, 'nodes'>): SeriesToken => {
  const parts = nodeId.split('/')
  const [own = nodeId] = parts[0] === 'short' && parts.length > 1 ? parts.slice(1) : parts
  return coloursOf(tree.nodes).get(own.split('.')[0] ?? own) ?? 's5'
}
