// What could be done about a step of the funnel that never decides: a tighter constant, or doing without it. Pure.
import { produce } from 'immer'
import { percentileOf } from '../../blocks/engine/metrics/series'
import { checkPlay } from '../../blocks/play/check'
import { wiresOf } from '../../blocks/play/references'
import type { PlayTree } from '../../blocks/play/tree'
import { portsOf } from '../document/edits/draft'
import { removeNodes } from '../document/edits/nodes'
import type { PlayDocument } from '../document/store'
import { withBlocks } from '../library/library'
import { type Constant, constantAt, easierLower } from './constants'
import type { FunnelLine } from './funnelRows'
import { nodeOf } from './names'

/** A tightened constant says no to about this share of the bars. */
const share = 0.05

/** Two figures are as fine as a share of some bars can tell. */
const rounded = (value: number): number => Number(value.toPrecision(2))

/**
 * A value for the constant at which the comparison would say no on about one bar in twenty, in the unit that is typed;
 * null where that is no tighter than it is.
 */
export const tighter = (constant: Constant, values: ArrayLike<number>): number | null => {
  const known = Array.from(values).filter(Number.isFinite)
  if (known.length === 0) return null
  const down = easierLower(constant)
  const at = percentileOf(known, down ? share : 1 - share) * (constant.unit === '%' ? 100 : 1)
  const value = rounded(at)
  const isTighter = down ? value > constant.value : value < constant.value
  return isTighter ? value : null
}

/** Where the values come from that a constant is held against; null: from no one wire of the document. */
export const comparedWith = (tree: PlayTree, { node }: Constant): { node: string; output: string } | null => {
  const [wire, ...more] = wiresOf(tree, portsOf(tree)).filter(({ target }) => target === node)
  if (wire === undefined || more.length > 0) return null
  const { from } = wire
  const sockets = checkPlay(tree, withBlocks).flat?.nodes.find(({ path }) => path === from.node)?.sockets
  const output = from.output ?? Object.keys(sockets ?? {})[0]
  return output === undefined ? null : { node: from.node, output }
}

/** The node, and what serves nothing but it. */
export const servingOnly = (tree: PlayTree, id: string): readonly string[] => {
  const wires = wiresOf(tree, portsOf(tree))
  const gone = new Set([id])
  for (let before = 0; before < gone.size; ) {
    before = gone.size
    for (const node of Object.keys(tree.nodes)) {
      const uses = wires.filter(({ from }) => from.node === node)
      if (uses.length > 0 && uses.every(({ target }) => gone.has(target))) gone.add(node)
    }
  }
  return Object.keys(tree.nodes).filter((node) => gone.has(node))
}

/** The document without the node; null where it does not run without it. */
export const without = (document: PlayDocument, id: string): PlayDocument | null => {
  if (!Object.hasOwn(document.tree.nodes, id)) return null
  const next = produce(document, (draft) => removeNodes(draft, servingOnly(document.tree, id)))
  return checkPlay(next.tree, withBlocks).problems.some(({ severity }) => severity === 'error') ? null : next
}

/** A constant that can be tightened: of a step that never says no, and is no mirror of another. */
export const loose = (tree: PlayTree, { step, stopped, doubt }: FunnelLine): Constant | null =>
  doubt === null || stopped > 0 ? null : constantAt(tree, step)

export const nodeOfStep = ({ step }: FunnelLine): string => nodeOf(step).split('/')[0] ?? step
