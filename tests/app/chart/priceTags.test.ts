// Prices at the axis: the last one where nothing else is looked at, and no number half under a tag.
import type { BarPrice, ISeriesApi, PriceFormatCustom } from 'lightweight-charts'
import { describe, expect, it } from 'vitest'
import { PriceTags } from '../../../app/chart/priceTags'
import { colours } from './paper'

interface Applied {
  readonly lastValueVisible?: boolean
  readonly priceFormat?: PriceFormatCustom
}

/** Candles whose prices 0 to 100 stand on 200 px, the last close in sight at 50. */
const made = () => {
  const applied: Applied[] = []
  const lines = new Set<{ readonly price: number; readonly axisLabelColor: string }>()
  const candles = {
    applyOptions: (options: Applied) => applied.push(options),
    createPriceLine: (line: { price: number; axisLabelColor: string }) => {
      lines.add(line)
      return line
    },
    removePriceLine: (line: { price: number; axisLabelColor: string }) => lines.delete(line),
    lastValueData: () => ({ noData: false, price: 50, color: 'up' }),
    priceToCoordinate: (price: number) => 200 - 2 * price,
    seriesOrder: () => 0,
    getPane: () => ({ getHeight: () => 200 }),
  }
  // Only what the tags call is there.
  const tags = new PriceTags(candles as unknown as ISeriesApi<'Candlestick'>)
  tags.format(1)
  const format = applied[0]?.priceFormat
  return { tags, applied, lines, ticks: (prices: number[]) => format?.tickmarksFormatter?.(prices as BarPrice[]) }
}

describe('prices at the axis', () => {
  it('are the last one while no other is looked at, and no number lies under it', () => {
    const { tags, applied, lines, ticks } = made()
    tags.show([], colours)
    expect(applied.at(-1)).toEqual({ lastValueVisible: true })
    expect(lines.size).toBe(0)
    expect(ticks([40, 48, 60, 80])).toEqual(['40.0', '', '60.0', '80.0'])
  })

  it('are those of what is looked at instead, each once', () => {
    const { tags, applied, lines, ticks } = made()
    tags.show([{ price: 30, tone: 'neg' }], colours)
    tags.show([{ price: 80, tone: 'you' }], colours)
    expect(applied.at(-1)).toEqual({ lastValueVisible: false })
    expect([...lines].map(({ price, axisLabelColor }) => [price, axisLabelColor])).toEqual([[80, 'you']])
    // The last price has no tag now: its number stands.
    expect(ticks([48, 60, 80])).toEqual(['48.0', '60.0', ''])
  })
})
