// Checks a Block document by itself: its inputs stand for whatever a Play will wire to them.
import type { LogicType, Output } from '../kit/logic'
import type { Problem } from '../kit/problem'
import { unsided } from '../kit/socket'
import type { CheckOptions } from './check'
import { lookupOf, Shelf } from './check/blocks'
import { checkComparisons, checkContradictions } from './check/conditions'
import { expand, rootSpace, type Space } from './check/expand'
import { Linker } from './check/link'
import { checkReach, checkSize } from './check/reach'
import { Report } from './check/report'
import { resolve } from './check/resolve'
import { checkOutputs, checkSpaces } from './check/spaces'
import { type Catalogue, catalogueOf, shipped } from './check/types'
import type { BlockTree } from './tree'
import { inputTypes, own } from './words'

/** Times must be whole bars of a clock that only the Play knows: every time is a whole number of the finest bars. */
const anyClock = '1m'

export const checkBlock = (tree: BlockTree, options: CheckOptions = {}): readonly Problem[] => {
  const report = new Report()
  const types = options.types === undefined ? shipped : catalogueOf(options.types)
  const shelf = new Shelf({ report, lookup: lookupOf(options.blocks), here: undefined, pins: null })
  const space = rootSpace(tree.params, tree.inputs ?? {}, new Map())
  for (const [name, input] of Object.entries(tree.inputs ?? {})) putInput(space, { name, type: input.type, types })
  const origin = {
    report,
    types,
    set: new Map(),
    block: (ref: string, place: Parameters<Shelf['find']>[1]) => shelf.find(ref, place),
  }
  if (!expand(origin, space, { nodes: tree.nodes, name: `${tree.block}@${tree.version}` })) return report.problems
  const linker = new Linker(report)
  const drafts = linker.drafts(space)
  const nodes = resolve(drafts, { report, tf: anyClock, markets: ['main'] })
  const source = { space, nodes, linker, report, tf: anyClock } as const
  checkOutputs({ role: tree.role, outputs: tree.outputs, root: { path: [] } }, source)
  const sound = !report.failed
  checkSpaces(tree, source)
  checkSize(nodes, report)
  checkComparisons(nodes.values(), space, report)
  checkContradictions(nodes.values(), [], report)
  const roots = Object.values(tree.outputs).map((text) => text.split('.')[0] ?? text)
  if (sound) checkReach({ space, drafts, linker, roots, report })
  return report.problems
}

/** An input as a source without a kernel, with the outputs that its bundle has. */
const putInput = (space: Space, { name, type, types }: { name: string; type: string; types: Catalogue }): void => {
  const letter = own(inputTypes, type)
  if (letter === undefined) return
  const bundle = types.names
    .map((one) => types.newest(one)?.outputs)
    .find((outputs) => {
      const socket = outputs === undefined ? undefined : own(outputs, '')?.socket
      return (
        (letter === 'B' || letter === 'W' || letter === 'Z') &&
        typeof socket === 'object' &&
        'letter' in socket &&
        socket.letter === letter
      )
    })
  const outputs: Readonly<Record<string, Output<unknown>>> = bundle ?? { '': { socket: unsided(letter) } }
  const stub: LogicType = {
    type: `input ${name}`,
    major: 1,
    family: 'sources',
    summary: 'What a Play wires to this input.',
    inputs: {},
    params: {},
    outputs,
    examples: [],
  }
  const place = { path: ['inputs', name, 'type'], node: name }
  space.entries.set(name, { kind: 'logic', type: stub, body: {}, path: name, place })
}
