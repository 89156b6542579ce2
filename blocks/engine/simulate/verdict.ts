// Is a role's condition true for this side: a bit of the market, or this trade's own program.
import { verdictAt } from '../../kit/bits'
import type { ExitPlan } from '../plan'
import { type Desk, programOf } from './desk'
import type { Order } from './state'

export const isTrue = (desk: Desk, exit: ExitPlan, at: { i: number; side: Order; memory: object | null }): boolean => {
  if ('market' in exit.when) return verdictAt(exit.when.market, at.i) === 1
  const program = programOf(desk, at.side)
  return at.memory !== null && program !== null && program.verdict(at.memory, exit.when.trade) === 1
}
