// The funnel as rows of a table: names of its steps, shares of their bars, and steps that never decide. Pure.
import type { PlayTree } from '../../blocks/play/tree'
import type { Funnel, FunnelStep, WhyAnswer } from '../engine/protocol'
import { pathTitle } from './names'
import { isLimit } from './reasons'

export interface FunnelLine extends FunnelStep {
  readonly title: string
  /** Of all bars, in [0, 1]: still in, and those that the step before let through. */
  readonly share: number
  readonly before: number
  /** Why the step needs a look; null: it does its work. */
  readonly doubt: string | null
  /** The bar in question ended here. */
  readonly here: boolean
}

const fixedSteps: Readonly<Record<string, string>> = {
  all: 'All bars',
  warm: 'Warmed up',
  flat: 'No position open',
  rise: 'Newly true',
  limits: 'Limits, cool-down',
  orders: 'Orders sent',
}

const isCondition = (step: string): boolean => fixedSteps[step] === undefined

const doubtOf = ({ step, stopped, onlyIt }: FunnelStep, before: number, title: string): string | null => {
  if (!isCondition(step) || before === 0) return null
  if (stopped === 0 && onlyIt === 0) return `${title} never says no: it is true on every bar that reaches it.`
  return onlyIt === 0 ? `${title} never decides alone: other steps stop the same bars.` : null
}

/** The step at which the answer's bar ended; null: it got through, or the answer is of another way in. */
export const stepOf = (funnel: Funnel, answer: WhyAnswer | null): string | null => {
  if (answer === null || answer.side !== funnel.side || answer.setup !== funnel.setup) return null
  if (answer.did === 'entry') return 'orders'
  if (answer.reason === 'in_trade') return 'flat'
  if (answer.reason === 'no_rise') return 'rise'
  if (isLimit(answer.reason)) return 'limits'
  return funnel.steps.some(({ step }) => step === answer.node) ? answer.node : null
}

export const funnelLines = (tree: PlayTree, funnel: Funnel, answer: WhyAnswer | null): readonly FunnelLine[] => {
  const all = Math.max(1, funnel.steps[0]?.left ?? 1)
  const here = stepOf(funnel, answer)
  return funnel.steps.map((step, i) => {
    const title = fixedSteps[step.step] ?? pathTitle(tree, step.step)
    const before = funnel.steps[i - 1]?.left ?? step.left
    return {
      ...step,
      title,
      share: step.left / all,
      before: before / all,
      doubt: doubtOf(step, before, title),
      here: step.step === here,
    }
  })
}

/** The funnel that the answer speaks of, else the first. */
export const funnelFor = (funnels: readonly Funnel[], answer: WhyAnswer | null): number => {
  const found = funnels.findIndex(({ side, setup }) => side === answer?.side && setup === answer.setup)
  return Math.max(0, found)
}
