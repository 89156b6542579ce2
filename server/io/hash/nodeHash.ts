// The platform's SHA-256 over stored rows: the same bytes as the pure half's, several times faster.
import { createHash } from 'node:crypto'
import { barColumns, fundingColumns, rowBytes } from '../../../blocks/engine/report/hashes'
import type { HashPort } from '../../run/ports'

/** Rows a chunk: 200 kB of bars, which the processor's cache holds. */
const chunk = 4096

const hashRows = (columns: readonly Float64Array[], toMs: number): string => {
  const hash = createHash('sha256')
  const times = columns[0] ?? new Float64Array(0)
  let rows = times.length
  while (rows > 0 && (times[rows - 1] ?? 0) >= toMs) rows -= 1
  for (let i = 0; i < rows; i += chunk) hash.update(rowBytes(columns, i, Math.min(rows, i + chunk)))
  return hash.digest('hex')
}

export const nodeHash: HashPort = {
  bars: (rows, toMs) => hashRows(barColumns(rows), toMs),
  funding: (rows, toMs) => hashRows(fundingColumns(rows), toMs),
}
