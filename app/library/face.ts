// What another version of a Block changes in what is seen of it: role, inputs, parameters, outputs. Pure.
import { canonicalJson } from '../../blocks/kit/hash'
import type { BlockTree } from '../../blocks/play/tree'
import { rangeText } from '../text/meaning'

type Face = Pick<BlockTree, 'role' | 'inputs' | 'params' | 'outputs' | 'nodes' | 'constraints'>

export interface FaceChange {
  readonly part: 'role' | 'input' | 'parameter' | 'output'
  readonly name: string
  /** In words; null: it is not there. */
  readonly before: string | null
  readonly after: string | null
}

const none = {}

const changesOf = <T>(
  part: FaceChange['part'],
  [before = none, after = none]: readonly (Readonly<Record<string, T>> | undefined)[],
  words: (one: T) => string,
): readonly FaceChange[] => {
  const at = (from: Readonly<Record<string, T>>, name: string): string | null =>
    Object.hasOwn(from, name) ? words(from[name] as T) : null
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const change = { part, name, before: at(before, name), after: at(after, name) }
    return change.before === change.after ? [] : [change]
  })
}

export const faceChanges = (before: Face, after: Face): readonly FaceChange[] => [
  ...changesOf('role', [{ role: before.role }, { role: after.role }], (role) => role),
  ...changesOf('input', [before.inputs, after.inputs], ({ type }) => type),
  ...changesOf('parameter', [before.params, after.params], rangeText),
  ...changesOf('output', [before.outputs, after.outputs], () => 'there'),
]

/** It computes something else with the same values: no name of the face tells of it. */
export const insideDiffers = (before: Face, after: Face): boolean => {
  const inside = ({ nodes, outputs, constraints = [] }: Face): string =>
    canonicalJson({ nodes, outputs, constraints } as never)
  return inside(before) !== inside(after)
}
