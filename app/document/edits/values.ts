// Edits of values: constants on ports, settings, and parameters with the ranges that evolution searches.
import { checkPlay } from '../../../blocks/play/check'
import { freeId } from '../../../blocks/play/check/wrongSocket'
import { playWith } from '../../../blocks/play/connect/wires'
import { parseLiteral, printNumber } from '../../../blocks/play/literal'
import { isId } from '../../../blocks/play/names'
import { isList, typeOf } from '../../../blocks/play/references'
import type { ConstraintTree, ParamTree, PlayTree, Scalar, Value } from '../../../blocks/play/tree'
import { withBlocks } from '../../library/library'
import { type DocumentDraft, putTree, treeOf, written } from './draft'

export interface ValuePlace {
  readonly node: string
  /** A port, a parameter, a list place (`of[1]`) or an operand (`1`). */
  readonly key: string
}

/** What stands at a place of a node; undefined: nothing. */
export const valueAt = (tree: PlayTree, { node, key }: ValuePlace): Value | undefined => {
  const found = Object.hasOwn(tree.nodes, node) ? tree.nodes[node] : undefined
  if (found === undefined) return undefined
  const [, body] = typeOf(found)
  if (isList(body)) return body[Number(key)]
  const [, port = key, index] = /^(.*)\[(\d+)\]$/.exec(key) ?? []
  const value = Object.hasOwn(body, port) ? body[port] : undefined
  return index === undefined ? value : isList(value) ? value[Number(index)] : undefined
}

/** Sets a constant or a setting; undefined takes it away. False, and nothing is changed: no document can hold it. */
export const setValue = (
  draft: DocumentDraft,
  { node, key, value }: ValuePlace & { readonly value: Value | undefined },
): boolean => {
  const clean = value === undefined ? undefined : written(value)
  if (clean === undefined && value !== undefined) return false
  putTree(draft, playWith(treeOf(draft), { target: node, handle: key }, clean))
  return true
}

export type Range =
  | { readonly min: Scalar; readonly max: Scalar; readonly step: Scalar; readonly scale?: 'log' }
  | { readonly choices: readonly Scalar[] }

const fieldsOf = (range: Range | null): Omit<ParamTree, 'value' | 'about'> => range ?? {}
const paramOf = (value: Scalar, range: Range | null, about?: string): ParamTree => ({
  value,
  ...fieldsOf(range),
  ...(about === undefined ? {} : { about }),
})

/** A range from `low` to `high` times the value on a grid of its last digit; null where a range has no meaning. */
export const rangeAround = (value: Scalar, low: number, high: number): Range | null => {
  const literal = parseLiteral(value)
  const isNumber = literal !== null && ['number', 'share', 'r', 'bars', 'span'].includes(literal.kind)
  const [, digits = '', unit = ''] =
    /^(-?\d+(?:\.\d+)?)([%a-zA-Z]*)$/.exec(typeof value === 'number' ? printNumber(value) : String(value)) ?? []
  if (!isNumber || digits === '' || Number(digits) === 0) return null
  const places = digits.split('.')[1]?.length ?? 0
  if (places > 12) return null
  const scale = 10 ** places
  const count = Math.round(Number(digits) * scale)
  if (!Number.isSafeInteger(count * 4)) return null
  const ends = [Math.round(count * low), Math.round(count * high)].sort((a, b) => a - b)
  const [first = count, last = count] = ends.map((one) => (one === 0 ? Math.sign(count) : one))
  if (first >= last) return null
  const steps = Math.max(1, 10 ** Math.max(0, Math.floor(Math.log10((last - first) / 10))))
  // The value itself must lie on the grid that begins at the lower end.
  const start = count - Math.floor((count - first) / steps) * steps
  const write = (units: number): Scalar => (unit === '' ? units / scale : `${printNumber(units / scale)}${unit}`)
  return { min: write(start), max: write(last), step: write(steps) }
}

/** The widest range around a value that no place of use refuses. */
const rangeThatHolds = (tree: PlayTree, name: string): Range | null => {
  const value = tree.params?.[name]?.value
  if (value === undefined) return null
  const wrong = (range: Range | null): number =>
    checkPlay({ ...tree, params: { ...tree.params, [name]: paramOf(value, range) } }, withBlocks).problems.filter(
      ({ severity }) => severity === 'error',
    ).length
  const without = wrong(null)
  const ranges = [rangeAround(value, 0.5, 2), rangeAround(value, 0.75, 1.25), rangeAround(value, 0.9, 1.1)]
  return ranges.find((range) => range !== null && wrong(range) <= without) ?? null
}

/** A free name for what stands at a place: `ema_fast_length`; an operand is called as its node. */
export const suggestedName = ({ params = {} }: Pick<PlayTree, 'params'>, { node, key }: ValuePlace): string => {
  const wish = /^[a-z]/.test(key) ? `${node}_${key.replace(/\[\d+\]$/, '')}` : node
  return freeId(isId(wish) ? wish : 'value', (one) => Object.hasOwn(params, one))
}

/** Makes a parameter of a constant, with a range around it. Null, and nothing is changed: no constant stands there. */
export const promote = (
  draft: DocumentDraft,
  { node, key, name }: ValuePlace & { readonly name?: string },
): string | null => {
  const tree = treeOf(draft)
  const value = valueAt(tree, { node, key })
  if (value === undefined || typeof value === 'object' || (typeof value === 'string' && !/^-?\d/.test(value)))
    return null
  const id =
    name === undefined
      ? suggestedName(tree, { node, key })
      : freeId(isId(name) ? name : 'value', (one) => Object.hasOwn(tree.params ?? {}, one))
  const used = playWith(tree, { target: node, handle: key }, `$${id}`)
  const named: PlayTree = { ...used, params: { ...used.params, [id]: { value } } }
  putTree(draft, { ...named, params: { ...named.params, [id]: paramOf(value, rangeThatHolds(named, id)) } })
  return id
}

/** Sets the value of a parameter; its range stays. False: no document can hold it. */
export const setParam = (
  draft: DocumentDraft,
  { name, value }: { readonly name: string; readonly value: Scalar },
): boolean => {
  const clean = written(value)
  const param = treeOf(draft).params?.[name]
  if (param === undefined || clean === undefined || typeof clean === 'object') return false
  putParam(draft, name, { ...param, value: clean })
  return true
}

/** Sets what evolution may try; null: a named constant. */
export const setRange = (
  draft: DocumentDraft,
  { name, range }: { readonly name: string; readonly range: Range | null },
): boolean => {
  const param = treeOf(draft).params?.[name]
  const clean = range === null ? {} : written({ ...range })
  if (param === undefined || clean === undefined || typeof clean !== 'object') return false
  // The same keys as before, their literals in shortest form.
  putParam(draft, name, paramOf(param.value, range === null ? null : (clean as unknown as Range), param.about))
  return true
}

const putParam = (draft: DocumentDraft, name: string, param: ParamTree): void => {
  const tree = treeOf(draft)
  putTree(draft, { ...tree, params: { ...tree.params, [name]: param } })
}

/** Writes the value of a parameter wherever it was used, and forgets the parameter with its constraints. */
export const removeParam = (draft: DocumentDraft, name: string): void => {
  const tree = treeOf(draft)
  const param = tree.params?.[name]
  if (param === undefined) return
  const word = `$${name}`
  const replaced = (value: Value): Value => {
    if (value === word) return param.value
    if (isList(value)) return value.map(replaced)
    if (typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one)]))
  }
  const { params: { [name]: _, ...params } = {}, constraints = [], ...rest } = tree
  const kept = constraints.filter((one) => !pairOf(one).includes(word))
  putTree(draft, {
    ...rest,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(kept.length > 0 ? { constraints: kept } : {}),
    nodes: replaced(tree.nodes) as PlayTree['nodes'],
  })
  const notes = draft.sidecar.notes
  if (notes !== undefined) Reflect.deleteProperty(notes, word)
}

/** Both sides of a constraint, as `$name`. */
export const pairOf = (constraint: ConstraintTree): readonly string[] =>
  'less' in constraint ? constraint.less : constraint.at_most
