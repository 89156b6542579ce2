// What a benchmark hands over, how a step is timed, and how its figures are printed.

/** One step: the figure beside what it should be. */
export interface Figure {
  readonly step: string
  /** Median of the repetitions, milliseconds. */
  readonly ms: number
  /** Lowest and highest repetition, milliseconds. */
  readonly range?: readonly [number, number]
  /** The gate of the architecture, in words: `<= 80 ms`. */
  readonly gate?: string
  readonly note?: string
}

/** Default export of a *.bench.ts file. */
export interface Bench {
  readonly title: string
  readonly run: () => Promise<readonly Figure[]>
}

/** Times `work` after one warm-up; `before` runs untimed ahead of each repetition. */
export const time = async (
  step: string,
  work: () => unknown,
  { times = 7, before, ...rest }: { times?: number; before?: () => unknown; gate?: string; note?: string } = {},
): Promise<Figure> => {
  const taken: number[] = []
  for (let i = 0; i <= times; i++) {
    await before?.()
    const start = performance.now()
    await work()
    if (i > 0) taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  return {
    step,
    ms: taken[times >> 1] ?? Number.NaN,
    range: [taken[0] ?? Number.NaN, taken.at(-1) ?? Number.NaN],
    ...rest,
  }
}

export const printTable = (figures: readonly Figure[]): void => {
  const widest = Math.max(...figures.map(({ step }) => step.length), 4)
  console.log(`${'step'.padEnd(widest)}  ${'median'.padStart(12)}  ${'lowest - highest'.padStart(20)}  gate`)
  for (const { step, ms, range, gate, note } of figures) {
    const spread = range ? `${range[0].toFixed(1)} - ${range[1].toFixed(1)}` : ''
    const end = [gate ?? '', note ? `(${note})` : ''].filter((text) => text !== '').join('  ')
    console.log(
      `${step.padEnd(widest)}  ${`${ms.toFixed(1)} ms`.padStart(12)}  ${spread.padStart(20)}  ${end}`.trimEnd(),
    )
  }
}
