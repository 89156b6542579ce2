// Trades of the run: filtered, sorted, linked both ways with the chart, or why there are none.
'use client'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Skeleton } from '../ui/Skeleton'
import { counted } from './format'
import { MissingResult } from './MissingResult'
import { TradesGrid } from './TradesGrid'
import { everything, filtered, filterParts, isFiltering, useTradeFilter } from './tradeFilter'
import { allTrades, barMsOf } from './trades'
import { useDimmed } from './useDimmed'
import { useIsAwaited, useReport, useTick } from './useReport'

const Loading = () => (
  <div role="status" className="h-full overflow-hidden bg-panel">
    <span className="sr-only">Trades are on their way</span>
    {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
      <div key={key} className="grid h-6.5 grid-cols-[1fr_2fr_1fr_1fr_1fr] items-center border-b border-line-1">
        {['w-6', 'w-24', 'w-14', 'w-9', 'w-12'].map((width) => (
          <span key={width} className="px-2">
            <Skeleton className={width} />
          </span>
        ))}
      </div>
    ))}
  </div>
)

/** What is filtered by, each with the way out. */
const FilterLine = ({ shown, all }: { shown: number; all: number }) => {
  const filter = useTradeFilter()
  const parts = filterParts(filter)
  return (
    <div className="flex min-h-7 flex-none flex-wrap items-center gap-1.5 border-b border-line-1 bg-panel px-2 py-1 text-11">
      <span role="status" className="pr-1 text-2">{`${shown} of ${counted(all, 'trade')}`}</span>
      {parts.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          aria-label={`${label}: show all again`}
          onClick={() => useTradeFilter.setState({ [key]: null })}
          className="inline-flex h-5 items-center gap-1 rounded-[4px] bg-you-bg px-[7px] font-medium text-you hover:bg-active"
        >
          {label} <X size={11} aria-hidden />
        </button>
      ))}
    </div>
  )
}

export const TradesTable = () => {
  const report = useReport()
  const tickOf = useTick()
  const awaited = useIsAwaited()
  const dimmed = useDimmed()
  const filter = useTradeFilter()
  const all = useMemo(() => (report === null ? [] : allTrades(report)), [report])
  const trades = useMemo(() => filtered(all, filter), [all, filter])
  const barMs = report === null ? 1 : barMsOf(report)
  const context = useMemo(() => ({ barMs, tickOf }), [barMs, tickOf])
  if (report === null && awaited) return <Loading />
  if (report === null)
    return (
      <div className="h-full bg-panel p-3">
        <MissingResult title="No trades yet">They come with the first result.</MissingResult>
      </div>
    )
  if (all.length === 0)
    return (
      <div className="h-full bg-panel p-3">
        <Empty title="No trades in this run">
          {`None of ${counted(report.range.decisionBars, 'bar')} led to an entry. The funnel shows where they stop; a click on a bar of the chart says why.`}
        </Empty>
      </div>
    )
  return (
    <div className={`flex h-full min-h-0 flex-col transition-opacity ${dimmed ? 'opacity-55' : ''}`}>
      {isFiltering(filter) && <FilterLine shown={trades.length} all={all.length} />}
      {trades.length > 0 ? (
        <TradesGrid {...{ all, trades, context }} />
      ) : (
        <div className="min-h-0 flex-1 bg-panel p-3">
          <Empty
            title="No trade is like that"
            action={
              <Button size="s" onClick={() => useTradeFilter.setState(everything)}>
                {`Show all ${counted(all.length, 'trade')}`}
              </Button>
            }
          />
        </div>
      )}
    </div>
  )
}
