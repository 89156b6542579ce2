// The answer to "why" as sentences. Pure.
import type { PlayTree } from '../../blocks/play/tree'
import type { ConditionLine, Verdict, WhyAnswer } from '../engine/protocol'
import type { VerdictKind } from '../ui/Verdict'
import { fixed, moment, pair, time } from './format'
import { comparedAt, neededWords, operandValue, pathTitle, relation, resolved } from './names'
import { refusalWords } from './reasons'

/** Operands that are shares are written as shares. */
const asShares = (tree: PlayTree, path: string): boolean => {
  const compared = comparedAt(tree, path)
  return (
    compared !== null && operandValue(1, resolved(tree, compared.left), resolved(tree, compared.right)).endsWith('%')
  )
}

interface Written {
  readonly left: string
  readonly right: string
  /** How far they lie apart, with the same decimals. */
  readonly apart: string
  readonly unit: string
}

const writtenSides = (tree: PlayTree, { node, sides }: ConditionLine): Written | null => {
  if (sides === null) return null
  const shares = asShares(tree, node)
  const [l, r] = shares ? [100 * sides[0], 100 * sides[1]] : sides
  const [left, right] = pair(l, r)
  const apart = fixed(Math.abs(l - r), left.split('.')[1]?.length ?? 0)
  return { left, right, apart, unit: shares ? ' %' : '' }
}

/** "17.50 < 18.00" */
export const sidesWords = (tree: PlayTree, line: ConditionLine): string => {
  const written = writtenSides(tree, line)
  if (written === null || line.sides === null) return ''
  return `${written.left} ${relation(...line.sides)} ${written.right}${written.unit}`
}

/** "0.50 short", "0.01 % over", "11.20 room": how far a comparison is from its other answer. */
export const marginWords = (tree: PlayTree, line: ConditionLine): string => {
  const written = writtenSides(tree, line)
  if (written === null || line.sides === null) return ''
  const { apart, unit } = written
  if (line.verdict === 'true') return `${apart}${unit} room`
  if (line.short === null) return ''
  return `${apart}${unit} ${line.sides[0] > line.sides[1] ? 'over' : 'short'}`
}

const verdictKinds: Readonly<Record<Verdict, VerdictKind>> = { true: 'pass', false: 'no', unknown: 'wait' }

export const verdictKind = ({ node, verdict }: ConditionLine, answer: WhyAnswer): VerdictKind =>
  node === answer.node && verdict === 'false' ? 'fail' : verdictKinds[verdict]

export const trueCount = ({ lines }: WhyAnswer): string =>
  `${lines.filter(({ verdict }) => verdict === 'true').length} of ${lines.length} true`

const others = ({ lines }: WhyAnswer): string => {
  const yes = lines.filter(({ verdict }) => verdict === 'true').length
  if (lines.length < 2) return ''
  return yes === lines.length - 1 ? ' Everything else agreed.' : ` ${yes} of ${lines.length} conditions were true.`
}

export interface WhySentence {
  /** The name that is stressed, or null. */
  readonly who: string | null
  readonly rest: string
}

const said = (rest: string, who: string | null = null): WhySentence => ({ who, rest })

const noSetup = (tree: PlayTree, answer: WhyAnswer): WhySentence => {
  const line = answer.lines.find(({ node }) => node === answer.node)
  if (line === undefined) return said('The setup was not complete.')
  const who = pathTitle(tree, line.node)
  if (line.verdict === 'unknown') return said(`was not known yet.${others(answer)}`, who)
  const needed = line.sides === null ? null : neededWords({ tree, path: line.node, sides: line.sides })
  return said(`said no.${needed === null ? '' : ` ${needed}`}${others(answer)}`, who)
}

/** Why nothing was bought or sold at a bar, or that something was. */
export const whySentence = (tree: PlayTree, answer: WhyAnswer): WhySentence => {
  const { side, did, reason, node } = answer
  if (did === 'entry') return said(`An order to go ${side} was sent here.`)
  if (did === 'add') return said(`An add to the ${side} trade was sent here.`)
  if (did === 'exit') return said(`The open ${side} trade was closed here, so no entry was looked for.`)
  if (reason === 'no_bar') return said('There is no bar here: the data have a gap, and nothing is decided in it.')
  if (reason === 'in_trade') return said('A trade was open already. A new entry waits until it has ended.')
  if (reason === 'no_rise')
    return said('Everything was true, but it had been true on the bar before: only the first bar of a setup fires.')
  if (reason === 'no_setup' || reason === null) return noSetup(tree, answer)
  const words = refusalWords(reason)
  const who = node === null ? null : pathTitle(tree, node)
  if (reason === 'filtered') return noSetup(tree, answer)
  if (did === 'cancelled' || did === 'expired')
    return said(
      `${did === 'expired' ? 'The waiting order expired' : 'The waiting order was cancelled'} here${who === null ? '.' : `, by ${who}.`}`,
    )
  const text = words === null ? `${reason.replaceAll('_', ' ')}.` : words
  return said(`The setup fired, but ${text}${who === null ? '' : ` It was ${who}.`}`)
}

/** Of the bar above the canvas: "Trend strength, 0.5 short". */
export const shortWhy = (tree: PlayTree, answer: WhyAnswer): string => {
  const line = answer.lines.find(({ node }) => node === answer.node)
  if ((answer.reason === 'no_setup' || answer.reason === 'filtered') && line !== undefined) {
    const margin = marginWords(tree, line)
    const title = pathTitle(tree, line.node)
    if (line.verdict === 'unknown') return `${title} was not known`
    return margin === '' ? `${title} said no` : `${title}, ${margin}`
  }
  const { who, rest } = whySentence(tree, answer)
  const first = rest.split(/[.:,]/)[0] ?? rest
  return who === null ? first : `${who} ${first}`
}

/** When a fact became known, beside the decision that used it. */
export const knownWords = (sinceMs: number | null, decidedMs: number): string => {
  if (sinceMs === null) return ''
  return sinceMs === decidedMs
    ? 'this bar'
    : `since ${decidedMs - sinceMs < 180 * 86_400_000 ? moment(sinceMs) : time(sinceMs)}`
}

/** "No long at", or what did happen there. */
export const barTitle = ({ did, side }: WhyAnswer): string => {
  if (did === 'entry') return side === 'long' ? 'Long sent at' : 'Short sent at'
  if (did === 'add') return 'Add sent at'
  if (did === 'exit') return 'Exit at'
  return `No ${side} at`
}
