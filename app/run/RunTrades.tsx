// The trades of a run, filtered and sorted, and beside them the path of the one that is chosen.
'use client'
import type { Report } from '../../blocks/engine/report/document'
import { marketName } from '../results/format'
import { Scrolled } from '../results/Scrolled'
import { TradePath, TradeSums } from '../results/TradePath'
import { TradesHead } from '../results/TradesHead'
import { TradesTable } from '../results/TradesTable'
import { tradeSteps, tradeSums } from '../results/tradeSteps'
import { stepOf, tradeNo } from '../results/trades'
import { useTick } from '../results/useReport'
import { Empty } from '../ui/Empty'
import { useView } from '../workbench/view'
import { Card } from './Card'

const Chosen = ({ report }: { report: Report }) => {
  const no = useView(({ question }) => (question?.kind === 'trade' ? question.no : null))
  const tickOf = useTick()
  const trade = no === null ? null : tradeNo(report, no)
  if (trade === null)
    return (
      <div className="p-3">
        <Empty title="No trade chosen">Choose one in the table to see its fills and what it cost.</Empty>
      </div>
    )
  const { instrument, legs, side } = trade
  const writing = { tick: tickOf(instrument), step: stepOf(report, instrument) }
  const steps = tradeSteps({ trade, decidedMs: null, levels: null, writing })
  return (
    <section aria-label={`Trade ${trade.no}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-9 flex-none items-center gap-2 px-3">
        <h2 className="font-semibold text-1">{`Trade ${trade.no}, ${side}`}</h2>
        <span className="truncate text-11 text-3">
          {`${marketName(instrument)}, ${legs.length === 1 ? '1 fill' : `${legs.length} fills`}`}
        </span>
      </header>
      <TradeSums sums={tradeSums(trade)} />
      <Scrolled label="Path of the order">
        <div className="py-2">
          <TradePath trade={trade} steps={steps} />
        </div>
      </Scrolled>
    </section>
  )
}

export const RunTrades = ({ report }: { report: Report }) => (
  <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(320px,30%)] gap-3 p-3 max-lg:grid-cols-1 max-lg:grid-rows-[minmax(0,1fr)_minmax(0,40%)]">
    <Card>
      <header className="flex h-9 flex-none items-center gap-2 border-b border-line-1 px-3">
        <h2 className="font-semibold text-1">Trades</h2>
        <span className="ml-auto">
          <TradesHead />
        </span>
      </header>
      <TradesTable />
    </Card>
    <Card>
      <Chosen report={report} />
    </Card>
  </div>
)
