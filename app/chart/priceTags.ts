// Prices at the axis: of the selected trade, of the bar in question, else the last one in sight; no number under a tag.
import type { IPriceLine, ISeriesApi } from 'lightweight-charts'
import { fixed } from '../results/format'
import type { Colours } from './theme'
import { clearOf } from './ticks'
import type { TradePath } from './trades'

export interface PriceTag {
  readonly price: number
  readonly tone: 'neg' | 'pos' | 'text' | 'you'
}

/** The more important later: it is drawn over the others. `asked`: close of the bar in question. */
export const tagsOf = (path: TradePath | null, asked: number | null = null): readonly PriceTag[] => {
  if (path === null) return asked === null ? [] : [{ price: asked, tone: 'you' }]
  const [stop] = path.stops
  const exit = path.exits.at(-1)
  return [
    ...(stop === undefined ? [] : [{ price: stop.price, tone: 'neg' as const }]),
    ...(exit === undefined ? [] : [{ price: exit.price, tone: exit.won ? ('pos' as const) : ('neg' as const) }]),
    { price: path.entryPrice, tone: 'text' },
  ]
}

export class PriceTags {
  private readonly lines: IPriceLine[] = []
  private tags: readonly PriceTag[] = []

  constructor(private readonly candles: ISeriesApi<'Candlestick'>) {}

  show(tags: readonly PriceTag[], colours: Colours): void {
    for (const line of this.lines.splice(0)) this.candles.removePriceLine(line)
    this.tags = tags
    // The last price would be one more among prices that are looked at.
    this.candles.applyOptions({ lastValueVisible: tags.length === 0 })
    for (const { price, tone } of this.tags) {
      const color = colours[tone]
      const look = { axisLabelColor: color, axisLabelTextColor: colours.ground, axisLabelVisible: true, title: '' }
      this.lines.push(this.candles.createPriceLine({ price, color, lineVisible: false, ...look }))
    }
  }

  /** Prices that have a tag, as drawn now. */
  private tagged(): readonly number[] {
    if (this.tags.length > 0) return this.tags.map(({ price }) => price)
    const last = this.candles.lastValueData(false)
    return last.noData ? [] : [last.price]
  }

  /** How prices are written at the axis, with so many decimals. */
  format(decimals: number): void {
    const text = (price: number): string => fixed(price, decimals)
    const y = (price: number): number | null => this.candles.priceToCoordinate(price)
    this.candles.applyOptions({
      priceFormat: {
        type: 'custom',
        minMove: 10 ** -decimals,
        formatter: text,
        tickmarksFormatter: (prices: readonly number[]) =>
          clearOf(
            prices.map((price) => ({ y: y(price), text: text(price) })),
            {
              tags: this.tagged().flatMap((price) => y(price) ?? []),
              height: this.candles.seriesOrder() < 0 ? 0 : this.candles.getPane().getHeight(),
            },
          ),
      },
    })
  }
}
