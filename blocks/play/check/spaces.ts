// Rules over every space of names: parameters and their use, faces of Blocks, values set from outside.

import { fits } from '../../kit/socket'
import type { Timeframe } from '../../kit/timeframe'
import type { ParamTree, PlayTree, Scalar } from '../tree'
import { inputTypes, own, roleLetters, socketWords } from '../words'
import type { BlockEntry, Space } from './expand'
import type { Linker } from './link'
import { nearestAdvice } from './nearest'
import type { Node } from './node'
import { checkParams, checkUnused, outsideOf, type ParamDocument } from './params'
import { below, type Place, type Report, setFix } from './report'
import { isWrong, literalAt } from './values'
import { wrongSocket } from './wrongSocket'

export interface SpaceSource {
  readonly space: Space
  readonly nodes: ReadonlyMap<string, Node>
  readonly linker: Linker
  readonly report: Report
  readonly tf: Timeframe
}

/** Every use of a Block, outermost first. */
export function* blocksIn(space: Space): Generator<BlockEntry> {
  for (const entry of space.entries.values()) {
    if (entry.kind !== 'block') continue
    yield entry
    yield* blocksIn(entry.space)
  }
}

/** Where the document of a Block stands: its own map for here/, the instance for all others. */
const rootOf = ({ place, key }: BlockEntry): Place =>
  key.startsWith('here/') && !place.sealed
    ? { path: ['blocks', key.slice('here/'.length)], ...(place.node === undefined ? {} : { node: place.node }) }
    : { ...place, sealed: true }

export const checkSpaces = (document: Pick<PlayTree, 'params' | 'constraints'>, source: SpaceSource): void => {
  const { space, report } = source
  const root: ParamDocument = {
    params: document.params,
    constraints: document.constraints,
    root: { path: [] },
    bound: space.params,
    report,
  }
  checkParams(root)
  if (!report.failed) checkUnused(root, space.used)
  for (const entry of blocksIn(space)) {
    if (entry.space.outer !== null) checkInputs(entry, entry.space.outer, source)
    const inner: ParamDocument = {
      params: entry.block.params,
      constraints: entry.block.constraints,
      root: rootOf(entry),
      bound: entry.space.params,
      report,
    }
    checkParams(inner)
    if (!inner.root.sealed && !report.failed) checkUnused(inner, entry.space.used)
    checkOutputs(
      { role: entry.block.role, outputs: entry.block.outputs, root: inner.root },
      { ...source, space: entry.space },
    )
  }
}

/** What an instance gives to each input must be of the socket that the Block declares, read inside or not. */
const checkInputs = (entry: BlockEntry, outer: Space, { nodes, linker, report, tf }: SpaceSource): void => {
  for (const [name, { value, place }] of entry.space.wired ?? []) {
    const letter = own(inputTypes, own(entry.block.inputs, name)?.type ?? '')
    const source = letter === undefined ? null : linker.source(value, place, outer)
    if (letter === undefined || source === null) continue
    if (source.kind === 'literal') {
      const read = literalAt(source.written, letter, tf)
      if (isWrong(read)) report.add(read.code, place, { message: `\`${name}\` ${read.message}` })
      continue
    }
    const node = nodes.get(source.entry.path)
    const socket = node?.sockets[source.output]
    if (node === undefined || socket === undefined || fits(socket.letter, [letter])) continue
    const port = { accept: [letter] }
    report.add('wrong_socket', place, wrongSocket({ wire: source, node, socket, port, space: outer }))
  }
}

/** Exactly one output of its role, all others data. */
export const checkOutputs = (
  block: {
    readonly role: BlockEntry['block']['role']
    readonly outputs: Readonly<Record<string, string>>
    readonly root: Place
  },
  { space, nodes, linker, report }: SpaceSource,
): void => {
  const letter = roleLetters[block.role]
  let roles = 0
  let known = true
  for (const [name, text] of Object.entries(block.outputs)) {
    const place = below(block.root, 'outputs', name)
    const found = linker.reference(text, place, space)
    const node = found?.kind === 'wire' ? nodes.get(found.entry.path) : undefined
    const socket = found?.kind === 'wire' ? node?.sockets[found.output] : undefined
    if (found?.kind === 'wire' && socket === undefined) known = false
    else if (found === null) known = false
    else if (socket?.letter === letter) roles += 1
    else if (socket === undefined || 'FSXI'.includes(socket.letter))
      report.add('block_output', place, {
        message: `\`${name}\` is ${socket === undefined ? 'a literal' : socketWords[socket.letter]}; beside its role a Block has data outputs`,
        fixes: [setFix('Remove the output', place.path)],
      })
  }
  if (known && roles !== 1)
    report.add('block_role', below(block.root, 'outputs'), {
      message: `a Block of the role ${block.role} has exactly one output that is ${socketWords[letter]}, not ${roles}`,
    })
}

interface Address {
  readonly param: ParamTree
  readonly place: Place
}

/** Every parameter that can be set from outside: the document's, and those that an instance of a Block leaves unset. */
export const addresses = (params: PlayTree['params'], space: Space): Map<string, Address> => {
  const found = new Map<string, Address>()
  for (const [name, param] of Object.entries(params ?? {}))
    found.set(name, { param, place: { path: ['params', name] } })
  for (const entry of blocksIn(space))
    for (const [name, bound] of entry.space.params) {
      const param = own(entry.block.params, name)
      if (bound.address?.startsWith(`${entry.path}.`) && param !== undefined)
        found.set(bound.address, { param, place: entry.place })
    }
  return found
}

export const checkSet = (
  set: ReadonlyMap<string, Scalar>,
  params: PlayTree['params'],
  { space, report }: SpaceSource,
): void => {
  const known = addresses(params, space)
  for (const [name, value] of set) {
    const address = known.get(name)
    if (address === undefined) {
      const place: Place = { path: ['params', name] }
      const hint = nearestAdvice(name, known.keys(), place).hint
      report.add('set_unknown', place, {
        message: `there is no parameter \`${name}\` to set`,
        hint: hint ?? (known.size === 0 ? 'This Play has none.' : `There are ${[...known.keys()].join(', ')}.`),
      })
      continue
    }
    const wrong = outsideOf(value, address.param, true)
    if (wrong !== null) report.add('set_value', address.place, { message: `${wrong} (\`${name}\`)` })
  }
}
