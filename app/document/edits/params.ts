// Edits of parameters by name: make, use again, rename, and the rules that must hold between two of them.
import type { Problem } from '../../../blocks/kit/problem'
import { checkPlay } from '../../../blocks/play/check'
import { playWith } from '../../../blocks/play/connect/wires'
import { parseLiteral } from '../../../blocks/play/literal'
import { isId } from '../../../blocks/play/names'
import { sentences } from '../../../blocks/play/schema'
import type { ConstraintTree, ParamTree, PlayTree, Scalar } from '../../../blocks/play/tree'
import { withBlocks } from '../../library/library'
import { type DocumentDraft, putTree, treeOf, written } from './draft'
import { pairOf, promote, type ValuePlace, valueAt } from './values'

/** What is typed as a name, as the language writes it: `Fast length` is `fast_length`. */
export const nameOf = (typed: string): string => typed.trim().toLowerCase().replaceAll(/\s+/g, '_')

/** Why a new parameter cannot bear this name; null: it can. */
export const paramNameFault = ({ params }: Pick<PlayTree, 'params'>, name: string): string | null => {
  if (!isId(name)) return `${name === '' ? 'Write a name' : `${name} is no allowed name`}: ${sentences.id}.`
  return Object.hasOwn(params ?? {}, name) ? `There is a parameter ${name} already.` : null
}

/** What stands at a place, or the default of the type there: what a parameter is made of. */
export interface Promotion extends ValuePlace {
  readonly name: string
  /** Where the document writes nothing. */
  readonly preset?: Scalar | undefined
}

/** Makes a parameter of this very name. A sentence why not: nothing was changed. */
export const promoteAs = (draft: DocumentDraft, { preset, ...place }: Promotion): string | null => {
  const tree = treeOf(draft)
  const fault = paramNameFault(tree, place.name)
  if (fault !== null) return fault
  if (valueAt(tree, place) === undefined && preset !== undefined)
    putTree(draft, playWith(tree, { target: place.node, handle: place.key }, written(preset)))
  if (promote(draft, place) !== null) return null
  putTree(draft, tree)
  return 'Only numbers, times and percentages become parameters.'
}

const errorsIn = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error')

/** What a change makes wrong that was right before; null: nothing. */
const madeWrong = (before: PlayTree, after: PlayTree): Problem | null => {
  const keyOf = ({ code, where, message }: Problem): string => JSON.stringify([code, where, message])
  const known = new Set(errorsIn(checkPlay(before, withBlocks).problems).map(keyOf))
  return errorsIn(checkPlay(after, withBlocks).problems).find((one) => !known.has(keyOf(one))) ?? null
}

/** Parameters of the Play that can stand at a place, in their order. */
export const paramsFor = (tree: PlayTree, { node, key }: ValuePlace): readonly string[] =>
  Object.keys(tree.params ?? {}).filter(
    (name) => madeWrong(tree, playWith(tree, { target: node, handle: key }, `$${name}`)) === null,
  )

/** Puts a parameter that is there already at a place. */
export const useParamAt = (
  draft: DocumentDraft,
  { node, key, name }: ValuePlace & { readonly name: string },
): boolean => {
  const tree = treeOf(draft)
  if (!Object.hasOwn(tree.params ?? {}, name)) return false
  putTree(draft, playWith(tree, { target: node, handle: key }, `$${name}`))
  return true
}

/** One parameter against another: the language has `less` and `at_most`, read from either end here. */
export type RuleKind = 'less' | 'at_most' | 'more' | 'at_least'
export interface Rule {
  readonly of: string
  readonly kind: RuleKind
  readonly than: string
}

const treeOfRule = ({ of, kind, than }: Rule): ConstraintTree => {
  if (kind === 'less') return { less: [`$${of}`, `$${than}`] }
  if (kind === 'at_most') return { at_most: [`$${of}`, `$${than}`] }
  return kind === 'more' ? { less: [`$${than}`, `$${of}`] } : { at_most: [`$${than}`, `$${of}`] }
}

const same = (a: ConstraintTree, b: ConstraintTree): boolean =>
  'less' in a === 'less' in b && pairOf(a).join() === pairOf(b).join()

/** All rules, as the document writes them. */
export const rulesOf = ({ constraints = [] }: Pick<PlayTree, 'constraints'>): readonly Rule[] =>
  constraints.map((one) => {
    const [of, than] = pairOf(one).map((word) => word.slice(1)) as [string, string]
    return { of, kind: 'less' in one ? 'less' : 'at_most', than }
  })

/** The rules of one parameter, told from its side. */
export const rulesAt = (tree: Pick<PlayTree, 'constraints'>, name: string): readonly Rule[] =>
  rulesOf(tree).flatMap((rule) => {
    if (rule.of === name) return [rule]
    if (rule.than !== name) return []
    return [{ of: name, kind: rule.kind === 'less' ? ('more' as const) : ('at_least' as const), than: rule.of }]
  })

const unitOf = ({ value }: ParamTree): string | null => {
  const kind = parseLiteral(value)?.kind ?? null
  return kind === null || kind === 'flag' || kind === 'rest' || kind === 'param' ? null : kind
}

/** Parameters that one can be compared with: others of its unit. */
export const comparable = ({ params = {} }: Pick<PlayTree, 'params'>, name: string): readonly string[] => {
  const own = Object.hasOwn(params, name) ? params[name] : undefined
  const unit = own === undefined ? null : unitOf(own)
  if (unit === null) return []
  return Object.entries(params).flatMap(([other, param]) => (other !== name && unitOf(param) === unit ? [other] : []))
}

/** Makes a rule. A sentence why not, where the values of now break it: nothing was changed. */
export const addRule = (draft: DocumentDraft, rule: Rule): string | null => {
  const tree = treeOf(draft)
  const next = treeOfRule(rule)
  const constraints = tree.constraints ?? []
  if (constraints.some((one) => same(one, next))) return 'This rule is there already.'
  const after = { ...tree, constraints: [...constraints, next] }
  const wrong = madeWrong(tree, after)
  if (wrong !== null) return wrong.message
  putTree(draft, after)
  return null
}

/** Takes a rule away, from whichever side it is told. */
export const removeRule = (draft: DocumentDraft, rule: Rule): void => {
  const tree = treeOf(draft)
  const gone = treeOfRule(rule)
  const { constraints = [], ...rest } = tree
  const kept = constraints.filter((one) => !same(one, gone))
  if (kept.length < constraints.length) putTree(draft, kept.length > 0 ? { ...rest, constraints: kept } : rest)
}
