// Conditions of trade scope at a trade's own first decision. Where neither the trade nor a memory has a say in them they
// follow from the market alone: columns, computed once for every signal instead of a trade begun for each.
import { type Bits, bitsOf } from '../../kit/bits'
import { isLogical } from '../../kit/socket'
import type { FlatNode, Operand } from '../../play/flat'
import { type EvaluatedPlay, paramsOf } from './evaluate'
import type { AnyColumn } from './store'

/** A column on the decision clock, and a name for what it holds. */
interface Known {
  readonly column: AnyColumn
  readonly key: string
}

const isBits = (column: AnyColumn): column is Bits => !(column instanceof Float64Array) && 't' in column

const inputsOf = (play: EvaluatedPlay, node: FlatNode): Record<string, Known[]> | null => {
  const inputs: Record<string, Known[]> = {}
  for (const [port, operands] of Object.entries(node.inputs)) {
    const known = operands.map((operand) => knownAtEntry(play, operand)).filter((one) => one !== null)
    if (known.length < operands.length) return null
    inputs[port] = known
  }
  return inputs
}

/** Of a node of trade scope that keeps nothing from row to row. */
const computed = (play: EvaluatedPlay, place: number, output: string): Known | null => {
  const { workspace, decision, flat, typeAt, binding } = play
  const node = flat.nodes[place]
  const type = typeAt[place]
  const inputs = inputsOf(play, node)
  if (inputs === null || type.run === undefined) return null
  const storage = Object.entries(inputs).map(
    ([port, [first]]) => [port, isBits(first.column) ? 'bits' : 'numbers'] as const,
  )
  const params = paramsOf(node)
  const memory = type.memory?.(params, Object.fromEntries(storage)) ?? {}
  if (Object.keys(memory).length > 0) return null
  const { run } = type
  const content = Object.entries(inputs).map(([port, list]) => `${port}:${list.map(({ key }) => key).join()}`)
  const key = `${workspace.keyOf(`at entry|${binding.main}|${workspace.textOf(node)}|${content.join('|')}`)}.${output}`
  const column = workspace.columns.derived(key, () => {
    const columns = Object.entries(inputs).map(([port, list]) => [
      port,
      type.inputs[port]?.least === undefined ? list[0].column : list.map((one) => one.column),
    ])
    const outputs = Object.fromEntries(
      Object.entries(node.sockets).map(([name, { letter }]) => [
        name,
        isLogical(letter) ? bitsOf(decision.rows) : new Float64Array(decision.rows),
      ]),
    )
    run(memory, Object.fromEntries(columns), outputs, params, 0, decision.rows, decision.row0)
    // What it says in holes is nobody's concern: nothing is decided there (S5).
    return outputs[output]
  })
  return { column, key }
}

/** Null where the trade or a memory has a say. */
const knownAtEntry = (play: EvaluatedPlay, operand: Operand): Known | null => {
  const { workspace, decision, flat, typeAt, keys } = play
  if (!('node' in operand))
    return { column: workspace.constant(operand.constant, decision.rows), key: String(operand.constant) }
  const { node: place, output } = operand
  const node = flat.nodes[place]
  if (node.scope !== 'trade') return { column: play.onDecision(place, output), key: `${keys[place]}.${output}` }
  const type = typeAt[place]
  if (type.constant !== true) return computed(play, place, output)
  // What stays as its first row was is, on that row, what it is made of.
  const operands = Object.values(node.inputs).flat()
  return operands.length === 1 ? knownAtEntry(play, operands[0]) : null
}

/** What a condition says at the first decision of a trade that would begin there, by row; null where only a trade tells. */
export const conditionAtEntry = (play: EvaluatedPlay, operand: Operand): Bits | null => {
  const column = knownAtEntry(play, operand)?.column
  return column !== undefined && isBits(column) ? column : null
}
