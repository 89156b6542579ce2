// The guide above the Play of the first backtest: five steps, what to do now, and the button that does it.
'use client'
import { WandSparkles, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { useSession } from '../workbench/session'
import { StepDot, spokenStep, stateAt } from './GuideSteps'
import { guided, guideSteps } from './guide'
import { Sentence } from './Sentence'
import { useGuide } from './useGuide'

const Steps = ({ onLeave }: { onLeave: () => void }) => {
  const { store } = useSession()
  const { at, over, step, able } = useGuide()
  const { act } = step
  return (
    <section
      aria-label="Your first backtest"
      className="flex flex-none items-center gap-3 border-b border-line-1 bg-panel px-3 py-2"
    >
      <ol className="flex flex-none items-center gap-1.5">
        {guideSteps.map(({ title }, i) => (
          <li key={title} aria-current={i === at ? 'step' : undefined} title={title}>
            <StepDot no={i + 1} state={stateAt(i, at)} />
            <span className="sr-only">{spokenStep(title, stateAt(i, at))}</span>
          </li>
        ))}
      </ol>
      <p aria-live="polite" className="min-w-0 flex-1 text-12 leading-4 text-2">
        <b className="text-1">{over ? 'That was your first backtest.' : `${step.title}.`}</b>{' '}
        <Sentence text={`${step.how} ${step.effect}`} />
      </p>
      {!over && act !== null && (
        <Button disabled={!able} onClick={() => store.getState().edit(step.label, act)}>
          <WandSparkles size={13} aria-hidden />
          Do it for me
        </Button>
      )}
      <IconButton
        label={over ? 'Close the guide' : 'Leave the guide'}
        icon={<X size={14} aria-hidden />}
        onClick={onLeave}
      />
    </section>
  )
}

/** Nothing for Plays that are not guided. */
export const Guide = ({ id }: { id: string }) => {
  const [on, setOn] = useState(false)
  useEffect(() => setOn(guided.is(id)), [id])
  if (!on) return null
  const leave = (): void => {
    guided.leave()
    setOn(false)
  }
  return <Steps onLeave={leave} />
}
