// Values on nodes as fields: what unit stands behind a number, how far it may go, and how it is written back. Pure.
import type { Param } from '../../blocks/kit/param'
import type { Constant } from '../../blocks/play/connect'
import { parseLiteral, printNumber } from '../../blocks/play/literal'
import type { ParamTree, Scalar, Value } from '../../blocks/play/tree'
import { decimalsOf } from '../ui/numbers'

export interface FieldView {
  /** Where it stands in the node's body: a parameter, a port, a list place, an operand. */
  readonly key: string
  readonly label: string
  readonly about: string | null
  /** What the field stands for: `$fast` gives the value of `fast`. */
  readonly value: Value
  /** Parameter of the Play behind it. */
  readonly param: { readonly name: string; readonly tree: ParamTree } | null
  /** Null: a constant on a port. */
  readonly spec: Param | null
  /** Words to choose from, where the type alone cannot say: markets, kinds. */
  readonly choices: readonly string[] | null
  /** It stands at its default: the document does not write it. */
  readonly preset: boolean
}

export interface NumberView {
  readonly value: number
  /** As it is shown. */
  readonly unit: string | null
  /** As it is written behind the number. */
  readonly suffix: string
}

/** The number that a place begins with: right in its unit, and the trader writes his own over it. */
const starts: Readonly<Partial<Record<Constant, Scalar>>> = {
  P: 100,
  D: 1,
  A: 1,
  R: '0.01%',
  O: 50,
  N: 1,
  T: '12b',
  share_of_fill: '2%',
}
export const startOf = (constant: Constant | null): Scalar | null =>
  constant === null ? null : (starts[constant] ?? null)

const shownUnits: Readonly<Record<string, string>> = { '%': '%', R: 'R', b: 'bars', m: 'min', h: 'h', d: 'd', w: 'w' }

/** A scalar as a number with its unit; null: a word or a flag. `bare`: the unit that a plain number has here. */
export const numberOf = (scalar: Scalar, bare: string | null = null): NumberView | null => {
  const literal = parseLiteral(scalar)
  if (literal === null) return null
  if (literal.kind === 'number') return { value: literal.value, unit: bare, suffix: '' }
  if (literal.kind === 'flag' || literal.kind === 'rest' || literal.kind === 'param') return null
  const suffix = literal.text.slice(-1)
  const value = Number(literal.text.slice(0, -1))
  const unit = suffix === 'b' && value === 1 ? 'bar' : (shownUnits[suffix] ?? suffix)
  return { value, unit, suffix }
}

/** The number as the document writes it. */
export const withUnit = (value: number, suffix: string): Scalar =>
  suffix === '' ? value : `${printNumber(value)}${suffix}`

export interface Limits {
  readonly min?: number
  readonly max?: number
  readonly step: number
  readonly whole?: boolean
}

const wholeSuffixes = new Set(['b', 'm', 'h', 'd', 'w'])

/** A step of about a tenth of the value's first digit: 18 goes by 1, 0.03 by 0.01. */
const stepFor = (value: number): number => {
  if (value === 0) return 1
  const power = Math.floor(Math.log10(Math.abs(value)))
  const own = decimalsOf(value)
  return Number((10 ** (own > 0 ? Math.max(-own, power) : Math.max(0, power - 1))).toPrecision(1))
}

/** How far the field may go: the hard bounds of the type; the step of the search range where there is one. */
export const limitsOf = ({ spec, param }: Pick<FieldView, 'spec' | 'param'>, shown: NumberView): Limits => {
  const isWhole = wholeSuffixes.has(shown.suffix) || spec?.kind === 'bars' || (spec?.kind === 'number' && spec.whole)
  const wanted = param?.tree.step === undefined ? null : numberOf(param.tree.step)
  const step = wanted !== null && wanted.suffix === shown.suffix ? wanted.value : isWhole ? 1 : stepFor(shown.value)
  return { ...boundsOf(spec, shown.suffix), step, ...(isWhole ? { whole: true } : {}) }
}

const boundsOf = (spec: Param | null, suffix: string): { readonly min?: number; readonly max?: number } => {
  if (spec === null) return {}
  if (spec.kind === 'number') return { min: spec.min, max: spec.max }
  if (spec.kind === 'bars') return suffix === '' || suffix === 'b' ? { min: spec.min, max: spec.max } : { min: 1 }
  if (spec.kind === 'share') return { min: round(spec.min * 100), max: round(spec.max * 100) }
  if (spec.kind === 'lifetime' || spec.kind === 'span') return { min: 1 }
  return {}
}
const round = (value: number): number => Number(value.toPrecision(12))

export interface SearchRange {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** The range that evolution may try, in the unit of the value; null: a plain constant. */
export const searchOf = ({ value, min, max, step }: ParamTree): SearchRange | null => {
  const own = numberOf(value)
  const ends = [min, max, step].map((one) => (one === undefined ? null : numberOf(one)))
  const [low, high, by] = ends
  if (own === null || !low || !high) return null
  if (low.suffix !== own.suffix || high.suffix !== own.suffix) return null
  return { min: low.value, max: high.value, step: by?.value ?? 0 }
}

/** The unit of plain numbers at a parameter. */
export const bareUnit = (spec: Param | null): string | null =>
  spec?.kind === 'bars' || spec?.kind === 'lifetime' ? 'bars' : null

/** The unit as it is shown. In a header only one that says something is: lengths are bars. */
export const shownUnit = (field: Pick<FieldView, 'value' | 'param' | 'spec'>, isTight: boolean): string | null => {
  const scalar = field.param?.tree.value ?? field.value
  const unit = typeof scalar === 'object' ? null : (numberOf(scalar, bareUnit(field.spec))?.unit ?? null)
  return unit === null || (isTight && unit.startsWith('bar')) ? null : unit
}
