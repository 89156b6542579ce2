// What would have let an entry in: the one constant threshold that said no, moved until it agrees. Pure; hindsight.
import { parseLiteral } from '../../blocks/play/literal'
import type { Body, PlayTree, Scalar } from '../../blocks/play/tree'
import type { WhyAnswer } from '../engine/protocol'
import { decimalsOf } from '../ui/numbers'
import { comparedAt, operandName } from './names'

/** Where the threshold is written: a parameter of the Play, or an operand of the node. */
type Place =
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'operand'; readonly node: string; readonly type: string; readonly key: string | number }

export interface Threshold {
  readonly place: Place
  /** "ADX above". */
  readonly label: string
  /** In the unit that is typed: percent for shares. */
  readonly value: number
  /** The nearest value, on the step, that the bar would have passed. */
  readonly suggested: number
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
export const scalarOf = (value: number, unit: string | null): Scalar => (unit === '%' ? `${value}%` : value)

const strict = new Set(['above', 'below'])

/** The next value on the step that makes the comparison true, going down or up from the other side's value. */
const passing = (other: number, step: number, option: { down: boolean; strict: boolean }): number => {
  const decimals = Math.min(12, decimalsOf(step))
  const at = (steps: number): number => Number((steps * step).toFixed(decimals))
  const whole = option.down ? Math.floor(other / step) : Math.ceil(other / step)
  const fits = (value: number): boolean =>
    option.down
      ? value < other || (!option.strict && value === other)
      : value > other || (!option.strict && value === other)
  // Rounding may leave the first one on the wrong side.
  for (let k = 0; k < 3; k++) {
    const value = at(whole + (option.down ? -k : k))
    if (fits(value)) return value
  }
  return at(whole)
}

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

/** Null unless exactly one condition said no, and it compares a value with a constant of the document itself. */
export const thresholdOf = (tree: PlayTree, answer: WhyAnswer): Threshold | null => {
  if (answer.reason !== 'no_setup' && !answer.reason?.startsWith('filtered')) return null
  const lacking = answer.lines.filter(({ verdict }) => verdict !== 'true')
  const [line] = lacking
  if (line === undefined || lacking.length !== 1 || line.verdict !== 'false' || line.sides === null) return null
  const compared = comparedAt(tree, line.node)
  // A constant of the mirror is made from that of the other side: moving it moves both.
  if (compared === null || compared.mirrored || labels[compared.type] === undefined) return null
  const { node, type, left, right } = compared
  const keys = Object.keys(tree.nodes[node]?.[type] ?? {})
  const place = (i: 0 | 1): Place => ({ kind: 'operand', node, type, key: keys[i] ?? i })
  const onRight = sourceOf(tree, right, place(1))
  const source = onRight ?? sourceOf(tree, left, place(0))
  if (source === null || (onRight !== null && sourceOf(tree, left, place(0)) !== null)) return null
  const [l, r] = line.sides
  const other = onRight === null ? r : l
  // "x above c" wants c lower; with the constant on the left, and for "below", the other way round; both: as at first.
  const down = (type === 'above' || type === 'at_least') === (onRight !== null)
  const shown = source.written.unit === '%' ? 100 * other : other
  const name = operandName(onRight === null ? right : left)
  return {
    place: source.place,
    label: `${name === null ? 'Value' : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`} ${onRight === null ? 'against' : labels[type]}`,
    value: source.written.value,
    suggested: passing(shown, source.step, { down, strict: strict.has(type) }),
    step: source.step,
    unit: source.written.unit,
    min: source.min,
    max: source.max,
  }
}

/** Array.isArray does not narrow readonly lists. */
const isList = (body: Body): body is readonly Scalar[] => Array.isArray(body)

/** The tree with another value at that place; the one that was given stays as it is. */
export const withThreshold = (tree: PlayTree, threshold: Threshold, value: number): PlayTree => {
  const { place, unit, min, max } = threshold
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
