// The report that is shown: that of the newest run of the open Play, or one that is kept, where a page shows one.
'use client'
import { createContext, createElement, type ReactNode, use, useMemo } from 'react'
import type { Dataset } from '../../blocks/engine/dataset'
import type { Report } from '../../blocks/engine/report/document'
import type { Ambiguity } from '../../blocks/engine/report/input'
import { decimalsOf } from '../ui/numbers'
import { useRun } from '../workbench/run'
import { isAwaited } from './missing'

const Kept = createContext<Report | null>(null)

/** Below it every panel of results shows this report, and nothing of a run of the page. */
export const KeptReport = ({ report, children }: { report: Report; children: ReactNode }) =>
  createElement(Kept, { value: report }, children)

/** False: the report is that of the page's own engine, which answers questions about it. */
export const useIsKept = (): boolean => use(Kept) !== null

export const useReport = (): Report | null => {
  const kept = use(Kept)
  const live = useRun((run) => run.result?.report ?? null)
  return kept ?? live
}

/** What has become of the report's ambiguity since; null: it is as the report says. */
export const useBand = (): Ambiguity | null => {
  const kept = useIsKept()
  const band = useRun((run) => run.band)
  return kept ? null : band
}

/** Work on a first result goes on, or is about to. */
export const useIsAwaited = (): boolean => {
  const kept = useIsKept()
  const awaited = useRun(isAwaited)
  return awaited && !kept
}

/** The engine is at it. */
export const useIsWorking = (): boolean => {
  const kept = useIsKept()
  const working = useRun(({ status }) => status.kind === 'loading' || status.kind === 'running')
  return working && !kept
}

/** Of a market of which nothing better is known. */
const usualTick = '0.01'

const tickIn = (dataset: Dataset | null, instrument: string): string =>
  dataset?.markets.find((market) => market.instrument.id === instrument)?.instrument.tick ?? usualTick

/** As a decimal text, the finest price that the market had at any fill: a report does not name its tick. */
export const tickOfFills = ({ trades }: Pick<Report, 'trades'>, instrument: string): string => {
  let decimals = 0
  for (const trade of trades)
    if (trade.instrument === instrument)
      // A liquidation is at the mark price, which is finer than the market's own.
      for (const { referencePrice, reason } of trade.legs)
        if (reason !== 'liquidation') decimals = Math.max(decimals, decimalsOf(referencePrice))
  return (10 ** -Math.min(8, decimals)).toFixed(Math.min(8, decimals))
}

export const useTick = (): ((instrument: string) => string) => {
  const kept = use(Kept)
  const dataset = useRun((run) => run.dataset)
  return useMemo(() => {
    if (kept === null) return (instrument: string) => tickIn(dataset, instrument)
    const ticks = new Map(
      kept.provenance.instruments.map(({ instrument }) => [instrument, tickOfFills(kept, instrument)] as const),
    )
    return (instrument: string) => ticks.get(instrument) ?? usualTick
  }, [kept, dataset])
}
