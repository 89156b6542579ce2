// Funding has no grid: what is stored of it, where a settlement may be missing, and which rows are known already.
import type { FundingRows } from '../../../blocks/engine/rows'
import { settlementMinute } from '../../core/gate'
import type { Range } from '../../core/incoming'
import { type RawTable, takeRows } from '../../core/table'

/** No venue here settles less often. */
const longestMs = 8 * 3_600_000
/** Stamps are some ms off their minute. */
const toleranceMs = 60_000

/** The interval between settlements j and j + 1 leaves room for another one, by its neighbours or by any measure. */
const isSuspect = (stampMs: Float64Array, j: number): boolean => {
  const spacing = (k: number): number => {
    const ms = (stampMs[k + 1] ?? Number.NaN) - (stampMs[k] ?? Number.NaN)
    return Number.isFinite(ms) ? ms : Infinity
  }
  const own = spacing(j)
  return own > longestMs + toleranceMs || own > 1.5 * Math.min(spacing(j - 1), spacing(j + 1))
}

/** Stretches that need no asking. A wrong suspicion costs one request and is then recorded as a hole. */
export const fundingStretches = ({ stampMs }: FundingRows): readonly Range[] => {
  const stretches: Range[] = []
  let fromMs = stampMs[0] ?? 0
  for (let j = 0; j < stampMs.length; j++) {
    const last = j === stampMs.length - 1
    if (!last && !isSuspect(stampMs, j)) continue
    stretches.push({ fromMs, toMs: (stampMs[j] ?? 0) + 1 })
    fromMs = stampMs[j + 1] ?? 0
  }
  return stretches
}

/**
 * The rows whose settlement is not stored with the same rate. A venue does not tell the interval where a file may:
 * such a row adds nothing, and is no contradiction either. Another rate stays, for the store to refuse.
 */
export const unknownSettlements = (raw: RawTable, stored: FundingRows): RawTable => {
  const rates = new Map<number, number>()
  for (const [i, ms] of stored.stampMs.entries()) rates.set(settlementMinute(ms), stored.rate[i] ?? Number.NaN)
  const order = Uint32Array.from(
    [...raw.timeMs.keys()].filter((i) => rates.get(settlementMinute(raw.timeMs[i] ?? 0)) !== raw.values[0]?.[i]),
  )
  return { ...raw, ...takeRows(raw, order), line: Float64Array.from(order, (i) => raw.line[i] ?? 0) }
}
