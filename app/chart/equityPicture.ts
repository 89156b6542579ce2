// Equity over the days of a run as a chart: the run's own line, holding as a quiet one, and how far under water below.
import {
  AreaSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  type LineData,
  LineSeries,
  type Logical,
  type MouseEventParams,
  type PriceFormatCustom,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts'
import { rowOf } from '../../blocks/kit/timeframe'
import { fixed, percent, signed } from '../results/format'
import { drawBesideName, drawDeepest } from './drawEquity'
import { drawUnseen, nameUnseen } from './drawGround'
import { type EquityLines, sampleAt } from './equityLines'
import { type Grid, noGrid, type Span } from './grid'
import { Layer } from './layer'
import { optionsOf } from './options'
import type { Sheet } from './space'
import { type Colours, readColours } from './theme'
import { clearOf } from './ticks'

export type EquityUnit = 'percent' | 'usdt'

export interface EquityShown {
  readonly lines: EquityLines
  readonly unit: EquityUnit
  /** Equity at the start, USDT: what percents are of. */
  readonly start: number
  /** Unseen data begin there; null: nobody knows. */
  readonly lockboxMs: number | null
  /** What the quiet line is. */
  readonly beside: string
}

export interface EquityEvents {
  readonly onHover: (dayMs: number) => void
  readonly onPick: (dayMs: number) => void
  readonly onMove: () => void
}

export interface EquityPlace {
  readonly index: number
  readonly x: number
}

type Points = (LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>)[]

const quiet = { lastValueVisible: false, priceLineVisible: false } as const
const nothing: EquityLines = { dayMs: [], equity: [], underwater: [], holding: [] }
/** Room behind the last day, as a share of all: what comes there stays unseen. */
const room = 0.14
/** And before the first one, so that its year is whole. */
const lead = 0.03

/** USDT in the unit of the scale. */
export const inUnit = (usdt: number, { unit, start }: Pick<EquityShown, 'unit' | 'start'>): number =>
  unit === 'usdt' ? usdt : 100 * (usdt / start - 1)

const texts: Readonly<Record<EquityUnit, (x: number) => string>> = {
  percent: (x) => signed(x, 1),
  usdt: (x) => fixed(x, 0),
}

/** Middle of the switch of units, which lies over the price axis, px. */
const switchAt = 14

export class EquityPicture {
  private readonly chart: IChartApi
  private readonly equity: ISeriesApi<'Line'>
  private readonly holding: ISeriesApi<'Line'>
  private readonly under: ISeriesApi<'Area'>
  private readonly layers: readonly Layer[]
  private colours: Colours
  private shown: EquityShown = { lines: nothing, unit: 'percent', start: 1, lockboxMs: null, beside: '' }
  private span: Span | null = null
  private gone = false

  constructor(
    private readonly element: HTMLElement,
    events: EquityEvents,
  ) {
    this.colours = readColours(element)
    this.chart = createChart(element, optionsOf(this.colours))
    this.holding = this.chart.addSeries(LineSeries, { priceLineVisible: false, lineWidth: 1 })
    this.equity = this.chart.addSeries(LineSeries, { priceLineVisible: false, lineWidth: 2 })
    this.under = this.chart.addSeries(AreaSeries, { ...quiet, lineWidth: 1, invertFilledArea: true }, 1)
    const share = { type: 'custom' as const, minMove: 0.0001, formatter: (x: number) => percent(100 * x, 0) }
    this.under.applyOptions({ priceFormat: share })
    this.chart.panes().forEach((pane, i) => {
      pane.setStretchFactor(i === 0 ? 3 : 1)
    })
    const host = { grid: () => this.grid, colours: () => this.colours }
    const ground = new Layer({ host, order: 'bottom', draw: (sheet) => this.drawGround(sheet) })
    const above = new Layer({ host, order: 'top', draw: (sheet) => this.drawUpper(sheet) })
    const below = new Layer({ host, order: 'top', draw: (sheet) => this.drawLower(sheet) })
    this.layers = [ground, above, below]
    this.equity.attachPrimitive(ground)
    this.equity.attachPrimitive(above)
    this.under.attachPrimitive(below)
    this.equity.priceScale().applyOptions({ scaleMargins: { top: 0.26, bottom: 0.06 } })
    this.retheme()
    this.listen(events)
  }

  private listen({ onHover, onPick, onMove }: EquityEvents): void {
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(onMove)
    this.chart.timeScale().subscribeSizeChange(onMove)
    const dayOf = ({ point, logical }: MouseEventParams): number | undefined => {
      if (point === undefined || logical === undefined) return undefined
      const { dayMs } = this.shown.lines
      return dayMs[Math.min(dayMs.length - 1, Math.max(0, Math.round(logical)))]
    }
    this.chart.subscribeCrosshairMove((event) => {
      const day = event.sourceEvent === undefined ? undefined : dayOf(event)
      if (day !== undefined) onHover(day)
    })
    this.chart.subscribeClick((event) => {
      const day = dayOf(event)
      if (day !== undefined) onPick(day)
    })
  }

  /** Samples are taken at every midnight of the run: a grid of days. */
  private get grid(): Grid {
    const [first] = this.shown.lines.dayMs
    return first === undefined ? noGrid : { tf: '1d', row0: rowOf('1d', first), rows: this.shown.lines.dayMs.length }
  }

  /** Numbers at the axis, but for those under the last values and under the switch. */
  private formatOf(text: (x: number) => string): PriceFormatCustom {
    const y = (value: number): number | null => this.equity.priceToCoordinate(value)
    const lastOf = (series: ISeriesApi<'Line'>): number[] => {
      const last = series.lastValueData(false)
      return last.noData ? [] : [y(last.price) ?? Number.NaN]
    }
    return {
      type: 'custom',
      minMove: 0.01,
      formatter: text,
      tickmarksFormatter: (values) =>
        clearOf(
          values.map((value) => ({ y: y(value), text: text(value) })),
          { tags: [switchAt, ...lastOf(this.equity), ...lastOf(this.holding)] },
        ),
    }
  }

  private drawGround(sheet: Sheet): void {
    const { lockboxMs } = this.shown
    if (lockboxMs !== null) drawUnseen(sheet, lockboxMs)
  }

  /** Over the grid, which would strike through a word below it. */
  private drawUpper(sheet: Sheet): void {
    const { lines, lockboxMs, beside } = this.shown
    if (lockboxMs !== null) nameUnseen(sheet, lockboxMs, wordsTop)
    const unit = (values: readonly number[]): number[] => values.map((usdt) => inUnit(usdt, this.shown))
    drawBesideName(
      sheet,
      { values: unit(lines.holding), own: unit(lines.equity), name: beside },
      { lockboxMs, top: wordsTop },
    )
  }

  private drawLower(sheet: Sheet): void {
    const { lines, lockboxMs } = this.shown
    if (lockboxMs !== null) drawUnseen(sheet, lockboxMs)
    drawDeepest(sheet, lines, { lockboxMs, top: 0 })
  }

  show(shown: EquityShown): void {
    if (this.gone) return
    const fresh = this.shown.lines.dayMs.length !== shown.lines.dayMs.length
    this.shown = shown
    const { lines, unit } = shown
    const points = (values: readonly number[]): Points =>
      lines.dayMs.map((ms, i) => {
        const value = values[i] ?? Number.NaN
        const time = (ms / 1000) as UTCTimestamp
        return Number.isFinite(value) ? { time, value } : { time }
      })
    const scaled = (values: readonly number[]): Points => points(values.map((usdt) => inUnit(usdt, shown)))
    const priceFormat = this.formatOf(texts[unit])
    this.equity.applyOptions({ priceFormat })
    this.holding.applyOptions({ priceFormat, lastValueVisible: lines.holding.length > 0 })
    this.holding.setData(scaled(lines.holding))
    this.equity.setData(scaled(lines.equity))
    this.under.setData(points(lines.underwater))
    if (fresh) this.look(this.span)
    for (const layer of this.layers) layer.redraw()
  }

  /** Null: all days. */
  look(span: Span | null): void {
    this.span = span
    const { dayMs } = this.shown.lines
    if (this.gone || dayMs.length === 0) return
    const [from, to] =
      span === null
        ? [-lead * dayMs.length, dayMs.length * (1 + room)]
        : [Math.max(0, sampleAt(dayMs, span.fromMs)), sampleAt(dayMs, span.toMs)]
    this.chart.timeScale().setVisibleLogicalRange({ from, to: Math.max(from + 2, to) })
  }

  /** Where an instant stands: at the newest sample before it. Null when that is not in sight. */
  placeOf(ms: number): EquityPlace | null {
    const index = sampleAt(this.shown.lines.dayMs, ms)
    const x = this.gone || index < 0 ? null : this.chart.timeScale().logicalToCoordinate(index as Logical)
    return x === null || x < 0 || x > this.chart.timeScale().width() ? null : { index, x }
  }

  get axisHeight(): number {
    return this.gone ? 0 : this.chart.timeScale().height()
  }

  retheme(): void {
    if (this.gone) return
    this.colours = readColours(this.element)
    const { text, hint, neg, negGround } = this.colours
    this.chart.applyOptions(optionsOf(this.colours))
    this.equity.applyOptions({ color: text })
    this.holding.applyOptions({ color: hint })
    this.under.applyOptions({ lineColor: neg, topColor: negGround, bottomColor: negGround })
  }

  remove(): void {
    if (this.gone) return
    this.gone = true
    this.chart.remove()
  }
}

/** Below the figures, px. */
const wordsTop = 38
