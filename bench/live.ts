// One new bar through all market columns of a Play: the same kernels, one row at a time, memory kept (engine.md, the law).
import type { AnyColumn } from '../blocks/engine/columns/store'
import { isProblems, prepareSeats } from '../blocks/engine/seats'
import type { Storage } from '../blocks/kit/logic'
import { type Ask, rangeOf, settings, types } from './reference'
import { timed } from './table'

interface Stepper {
  readonly run: (i0: number, i1: number) => void
}

const steppers = ({ flat, workspace, market }: Ask): { steps: Stepper[]; rows: number } => {
  const prepared = prepareSeats({ plays: [flat], workspace, types, settings, ...rangeOf(market) })
  if (isProblems(prepared) || prepared[0] === undefined) throw new Error('the reference Play does not run')
  const { evaluated } = prepared[0]
  const { rows, row0 } = evaluated.decision
  const steps: Stepper[] = []
  flat.nodes.forEach((node, place) => {
    const type = types.get(`${node.type}@${node.major}`)
    const held = evaluated.nodes[place]
    if (type?.run === undefined || held === null || held === undefined) return
    const column = (operand: (typeof node.inputs)[string][number]): AnyColumn =>
      'node' in operand
        ? evaluated.onDecision(operand.node, operand.output)
        : workspace.constant(operand.constant, rows)
    const inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([port, list]) => {
        const columns = list.map(column)
        return [port, type.inputs[port]?.least === undefined ? columns[0] : columns]
      }),
    )
    const storage = Object.fromEntries(
      Object.entries(node.inputs).map(([port, list]): [string, Storage] => {
        const first = list[0] === undefined ? undefined : column(list[0])
        return [port, first !== undefined && !(first instanceof Float64Array) && 't' in first ? 'bits' : 'numbers']
      }),
    )
    const series = typeof type.feed === 'object' ? type.feed.series : null
    const feed = series === null ? {} : { feed: workspace.feed(market.instrument.id, series) }
    const params = { ...node.params, clock: node.clock }
    const memory = type.memory?.(params, storage) ?? {}
    const kernel = type.run
    const all = { ...inputs, ...feed }
    // The columns are written with the values that they hold already.
    steps.push({ run: (i0, i1) => kernel(memory, all, held.outputs, params, i0, i1, row0) })
  })
  return { steps, rows }
}

/** Microseconds for one bar through every market node, over the last `bars` bars. */
export const liveStepUs = (ask: Ask, bars: number): { us: number; nodes: number } => {
  const { steps, rows } = steppers(ask)
  const first = Math.max(0, rows - bars)
  for (const { run } of steps) run(0, first)
  const { ms } = timed(() => {
    for (let i = first; i < rows; i++) for (const { run } of steps) run(i, i + 1)
  })
  return { us: (ms * 1e3) / (rows - first), nodes: steps.length }
}
