// Why a trade was taken and what became of it: conditions with what was known when, the order's path, its costs.
'use client'
import { Empty } from '../ui/Empty'
import { SkeletonLines } from '../ui/Skeleton'
import { useView } from '../workbench/view'
import { ConditionList } from './ConditionList'
import { moment, time } from './format'
import { Scrolled } from './Scrolled'
import { type TradeStep, type TradeSum, tradeSteps, tradeSums } from './tradeSteps'
import { stepOf, tradeNo } from './trades'
import { useDimmed } from './useDimmed'
import { useLevels } from './useLevels'
import { useReport, useTick } from './useReport'
import { useWhy } from './why'
import { trueCount } from './whyWords'

const Head = ({ title, hint }: { title: string; hint?: string }) => (
  <header className="flex h-7 items-center gap-2 px-3">
    <h3 className="font-semibold whitespace-nowrap text-1">{title}</h3>
    {hint !== undefined && <span className="truncate text-11 text-3">{hint}</span>}
  </header>
)

const Step = ({ step }: { step: TradeStep }) => (
  <li>
    <button
      type="button"
      onClick={() => useView.setState({ cursorMs: step.ms, goTo: { ms: step.ms } })}
      title={`Show ${time(step.ms)} on the chart`}
      className="grid w-full grid-cols-[1fr_auto] gap-x-2 px-3 py-0.5 text-left hover:bg-hover"
    >
      <span className="text-1">{step.title}</span>
      <span className="text-right whitespace-nowrap text-1">{step.text}</span>
      <span className="text-11 leading-4 text-3">{step.detail}</span>
      <span className="text-right text-11 leading-4 whitespace-nowrap text-3">{moment(step.ms)}</span>
    </button>
  </li>
)

/** In columns as wide as the words, so that all six stand in two lines where there is room. */
const Sums = ({ sums }: { sums: readonly TradeSum[] }) => (
  <dl
    aria-label="What it made"
    className="grid flex-none grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-x-4 gap-y-1 border-b border-line-1 bg-panel px-3 py-2"
  >
    {sums.map(({ label, text, about }) => (
      <div key={label} title={about} className="flex items-baseline justify-between gap-2 whitespace-nowrap">
        <dt className="text-11 text-3">{label}</dt>
        <dd className="text-11 text-1">{text}</dd>
      </div>
    ))}
  </dl>
)

export const ExplainTrade = () => {
  const { question, answer, empty } = useWhy()
  const report = useReport()
  const tickOf = useTick()
  const dimmed = useDimmed()
  const trade = question?.kind === 'trade' ? tradeNo(report, question.no) : null
  const levels = useLevels(trade?.no ?? null)
  if (report === null || trade === null)
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No such trade in this run">The last edit took it away. Choose another one below.</Empty>
      </div>
    )
  const { instrument, legs } = trade
  const writing = { tick: tickOf(instrument), step: stepOf(report, instrument) }
  const steps = tradeSteps({ trade, decidedMs: answer?.timeMs ?? null, levels, writing })
  return (
    <section
      aria-label={`Trade ${trade.no} explained`}
      className={`@container flex h-full min-h-0 flex-col bg-panel transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      <Sums sums={tradeSums(trade)} />
      <Scrolled label="Conditions and path of the order">
        <div className="grid grid-cols-1 gap-px bg-line-1 @min-[440px]:grid-cols-2">
          <div className="bg-panel pb-2">
            <Head title="Why it was taken" {...(answer === null ? {} : { hint: trueCount(answer) })} />
            {answer !== null && <ConditionList answer={answer} known />}
            {answer === null && !empty && <SkeletonLines lines={5} label="Looking the decision up" />}
            {empty && <p className="px-3 text-11 text-3">The engine of this page has no record of this decision.</p>}
          </div>
          <div className="bg-panel pb-2">
            <Head title="The order’s path" hint={legs.length === 1 ? '1 fill' : `${legs.length} fills`} />
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
        </div>
      </Scrolled>
    </section>
  )
}
