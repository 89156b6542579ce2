// Where somebody stands in the guided first backtest, from the Play and its run.
'use client'
import { useState } from 'react'
import { useRun } from '../workbench/run'
import { useDocument } from '../workbench/session'
import { canAct, currentStep, type GuideStep, guideSteps } from './guide'

export interface GuideAt {
  readonly at: number
  readonly over: boolean
  /** The open step, or the last. */
  readonly step: GuideStep
  /** "Do it for me" has something to do. */
  readonly able: boolean
}

export const useGuide = (): GuideAt => {
  const tree = useDocument(({ document }) => document.tree)
  // Bars are asked for anew when an edit changes what is read: that takes no step back.
  const there = useRun(({ dataset }) => dataset !== null)
  const [loaded, setLoaded] = useState(there)
  if (there && !loaded) setLoaded(true)
  const ran = useRun(({ result, stale }) => result !== null && !stale)
  const at = currentStep({ tree, loaded, ran })
  const step = guideSteps[Math.min(at, guideSteps.length - 1)]
  if (step === undefined) throw new Error('the guide has no steps')
  return { at, over: at >= guideSteps.length, step, able: canAct(tree, step) }
}
