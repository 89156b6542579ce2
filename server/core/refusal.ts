// Turns the faults of files into one Failure: each kind counted, with its first line.
import type { Problem } from '../../blocks/kit/problem'
import { Failure } from './failure'
import { type Fault, type Gap, missingIn } from './gate'
import { faultNames, thousands } from './series'

export interface FaultyFile {
  readonly path: string
  /** Of a table of several series, the column. */
  readonly column?: string | undefined
  readonly faults: readonly Fault[]
  readonly gaps?: readonly Gap[]
}

const rows = (n: number): string => `${thousands(n)} ${n === 1 ? 'row' : 'rows'}`

const faultWords = ({ kind, count, line }: Fault): string =>
  `${rows(count)} with ${faultNames[kind]}, first in line ${line}`

export const gapWords = (gaps: readonly Gap[]): string =>
  `${thousands(missingIn(gaps))} bars missing in ${thousands(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}`

const problemsOf = ({ path, column, faults, gaps = [] }: FaultyFile): readonly Problem[] => [
  ...faults.map(
    (fault): Problem => ({
      code: `row_${fault.kind}`,
      severity: 'error',
      where: { file: path, line: fault.line },
      message: `${column === undefined ? '' : `${column}: `}${faultWords(fault)}`,
      hint: 'get the file again from its source, or leave these rows out with --skip-bad (every report will name them)',
      fixes: [],
    }),
  ),
  ...(gaps.length === 0
    ? []
    : [
        {
          code: 'gaps',
          severity: 'warning',
          where: { file: path },
          message: `${gapWords(gaps)} (gaps alone are no reason to refuse a file)`,
          fixes: [],
        } as const,
      ]),
]

/** The Failure that names every kind of fault of every file. */
export const rowsRefused = (files: readonly FaultyFile[]): Failure => {
  const lines = files.map(({ path, column, faults, gaps = [] }) => {
    const also = gaps.length === 0 ? '' : `; ${gapWords(gaps)}`
    return `${path}${column === undefined ? '' : `, ${column}`}: ${faults.map(faultWords).join('; ')}${also}`
  })
  const message = `refused, the store is unchanged: ${lines.join(' | ')}`
  return new Failure('rows_refused', message, {
    hint: 'get the file again from its source, or leave these rows out with --skip-bad (every report will name them)',
    problems: files.flatMap(problemsOf),
  })
}
