// How the results of trades lie: R per trade, and what each trade went through; nothing of it below the least sample.
'use client'
import { useMemo } from 'react'
import { least } from '../../blocks/engine/metrics/result'
import { Empty } from '../ui/Empty'
import { SkeletonLines } from '../ui/Skeleton'
import { measuredTrades } from './distribution'
import { ExcursionCloud } from './ExcursionCloud'
import { counted } from './format'
import { MissingResult } from './MissingResult'
import { RHistogram } from './RHistogram'
import { useDimmed } from './useDimmed'
import { useIsWorking, useReport } from './useReport'

export const Distribution = () => {
  const report = useReport()
  const dimmed = useDimmed()
  const working = useIsWorking()
  const trades = useMemo(() => (report === null ? [] : measuredTrades(report)), [report])
  if (report === null && working) return <SkeletonLines lines={4} label="The distribution is on its way" />
  if (report === null)
    return (
      <div className="p-3">
        <MissingResult title="No distribution yet">Results by size come with the first result.</MissingResult>
      </div>
    )
  const without = report.trades.length - trades.length
  if (trades.length < least)
    return (
      <div className="p-3">
        <Empty title="Not enough data">
          {`A distribution needs at least ${least} closed trades with a known risk; there ${trades.length === 1 ? 'is' : 'are'} ${trades.length}.`}
        </Empty>
      </div>
    )
  return (
    <section
      aria-label="Distribution"
      className={`@container flex h-full min-h-0 flex-col bg-panel px-3 pt-1.5 pb-2 transition-opacity ${dimmed ? 'opacity-55' : ''}`}
    >
      <div className="grid min-h-0 flex-1 auto-rows-[minmax(160px,1fr)] grid-cols-1 gap-x-5 gap-y-3 @min-[400px]:grid-cols-2">
        <RHistogram trades={trades} mean={report.metrics.expectancyR.value} />
        <ExcursionCloud trades={trades} />
      </div>
      {without > 0 && (
        <p className="flex-none pt-1 text-11 text-3">{`${counted(without, 'trade')} left out: their risk is not known.`}</p>
      )}
    </section>
  )
}
