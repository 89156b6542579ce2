// The picture itself: lightweight-charts with candles, volume, lines, panes and our own drawings, told what to show.
import {
  type AutoscaleInfoProvider,
  type CandlestickData,
  CandlestickSeries,
  createChart,
  type HistogramData,
  HistogramSeries,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type LineData,
  LineSeries,
  LineStyle,
  LineType,
  type Logical,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts'
import { tfMs } from '../../blocks/kit/timeframe'
import type { CandleWindow } from '../engine/protocol'
import { fixed } from '../results/format'
import type { Stretch } from './bars'
import { stintsOf } from './bars'
import type { SeriesToken } from './colours'
import { drawAreas, drawHoles, drawUnseen, rangeOfPath } from './drawGround'
import { type Band, drawBand, drawPivots } from './drawStructure'
import { drawMarks, drawPath, drawQuestion, type MarkGround, markAt, type QuestionMark } from './drawTrades'
import { barAt, type Grid, msAt, noGrid, openOf, placeOf, type Span } from './grid'
import { Layer } from './layer'
import type { Line } from './lines'
import { optionsOf, paneStretch } from './options'
import type { DrawnPivot } from './pivots'
import type { Sheet } from './space'
import { valueText } from './text'
import { type Colours, readColours } from './theme'
import { type Mark, marksIn, type TradePath } from './trades'

export interface DrawnLine {
  readonly line: Line
  readonly colour: SeriesToken
  readonly values: Float64Array
}

/** Everything that stands on one window of bars, shown at once: nothing flickers from one window to the next. */
export interface Pack {
  readonly window: CandleWindow
  readonly grid: Grid
  /** Place in the window of each bar of the grid; -1: a hole. */
  readonly places: Int32Array
  readonly holes: readonly Stretch[]
  readonly decimals: number
  readonly overlays: readonly DrawnLine[]
  readonly panes: readonly DrawnLine[]
  readonly band: Band | null
  readonly pivots: readonly DrawnPivot[]
}

/** What does not depend on the window. */
export interface Scene {
  readonly marks: readonly Mark[]
  readonly path: TradePath | null
  readonly question: QuestionMark | null
  readonly lockboxMs: number | null
  readonly structure: boolean
}

const emptyScene: Scene = { marks: [], path: null, question: null, lockboxMs: null, structure: true }

export interface PictureEvents {
  readonly onView: () => void
  /** Index of the bar under the mouse. */
  readonly onHover: (index: number) => void
  readonly onClick: (at: { readonly mark: Mark } | { readonly index: number }) => void
}

type LineApi = ISeriesApi<'Line'>
type Point = LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>

const timeOf = (grid: Grid, index: number): UTCTimestamp => (openOf(grid, index) / 1000) as UTCTimestamp

/** The scale of a pane holds the levels that its values are compared with. */
const withLevels =
  (levels: readonly number[]): AutoscaleInfoProvider =>
  (original) => {
    const info = original()
    if (info === null || info.priceRange === null) return info
    const { minValue, maxValue } = info.priceRange
    return { ...info, priceRange: { minValue: Math.min(minValue, ...levels), maxValue: Math.max(maxValue, ...levels) } }
  }

export class Picture {
  private readonly chart: IChartApi
  private readonly candles: ISeriesApi<'Candlestick'>
  private readonly volume: ISeriesApi<'Histogram'>
  private readonly lines = new Map<string, LineApi>()
  private paneKeys: readonly string[] = []
  private readonly layers: readonly Layer[]
  private readonly top: Layer
  private colours: Colours
  private readonly tags: IPriceLine[] = []
  private scene = emptyScene
  private pack: Pack | null = null

  constructor(
    private readonly element: HTMLElement,
    events: PictureEvents,
  ) {
    this.colours = readColours(element)
    this.chart = createChart(element, optionsOf(this.colours))
    this.candles = this.chart.addSeries(CandlestickSeries, { lastValueVisible: false, priceLineVisible: false })
    this.volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      lastValueVisible: false,
      priceLineVisible: false,
    })
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.89, bottom: 0 } })
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.16 } })
    const host = { grid: () => this.grid, colours: () => this.colours }
    const ground = new Layer({ host, order: 'bottom', draw: (sheet) => this.drawGround(sheet) })
    this.top = new Layer({
      host,
      order: 'top',
      draw: (sheet) => this.drawTop(sheet),
      range: (from, to) => rangeOfPath(this.scene.path, this.grid, [from, to]),
      hit: (x, y) => this.markUnder(x, y) !== null,
    })
    this.layers = [ground, this.top]
    for (const layer of this.layers) this.candles.attachPrimitive(layer)
    this.paint()
    this.listen(events)
  }

  private listen({ onView, onHover, onClick }: PictureEvents): void {
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(onView)
    this.chart.timeScale().subscribeSizeChange(onView)
    const indexOf = ({ logical }: MouseEventParams): number | null =>
      logical === undefined ? null : Math.min(this.grid.rows - 1, Math.max(0, Math.round(logical)))
    this.chart.subscribeCrosshairMove((event) => {
      const index = indexOf(event)
      if (event.sourceEvent !== undefined && event.point !== undefined && index !== null) onHover(index)
    })
    this.chart.subscribeClick((event) => {
      const index = indexOf(event)
      if (event.point === undefined || index === null) return
      const mark = event.paneIndex === 0 ? this.markUnder(event.point.x, event.point.y) : null
      onClick(mark === null ? { index } : { mark })
    })
  }

  get grid(): Grid {
    return this.pack?.grid ?? noGrid
  }

  /** Pixels for bars, without the price axis. */
  get width(): number {
    return this.chart.timeScale().width()
  }

  get axisHeight(): number {
    return this.chart.timeScale().height()
  }

  /** What is seen, Unix ms; null while there is nothing. */
  span(): Span | null {
    const range = this.chart.timeScale().getVisibleLogicalRange()
    if (range === null || this.grid.rows === 0) return null
    return { fromMs: msAt(this.grid, range.from - 0.5), toMs: msAt(this.grid, range.to + 0.5) }
  }

  look({ fromMs, toMs }: Span): void {
    if (this.grid.rows === 0) return
    const from = placeOf(this.grid, fromMs) + 0.5
    const to = placeOf(this.grid, toMs) - 0.5
    this.chart.timeScale().setVisibleLogicalRange({ from, to: Math.max(from + 2, to) })
  }

  /** Middle of a bar, px from the left; null while there is nothing. */
  xOf(index: number): number | null {
    const zero = this.chart.timeScale().logicalToCoordinate(0 as Logical)
    return zero === null ? null : zero + index * this.chart.timeScale().options().barSpacing
  }

  /** Tops of the panes, px from the top of the chart, and their heights. */
  panes(): readonly { readonly top: number; readonly height: number }[] {
    const from = this.element.getBoundingClientRect().top
    return this.chart.panes().map((pane) => {
      const box = pane.getHTMLElement()?.getBoundingClientRect()
      return { top: (box?.top ?? from) - from, height: pane.getHeight() }
    })
  }

  show(pack: Pack, keep: Span | null): void {
    this.pack = pack
    const { grid, window, places, decimals } = pack
    const bars: (CandlestickData<Time> | WhitespaceData<Time>)[] = []
    const volumes: (HistogramData<Time> | WhitespaceData<Time>)[] = []
    const { volumeUp, volumeDown } = this.colours
    for (let i = 0; i < grid.rows; i++) {
      const time = timeOf(grid, i)
      const at = places[i] ?? -1
      if (at < 0) {
        bars.push({ time })
        volumes.push({ time })
        continue
      }
      const [open = 0, close = 0] = [window.open[at], window.close[at]]
      bars.push({ time, open, high: window.high[at] ?? open, low: window.low[at] ?? open, close })
      volumes.push({ time, value: window.volume[at] ?? 0, color: close >= open ? volumeUp : volumeDown })
    }
    const format = { type: 'custom' as const, minMove: 10 ** -decimals, formatter: (x: number) => fixed(x, decimals) }
    this.candles.applyOptions({ priceFormat: format })
    this.candles.setData(bars)
    this.volume.setData(volumes)
    this.showLines(pack)
    if (keep !== null) this.look(keep)
    this.redraw()
  }

  private showLines({ overlays, panes, grid, decimals }: Pack): void {
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

  private showLine(
    { line, colour, values }: DrawnLine,
    { grid, decimals, pane }: { readonly grid: Grid; readonly decimals: number; readonly pane: number },
  ): void {
    const known = this.lines.get(line.key)
    const series = known ?? this.chart.addSeries(LineSeries, { lastValueVisible: false, priceLineVisible: false }, pane)
    this.lines.set(line.key, series)
    const steps = line.held || tfMs[line.clock] > tfMs[grid.tf]
    series.applyOptions({
      color: this.colours[colour],
      lineWidth: 2,
      lineType: steps ? LineType.WithSteps : LineType.Simple,
      crosshairMarkerRadius: 3,
      ...(pane === 0
        ? {}
        : {
            autoscaleInfoProvider: withLevels(line.thresholds),
            priceFormat: {
              type: 'custom',
              minMove: 1e-8,
              formatter: (x: number) => valueText(x, line.letter, decimals),
            },
          }),
    })
    const points: Point[] = Array.from(values, (value, i): Point => {
      const time = timeOf(grid, i)
      if (Number.isNaN(value)) return { time }
      // A stretch without values is not bridged: the piece that would lead over it is not painted.
      const torn = i + 1 < values.length && Number.isNaN(values[i + 1])
      return torn ? { time, value, color: 'transparent' } : { time, value }
    })
    series.setData(points)
    if (known === undefined && pane > 0) this.showThresholds(series, line)
  }

  private showThresholds(series: LineApi, { thresholds }: Line): void {
    for (const price of thresholds)
      series.createPriceLine({
        price,
        color: this.colours.lineHover,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: true,
        axisLabelColor: this.colours.ground,
        axisLabelTextColor: this.colours.hint,
        title: '',
      })
  }

  stage(scene: Scene): void {
    this.scene = scene
    this.tagPrices(scene.path)
    this.redraw()
  }

  /** Prices of the selected trade on the axis: entry, stop, last exit. */
  private tagPrices(path: TradePath | null): void {
    for (const line of this.tags.splice(0)) this.candles.removePriceLine(line)
    if (path === null) return
    const { text, neg, pos, ground } = this.colours
    const [stop] = path.stops
    const exit = path.exits.at(-1)
    const put = (price: number, axisLabelColor: string): void => {
      const look = { axisLabelColor, axisLabelTextColor: ground, lineVisible: false, axisLabelVisible: true, title: '' }
      this.tags.push(this.candles.createPriceLine({ price, color: axisLabelColor, ...look }))
    }
    if (stop !== undefined) put(stop.price, neg)
    if (exit !== undefined) put(exit.price, exit.won ? pos : neg)
    put(path.entryPrice, text)
  }

  private redraw(): void {
    for (const layer of this.layers) layer.redraw()
  }

  /** Low and high of the bar that holds an instant. */
  readonly barOf = (ms: number): readonly [low: number, high: number] | null => {
    if (this.pack === null) return null
    const { places, window, grid } = this.pack
    const at = places[barAt(grid, ms)] ?? -1
    const [low, high] = [window.low[at], window.high[at]]
    return low === undefined || high === undefined ? null : [low, high]
  }

  private readonly ground: MarkGround = { barOf: this.barOf }

  private seenMarks({ from, to }: { readonly from: number; readonly to: number }): readonly Mark[] {
    return marksIn(this.scene.marks, msAt(this.grid, from - 1), msAt(this.grid, to + 1))
  }

  private markUnder(x: number, y: number): Mark | null {
    const space = this.top.space({ width: this.width, height: this.chart.panes()[0]?.getHeight() ?? 0 })
    if (space === null) return null
    return markAt(space, { marks: this.seenMarks(space), ground: this.ground }, { x, y })
  }

  private drawGround(sheet: Sheet): void {
    const { lockboxMs, path } = this.scene
    drawHoles(sheet, this.pack?.holes ?? [])
    if (lockboxMs !== null) drawUnseen(sheet, lockboxMs)
    if (path !== null) drawAreas(sheet, path)
  }

  private drawTop(sheet: Sheet): void {
    const { path, question, structure } = this.scene
    const { pivots = [], band = null } = this.pack ?? {}
    if (structure) drawPivots(sheet, pivots, path === null)
    const seen = this.seenMarks(sheet)
    // One trade is looked at: the others step back.
    const others = path === null ? seen : seen.filter(({ trade }) => trade.entryMs !== path.entryMs)
    sheet.context.globalAlpha = path === null ? 1 : 0.4
    drawMarks(sheet, others, this.ground)
    sheet.context.globalAlpha = 1
    if (path !== null) {
      drawPath(sheet, path, this.ground)
      drawMarks(
        sheet,
        seen.filter((mark) => !others.includes(mark)),
        this.ground,
      )
    }
    if (question !== null) drawQuestion(sheet, question, this.ground)
    if (band === null) return
    const stints = stintsOf(band.values, { from: Math.floor(sheet.from) - 1, to: Math.ceil(sheet.to) + 1 })
    drawBand(sheet, band, stints)
  }

  /** Tokens of the theme that now holds, on everything. */
  retheme(): void {
    this.colours = readColours(this.element)
    this.paint()
    // Lines and thresholds take their colours when they are made.
    for (const series of this.lines.values()) this.chart.removeSeries(series)
    this.lines.clear()
    this.paneKeys = []
    this.tagPrices(this.scene.path)
    if (this.pack !== null) this.show(this.pack, this.span())
  }

  private paint(): void {
    const { up, down } = this.colours
    this.chart.applyOptions(optionsOf(this.colours))
    this.candles.applyOptions({
      upColor: up,
      downColor: down,
      wickUpColor: up,
      wickDownColor: down,
      borderVisible: false,
    })
  }

  remove(): void {
    this.chart.remove()
  }
}
