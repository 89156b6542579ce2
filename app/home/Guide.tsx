// The guide above the Play of the first backtest: five steps, what to do now, and the button that does it.
'use client'
import { Check, WandSparkles, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { canAct, currentStep, guided, guideSteps } from './guide'

const Dot = ({ no, state }: { no: number; state: 'done' | 'here' | 'open' }) => (
  <span
    className={classes(
      'grid size-[18px] flex-none place-items-center rounded-full text-11 font-semibold tabular-nums',
      state === 'done' && 'bg-pos text-ink',
      state === 'here' && 'bg-you text-ink',
      state === 'open' && 'border border-line-3 text-3',
    )}
  >
    {state === 'done' ? <Check size={11} strokeWidth={3} aria-hidden /> : no}
  </span>
)

/** `code` of a sentence stands out. */
const Sentence = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 1 ? <b key={part}>{part}</b> : part))}</>
)

const Steps = ({ onLeave }: { onLeave: () => void }) => {
  const { store } = useSession()
  const tree = useDocument(({ document }) => document.tree)
  // Bars are asked for anew when an edit changes what is read: that takes no step back.
  const there = useRun(({ dataset }) => dataset !== null)
  const [loaded, setLoaded] = useState(there)
  if (there && !loaded) setLoaded(true)
  const ran = useRun(({ result, stale }) => result !== null && !stale)
  const at = currentStep({ tree, loaded, ran })
  const step = guideSteps[at] ?? guideSteps[guideSteps.length - 1]
  if (step === undefined) return null
  const over = at >= guideSteps.length
  const act = step.act
  return (
    <section
      aria-label="Your first backtest"
      className="flex flex-none items-center gap-3 border-b border-line-1 bg-panel px-3 py-2"
    >
      <ol className="flex flex-none items-center gap-1.5">
        {guideSteps.map(({ title }, i) => (
          <li key={title} aria-current={i === at ? 'step' : undefined} title={title}>
            <Dot no={i + 1} state={i < at ? 'done' : i === at ? 'here' : 'open'} />
            <span className="sr-only">{`${title}: ${i < at ? 'done' : i === at ? 'now' : 'to come'}`}</span>
          </li>
        ))}
      </ol>
      <p aria-live="polite" className="min-w-0 flex-1 text-12 leading-4 text-2">
        <b className="text-1">{over ? 'That was your first backtest.' : `${step.title}.`}</b>{' '}
        <Sentence text={step.how} />
      </p>
      {!over && act !== null && (
        <Button disabled={!canAct(tree, step)} onClick={() => store.getState().edit(step.label, act)}>
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
    guided.stop()
    setOn(false)
  }
  return <Steps onLeave={leave} />
}
