// Equity over the days of a run as a chart: the run's own line, holding as a quiet one, and how far under water below.
import {
  AreaSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  type LineData,
  LineSeries,
  LineStyle,
  type Logical,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts'
import { fixed, percent } from '../results/format'
import { type EquityLines, sampleAt } from './equityLines'
import type { Span } from './grid'
import { optionsOf } from './options'
import { type Colours, readColours } from './theme'

export interface EquityPlace {
  readonly index: number
  readonly x: number
}

const quiet = { lastValueVisible: false, priceLineVisible: false } as const

export class EquityPicture {
  private readonly chart: IChartApi
  private readonly equity: ISeriesApi<'Line'>
  private readonly holding: ISeriesApi<'Line'>
  private readonly under: ISeriesApi<'Area'>
  private days: readonly number[] = []

  constructor(
    private readonly element: HTMLElement,
    { onHover, onMove }: { readonly onHover: (dayMs: number) => void; readonly onMove: () => void },
  ) {
    this.chart = createChart(element, optionsOf(readColours(element)))
    this.holding = this.chart.addSeries(LineSeries, { ...quiet, lineWidth: 1, lineStyle: LineStyle.Dotted })
    this.equity = this.chart.addSeries(LineSeries, { ...quiet, lineWidth: 2 })
    this.under = this.chart.addSeries(AreaSeries, { ...quiet, lineWidth: 1, invertFilledArea: true }, 1)
    const money = { type: 'custom' as const, minMove: 0.01, formatter: (x: number) => fixed(x, 0) }
    this.equity.applyOptions({ priceFormat: money })
    this.holding.applyOptions({ priceFormat: money })
    const share = { type: 'custom' as const, minMove: 0.0001, formatter: (x: number) => percent(100 * x) }
    this.under.applyOptions({ priceFormat: share })
    this.chart.panes().forEach((pane, i) => {
      pane.setStretchFactor(i === 0 ? 3 : 1)
    })
    this.retheme()
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(onMove)
    this.chart.timeScale().subscribeSizeChange(onMove)
    this.chart.subscribeCrosshairMove(({ sourceEvent, point, logical }) => {
      if (sourceEvent === undefined || point === undefined || logical === undefined) return
      const day = this.days[Math.min(this.days.length - 1, Math.max(0, Math.round(logical)))]
      if (day !== undefined) onHover(day)
    })
  }

  show(lines: EquityLines): void {
    const fresh = this.days.length !== lines.dayMs.length
    this.days = lines.dayMs
    const points = (values: readonly number[]): (LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>)[] =>
      lines.dayMs.map((ms, i) => {
        const value = values[i] ?? Number.NaN
        const time = (ms / 1000) as UTCTimestamp
        return Number.isFinite(value) ? { time, value } : { time }
      })
    this.holding.setData(points(lines.holding))
    this.equity.setData(points(lines.equity))
    this.under.setData(points(lines.underwater))
    if (fresh) this.chart.timeScale().fitContent()
  }

  /** Null: all days. */
  look(span: Span | null): void {
    if (this.days.length === 0) return
    if (span === null) this.chart.timeScale().fitContent()
    else {
      const from = Math.max(0, sampleAt(this.days, span.fromMs))
      this.chart.timeScale().setVisibleLogicalRange({ from, to: Math.max(from + 2, sampleAt(this.days, span.toMs)) })
    }
  }

  /** Where an instant stands: at the newest sample before it. Null when that is not in sight. */
  placeOf(ms: number): EquityPlace | null {
    const index = sampleAt(this.days, ms)
    const x = index < 0 ? null : this.chart.timeScale().logicalToCoordinate(index as Logical)
    return x === null || x < 0 || x > this.chart.timeScale().width() ? null : { index, x }
  }

  get axisHeight(): number {
    return this.chart.timeScale().height()
  }

  retheme(): void {
    const colours: Colours = readColours(this.element)
    this.chart.applyOptions(optionsOf(colours))
    this.equity.applyOptions({ color: colours.text })
    this.holding.applyOptions({ color: colours.hint })
    // Tinted by the chart's own fade from the line to nothing.
    this.under.applyOptions({ lineColor: colours.neg, topColor: 'transparent', bottomColor: colours.negGround })
  }

  remove(): void {
    this.chart.remove()
  }
}
