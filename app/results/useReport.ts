// The report that is shown, and what its prices are written with.
'use client'
import { useMemo } from 'react'
import type { Dataset } from '../../blocks/engine/dataset'
import type { Report } from '../../blocks/engine/report/document'
import { useRun } from '../workbench/run'

/** Of a market that is not in the dataset any more. */
const usualTick = '0.01'

const tickIn = (dataset: Dataset | null, instrument: string): string =>
  dataset?.markets.find((market) => market.instrument.id === instrument)?.instrument.tick ?? usualTick

export const useReport = (): Report | null => useRun((run) => run.result?.report ?? null)

export const useTick = (): ((instrument: string) => string) => {
  const dataset = useRun((run) => run.dataset)
  return useMemo(() => (instrument: string) => tickIn(dataset, instrument), [dataset])
}
