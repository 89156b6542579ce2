// Lines over the candles and in the panes below them, with the levels that conditions compare them with.
import { type IChartApi, type ISeriesApi, LineSeries, LineStyle, LineType } from 'lightweight-charts'
import { tfMs } from '../../blocks/kit/timeframe'
import type { Grid } from './grid'
import type { Line } from './lines'
import { paneStretch } from './options'
import type { DrawnLine, Pack } from './pack'
import { linePoints, withLevels } from './points'
import { valueText } from './text'
import type { Colours } from './theme'
import { clearOf } from './ticks'

type LineApi = ISeriesApi<'Line'>

interface Where {
  readonly grid: Grid
  readonly decimals: number
  readonly pane: number
}

export class PaneLines {
  private readonly lines = new Map<string, LineApi>()
  private paneKeys: readonly string[] = []

  constructor(
    private readonly chart: IChartApi,
    private readonly colours: () => Colours,
  ) {}

  show({ overlays, panes, grid, decimals }: Pack): void {
    const keys = panes.map(({ line }) => line.key)
    const wanted = new Set([...overlays.map(({ line }) => line.key), ...keys])
    // Panes are made anew when they change: an empty one vanishes by itself, the others would slip into its place.
    const samePanes = keys.join(' ') === this.paneKeys.join(' ')
    for (const [key, series] of this.lines) {
      if (wanted.has(key) && (samePanes || !this.paneKeys.includes(key))) continue
      this.chart.removeSeries(series)
      this.lines.delete(key)
    }
    this.paneKeys = keys
    for (const drawn of overlays) this.showLine(drawn, { grid, decimals, pane: 0 })
    panes.forEach((drawn, i) => {
      this.showLine(drawn, { grid, decimals, pane: i + 1 })
    })
    if (samePanes) return
    this.chart.panes().forEach((pane, i) => {
      pane.setStretchFactor(paneStretch(i, panes.length))
    })
  }

  /** Lines and levels take their colours when they are made. */
  clear(): void {
    for (const series of this.lines.values()) this.chart.removeSeries(series)
    this.lines.clear()
    this.paneKeys = []
  }

  private showLine({ line, colour, values }: DrawnLine, { grid, decimals, pane }: Where): void {
    const known = this.lines.get(line.key)
    const series = known ?? this.chart.addSeries(LineSeries, { lastValueVisible: false, priceLineVisible: false }, pane)
    this.lines.set(line.key, series)
    const steps = line.held || tfMs[line.clock] > tfMs[grid.tf]
    const text = (value: number): string => valueText(value, line.letter, decimals)
    const ticks = (values: readonly number[]): string[] =>
      clearOf(
        values.map((value) => ({ y: series.priceToCoordinate(value), text: text(value) })),
        {
          tags: line.thresholds.flatMap((price) => series.priceToCoordinate(price) ?? []),
          // A series on its way out has no pane any more, and the scale may still ask.
          height: series.seriesOrder() < 0 ? 0 : series.getPane().getHeight(),
        },
      )
    series.applyOptions({
      color: this.colours()[colour],
      lineWidth: 2,
      lineType: steps ? LineType.WithSteps : LineType.Simple,
      crosshairMarkerRadius: 3,
      ...(pane === 0
        ? {}
        : {
            autoscaleInfoProvider: withLevels(line.thresholds),
            priceFormat: { type: 'custom', minMove: 1e-8, formatter: text, tickmarksFormatter: ticks },
          }),
    })
    series.setData(linePoints(values, grid))
    // Name and value stand at the top of the pane.
    if (pane > 0) series.priceScale().applyOptions({ scaleMargins: { top: 0.34, bottom: 0.1 } })
    if (known === undefined && pane > 0) this.showThresholds(series, line)
  }

  private showThresholds(series: LineApi, { thresholds }: Line): void {
    const { lineHover, ground, hint } = this.colours()
    for (const price of thresholds)
      series.createPriceLine({
        price,
        color: lineHover,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: true,
        axisLabelColor: ground,
        axisLabelTextColor: hint,
        title: '',
      })
  }
}
