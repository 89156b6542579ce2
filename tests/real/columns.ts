// Every column of a run as a short hash of its bits: trades show only what crosses a threshold, columns show all.
import { createHash } from 'node:crypto'
import type { Run } from '../../blocks/engine/run'

/** Hash of the bits and the last known number, by `node.output`. */
export type Columns = Readonly<Record<string, { readonly sha256: string; readonly last?: number | null }>>

/** NaN has many bit patterns and one meaning. */
const canonical = (column: Float64Array): Float64Array => column.map((x) => (Number.isNaN(x) ? Number.NaN : x))

const hashed = (parts: readonly (Float64Array | Uint32Array)[]): string => {
  const hash = createHash('sha256')
  for (const { buffer, byteOffset, byteLength } of parts) hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.digest('hex').slice(0, 16)
}

/** Market columns of the first seat. Bars are named by the data hashes of the report. */
export const columnsOf = ({ seats }: Run): Columns => {
  const evaluated = seats[0]?.evaluated
  if (evaluated === undefined) throw new Error('a run without a seat')
  const made: Record<string, { sha256: string; last?: number | null }> = {}
  evaluated.flat.nodes.forEach((node, place) => {
    if (node.type === 'bars') return
    for (const [output, column] of Object.entries(evaluated.nodes[place]?.outputs ?? {})) {
      const name = output === '' ? node.path : `${node.path}.${output}`
      if (column instanceof Float64Array)
        made[name] = { sha256: hashed([canonical(column)]), last: column.findLast(Number.isFinite) ?? null }
      else if ('t' in column) made[name] = { sha256: hashed([column.t, column.f]) }
    }
  })
  return made
}

/** One sentence a column that is not what it was. */
export const columnDifferences = (stored: Columns, now: Columns): string[] =>
  [...new Set([...Object.keys(stored), ...Object.keys(now)])].flatMap((name) => {
    const a = stored[name]
    const b = now[name]
    if (a?.sha256 === b?.sha256) return []
    if (a === undefined || b === undefined) return [`Only the ${a ? 'stored' : 'new'} run has the column ${name}.`]
    return [`The column ${name} differs; its last value was ${a.last ?? 'none'} and is ${b.last ?? 'none'}.`]
  })
