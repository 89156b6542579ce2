// What is wrong with a parameter, in sentences.
'use client'
import { useRun } from '../workbench/run'
import { reasonWords } from './words'

/** What the checker says of this parameter and its rules. */
export const useParamFaults = (name: string): readonly string[] => {
  const problems = useRun((run) => run.problems)
  return problems.flatMap(({ where, message, severity }) => {
    const [section, at] = where.path ?? []
    const isOwn = section === 'params' && at === name
    const isRule = section === 'constraints' && message.includes(`\`$${name}\``)
    return severity === 'error' && (isOwn || isRule) ? [reasonWords(message)] : []
  })
}
