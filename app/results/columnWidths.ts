// How wide the columns of a table must be for whole words, and which of them give way when there is no room. Pure.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { TradeColumn, TradeContext } from './tradeColumns'

/** Advances of Inter with tabular figures at the size of a table, in em, rounded up. */
const advances: readonly (readonly [letters: string, em: number])[] = [
  ['0123456789+\u2212', 0.65],
  [" .,:;'ijlI", 0.3],
  ['trf', 0.39],
  ['\u2013', 0.5],
  ['mwM', 0.9],
  ['W%', 1.01],
]
const small = 0.61
const capital = 0.7
const known = new Map(advances.flatMap(([letters, em]) => letters.split('').map((letter) => [letter, em] as const)))

export const textWidth = (text: string, sizePx: number): number => {
  let em = 0
  for (const letter of text) em += known.get(letter) ?? (letter >= 'A' && letter <= 'Z' ? capital : small)
  return em * sizePx
}

/** Left and right of a cell; the arrow of the column that is sorted by hangs in it. */
const padding = 12
const cellPx = 12
const headPx = 11
/** The sign of the side, before the number. */
const markPx = 14

/** Trades whose cell can be the widest: the ends of a column of numbers, one of each word. */
const widest = (trades: readonly TradeRow[], column: TradeColumn, context: TradeContext): readonly TradeRow[] => {
  const words = new Map<string, TradeRow>()
  const ends = new Map<string, { low: number; high: number; lowest: TradeRow; highest: TradeRow }>()
  for (const trade of trades) {
    const key = column.sort(trade, context)
    if (key === undefined) continue
    if (typeof key === 'string') {
      if (!words.has(key)) words.set(key, trade)
      continue
    }
    // Decimals are those of the market.
    const end = ends.get(trade.instrument)
    if (end === undefined) ends.set(trade.instrument, { low: key, high: key, lowest: trade, highest: trade })
    else if (key < end.low) Object.assign(end, { low: key, lowest: trade })
    else if (key > end.high) Object.assign(end, { high: key, highest: trade })
  }
  return [...words.values(), ...[...ends.values()].flatMap(({ lowest, highest }) => [lowest, highest])]
}

/** Pixels that a column needs, its padding included. */
export const columnNeed = (trades: readonly TradeRow[], column: TradeColumn, context: TradeContext): number => {
  const cells = widest(trades, column, context).map((trade) => textWidth(column.text(trade, context), cellPx))
  const mark = column.id === 'no' ? markPx : 0
  return Math.ceil(Math.max(textWidth(column.title, headPx), mark + Math.max(0, ...cells))) + padding
}

export interface FittedColumn {
  readonly column: TradeColumn
  readonly needPx: number
}

/** The columns that fit into a width: those that matter least go first, the rest stays in its order. */
export const fittedColumns = (all: readonly FittedColumn[], widthPx: number): readonly FittedColumn[] => {
  let left = [...all]
  const total = (): number => left.reduce((sum, { needPx }) => sum + needPx, 0)
  while (left.length > 1 && total() > widthPx) {
    const least = left.reduce((one, other) => (other.column.matters < one.column.matters ? other : one))
    left = left.filter((one) => one !== least)
  }
  return left
}

/** Room that is left over is shared out by need. */
export const tracksOf = (columns: readonly FittedColumn[]): string =>
  columns.map(({ needPx }) => `minmax(${needPx}px, ${needPx}fr)`).join(' ')
