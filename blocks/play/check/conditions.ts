// Conditions that can never be true, found without data: a value against itself, the current bar against its own extreme,
// and comparisons that exclude each other inside one conjunction.
import type { Slot } from '../words'
import type { Space } from './expand'
import type { Side } from './mirror'
import { type Node, type Operand, operandKey, operandsOf } from './node'
import { type Advice, type Report, setFix } from './report'
import { freeId } from './wrongSocket'

type Wire = Extract<Operand, { kind: 'wire' }>

const nameOf = (operand: Operand): string =>
  operand.kind === 'constant'
    ? String(operand.param ?? operand.written)
    : `${operand.node.path}${operand.output === '' ? '' : `.${operand.output}`}`

export const checkComparisons = (nodes: Iterable<Node>, space: Space, report: Report): void => {
  for (const node of nodes) {
    const letter = node.sockets['']?.letter
    if (!node.type.equal || (letter !== 'C' && letter !== 'E')) continue
    const operands = operandsOf(node)
    const keys = operands.map(operandKey)
    const twice = operands.find((_, i) => keys.indexOf(keys[i] ?? '') < i)
    if (twice !== undefined)
      report.add(
        'same_operand',
        { ...node.place, node: node.path },
        {
          message: `\`${node.path}\` compares \`${nameOf(twice)}\` with itself`,
          hint: 'Compare it with another node, or with its own value some bars ago (`offset`).',
        },
      )
    else checkOwnExtreme(node, space, report)
  }
}

/** close > highest(high, n) without an offset: the window holds the current bar (semantics.md S3). */
const checkOwnExtreme = (node: Node, space: Space, report: Report): void => {
  const { reading } = node.type
  const [a, b] = operandsOf(node)
  if (typeof reading !== 'object' || !('compares' in reading) || !reading.strict) return
  if (a?.kind !== 'wire' || b?.kind !== 'wire') return
  const [high, low] = reading.compares === 'greater' ? [a, b] : [b, a]
  const inTop = extremeOver(true, low)
  const inBottom = extremeOver(false, high)
  const wrong =
    inTop !== null && neverAbove(high, inTop) ? low : inBottom !== null && neverAbove(inBottom, low) ? high : null
  if (wrong === null) return
  report.add(
    'never_true',
    { ...node.place, node: node.path },
    {
      message: `\`${node.path}\` can never be true: the window of \`${nameOf(wrong)}\` holds the current bar`,
      hint: 'A breakout compares with the extreme of the bars before: put an `offset` of one bar behind it.',
      fixes: insertOffset(node, wrong, space),
    },
  )
}

/** What the operand is the extreme of, when it is one over a window with the current bar. */
const extremeOver = (most: boolean, operand: Wire): Wire | null => {
  const { reading } = operand.node.type
  if (typeof reading !== 'object' || !('extreme' in reading) || reading.most !== most) return null
  const of = operand.node.inputs[reading.extreme]?.[0]
  return of?.kind === 'wire' ? of : null
}

/** Is a <= b on every bar, known without data: the same value, or prices of one bar. */
const neverAbove = (a: Wire, b: Wire): boolean => {
  if (operandKey(a) === operandKey(b)) return true
  if (a.node.hash !== b.node.hash || a.node.sockets['']?.letter !== 'B') return false
  const prices = ['open', 'high', 'low', 'close']
  if (!prices.includes(a.output) || !prices.includes(b.output)) return false
  return b.output === 'high' || a.output === 'low'
}

const insertOffset = (node: Node, wrong: Wire, space: Space): NonNullable<Advice['fixes']> => {
  const source = Object.values(node.draft?.ports ?? {})
    .flat()
    .find((one) => one?.kind === 'wire' && one.entry.path === wrong.node.path && one.output === wrong.output)
  if (source?.kind !== 'wire') return []
  const { path } = source.place
  const at = path.indexOf('nodes')
  if (at < 0) return []
  const id = freeId(`${source.text.split('.')[0]}_before`, (name) => space.entries.has(name))
  const fix = {
    label: `Insert \`offset\` as \`${id}\``,
    edits: [
      { path: [...path.slice(0, at + 1), id], value: { offset: { of: source.text, by: '1b' } } },
      ...setFix('', path, id).edits,
    ],
  }
  return [fix]
}

/** One thing that a conjunction demands: a value in a range, or a condition true or false. */
interface Demand {
  readonly subject: string
  readonly kind: 'above' | 'below' | 'is'
  readonly limit: number | string
  readonly strict: boolean
  readonly node: Node
}

/** All that must hold for the node to be true, as far as its types tell. */
const demandsOf = (operand: Wire, into: Demand[]): Demand[] => {
  const { node } = operand
  const { reading } = node.type
  if (reading === 'every') {
    for (const one of operandsOf(node)) if (one.kind === 'wire') demandsOf(one, into)
    return into
  }
  if (reading === 'not') {
    const of = operandsOf(node)[0]
    if (of?.kind === 'wire') into.push({ subject: operandKey(of), kind: 'is', limit: 'false', strict: false, node })
    return into
  }
  into.push({ subject: operandKey(operand), kind: 'is', limit: 'true', strict: false, node })
  const [a, b] = operandsOf(node)
  if (typeof reading !== 'object' || a === undefined) return into
  if ('compares' in reading && b !== undefined)
    demandOrder(reading.compares === 'greater' ? [a, b] : [b, a], { strict: reading.strict, node, into })
  if ('kind' in reading && a.kind === 'wire')
    into.push({
      subject: `${operandKey(a)} kind`,
      kind: 'is',
      limit: String(node.params[reading.kind]),
      strict: false,
      node,
    })
  return into
}

/** high > low (or >=), as a bound of the wire when the other is a number, else of their difference. */
const demandOrder = (
  [high, low]: readonly [Operand, Operand],
  { strict, node, into }: { strict: boolean; node: Node; into: Demand[] },
): void => {
  if (high.kind === 'wire' && low.kind === 'constant')
    into.push({ subject: operandKey(high), kind: 'above', limit: low.value, strict, node })
  else if (high.kind === 'constant' && low.kind === 'wire')
    into.push({ subject: operandKey(low), kind: 'below', limit: high.value, strict, node })
  else if (high.kind === 'wire' && low.kind === 'wire') {
    const [a, b] = [operandKey(high), operandKey(low)]
    into.push(
      a < b
        ? { subject: `${a} - ${b}`, kind: 'above', limit: 0, strict, node }
        : { subject: `${b} - ${a}`, kind: 'below', limit: 0, strict, node },
    )
  }
}

const excludes = (a: Demand, b: Demand): boolean => {
  if (a.subject !== b.subject) return false
  if (a.kind === 'is' && b.kind === 'is') return a.limit !== b.limit
  const [low, high] = a.kind === 'above' ? [a, b] : [b, a]
  if (low.kind !== 'above' || high.kind !== 'below') return false
  return low.limit > high.limit || (low.limit === high.limit && (low.strict || high.strict))
}

const clash = (demands: readonly Demand[]): readonly [Demand, Demand] | null => {
  const bySubject = new Map<string, Demand[]>()
  for (const demand of demands) {
    const group = bySubject.get(demand.subject) ?? []
    const other = group.find((one) => excludes(one, demand))
    if (other !== undefined) return [other, demand]
    bySubject.set(demand.subject, [...group, demand])
  }
  return null
}

/** Conjunctions of the document, and the filters of a side together with each of its entries. */
export const checkContradictions = (nodes: Iterable<Node>, sides: readonly (Side | null)[], report: Report): void => {
  const said = new Set<Node>()
  for (const node of nodes) {
    if (node.type.reading !== 'every') continue
    const found = clash(demandsOf({ kind: 'wire', node, output: '' }, []))
    if (found === null) continue
    said.add(node)
    report.add(
      'contradiction',
      { ...node.place, node: node.path },
      {
        message: `\`${node.path}\` can never be true: ${phrase(found)}`,
        hint: 'Take one of the two out, or move a limit.',
      },
    )
  }
  for (const side of sides) if (side !== null) checkSide(side, said, report)
}

const phrase = ([a, b]: readonly [Demand, Demand]): string =>
  a.node === b.node
    ? `\`${a.node.path}\` contradicts itself`
    : `\`${a.node.path}\` and \`${b.node.path}\` exclude each other`

const roleDemands = (side: Side, slot: Slot, into: Demand[]): Demand[] => {
  for (const maker of side[slot])
    for (const operand of [...(maker.inputs.allow ?? []), ...(maker.inputs.when ?? [])])
      if (operand.kind === 'wire') demandsOf(operand, into)
  return into
}

const checkSide = (side: Side, said: ReadonlySet<Node>, report: Report): void => {
  const filters = roleDemands(side, 'filters', [])
  for (const entry of side.entries) {
    if (entry.inputs.when?.some((one) => one.kind === 'wire' && said.has(one.node))) continue
    const found = clash(roleDemands({ ...side, entries: [entry] }, 'entries', [...filters]))
    if (found === null || found.every((demand) => said.has(demand.node))) continue
    report.add(
      'contradiction',
      { ...entry.place, node: entry.path },
      {
        message: `\`${entry.path}\` can never be taken: ${phrase(found)}`,
        hint: 'All filters must be true when the setup fires.',
      },
    )
  }
}
