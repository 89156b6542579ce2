// Why a trade was taken and what became of it: conditions with what was known when, the order's path, its costs.
'use client'
import { Empty } from '../ui/Empty'
import { SkeletonLines } from '../ui/Skeleton'
import { useView } from '../workbench/view'
import { ConditionList } from './ConditionList'
import { time } from './format'
import { type TradeStep, tradeSteps, tradeSums } from './tradeSteps'
import { stepOf, tradeNo } from './trades'
import { useDimmed } from './useDimmed'
import { useReport, useTick } from './useReport'
import { useWhy } from './why'
import { trueCount } from './whyWords'

const Head = ({ title, hint }: { title: string; hint?: string }) => (
  <header className="flex h-8 items-center gap-2 px-3">
    <h3 className="font-semibold text-1">{title}</h3>
    {hint !== undefined && <span className="truncate text-11 text-3">{hint}</span>}
  </header>
)

const Step = ({ step }: { step: TradeStep }) => (
  <li className="border-b border-line-1 last:border-b-0">
    <button
      type="button"
      onClick={() => useView.setState({ cursorMs: step.ms, goTo: { ms: step.ms } })}
      title="Show this moment on the chart"
      className="grid w-full grid-cols-[1fr_auto] gap-x-2 px-3 py-1 text-left hover:bg-hover"
    >
      <span className="text-1">{step.title}</span>
      <span className="text-right text-1">{step.text}</span>
      <span className="text-11 leading-4 text-3">{step.detail}</span>
      <span className="text-right text-11 leading-4 whitespace-nowrap text-3">{time(step.ms)}</span>
    </button>
  </li>
)

export const ExplainTrade = () => {
  const { question, answer, empty } = useWhy()
  const report = useReport()
  const tickOf = useTick()
  const dimmed = useDimmed()
  const trade = question?.kind === 'trade' ? tradeNo(report, question.no) : null
  if (report === null || trade === null)
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No such trade in this run">The last edit took it away. Choose another one below.</Empty>
      </div>
    )
  const { instrument, legs } = trade
  const steps = tradeSteps(trade, answer?.timeMs ?? null, {
    tick: tickOf(instrument),
    step: stepOf(report, instrument),
  })
  return (
    <section
      aria-label={`Trade ${trade.no} explained`}
      className={`grid h-full min-h-0 grid-cols-2 gap-px overflow-y-auto bg-line-1 transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      <div className="bg-panel pb-2">
        <Head title="Why it was taken" {...(answer === null ? {} : { hint: trueCount(answer) })} />
        {answer !== null && <ConditionList answer={answer} known />}
        {answer === null && !empty && <SkeletonLines lines={5} label="Looking the decision up" />}
        {empty && <p className="px-3 text-11 text-3">The engine of this page has no record of this decision.</p>}
        <Head title="What it made" />
        <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 px-3 text-11 [&>dd]:text-right [&>dd]:text-1 [&>dt]:text-3">
          {tradeSums(trade).flatMap(({ label, text }) => [
            <dt key={label}>{label}</dt>,
            <dd key={`${label} value`}>{text}</dd>,
          ])}
        </dl>
      </div>
      <div className="bg-panel pb-2">
        <Head title="The order's path" hint={legs.length === 1 ? '1 fill' : `${legs.length} fills`} />
        <ol>
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two fills may share time and title, and their order is fixed
            <Step key={i} step={step} />
          ))}
        </ol>
        {trade.ambiguous && (
          <p className="px-3 pt-2 text-11 text-warn">
            Stop and target lay inside the same bar: the worse one was taken. It may have ended better.
          </p>
        )}
      </div>
    </section>
  )
}
