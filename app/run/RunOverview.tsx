// The first face of a run: trust, figures, equity, months, how results lie, costs, and the hashes that all stand on.
'use client'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { EquityFigure } from '../chart/Equity'
import { equityLines } from '../chart/equityLines'
import { Costs } from '../results/Costs'
import { Distribution } from '../results/Distribution'
import { shortHash } from '../results/format'
import { Metrics } from '../results/Metrics'
import { Months } from '../results/Months'
import { Scrolled } from '../results/Scrolled'
import { TrustStrip } from '../results/TrustStrip'
import { isFiltering, useTradeFilter } from '../results/tradeFilter'
import type { RunRow } from '../runs/runs'
import { SyntheticChip } from '../ui/Chip'
import { useView } from '../workbench/view'
import { Card } from './Card'
import { TwinsLine } from './TwinsLine'

const Hash = ({ name, value }: { name: string; value: string }) => (
  <span className="whitespace-nowrap">
    <span className="text-3">{name}</span>{' '}
    <span className="font-mono text-10 text-2" title={value}>
      {shortHash(value)}
    </span>
  </span>
)

const Foot = ({ run, report }: { run: RunRow; report: Report }) => (
  <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-1 border-t border-line-1 px-3 py-1.5 text-11">
    <Hash name="Play" value={report.playHash} />
    <Hash name="Trades" value={report.tradesHash} />
    <Hash name="Equity" value={report.equityHash} />
    <span>
      <span className="text-3">Engine</span> <span className="text-2">{report.engine}</span>
    </span>
    <TwinsLine run={run} report={report} />
  </div>
)

const Title = ({ children, hint }: { children: ReactNode; hint: string }) => (
  <header className="flex h-8 flex-none items-center gap-2 px-3">
    <h2 className="font-semibold text-1">{children}</h2>
    <span className="truncate text-11 text-3">{hint}</span>
  </header>
)

const grid =
  'grid h-full min-h-0 gap-3 overflow-y-auto p-3 xl:grid-cols-[minmax(0,1fr)_minmax(360px,31%)] xl:grid-rows-[auto_minmax(0,1.35fr)_minmax(210px,1fr)] xl:overflow-hidden max-xl:auto-rows-max'

const Trust = ({ run, report }: { run: RunRow; report: Report }) => (
  <Card className="xl:col-span-2">
    <div className="flex items-center max-md:flex-col max-md:items-stretch">
      {report.provenance.synthetic && (
        <span className="flex-none pl-3 max-md:pt-2">
          <SyntheticChip />
        </span>
      )}
      <div className="min-w-0 flex-1 overflow-x-auto [&>*]:min-w-[600px]">
        <TrustStrip />
      </div>
      {/* A result that is not to be trusted says so before every figure. */}
      <span className="flex-none empty:hidden md:pr-3 max-md:p-2">
        <TwinsLine run={run} report={report} bugOnly />
      </span>
    </div>
  </Card>
)

interface RunOverviewProps {
  readonly run: RunRow
  readonly report: Report
  /** A month or a bar was chosen: its trades. */
  readonly onTrades: () => void
}

export const RunOverview = ({ run, report, onTrades }: RunOverviewProps) => {
  const lines = useMemo(() => equityLines(report, null), [report])
  useEffect(() => {
    const stops = [
      useTradeFilter.subscribe((filter) => isFiltering(filter) && onTrades()),
      useView.subscribe(({ question }, before) => question !== null && question !== before.question && onTrades()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [onTrades])
  return (
    <div className={grid}>
      <Trust run={run} report={report} />
      <Card>
        <div className="flex-none overflow-x-auto border-b border-line-1 [&>*]:min-w-[600px]">
          <Metrics />
        </div>
        <Title hint="after fees, slippage and funding, marked to market">Equity</Title>
        <div className="min-h-0 flex-1 max-xl:h-72 max-xl:flex-none">
          <EquityFigure
            lines={lines}
            start={report.settings.equity}
            lockboxMs={report.provenance.lockboxMs}
            label="Equity over time, with drawdown. Arrow keys move by a day."
          />
        </div>
      </Card>
      <Card className="xl:row-span-2">
        <Scrolled label="Months and costs">
          <Title hint="">Months</Title>
          <div className="overflow-x-auto max-md:[&>*]:min-w-[430px]">
            <Months />
          </div>
          <div className="border-t border-line-1">
            <Costs />
          </div>
        </Scrolled>
        <Foot run={run} report={report} />
      </Card>
      <Card className="max-xl:h-80">
        <Distribution />
      </Card>
    </div>
  )
}
