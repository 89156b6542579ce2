// A run of record by its permalink: what it came to as it is kept, what it is at while it runs, or why there is nothing.
'use client'
import { useEffect, useState } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { resetTradeFilter } from '../results/tradeFilter'
import { tradeNo } from '../results/trades'
import { KeptReport } from '../results/useReport'
import type { RunRow } from '../runs/runs'
import { Boundary } from '../ui/Boundary'
import { SkeletonLines } from '../ui/Skeleton'
import { Shell } from '../workbench/Shell'
import { askTrade, resetView } from '../workbench/view'
import type { RunFace } from './face'
import { NoReport, NoRun } from './NoReport'
import { RunBar } from './RunBar'
import { RunFacts } from './RunFacts'
import { RunOverview } from './RunOverview'
import { RunTrades } from './RunTrades'
import { useRecord } from './useRecord'

/** The table shows the trade that the address names. */
const useTrade = (report: Report | null, no: number | null): void => {
  useEffect(() => {
    resetView()
    resetTradeFilter()
    // One that is still open at the end of the run is among them.
    const trade = no === null ? null : tradeNo(report, no)
    if (trade !== null) askTrade(trade)
    return resetView
  }, [report, no])
}

const Result = ({ run, report, trade }: { run: RunRow; report: Report; trade: number | null }) => {
  const [face, setFace] = useState<RunFace>(trade === null ? 'overview' : 'trades')
  useTrade(report, trade)
  return (
    <KeptReport report={report}>
      <Shell bar={<RunBar run={run} report={report} face={face} onFace={setFace} />} at="runs" play={run.playId}>
        <main className="min-h-0 bg-app">
          <Boundary what="This result">
            {face === 'overview' && <RunOverview run={run} report={report} onTrades={() => setFace('trades')} />}
            {face === 'trades' && <RunTrades report={report} />}
            {face === 'record' && <RunFacts run={run} report={report} />}
          </Boundary>
        </main>
      </Shell>
    </KeptReport>
  )
}

export const RunPage = ({ id, trade }: { id: string; trade: number | null }) => {
  const { run, report, error, refetch, isFetching } = useRecord(id)
  if (run !== undefined && run !== null && report !== null) return <Result run={run} report={report} trade={trade} />
  if (run === null || error !== null)
    return <NoRun message={error?.message ?? null} busy={isFetching} onAgain={() => void refetch()} />
  if (run !== undefined && run.state !== 'done') return <NoReport run={run} />
  return (
    <Shell bar={<RunBar run={run ?? null} report={null} face="overview" onFace={() => {}} />} at="runs">
      <main className="min-h-0 bg-app p-3">
        <div className="h-full rounded-card border border-line-1 bg-panel">
          <SkeletonLines lines={6} label="The run is on its way" />
        </div>
      </main>
    </Shell>
  )
}
