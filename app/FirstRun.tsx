// The page before there is anything on it: the bar, and what this server knows of its data.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useApi } from './ApiProvider'
import { Fault } from './ui/Fault'
import { Logo } from './ui/Logo'
import { ModeBadge } from './ui/ModeBadge'
import { SkeletonLines } from './ui/Skeleton'
import { ThemeToggle } from './ui/ThemeToggle'

const DataState = () => {
  const { data, error } = useQuery(useApi().system.about.queryOptions())
  if (error !== null) return <Fault title="The server does not answer">{error.message}</Fault>
  if (data === undefined) return <SkeletonLines label="Asking the server" />
  const stored =
    data.series === 0 ? 'No bars are stored yet: the practice market is ready.' : `${data.series} series are stored.`
  return (
    <p>
      Playloom {data.version}, engine {data.engine}. {stored}
    </p>
  )
}

export const FirstRun = () => (
  <div className="flex h-full flex-col">
    <header className="flex h-11 flex-none items-center gap-2.5 border-b border-line-1 bg-panel pr-3">
      <span className="grid w-12 place-items-center text-1">
        <Logo />
      </span>
      <span className="text-13 font-semibold text-1">Home</span>
      <ModeBadge mode="backtest" />
      <span className="ml-auto">
        <ThemeToggle />
      </span>
    </header>
    <main className="min-h-0 flex-1 overflow-y-auto p-7">
      <h1 className="text-28 leading-[34px] font-semibold text-1">Draw it, then find out if it is true</h1>
      <p className="mt-1 mb-6 text-13">Nothing here touches an exchange until you say so, twice.</p>
      <DataState />
    </main>
  </div>
)
