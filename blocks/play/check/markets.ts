// Markets: main and baskets, spot and perpetuals, and where the levels of a trade come from.
import type { PlayTree } from '../tree'
import { type Node, wiresOf } from './node'
import { type Report, setFix } from './report'
import type { Sides } from './sides'

const isPerp = (instrument: string): boolean => instrument.endsWith('.P')
const listOf = (market: string | readonly string[]): readonly string[] =>
  typeof market === 'string' ? [market] : market

/** Series that only perpetuals have. */
const perpSeries = ['funding']

export const checkMarkets = (tree: PlayTree, nodes: ReadonlyMap<string, Node>, report: Report): void => {
  const main = Object.hasOwn(tree.markets, 'main') ? listOf(tree.markets.main ?? []) : []
  if (main.length === 0) {
    const only = Object.keys(tree.markets)[0]
    report.add(
      'no_main',
      { path: ['markets'] },
      {
        message: 'no market is called `main`: that is the one which is traded',
        fixes: only === undefined ? [] : [setFix(`Trade \`${only}\` as main`, ['markets', 'main'], tree.markets[only])],
      },
    )
  }
  for (const [name, market] of Object.entries(tree.markets)) {
    if (name !== 'main' && typeof market !== 'string')
      report.add(
        'basket_not_main',
        { path: ['markets', name] },
        {
          message: `\`${name}\` is a list; only \`main\` can be a basket`,
          fixes: market[0] === undefined ? [] : [setFix(`Keep ${market[0]}`, ['markets', name], market[0])],
        },
      )
  }
  if (new Set(main).size < main.length)
    report.add(
      'basket_twice',
      { path: ['markets', 'main'] },
      {
        message: 'an instrument stands twice in the basket',
        fixes: [setFix('Keep each once', ['markets', 'main'], [...new Set(main)])],
      },
    )
  const perps = main.filter(isPerp)
  if (perps.length > 0 && perps.length < main.length)
    report.add(
      'hedged_basket',
      { path: ['markets', 'main'] },
      {
        message: 'the basket holds spot and perpetuals: two legs of one trade are not in this version of the language',
        fixes: [
          setFix('Keep the perpetuals', ['markets', 'main'], perps),
          setFix(
            'Keep spot',
            ['markets', 'main'],
            main.filter((one) => !isPerp(one)),
          ),
        ],
      },
    )
  if (main.length > 0 && perps.length === 0) checkSpot(tree, report)
  checkReads(tree, nodes, report)
}

/** Spot: leverage 1, no shorts (semantics.md S34). */
const checkSpot = (tree: PlayTree, report: Report): void => {
  if (tree.short !== 'none')
    report.add(
      'spot_short',
      { path: ['short'] },
      {
        message: 'a spot market cannot be sold short',
        hint: 'Trade the perpetual (`.P`), or the long side only.',
        fixes: tree.long === 'mirror' ? [] : [setFix('Trade the long side only', ['short'], 'none')],
      },
    )
  if ((tree.risk.leverage?.max ?? 1) > 1)
    report.add(
      'spot_leverage',
      { path: ['risk', 'leverage', 'max'] },
      {
        message: 'a spot market has no leverage',
        fixes: [setFix('Write 1', ['risk', 'leverage', 'max'], 1)],
      },
    )
}

const checkReads = (tree: PlayTree, nodes: ReadonlyMap<string, Node>, report: Report): void => {
  const read = new Set<unknown>()
  for (const node of nodes.values()) {
    const { market } = node.params
    if (node.type.feed === undefined || typeof market !== 'string') continue
    read.add(market)
    const { feed } = node.type
    const spot = Object.hasOwn(tree.markets, market) && listOf(tree.markets[market] ?? []).some((one) => !isPerp(one))
    if (typeof feed === 'object' && perpSeries.includes(feed.series) && spot)
      report.add(
        'no_funding',
        { ...node.place, node: node.path },
        {
          message: `\`${market}\` is a spot market: it has no ${feed.series}`,
          hint: 'Name the perpetual under `markets` and read that one.',
        },
      )
  }
  // A faulty node may have been the one that reads it.
  if (report.failed) return
  for (const name of Object.keys(tree.markets))
    if (name !== 'main' && !read.has(name))
      report.add(
        'market_unused',
        { path: ['markets', name] },
        {
          message: `no node reads the market \`${name}\``,
          fixes: [setFix('Remove it', ['markets', name])],
        },
      )
}

/** Prices of one market say little about orders on another: warned when nothing of a level comes from main. */
export const checkLevels = (sides: Sides, report: Report): void => {
  const makers = [sides.long, sides.short].flatMap((side) => (side === null ? [] : [...side.entries, ...side.exits]))
  for (const maker of new Set(makers)) {
    for (const wire of wiresOf(maker)) {
      const letter = wire.node.sockets[wire.output]?.letter
      if (letter !== 'P' && letter !== 'D') continue
      const markets = sourcesOf(wire.node)
      if (markets.size === 0 || markets.has('main')) continue
      report.add(
        'other_market_level',
        { ...maker.place, node: maker.path },
        {
          message: `\`${wire.node.path}\` is a level of ${[...markets].join(', ')}, but the orders are on main`,
          hint: 'Prices of two markets differ; take the level from main.',
        },
      )
    }
  }
}

const sourcesOf = (node: Node, into: Set<string> = new Set(), seen: Set<Node> = new Set()): Set<string> => {
  if (seen.has(node)) return into
  seen.add(node)
  if (node.type.feed === 'trade') into.add('main')
  if (node.type.feed !== undefined && typeof node.params.market === 'string') into.add(node.params.market)
  for (const wire of wiresOf(node)) sourcesOf(wire.node, into, seen)
  return into
}
