// The one constant that a comparison of the document holds a value against: where it is written, and how it is changed.
import { parseLiteral } from '../../blocks/play/literal'
import type { Body, PlayTree, Scalar } from '../../blocks/play/tree'
import { decimalsOf } from '../ui/numbers'
import { comparedAt, operandName } from './names'

/** Where it is written: a parameter of the Play, or an operand of the node. */
export type Place =
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'operand'; readonly node: string; readonly type: string; readonly key: string | number }

export interface Constant {
  /** The comparison that holds it. */
  readonly node: string
  readonly place: Place
  /** "ADX above". */
  readonly label: string
  /** The comparison, such as `above`. */
  readonly type: string
  /** The constant is the second operand, as in "ADX above 18". */
  readonly onRight: boolean
  /** The operand that it is compared with. */
  readonly other: Scalar
  /** In the unit that is typed: percent for shares. */
  readonly value: number
  readonly step: number
  readonly unit: string | null
  readonly min: number | null
  readonly max: number | null
}

interface Written {
  readonly value: number
  readonly unit: string | null
}

/** A number or a share as it is typed. */
const writtenOf = (scalar: Scalar): Written | null => {
  const literal = parseLiteral(scalar)
  if (literal?.kind === 'number') return { value: literal.value, unit: null }
  return literal?.kind === 'share' ? { value: Number(literal.text.slice(0, -1)), unit: '%' } : null
}

/** Back into the document's own form. */
const scalarOf = (value: number, unit: string | null): Scalar => (unit === '%' ? `${value}%` : value)

interface Source {
  readonly place: Place
  readonly written: Written
  readonly step: number
  readonly min: number | null
  readonly max: number | null
}

const bound = (scalar: Scalar | undefined): number | null =>
  scalar === undefined ? null : (writtenOf(scalar)?.value ?? null)

const sourceOf = (tree: PlayTree, operand: Scalar, place: Place): Source | null => {
  const literal = parseLiteral(operand)
  if (literal?.kind === 'param') {
    const param = tree.params?.[literal.name]
    const written = param === undefined ? null : writtenOf(param.value)
    if (param === undefined || written === null) return null
    const step = bound(param.step) ?? 10 ** -decimalsOf(written.value)
    return { place: { kind: 'param', name: literal.name }, written, step, min: bound(param.min), max: bound(param.max) }
  }
  const written = writtenOf(operand)
  return written && { place, written, step: 10 ** -decimalsOf(written.value), min: null, max: null }
}

const labels: Readonly<Record<string, string>> = {
  above: 'above',
  below: 'below',
  at_least: 'at least',
  at_most: 'at most',
}

/** True if the comparison is easier the lower its constant is: "x above c" wants c lower; on the left the other way round. */
export const easierLower = ({ type, onRight }: Pick<Constant, 'type' | 'onRight'>): boolean =>
  (type === 'above' || type === 'at_least') === onRight

/** Null unless the path compares a value with one constant of the document itself. */
export const constantAt = (tree: PlayTree, path: string): Constant | null => {
  const compared = comparedAt(tree, path)
  // A constant of the mirror is made from that of the other side: moving it moves both.
  if (compared === null || compared.mirrored) return null
  const { node, type, left, right } = compared
  const said = labels[type]
  if (said === undefined) return null
  const keys = Object.keys(tree.nodes[node]?.[type] ?? {})
  const place = (i: 0 | 1): Place => ({ kind: 'operand', node, type, key: keys[i] ?? i })
  const [onLeft, onRight] = [sourceOf(tree, left, place(0)), sourceOf(tree, right, place(1))]
  const source = onRight ?? onLeft
  if (source === null || (onRight !== null && onLeft !== null)) return null
  const name = operandName(onRight === null ? right : left)
  return {
    node,
    place: source.place,
    label: `${name === null ? 'Value' : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`} ${onRight === null ? 'against' : said}`,
    type,
    onRight: onRight !== null,
    other: onRight === null ? right : left,
    value: source.written.value,
    step: source.step,
    unit: source.written.unit,
    min: source.min,
    max: source.max,
  }
}

/** Array.isArray does not narrow readonly lists. */
const isList = (body: Body): body is readonly Scalar[] => Array.isArray(body)

/** The tree with another value at that place; the one that was given stays as it is. */
export const withConstant = (
  tree: PlayTree,
  { place, unit, min, max }: Pick<Constant, 'place' | 'unit' | 'min' | 'max'>,
  value: number,
): PlayTree => {
  const scalar = scalarOf(value, unit)
  if (place.kind === 'param') {
    const param = tree.params?.[place.name]
    if (param === undefined) return tree
    // A range that the value lies outside of is widened: the checker would refuse the try.
    const range = {
      ...(min !== null && value < min ? { min: scalar } : {}),
      ...(max !== null && value > max ? { max: scalar } : {}),
    }
    return { ...tree, params: { ...tree.params, [place.name]: { ...param, value: scalar, ...range } } }
  }
  const body = tree.nodes[place.node]?.[place.type]
  if (body === undefined) return tree
  const changed: Body = isList(body)
    ? body.map((operand, i) => (String(i) === String(place.key) ? scalar : operand))
    : { ...body, [place.key]: scalar }
  return { ...tree, nodes: { ...tree.nodes, [place.node]: { [place.type]: changed } } }
}
