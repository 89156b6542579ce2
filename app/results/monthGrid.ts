// Monthly returns as a calendar: a row a year, twelve cells, the year compounded. Pure.
import type { Monthly } from '../../blocks/engine/metrics/monthly'

export interface MonthCell {
  readonly month: number
  readonly returnPct: number | null
  readonly partial: boolean
}

export interface YearRow {
  readonly year: number
  /** Always twelve; null: the run does not touch that month. */
  readonly cells: readonly (MonthCell | null)[]
  /** Compounded over the months that there are; null: one of them is undefined. */
  readonly returnPct: number | null
  /** The run covers only a part of the year. */
  readonly partial: boolean
}

const compounded = (rows: readonly Monthly[]): number | null => {
  let growth = 1
  for (const { returnPct } of rows) {
    if (returnPct === null) return null
    growth *= 1 + returnPct / 100
  }
  return 100 * (growth - 1)
}

const rowOf = (year: number, rows: readonly Monthly[]): YearRow => ({
  year,
  cells: Array.from({ length: 12 }, (_, i) => {
    const found = rows.find(({ month }) => month === i + 1)
    return found === undefined ? null : { month: i + 1, returnPct: found.returnPct, partial: found.partial }
  }),
  returnPct: compounded(rows),
  partial: rows.length < 12 || rows.some(({ partial }) => partial),
})

export const monthGrid = (monthly: readonly Monthly[]): readonly YearRow[] =>
  [...new Set(monthly.map(({ year }) => year))].map((year) =>
    rowOf(
      year,
      monthly.filter((row) => row.year === year),
    ),
  )

/** Share of full colour in [0, 1]: the strongest month of all has it, and small ones stay pale. */
export const heat = (returnPct: number, strongest: number): number =>
  strongest > 0 ? Math.min(1, Math.abs(returnPct) / strongest) : 0

export const strongestOf = (monthly: readonly Monthly[]): number =>
  monthly.reduce((most, { returnPct }) => Math.max(most, Math.abs(returnPct ?? 0)), 0)
