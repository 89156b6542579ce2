// The evidence column: trust before profit, the chart, and below it trades, funnel, months, costs or the answer to why.
'use client'
import { Chart } from '../chart/Chart'
import { Equity } from '../chart/Equity'
import { Costs } from '../results/Costs'
import { Distribution } from '../results/Distribution'
import { ExplainTrade } from '../results/ExplainTrade'
import { Funnel } from '../results/Funnel'
import { Metrics } from '../results/Metrics'
import { Months } from '../results/Months'
import { ResultHead } from '../results/ResultHead'
import { TradesHead } from '../results/TradesHead'
import { TradesTable } from '../results/TradesTable'
import { TrustStrip } from '../results/TrustStrip'
import { WhyNot } from '../results/WhyNot'
import { Boundary } from '../ui/Boundary'
import { Split } from '../ui/Split'
import { Tabs } from '../ui/Tabs'
import { type EvidenceTab, useView } from './view'

const tabs = [
  { value: 'trades', label: 'Trades', content: <TradesTable /> },
  { value: 'equity', label: 'Equity', content: <Equity /> },
  { value: 'distribution', label: 'Distribution', content: <Distribution /> },
  { value: 'funnel', label: 'Funnel', content: <Funnel /> },
  { value: 'months', label: 'Months', content: <Months /> },
  { value: 'costs', label: 'Costs', content: <Costs /> },
] as const satisfies readonly { value: EvidenceTab; label: string; content: unknown }[]

const Lower = () => {
  const tab = useView((view) => view.evidence)
  const question = useView((view) => view.question)
  if (question?.kind === 'bar')
    return (
      <div className="grid h-full min-h-0 grid-cols-[minmax(240px,5fr)_7fr] gap-px bg-line-1">
        <WhyNot />
        <Funnel />
      </div>
    )
  if (question?.kind === 'trade')
    return (
      <Split
        direction="column"
        label="Border between the trade explained and the other trades"
        keep="explained"
        parts={[
          { id: 'explained', content: <ExplainTrade />, defaultSize: '73%', minSize: '96px' },
          { id: 'trades', content: <TradesTable />, minSize: '78px' },
        ]}
      />
    )
  return (
    <Tabs
      label="Evidence"
      value={tab}
      tabs={tabs}
      onValue={(next) => useView.setState({ evidence: next })}
      {...(tab === 'trades' ? { head: <TradesHead /> } : {})}
    />
  )
}

const ChartPart = ({ isTold }: { isTold: boolean }) => (
  <Boundary what="The chart">
    <Chart isTold={isTold} />
  </Boundary>
)

const LowerPart = () => (
  <Boundary what="This part of the evidence">
    <Lower />
  </Boundary>
)

/** An explanation takes the room of the figures of the whole run, and some of the chart's. */
const explaining = { chart: 46, lower: 54 } as const

export const Evidence = () => {
  const asking = useView((view) => view.question !== null)
  const trade = useView((view) => view.question?.kind === 'trade')
  return (
    <section aria-label="Evidence" className="flex h-full min-h-0 min-w-0 flex-col gap-px bg-line-1">
      {!asking && (
        <>
          <ResultHead />
          <TrustStrip />
          <Metrics />
        </>
      )}
      <div className="min-h-0 flex-1 bg-panel">
        <Split
          direction="column"
          label="Border between the chart and what stands below it"
          keep="chart"
          forNow={trade ? explaining : null}
          parts={[
            { id: 'chart', content: <ChartPart isTold={!asking} />, defaultSize: '62%', minSize: '160px' },
            { id: 'lower', content: <LowerPart />, minSize: '120px' },
          ]}
        />
      </div>
    </section>
  )
}
