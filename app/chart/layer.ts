// A drawing over or under the candles as lightweight-charts takes it: one primitive, one function that draws.
import type {
  AutoscaleInfo,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  Logical,
  PrimitiveHoveredItem,
  SeriesAttachedParameter,
  SeriesType,
  Time,
} from 'lightweight-charts'
import type { Grid } from './grid'
import type { Sheet, Space } from './space'
import type { Colours } from './theme'

export interface LayerHost {
  readonly grid: () => Grid
  readonly colours: () => Colours
}

export interface LayerAsk {
  readonly host: LayerHost
  readonly order: 'bottom' | 'top'
  readonly draw: (sheet: Sheet) => void
  /** Prices that must be in sight while these places are. */
  readonly range?: (from: number, to: number) => readonly [low: number, high: number] | null
  /** Is there something to click on at this place of the picture. */
  readonly hit?: (x: number, y: number) => boolean
}

type Attached = SeriesAttachedParameter<Time, SeriesType>

export class Layer implements ISeriesPrimitive<Time> {
  private attachment: Attached | null = null
  private readonly views: readonly IPrimitivePaneView[]

  constructor(private readonly ask: LayerAsk) {
    this.views = [
      {
        zOrder: () => ask.order,
        renderer: () => ({
          draw: (target) =>
            target.useMediaCoordinateSpace(({ context, mediaSize }) => {
              const space = this.space(mediaSize)
              if (space === null) return
              context.save()
              ask.draw({ ...space, context })
              context.restore()
            }),
        }),
      },
    ]
  }

  attached(attachment: Attached): void {
    this.attachment = attachment
  }

  detached(): void {
    this.attachment = null
  }

  redraw(): void {
    this.attachment?.requestUpdate()
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.views
  }

  autoscaleInfo(from: Logical, to: Logical): AutoscaleInfo | null {
    const range = this.ask.range?.(from, to) ?? null
    return range === null ? null : { priceRange: { minValue: range[0], maxValue: range[1] } }
  }

  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    return this.ask.hit?.(x, y) === true ? { cursorStyle: 'pointer', externalId: 'mark', zOrder: 'top' } : null
  }

  /** Null while there is nothing to draw on. */
  space(size: { readonly width: number; readonly height: number }): Space | null {
    if (this.attachment === null) return null
    const { host } = this.ask
    const grid = host.grid()
    const time = this.attachment.chart.timeScale()
    const zero = time.logicalToCoordinate(0 as Logical)
    const range = time.getVisibleLogicalRange()
    if (grid.rows === 0 || zero === null || range === null) return null
    const step = time.options().barSpacing
    const series: ISeriesApi<SeriesType> = this.attachment.series
    return {
      grid,
      width: size.width,
      height: size.height,
      step,
      x: (place) => zero + place * step,
      y: (price) => series.priceToCoordinate(price) ?? Number.NaN,
      colours: host.colours(),
      from: range.from,
      to: range.to,
    }
  }
}
