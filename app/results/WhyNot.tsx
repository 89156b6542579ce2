// Why nothing happened at a bar: a sentence, every condition, and what would have let an entry in.
'use client'
import { useState } from 'react'
import type { WhyAnswer } from '../engine/protocol'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { NumberField } from '../ui/NumberField'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { Verdict } from '../ui/Verdict'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { useView } from '../workbench/view'
import { ConditionList } from './ConditionList'
import { count, none, percent, riskMultiple, signed, signOf } from './format'
import { type Threshold, thresholdOf } from './hindsight'
import { type Preview, type PreviewFigures, preview } from './preview'
import { isLimit, limitName, refusalWords } from './reasons'
import { Scrolled } from './Scrolled'
import { useWhy } from './why'
import { whySentence } from './whyWords'

const toneOf = (value: number): string =>
  signOf(value, 2) > 0 ? 'text-pos' : signOf(value, 2) < 0 ? 'text-neg' : 'text-1'

const Taken = ({ taken }: { taken: PreviewFigures['taken'] }) => {
  if (taken.kind === 'none') return <span>no entry even so</span>
  if (taken.kind === 'open') return <span>entry, still open</span>
  return <span className={toneOf(taken.r)}>{riskMultiple(taken.r)}</span>
}

const written = (value: number | null): string => (value === null ? none : signed(value, 1))

const Outcome = ({ figures }: { figures: PreviewFigures }) => {
  const { taken, change, returnPct } = figures
  return (
    <>
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 text-11 [&>dd]:text-right [&>dd]:text-1 [&>dt]:text-3">
        <dt>This bar, if taken</dt>
        <dd>
          <Taken taken={taken} />
        </dd>
        <dt>Whole run, trades</dt>
        <dd>
          {change === null ? (
            none
          ) : (
            <>
              <span className="text-pos">+{count(change.gained)}</span>{' '}
              <span className="text-neg">{`\u2212${count(change.lost)}`}</span>
            </>
          )}
        </dd>
        <dt>Whole run, net profit</dt>
        <dd>{`${written(returnPct.before)} → ${returnPct.after === null ? none : percent(returnPct.after)}`}</dd>
      </dl>
      <p role="note" className="mt-2.5 rounded-node border border-warn-line bg-warn-bg px-2.5 py-2 text-11 text-1">
        Hindsight: this value was chosen because its outcome is known. It proves nothing, and the Play is unchanged.
      </p>
    </>
  )
}

const LetIn = ({ threshold, answer }: { threshold: Threshold; answer: WhyAnswer }) => {
  const { engine, store } = useSession()
  const [value, setValue] = useState(threshold.suggested)
  const [shown, setShown] = useState<Preview>({ kind: 'idle' })
  const [fault, setFault] = useState<string | null>(null)
  const waiting = useRun(({ stale, status }) => stale || status.kind === 'loading')
  const go = (): void => {
    setShown({ kind: 'busy' })
    const show = (next: Preview): void => {
      setShown(next)
      if (next.kind === 'done') useView.setState({ whatIf: next.figures.trade })
    }
    void preview({ engine, store, threshold, value, answer }).then(show)
  }
  const { label, step, unit, value: now } = threshold
  return (
    <form
      className="px-3 py-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault === null && shown.kind !== 'busy') go()
      }}
    >
      <h3 className="pb-1.5 font-semibold text-1">What would have let it in</h3>
      <p className="pb-1">
        {label} <span className="text-11 text-3">{`now ${now}${unit === null ? '' : ` ${unit}`}`}</span>
      </p>
      <div className="flex items-center gap-2">
        <span className="w-24 flex-none">
          <NumberField
            aria-label={`${label}, now ${now}`}
            value={value}
            step={step}
            {...(unit === null ? {} : { unit })}
            onValue={(next) => {
              setValue(next)
              setShown({ kind: 'idle' })
            }}
            onFault={setFault}
          />
        </span>
        <Button
          type="submit"
          size="s"
          busy={shown.kind === 'busy'}
          disabled={waiting || fault !== null}
          className="ml-auto"
        >
          Preview
        </Button>
      </div>
      <div aria-live="polite">
        {shown.kind === 'done' && <Outcome figures={shown.figures} />}
        {shown.kind === 'failed' && <p className="mt-2 text-11 text-neg">{sentence(shown.message)}</p>}
      </div>
    </form>
  )
}

/** Limits stand behind the conditions: they were asked only when these agreed. */
const Limits = ({ answer }: { answer: WhyAnswer }) => {
  const { reason, did } = answer
  const hit = reason !== null && isLimit(reason)
  const asked = hit || did === 'entry'
  return (
    <div
      className={`grid min-h-6.5 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 px-3 ${hit ? 'bg-neg-bg' : ''}`}
    >
      <Verdict
        kind={hit ? 'fail' : asked ? 'pass' : 'wait'}
        word={hit ? 'said no' : asked ? 'none in force' : 'not asked'}
      />
      <span className={hit ? 'font-semibold text-1' : ''}>{hit ? limitName(reason) : 'Limits'}</span>
      <span className="text-11 text-3">
        {hit ? sentence(refusalWords(reason) ?? '') : asked ? 'none in force' : 'not asked'}
      </span>
    </div>
  )
}

const Answer = ({ answer }: { answer: WhyAnswer }) => {
  const tree = useDocument(({ document }) => document.tree)
  const { who, rest } = whySentence(tree, answer)
  const threshold = thresholdOf(tree, answer)
  return (
    <>
      <p className="px-3 pb-2.5 text-13 leading-5 text-1">
        {who !== null && <b className="text-neg">{who} </b>}
        {rest}
      </p>
      <ConditionList answer={answer} known={false} />
      <Limits answer={answer} />
      {threshold !== null && (
        <div className="mt-2 border-t border-line-1">
          <LetIn
            key={`${answer.timeMs} ${threshold.label} ${threshold.suggested}`}
            threshold={threshold}
            answer={answer}
          />
        </div>
      )}
    </>
  )
}

export const WhyNot = () => {
  const { answer, empty } = useWhy()
  const hasResult = useRun(({ result }) => result !== null)
  const waits = hasResult && answer === null && !empty
  return (
    <section aria-label="Why not here" className="flex h-full min-h-0 flex-col bg-panel">
      <header className="flex h-9 flex-none items-center px-3">
        <h2 className="font-semibold text-1">{answer?.did === 'entry' ? 'What happened here?' : 'Why not here?'}</h2>
      </header>
      {answer !== null && (
        <Scrolled label="The answer">
          <Answer answer={answer} />
        </Scrolled>
      )}
      {waits && <SkeletonLines lines={5} label="Looking the decision up" />}
      {!waits && answer === null && (
        <div className="p-3 pt-0">
          <Empty title="Nothing was decided here">This bar lies outside of the run. Choose one inside its range.</Empty>
        </div>
      )}
    </section>
  )
}
