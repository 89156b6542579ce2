// Why a trade was taken and what became of it: conditions with what was known when, the order's path, its costs.
'use client'
import { Empty } from '../ui/Empty'
import { SkeletonLines } from '../ui/Skeleton'
import { ConditionList } from './ConditionList'
import { Scrolled } from './Scrolled'
import { TradePath, TradeSums } from './TradePath'
import { tradeSteps, tradeSums } from './tradeSteps'
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
      <TradeSums sums={tradeSums(trade)} />
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
            <TradePath trade={trade} steps={steps} />
          </div>
        </div>
      </Scrolled>
    </section>
  )
}
