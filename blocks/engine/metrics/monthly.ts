// Returns month by month from the daily samples: what a calendar table shows. Compounded they give the whole return.
import type { RunFacts } from '../facts'
import { civilOf } from './calendar'

export interface Monthly {
  readonly year: number
  /** 1 to 12, UTC. */
  readonly month: number
  /** Null: equity was zero or below at the start of the month. */
  readonly returnPct: number | null
  /** The run covers only a part of it. */
  readonly partial: boolean
}

const dayMs = 86_400_000

/** Points at which a month begins inside the run, with the first equity before and the last behind them. */
const edgesOf = (facts: RunFacts): { ms: number; equity: number }[] => {
  const edges: { ms: number; equity: number }[] = [{ ms: facts.fromMs, equity: facts.firstEquity }]
  for (let i = 0; i < facts.sampleMs.length; i++) {
    const ms = facts.sampleMs[i]
    if (ms > facts.fromMs && ms < facts.toMs && civilOf(ms).day === 1) edges.push({ ms, equity: facts.sampleEquity[i] })
  }
  edges.push({ ms: facts.toMs, equity: facts.lastEquity })
  return edges
}

const startsMonth = (ms: number): boolean => ms % dayMs === 0 && civilOf(ms).day === 1

export const monthlyOf = (facts: RunFacts): Monthly[] => {
  const edges = edgesOf(facts)
  const rows: Monthly[] = []
  for (let i = 1; i < edges.length; i++) {
    const start = edges[i - 1]
    const end = edges[i]
    const { year, month } = civilOf(start.ms)
    const returnPct = start.equity > 0 ? 100 * (end.equity / start.equity - 1) : null
    rows.push({ year, month, returnPct, partial: !(startsMonth(start.ms) && startsMonth(end.ms)) })
  }
  return rows
}
