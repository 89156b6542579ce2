// The checker: everything that can be said of a Play without data, and its flattened form when nothing is wrong.
// Two passes: resolve (references, types, sockets, clocks, scopes, sides), then rules. Never throws, never looks at a clock.

import type { LogicType } from '../kit/logic'
import type { Problem } from '../kit/problem'
import { isTimeframe, type Timeframe } from '../kit/timeframe'
import { playHash } from './canonical'
import { type BlockLookup, lookupOf, Shelf } from './check/blocks'
import { checkComparisons, checkContradictions } from './check/conditions'
import { expand, rootSpace, type Space } from './check/expand'
import { flatten } from './check/flatten'
import type { Draft } from './check/link'
import { Linker } from './check/link'
import { checkLevels, checkMarkets } from './check/markets'
import type { Node } from './check/node'
import { checkReach, checkSize } from './check/reach'
import { Report, setFix } from './check/report'
import { resolve } from './check/resolve'
import { readRisk } from './check/risk'
import { checkLeverage, readSides, type Sides } from './check/sides'
import { checkSet, checkSpaces } from './check/spaces'
import { type Catalogue, catalogueOf, shipped } from './check/types'
import type { Flat, Risk } from './flat'
import type { PlayTree, Scalar } from './tree'
import { slotNames } from './words'

export interface CheckOptions {
  /** Own and other Blocks by `name@version`; the shipped library is always there. */
  readonly blocks?: BlockLookup
  /** Logic types in place of the shipped ones. */
  readonly types?: readonly LogicType[]
  /** Values in place of those of parameters: `fast`, `grab.depth`. */
  readonly set?: Readonly<Record<string, Scalar>>
}
export interface Checked {
  readonly problems: readonly Problem[]
  /** Only without errors. */
  readonly flat?: Flat
}

/** A Play after the first pass: what rules, mirror and flattening look at. */
export interface Model {
  readonly tree: PlayTree
  readonly report: Report
  readonly types: Catalogue
  readonly space: Space
  readonly drafts: ReadonlyMap<string, Draft>
  readonly nodes: ReadonlyMap<string, Node>
  readonly sides: Sides | null
  readonly risk: Risk
  readonly tf: Timeframe
  readonly linker: Linker
}

/** Checks a Play that has the form of one (text/parse, schema). */
export const checkPlay = (tree: PlayTree, options: CheckOptions = {}): Checked => {
  const report = new Report()
  const model = modelOf(tree, options, report)
  if (model !== null) checkRules(model, options)
  if (report.failed || model === null || model.sides === null) return { problems: report.problems }
  return { problems: report.problems, flat: flatOf(model, model.sides) }
}

/** Second pass. What needs sound nodes is silent where the first pass has spoken already. */
const checkRules = (model: Model, options: CheckOptions): void => {
  const { tree, report, space, nodes, sides, drafts, linker } = model
  const set = new Map(Object.entries(options.set ?? {}))
  if (set.size > 0) checkSet(set, tree.params, model)
  const sound = !report.failed
  checkSpaces(tree, model)
  checkMarkets(tree, nodes, report)
  checkSize(nodes, report)
  checkComparisons(nodes.values(), space, report)
  checkContradictions(nodes.values(), sides === null ? [] : [sides.long, sides.short], report)
  if (sides === null) return
  checkLevels(sides, report)
  checkLeverage(sides, model.risk.leverage, report)
  const listed = [tree.long, tree.short].flatMap((side) =>
    typeof side === 'string' ? [] : slotNames.flatMap((slot) => side[slot] ?? []),
  )
  const roots = listed.map((text) => text.split('.')[0] ?? text)
  if (!report.failed) checkClocks(model, options)
  if (sound) checkReach({ space, drafts, linker, roots, report })
}

/** A choice of timeframes moves the clocks of all that hangs on it: the Play must be sound under each. */
const checkClocks = ({ tree, report }: Model, options: CheckOptions): void => {
  for (const [name, param] of Object.entries(tree.params ?? {})) {
    const choices = (param.choices ?? []).filter((one) => one !== param.value)
    if (!choices.every((one) => typeof one === 'string' && isTimeframe(one))) continue
    for (const choice of choices) {
      const trial = new Report()
      modelOf(tree, { ...options, set: { ...options.set, [name]: choice } }, trial)
      const problem = trial.problems.find(({ severity }) => severity === 'error')
      if (problem === undefined) continue
      const left = (param.choices ?? []).filter((one) => one !== choice)
      report.add(
        'param_range',
        {
          path: ['params', name, 'choices'],
          ...(problem.where.node === undefined ? {} : { node: problem.where.node }),
        },
        {
          message: `with \`${name}\` at ${choice}: ${problem.message}`,
          fixes: left.length > 0 ? [setFix(`Leave ${choice} out`, ['params', name, 'choices'], left)] : [],
        },
      )
    }
  }
}

const flatOf = ({ tree, tf, risk }: Model, sides: Sides): Flat =>
  flatten({
    tf,
    markets: Object.fromEntries(
      Object.entries(tree.markets).map(([name, market]) => [name, typeof market === 'string' ? [market] : market]),
    ),
    ...sides,
    risk,
    playHash: playHash(tree),
  })

/** First pass. Null when a limit was broken, so that nothing else can be said. */
export const modelOf = (tree: PlayTree, options: CheckOptions, report: Report): Model | null => {
  const types = options.types === undefined ? shipped : catalogueOf(options.types)
  const set = new Map(Object.entries(options.set ?? {}))
  const shelf = new Shelf({ report, lookup: lookupOf(options.blocks), here: tree.blocks, pins: tree.pins ?? {} })
  const tf: Timeframe = isTimeframe(tree.tf) ? tree.tf : '1m'
  const space = rootSpace(tree.params, undefined, set)
  const origin = {
    report,
    types,
    set,
    block: (ref: string, place: Parameters<Shelf['find']>[1]) => shelf.find(ref, place),
  }
  if (!expand(origin, space, tree)) return null
  shelf.checkUnused()
  const linker = new Linker(report)
  const drafts = linker.drafts(space)
  const nodes = resolve(drafts, { report, tf, markets: Object.keys(tree.markets) })
  const sides = readSides({ tree, space, nodes, linker, report, types })
  const risk = readRisk(tree.risk, report)
  return { tree, report, types, space, drafts, nodes, sides, risk, tf, linker }
}
