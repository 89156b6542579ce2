// The picture itself: lightweight-charts with candles, volume, lines, panes and our own drawings, told what to show.
import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type Logical,
  type MouseEventParams,
} from 'lightweight-charts'
import { rangeOfPath } from './drawGround'
import { closeIn, type Drawn, drawOver, drawUnder, groundOf, nothingDrawn, volumeShare } from './drawScene'
import { markAt } from './drawTrades'
import { type Grid, msAt, noGrid, placeOf, type Span } from './grid'
import { type Hit, hitAt } from './hits'
import type { Box } from './labels'
import { Layer } from './layer'
import { optionsOf } from './options'
import { emptyScene, type Pack, type Scene } from './pack'
import { PaneLines } from './paneLines'
import { barPoints } from './points'
import { PriceTags, tagsOf } from './priceTags'
import type { Sheet, Space } from './space'
import { type Colours, readColours } from './theme'
import { type Mark, marksIn } from './trades'

/** What was clicked on: a mark, a bar that lacked one condition, or any bar. */
export type Clicked = { readonly mark: Mark } | { readonly ms: number } | { readonly index: number }

export interface PictureEvents {
  readonly onView: () => void
  /** Index of the bar under the mouse, and what is drawn there. */
  readonly onHover: (index: number, hit: Hit | null) => void
  readonly onLeave: () => void
  /** The trader moves the picture by hand. */
  readonly onGrip: () => void
  readonly onClick: (at: Clicked) => void
}

/** Between the legend and the highest candle, px. */
const legendGap = 10
const leastTop = 0.06
/** Below the lowest candle: the mark of an entry and its word stand there, px. */
const markRoom = 32

export class Picture {
  private readonly chart: IChartApi
  private readonly candles: ISeriesApi<'Candlestick'>
  private readonly volume: ISeriesApi<'Histogram'>
  private readonly lines: PaneLines
  private readonly tags: PriceTags
  private readonly layers: readonly Layer[]
  private readonly top: Layer
  private colours: Colours
  private scene = emptyScene
  private pack: Pack | null = null
  private legend: readonly Box[] = []
  private drawn: Drawn = nothingDrawn
  /** What comes after the end, from an observer or an answer, would have a frame drawn on a chart that is no more. */
  private gone = false

  constructor(
    private readonly element: HTMLElement,
    events: PictureEvents,
  ) {
    this.colours = readColours(element)
    this.chart = createChart(element, optionsOf(this.colours))
    const quiet = { lastValueVisible: false, priceLineVisible: false }
    this.candles = this.chart.addSeries(CandlestickSeries, quiet)
    this.volume = this.chart.addSeries(HistogramSeries, { priceScaleId: 'volume', ...quiet })
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 1 - volumeShare, bottom: 0 } })
    this.lines = new PaneLines(this.chart, () => this.colours)
    this.tags = new PriceTags(this.candles)
    const host = { grid: () => this.grid, colours: () => this.colours }
    const ground = new Layer({ host, order: 'bottom', draw: (sheet) => this.drawGround(sheet) })
    this.top = new Layer({
      host,
      order: 'top',
      draw: (sheet) => this.drawTop(sheet),
      range: (from, to) => rangeOfPath(this.scene.path, this.grid, [from, to]),
      hit: (x, y) => this.hitUnder(x, y)?.clicks === true,
    })
    this.layers = [ground, this.top]
    for (const layer of this.layers) this.candles.attachPrimitive(layer)
    this.paint()
    this.leaveRoom()
    this.listen(events)
  }

  private listen({ onView, onHover, onLeave, onGrip, onClick }: PictureEvents): void {
    this.element.addEventListener('wheel', onGrip, { capture: true, passive: true })
    this.element.addEventListener('pointerdown', onGrip, { capture: true })
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(onView)
    this.chart.timeScale().subscribeSizeChange(() => {
      this.leaveRoom()
      onView()
    })
    const indexOf = ({ logical }: MouseEventParams): number | null =>
      logical === undefined ? null : Math.min(this.grid.rows - 1, Math.max(0, Math.round(logical)))
    const hitOf = ({ point, paneIndex }: MouseEventParams): Hit | null =>
      point === undefined || paneIndex !== 0 ? null : this.hitUnder(point.x, point.y)
    this.chart.subscribeCrosshairMove((event) => {
      // That the mouse has left comes without its event; a place without one is ours, not the mouse's.
      if (event.point === undefined) {
        onLeave()
        return
      }
      const index = indexOf(event)
      if (event.sourceEvent !== undefined && index !== null) onHover(index, hitOf(event))
    })
    this.chart.subscribeClick((event) => {
      const index = indexOf(event)
      if (event.point === undefined || index === null) return
      const what = hitOf(event)?.what
      if (what?.kind === 'mark') onClick({ mark: what.mark })
      else onClick(what?.kind === 'miss' ? { ms: what.miss.ms } : { index })
    })
  }

  get grid(): Grid {
    return this.pack?.grid ?? noGrid
  }

  /** Pixels for bars, without the price axis. */
  get width(): number {
    return this.gone ? 0 : this.chart.timeScale().width()
  }

  get axisHeight(): number {
    return this.gone ? 0 : this.chart.timeScale().height()
  }

  private get height(): number {
    return this.chart.panes()[0]?.getHeight() ?? 0
  }

  /** What is seen, Unix ms; null while there is nothing. */
  span(): Span | null {
    const range = this.gone || this.grid.rows === 0 ? null : this.chart.timeScale().getVisibleLogicalRange()
    if (range === null) return null
    return { fromMs: msAt(this.grid, range.from - 0.5), toMs: msAt(this.grid, range.to + 0.5) }
  }

  look({ fromMs, toMs }: Span): void {
    if (this.gone || this.grid.rows === 0) return
    const from = placeOf(this.grid, fromMs) + 0.5
    const to = placeOf(this.grid, toMs) - 0.5
    this.chart.timeScale().setVisibleLogicalRange({ from, to: Math.max(from + 2, to) })
  }

  /** Middle of a bar, px from the left; null while there is nothing. */
  xOf(index: number): number | null {
    const zero = this.gone ? null : this.chart.timeScale().logicalToCoordinate(0 as Logical)
    return zero === null ? null : zero + index * this.chart.timeScale().options().barSpacing
  }

  /** Tops of the panes, px from the top of the chart, and their heights. */
  panes(): readonly { readonly top: number; readonly height: number }[] {
    if (this.gone) return []
    const from = this.element.getBoundingClientRect().top
    return this.chart.panes().map((pane) => {
      const box = pane.getHTMLElement()?.getBoundingClientRect()
      return { top: (box?.top ?? from) - from, height: pane.getHeight() }
    })
  }

  show(pack: Pack, keep: Span | null): void {
    if (this.gone) return
    this.pack = pack
    const { candles, volumes } = barPoints(pack, this.colours)
    this.tags.format(pack.decimals)
    this.candles.setData(candles)
    this.volume.setData(volumes)
    this.lines.show(pack)
    this.tagPrices()
    if (keep !== null) this.look(keep)
    this.redraw()
  }

  stage(scene: Scene): void {
    if (this.gone) return
    this.scene = scene
    this.tagPrices()
    this.volume.applyOptions({ visible: scene.volume })
    this.leaveRoom()
    this.redraw()
  }

  private tagPrices(): void {
    const { path, question } = this.scene
    this.tags.show(tagsOf(path, question === null ? null : closeIn(this.pack, question.ms)), this.colours)
  }

  /** What stands over the picture: neither candles nor words go under it. */
  under(legend: readonly Box[]): void {
    if (this.gone) return
    this.legend = legend
    this.leaveRoom()
    this.redraw()
  }

  private leaveRoom(): void {
    if (this.gone) return
    const bottom = Math.max(0, ...this.legend.map(({ y, h }) => y + h))
    const share = (px: number): number => (this.height > 0 ? px / this.height : 0)
    const top = Math.max(leastTop, Math.min(0.5, share(bottom + legendGap)))
    const foot = Math.min(0.3, (this.scene.volume ? volumeShare : 0) + share(markRoom))
    this.candles.priceScale().applyOptions({ scaleMargins: { top, bottom: foot } })
  }

  private redraw(): void {
    for (const layer of this.layers) layer.redraw()
  }

  private seenMarks({ from, to }: { readonly from: number; readonly to: number }): readonly Mark[] {
    return marksIn(this.scene.marks, msAt(this.grid, from - 1), msAt(this.grid, to + 1))
  }

  private hitUnder(x: number, y: number): Hit | null {
    const space: Space | null = this.top.space({ width: this.width, height: this.height })
    if (space === null) return null
    const mark = markAt(space, { marks: this.drawn.marks, ground: groundOf(this.pack) }, { x, y })
    return hitAt(this.drawn, mark, { x, y })
  }

  private drawGround(sheet: Sheet): void {
    drawUnder(sheet, { pack: this.pack, scene: this.scene })
  }

  private drawTop(sheet: Sheet): void {
    const { pack, scene, legend } = this
    this.drawn = drawOver(sheet, { pack, scene, legend, marks: this.seenMarks(sheet) })
  }

  /** Tokens of the theme that now holds, on everything. */
  retheme(): void {
    if (this.gone) return
    this.colours = readColours(this.element)
    this.paint()
    this.lines.clear()
    this.tagPrices()
    if (this.pack !== null) this.show(this.pack, this.span())
  }

  private paint(): void {
    const { up, down } = this.colours
    this.chart.applyOptions(optionsOf(this.colours))
    const wicks = { wickUpColor: up, wickDownColor: down, borderVisible: false }
    this.candles.applyOptions({ upColor: up, downColor: down, ...wicks })
  }

  remove(): void {
    if (this.gone) return
    this.gone = true
    this.chart.remove()
  }
}
