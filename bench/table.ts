// What the bench measures and how it prints: medians beside the gates of the architecture. Nothing here passes or fails.

/** One line of the table. */
export interface Figure {
  readonly step: string
  /** Each repetition in `unit`. */
  readonly values: readonly number[]
  readonly unit: 'ms' | 'us' | 'ns/bar' | '/s'
  /** The gate of the architecture, in words: `<= 80 ms`. */
  readonly gate?: string
  readonly note?: string
}

export interface Section {
  readonly title: string
  readonly figures: readonly Figure[]
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2))

export const printSection = ({ title, figures }: Section): void => {
  const widest = Math.max(...figures.map(({ step }) => step.length), 4)
  console.log(`\n${title}`)
  console.log(`  ${'step'.padEnd(widest)}  ${'median'.padStart(13)}  ${'lowest - highest'.padStart(17)}  gate`)
  for (const { step, values, unit, gate, note } of figures) {
    const spread = values.length > 1 ? `${digits(Math.min(...values))} - ${digits(Math.max(...values))}` : ''
    const end = [gate ?? '', note ? `(${note})` : ''].filter((text) => text !== '').join('  ')
    const middle = `${digits(median(values))} ${unit}`
    console.log(`  ${step.padEnd(widest)}  ${middle.padStart(13)}  ${spread.padStart(17)}  ${end}`.trimEnd())
  }
}

/** Repeats `work` and keeps what each repetition returns. */
export const repeat = <T>(times: number, work: (i: number) => T): T[] =>
  Array.from({ length: times }, (_, i) => work(i))

/** Milliseconds that `work` takes. */
export const timed = <T>(work: () => T): { ms: number; made: T } => {
  const start = performance.now()
  const made = work()
  return { ms: performance.now() - start, made }
}
