// The hashes of a run (semantics.md S48), byte by byte the same on every machine. Ratios are never hashed.
import { hasher, hashOf, sha256Hex } from '../../kit/hash'
import type { ClosedTrade } from '../metrics/outcome'
import type { BarRows, FundingRows } from '../rows'
import type { Settings } from '../settings'
import type { Trade } from '../trade'
import type { PlayBinding } from './input'

/** Decimals that a step needs: `0.00100000` 3, `1` 0, `1e-8` 8. */
export const decimalsOf = (step: string): number => {
  const [mantissa, exponent = '0'] = step.toLowerCase().split('e')
  const fraction = (mantissa.split('.')[1] ?? '').replace(/0+$/, '')
  return Math.max(0, fraction.length - Number(exponent))
}

/** Shortest decimal that reads back as the same double, as ECMAScript and RFC 8785 write it; -0 is 0. */
export const decimalText = (value: number): string => String(value)

/** Step of each instrument, in the order of the symbols in the Play (of all Plays, in wallet order). */
export type Steps = ReadonlyMap<string, string>

const placesOf = (steps: Steps): ReadonlyMap<string, number> =>
  new Map([...steps.keys()].map((id, place) => [id, place]))

/** Rows of a document serve as well as trades of a run. */
type Placed = Pick<Trade, 'instrument' | 'entryMs'> & { readonly play?: number }
export type HashedTrade = Placed &
  Pick<ClosedTrade, 'side' | 'entryPrice' | 'qtyBase' | 'exitMs' | 'exitPrice' | 'exitReason' | 'netUsdt'>

/** By entry, then the order of the symbols, then of the Plays. */
export const inHashOrder = <T extends Placed>(trades: readonly T[], steps: Steps): T[] => {
  const places = placesOf(steps)
  const place = (trade: Placed): number => places.get(trade.instrument) ?? places.size
  return [...trades].sort((a, b) => a.entryMs - b.entryMs || place(a) - place(b) || (a.play ?? 0) - (b.play ?? 0))
}

/** Names of the hashed fields. The instrument stands first when there are several. */
export const hashedNames = (steps: Steps): readonly string[] => [
  ...(steps.size > 1 ? ['instrument'] : []),
  ...['side', 'entryMs', 'entryPrice', 'qty', 'exitMs', 'exitPrice', 'reason', 'netPnl'],
]

/** Writes their values as text, in the same order. */
export const lineWriter = (steps: Steps): ((trade: HashedTrade) => string[]) => {
  const decimals = new Map([...steps].map(([instrument, step]) => [instrument, decimalsOf(step)]))
  return (trade) => {
    const places = decimals.get(trade.instrument)
    if (places === undefined) throw new Error(`a trade in ${trade.instrument}, which is no market of this run`)
    const fields = [
      trade.side,
      String(trade.entryMs),
      decimalText(trade.entryPrice),
      trade.qtyBase.toFixed(places),
      String(trade.exitMs),
      decimalText(trade.exitPrice),
      String(trade.exitReason),
      decimalText(trade.netUsdt),
    ]
    return steps.size > 1 ? [trade.instrument, ...fields] : fields
  }
}

/** Lines hashed at once: a call of the hash costs more than a line. */
const linesAtOnce = 1000

/** Of closed trades, in any order. */
export const tradesHash = (trades: readonly HashedTrade[], steps: Steps): string => {
  const hash = hasher()
  const fieldsOf = lineWriter(steps)
  const ordered = inHashOrder(trades, steps)
  for (let i = 0; i < ordered.length; i += linesAtOnce) {
    const lines = ordered.slice(i, i + linesAtOnce).map((trade) => `${fieldsOf(trade).join('|')}\n`)
    hash.text(lines.join(''))
  }
  return hash.hex()
}

/** `samples`: every 00:00 UTC with from <= t <= to, E_0 included when `from` is midnight. */
export const equityHash = (samples: ArrayLike<number>): string => {
  const view = new DataView(new ArrayBuffer(8 * samples.length))
  for (let i = 0; i < samples.length; i++) view.setFloat64(8 * i, samples[i] === 0 ? 0 : samples[i], true)
  return sha256Hex(new Uint8Array(view.buffer))
}

/** Bindings of one Play stand bare, of several as lists in wallet order. */
export interface SettingsAsRun extends Settings {
  /** Unix ms, UTC: [from, to). */
  readonly from: number
  readonly to: number
  readonly markets: PlayBinding['markets'] | readonly PlayBinding['markets'][]
  readonly params: PlayBinding['params'] | readonly PlayBinding['params'][]
}

export const settingsAsRun = (
  settings: Settings,
  [from, to]: readonly [number, number],
  bindings: readonly PlayBinding[],
): SettingsAsRun => {
  const [only] = bindings
  const one = bindings.length === 1
  return {
    ...settings,
    from,
    to,
    markets: one ? only.markets : bindings.map(({ markets }) => markets),
    params: one ? only.params : bindings.map(({ params }) => params),
  }
}

export const settingsHash = (settings: SettingsAsRun): string => hashOf(settings)

/** Numbers in memory are little-endian on nearly every machine: then their bytes are what is hashed. */
const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** Rows [i0, i1) as little-endian Float64, row by row. For whoever hashes with a faster SHA-256 than ours. */
export const rowBytes = (columns: readonly Float64Array[], i0: number, i1: number): Uint8Array<ArrayBuffer> => {
  const width = columns.length
  const rows = new Float64Array(width * (i1 - i0))
  for (let c = 0; c < width; c++) {
    const column = columns[c]
    for (let i = i0, at = c; i < i1; i++, at += width) rows[at] = column[i]
  }
  if (!littleEndian) {
    const view = new DataView(rows.buffer)
    for (let at = 0; at < rows.length; at++) view.setFloat64(8 * at, rows[at], true)
  }
  return new Uint8Array(rows.buffer)
}

/** Columns of a series in the order in which they are hashed. */
export const barColumns = (rows: BarRows): readonly Float64Array[] => [
  rows.openMs,
  rows.open,
  rows.high,
  rows.low,
  rows.close,
  rows.volume,
]
export const fundingColumns = (rows: FundingRows): readonly Float64Array[] => [rows.stampMs, rows.rate]

/** Rows a chunk: 200 kB of bars, which the processor's cache holds. */
const chunk = 4096

const hashRows = (columns: readonly Float64Array[], toMs: number): string => {
  const hash = hasher()
  const times = columns[0]
  let rows = times.length
  while (rows > 0 && times[rows - 1] >= toMs) rows--
  for (let i = 0; i < rows; i += chunk) hash.bytes(rowBytes(columns, i, Math.min(rows, i + chunk)))
  return hash.hex()
}

/** From the first stored bar to the last that opens before `toMs`. */
export const barsHash = (rows: BarRows, toMs: number): string => hashRows(barColumns(rows), toMs)
/** Likewise, by the published stamp. */
export const fundingHash = (rows: FundingRows, toMs: number): string => hashRows(fundingColumns(rows), toMs)
