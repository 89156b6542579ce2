// The five steps as a list: what is done, what is to be done now, and what is to come.
import { Check } from 'lucide-react'
import { classes } from '../ui/classes'
import { guideSteps } from './guide'

export type StepState = 'done' | 'here' | 'open'

export const stateAt = (step: number, at: number): StepState => (step < at ? 'done' : step === at ? 'here' : 'open')

const words: Readonly<Record<StepState, string>> = { done: 'done', here: 'now', open: 'to come' }

/** `${title}: now`, for those who do not see the dots. */
export const spokenStep = (title: string, state: StepState): string => `${title}: ${words[state]}`

export const StepDot = ({ no, state }: { no: number; state: StepState }) => (
  <span
    aria-hidden
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

export interface GuideStepsProps {
  /** The step that is open; the number of steps when all are done, null when nothing was begun. */
  readonly at: number | null
  /** The Play stands on bars of the trader. */
  readonly own?: boolean
}

export const GuideSteps = ({ at, own = false }: GuideStepsProps) => (
  <ol className="flex flex-col gap-0.5">
    {guideSteps.map((step, i) => {
      const { title, text } = own ? { ...step, ...step.own } : step
      const state = at === null ? 'open' : stateAt(i, at)
      return (
        <li
          key={title}
          aria-current={state === 'here' ? 'step' : undefined}
          className={classes('flex gap-3 rounded-node px-2.5 py-2', state === 'here' && 'bg-you-bg')}
        >
          <StepDot no={i + 1} state={state} />
          <span className="min-w-0">
            <b className="block text-12 leading-[18px] text-1">
              {title}
              {at !== null && <span className="sr-only">{spokenStep('', state)}</span>}
            </b>
            <span className={classes('block text-11 leading-4', state === 'here' ? 'text-2' : 'text-3')}>{text}</span>
          </span>
        </li>
      )
    })}
  </ol>
)
