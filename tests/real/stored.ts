// Golden reports on disk: a report cut down to what shows that a run is the same, without market data beyond its trades.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Report } from '../../blocks/engine/report/document'
import type { Columns } from './columns'

const folder = join(import.meta.dirname, 'golden')
const pathOf = (name: string): string => join(folder, `${name}.json`)

/** Ratios go through pow and erf, whose last bits differ between JS engines: twelve digits are held. */
const twelve = <T>(part: T): T =>
  JSON.parse(
    JSON.stringify(part, (_, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value,
    ),
  )

const ends = <T>(rows: readonly T[], n: number): readonly T[] => [...rows.slice(0, n), ...rows.slice(n).slice(-n)]

const firstOfMonth = ([ms]: readonly [number, number]): boolean => new Date(ms).getUTCDate() === 1

/**
 * Hashes vouch for every trade and every day; kept besides are what they leave out (metrics, counts, notices), the ends
 * of the trades and the equity of each first of a month, to read and to tell a difference in words.
 */
export const cutDown = (report: Report): Report => {
  const { splits, metrics, monthly, trades, equity } = report
  const kept: Report = {
    ...report,
    timingMs: { load: 0, compile: 0, columns: 0, simulate: 0, report: 0 },
    metrics: twelve(metrics),
    monthly: twelve(monthly),
    splits: twelve({ ...splits, exitMonth: [], entryWeekday: [], entryHour: [] }),
    trades: ends(trades, 3),
    equity: equity.filter(firstOfMonth),
  }
  return JSON.parse(JSON.stringify(kept))
}

export interface Golden {
  readonly report: Report
  readonly columns: Columns
}

/** Null: none is stored under that name. */
export const readGolden = (name: string): Golden | null =>
  existsSync(pathOf(name)) ? JSON.parse(readFileSync(pathOf(name), 'utf8')) : null

/** Writes a golden report as the formatter of the project would leave it. */
export const writeGolden = (name: string, golden: Golden): void => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(pathOf(name), `${JSON.stringify(golden, null, 2)}\n`)
  const biome = join(import.meta.dirname, '..', '..', 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  execFileSync(process.execPath, [biome, 'format', '--write', pathOf(name)], { cwd: dirname(folder) })
}
