// The Play on a phone, for reading: its result, its trades, and the graph as an outline. Drawing needs more room.
'use client'
import { ChartCandlestick, ListOrdered, ListTree } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { describePlay } from '../../blocks/play/sentence'
import { Chart } from '../chart/Chart'
import { useBlocks } from '../library/library'
import { ExplainBar } from '../results/ExplainBar'
import { ExplainTrade } from '../results/ExplainTrade'
import { Metrics } from '../results/Metrics'
import { ResultHead } from '../results/ResultHead'
import { TradesTable } from '../results/TradesTable'
import { TrustStrip } from '../results/TrustStrip'
import { WhyNot } from '../results/WhyNot'
import { Boundary } from '../ui/Boundary'
import { Outline } from './Outline'
import { useDocument } from './session'
import { useView } from './view'

const ChartPart = ({ className, isTold = false }: { className: string; isTold?: boolean }) => (
  <div className={className}>
    <Boundary what="The chart">
      <Chart isTold={isTold} />
    </Boundary>
  </div>
)

const Result = () => {
  const question = useView((view) => view.question)
  if (question !== null)
    return (
      <div className="flex h-full min-h-0 flex-col">
        <ExplainBar />
        <ChartPart className="mt-2 h-[38%] min-h-40 flex-none" />
        <div className="min-h-0 flex-1 overflow-y-auto border-t border-line-1">
          {question.kind === 'trade' ? <ExplainTrade /> : <WhyNot />}
        </div>
      </div>
    )
  return (
    <div className="flex h-full min-h-0 flex-col gap-px overflow-y-auto bg-line-1">
      <ResultHead />
      {/* Six in a row are too narrow for their words here. */}
      <div className="flex-none [&>section]:grid-cols-3">
        <TrustStrip />
      </div>
      <div className="flex-none [&>section]:grid-cols-3">
        <Metrics />
      </div>
      <ChartPart className="min-h-72 flex-1 bg-panel" isTold />
    </div>
  )
}

const Words = () => {
  const tree = useDocument(({ document }) => document.tree)
  return (
    <>
      <p className="px-4 py-3 text-13 leading-5 text-1">{describePlay(tree, useBlocks()).lead}</p>
      <Outline />
      <p className="px-4 pb-4 text-11 text-3">To change the Play, open it on a wider screen.</p>
    </>
  )
}

const parts = [
  { value: 'result', label: 'Result', Icon: ChartCandlestick },
  { value: 'trades', label: 'Trades', Icon: ListOrdered },
  { value: 'play', label: 'Play', Icon: ListTree },
] as const

/** Takes the focus, so that what is long is scrolled by keyboard too. */
const Part = ({ value, children }: { value: string; children: ReactNode }) => (
  <Tabs.Content value={value} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2 data-[state=inactive]:hidden">
    {children}
  </Tabs.Content>
)

export const Reader = ({ notices }: { notices: ReactNode }) => {
  const [part, setPart] = useState<string>('result')
  const asked = useView((view) => view.question)
  // A trade that is picked in its list is explained beside the chart.
  useEffect(() => {
    if (asked !== null) setPart('result')
  }, [asked])
  return (
    <main className="min-h-0 min-w-0 bg-app">
      <Tabs.Root value={part} onValueChange={setPart} className="flex h-full min-h-0 flex-col">
        {notices}
        <Part value="result">
          <Result />
        </Part>
        <Part value="trades">
          <TradesTable />
        </Part>
        <Part value="play">
          <Words />
        </Part>
        <Tabs.List
          aria-label="Parts of the Play"
          className="grid flex-none grid-cols-3 gap-px border-t border-line-2 bg-panel"
        >
          {parts.map(({ value, label, Icon }) => (
            <Tabs.Trigger
              key={value}
              value={value}
              className="flex h-[52px] flex-col items-center justify-center gap-0.5 text-11 text-3 -outline-offset-2 data-[state=active]:text-1"
            >
              <Icon size={18} strokeWidth={1.6} aria-hidden />
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
    </main>
  )
}
