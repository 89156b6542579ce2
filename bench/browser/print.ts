// Lines of the browser bench: half of all values lie below p50, nineteen of twenty below p95.

export interface Line {
  readonly what: string
  readonly values: readonly number[]
  readonly unit: 'ms' | 'kB' | 'MB' | 's'
  readonly aim?: string
  readonly note?: string
}

/** The smallest value that at least this share of all does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2))

export const printLines = (lines: readonly Line[]): void => {
  const widest = Math.max(...lines.map(({ what }) => what.length), 4)
  const head = ['p50', 'p95', 'most'].map((word) => word.padStart(8)).join('')
  console.log(`\n${''.padEnd(widest)}${head}       n  aim`)
  for (const { what, values, unit, aim = '', note } of lines) {
    const figures = [0.5, 0.95, 1].map((share) => digits(quantile(values, share)).padStart(8)).join('')
    const end = [aim, note === undefined ? '' : `(${note})`].filter((text) => text !== '').join('  ')
    const count = String(values.length).padStart(5)
    console.log(`${what.padEnd(widest)}${figures} ${unit.padEnd(2)}${count}  ${end}`.trimEnd())
  }
}
