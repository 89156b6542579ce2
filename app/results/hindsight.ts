// What would have let an entry in: the one constant threshold that said no, moved until it agrees. Pure; hindsight.
import type { PlayTree } from '../../blocks/play/tree'
import type { WhyAnswer } from '../engine/protocol'
import { decimalsOf } from '../ui/numbers'
import { type Constant, constantAt, easierLower } from './constants'

export interface Threshold extends Constant {
  /** The nearest value, on the step, that the bar would have passed. */
  readonly suggested: number
}

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

/** Null unless exactly one condition said no, and it compares a value with a constant of the document itself. */
export const thresholdOf = (tree: PlayTree, answer: WhyAnswer): Threshold | null => {
  if (answer.reason !== 'no_setup' && !answer.reason?.startsWith('filtered')) return null
  const lacking = answer.lines.filter(({ verdict }) => verdict !== 'true')
  const [line] = lacking
  if (line === undefined || lacking.length !== 1 || line.verdict !== 'false' || line.sides === null) return null
  const constant = constantAt(tree, line.node)
  if (constant === null) return null
  const { onRight, unit, step, type } = constant
  const other = line.sides[onRight ? 0 : 1]
  const shown = unit === '%' ? 100 * other : other
  return { ...constant, suggested: passing(shown, step, { down: easierLower(constant), strict: strict.has(type) }) }
}
