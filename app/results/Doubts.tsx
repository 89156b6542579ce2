// Steps of the funnel that need a look, with what could be done about each and what that would change.
'use client'
import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../ui/Button'
import { Tooltip } from '../ui/Tooltip'
import { count } from './format'
import type { FunnelLine } from './funnelRows'
import { type Remedy, useRemedies } from './useRemedies'

export const doubtId = (step: string): string => `doubt ${step}`.replaceAll(/[ /]/g, '-')

const Change = ({ change }: { change: NonNullable<Remedy['change']> }) =>
  change.gained === 0 && change.lost === 0 ? (
    <span className="whitespace-nowrap text-3">no trade changes</span>
  ) : (
    <span className="whitespace-nowrap">
      <span className="text-pos">+{count(change.gained)}</span>{' '}
      <span className="text-neg">{`\u2212${count(change.lost)}`}</span> trades
    </span>
  )

/** `lines`: the same object as long as they are of the same run. */
export const Doubts = ({ lines }: { lines: readonly FunnelLine[] }) => {
  const doubtful = useMemo(() => lines.filter(({ doubt }) => doubt !== null), [lines])
  const remedies = useRemedies(doubtful)
  if (doubtful.length === 0) return null
  return (
    <ul aria-label="Steps that need a look" className="flex flex-col gap-2 p-3 text-11 leading-4">
      {doubtful.map(({ step, doubt }) => (
        <li key={step} id={doubtId(step)} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="flex min-w-48 flex-1 gap-2">
            <TriangleAlert size={12} className="mt-0.5 flex-none text-warn" aria-hidden />
            <span>{doubt}</span>
          </span>
          {remedies
            .filter((remedy) => remedy.step === step)
            .map(({ label, about, apply, change }) => (
              <span key={label} className="flex items-center gap-1.5">
                <Tooltip text={about}>
                  <Button size="s" onClick={apply}>
                    {label}
                  </Button>
                </Tooltip>
                {change !== null && <Change change={change} />}
              </span>
            ))}
        </li>
      ))}
    </ul>
  )
}
