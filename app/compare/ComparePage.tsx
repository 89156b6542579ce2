// Two runs beside each other: whether they can be compared at all, what was changed, and what came of it.
'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { useApi } from '../ApiProvider'
import { EquityFigure } from '../chart/Equity'
import { day, marketName } from '../results/format'
import { Card } from '../run/Card'
import { isRunId } from '../runs/runs'
import { Boundary } from '../ui/Boundary'
import { Button } from '../ui/Button'
import { Chip, SyntheticChip } from '../ui/Chip'
import { Fault } from '../ui/Fault'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { Message, PlainBar, Shell } from '../workbench/Shell'
import { Changes } from './Changes'
import { type Compared, comparedEquity, groundWords } from './compare'
import { MetricTable } from './MetricTable'
import { TradeSets } from './TradeSets'

const Side = ({ run, word }: { run: Compared['before']; word: string }) => (
  <div className="flex min-w-0 flex-1 items-center gap-2">
    <span className="flex-none text-11 text-3">{word}</span>
    <Link href={`/run/${run.id}`} className="truncate font-semibold text-1 hover:underline">
      {run.title}
    </Link>
    {run.version !== null && <Chip tone="outline">{`v${run.version}`}</Chip>}
    <span className="truncate text-11 text-3 max-lg:hidden">
      {`${run.markets.map(marketName).join(', ')}, ${run.tf ?? ''}, ${day(run.fromMs)} \u2013 ${day(run.toMs)}`}
    </span>
    {run.figures?.provenance.synthetic === true && <SyntheticChip />}
  </div>
)

const Ground = ({ words }: { words: string }) => (
  <p
    role="note"
    className="flex items-start gap-2 border-t border-warn-line bg-warn-bg px-3 py-2 text-12 leading-4 text-1"
  >
    <TriangleAlert size={14} className="mt-px flex-none text-warn" aria-hidden />
    {words}
  </p>
)

const grid =
  'grid h-full min-h-0 gap-3 overflow-y-auto p-3 max-xl:auto-rows-max xl:grid-cols-[minmax(360px,29%)_minmax(0,1fr)_minmax(0,1fr)] xl:grid-rows-[auto_minmax(0,1.2fr)_minmax(0,1fr)] xl:overflow-hidden'

const Comparison = ({ compared }: { compared: Compared }) => {
  const { before, after } = compared
  const words = groundWords(compared)
  const lines = useMemo(() => comparedEquity(before, after), [before, after])
  return (
    <div className={grid}>
      <Card className="xl:col-span-3">
        <div className="flex min-h-10 items-center gap-3 px-3 py-1 max-md:flex-col max-md:items-stretch">
          <Side run={before} word="Before" />
          <ArrowRight size={14} className="flex-none text-3 max-md:hidden" aria-hidden />
          <Side run={after} word="After" />
        </div>
        {words !== null && <Ground words={words} />}
      </Card>
      <Card className="xl:row-span-2">
        <MetricTable compared={compared} />
      </Card>
      <Card className="xl:col-span-2">
        <header className="flex h-9 flex-none items-center gap-2 px-3">
          <h2 className="font-semibold text-1">Equity</h2>
          <span className="truncate text-11 text-3">after the change, with the one before; under water: after</span>
        </header>
        <div className="min-h-0 flex-1 max-xl:h-72 max-xl:flex-none">
          <EquityFigure
            lines={lines}
            start={after.start}
            lockboxMs={after.figures?.provenance.lockboxMs ?? null}
            label="Equity of both runs over time. Arrow keys move by a day."
            beside="before"
          />
        </div>
      </Card>
      <Card>
        <Changes compared={compared} />
      </Card>
      <Card>
        <TradeSets compared={compared} />
      </Card>
    </div>
  )
}

export const ComparePage = (ids: { before: string; after: string }) => {
  const named = isRunId(ids.before) && isRunId(ids.after)
  const { data, error, isFetching, refetch } = useQuery({
    ...useApi().run.compare.queryOptions(ids),
    enabled: named,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!named || (data === undefined && error !== null))
    return (
      <Message title="Compare" at="runs">
        <Fault
          title="These runs cannot be compared"
          action={
            <span className="flex items-center gap-3">
              <Button size="s" busy={isFetching} onClick={() => void refetch()}>
                Try again
              </Button>
              <Link href="/runs" className="text-you hover:underline">
                Show all runs
              </Link>
            </span>
          }
        >
          {sentence(error?.message ?? 'this address does not name two runs')} Only runs that ended well have a report to
          compare.
        </Fault>
      </Message>
    )
  return (
    <Shell bar={<PlainBar title="Compare two runs" />} at="runs" {...(data ? { play: data.after.playId } : {})}>
      <main className="min-h-0 bg-app">
        {data === undefined ? (
          <SkeletonLines lines={6} label="The comparison is on its way" />
        ) : (
          <Boundary what="This comparison">
            <Comparison compared={data} />
          </Boundary>
        )}
      </main>
    </Shell>
  )
}
