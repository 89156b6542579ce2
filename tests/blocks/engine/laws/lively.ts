// Random Plays often wait for ever: a crossing of two averages is added to their setups, and some filters are taken away.
import type { NodeTree, PlayTree, SideTree, Value } from '../../../../blocks/play/tree'
import type { Dice } from '../../../fixtures/dice'

const price = 'own_bars'

/** The same kinds of order on either side, upside down. */
const setup = (up: boolean, order: string): Record<string, NodeTree> => {
  const name = up ? 'up' : 'down'
  const cross: NodeTree = up
    ? { crosses_above: ['quick_mean', 'calm_mean'] }
    : { crosses_below: ['quick_mean', 'calm_mean'] }
  const ahead: NodeTree = up
    ? { highest: { of: `${price}.high`, over: 3 } }
    : { lowest: { of: `${price}.low`, over: 3 } }
  const body: Record<string, Value> = { when: `turned_${name}` }
  if (order !== 'market')
    Object.assign(body, { order, expires: '4b', at: order === 'limit' ? 'calm_mean' : `edge_${name}` })
  return {
    [`turned_${name}`]: cross,
    ...(order === 'stop' ? { [`edge_${name}`]: ahead } : {}),
    [`go_${name}`]: { entry: body },
  }
}

/** Its stop lies far behind liquidation at any leverage above 10: what a stop would have kept away must be met too. */
export const reckless = (tree: PlayTree, dice: Dice): PlayTree => {
  const far = (side: PlayTree['long']): PlayTree['long'] => {
    if (typeof side === 'string') return side
    const others = side.exits.filter(
      (id) => !('stop' in (tree.nodes[id] ?? {})) && !('trail' in (tree.nodes[id] ?? {})),
    )
    return { ...side, exits: ['far_stop', ...others] }
  }
  const nodes = { ...tree.nodes, far_stop: { stop: { by: '12%' } } }
  return {
    ...tree,
    nodes,
    long: far(tree.long),
    short: far(tree.short),
    risk: {
      size: { notional: dice.pick(['300%', '3000%']) },
      leverage: { max: dice.pick([20, 50]) },
      ...(dice.chance(40) ? { limits: { daily_loss: '4%' } } : {}),
    },
  }
}

export const enlivened = (tree: PlayTree, dice: Dice): PlayTree => {
  const quick = dice.int(2, 5)
  const nodes: Record<string, NodeTree> = {
    ...tree.nodes,
    [price]: { bars: { market: 'main' } },
    quick_mean: { ema: { of: `${price}.close`, length: quick } },
    calm_mean: { ema: { of: `${price}.close`, length: quick + dice.int(3, 8) } },
  }
  const side = (given: PlayTree['long'], up: boolean): PlayTree['long'] => {
    if (typeof given === 'string') return given
    Object.assign(nodes, setup(up, dice.pick(['market', 'market', 'limit', 'stop'] as const)))
    const entry = `go_${up ? 'up' : 'down'}`
    const entries = dice.chance(50) ? [entry, ...given.entries] : [...given.entries, entry]
    const kept: SideTree = { ...given, entries }
    return dice.chance(75) ? { ...kept, filters: [] } : kept
  }
  const long = side(tree.long, true)
  const short = side(tree.short, false)
  return { ...tree, long, short, nodes }
}
