// Holds picture and feed together: what is looked at, the cursor's place, keys; tells the panel what stands at the cursor.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Timeframe } from '../../blocks/kit/timeframe'
import type { Engine } from '../engine/engine'
import { Feed, type Subject } from './feed'
import { barAt, closeOf, cursorBar, openOf, type Span } from './grid'
import type { Hit } from './hits'
import type { Box } from './labels'
import type { Pack, Scene } from './pack'
import { Picture, type PictureEvents } from './picture'
import { centred, homeSpan, kept, reaching, tradeSpan, zoomed } from './spans'
import { cursorTime, tagText } from './text'
import { whatText } from './whatText'

export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** What stands at the cursor, or at the newest bar where there is none. */
export interface Readout {
  readonly tf: Timeframe | null
  readonly openMs: number
  readonly decimals: number
  /** Null: a hole. */
  readonly bar: Bar | null
  /** By key of the line. */
  readonly values: Readonly<Record<string, number>>
  readonly panes: readonly { readonly key: string; readonly top: number }[]
  /** Of the picture without the price axis, px. */
  readonly width: number
}

export type Shown = 'nothing' | 'bars' | 'empty'

export interface ControllerAsk {
  readonly element: HTMLElement
  readonly line: HTMLElement
  readonly tag: HTMLElement
  /** Words on what is under the mouse. */
  readonly tip: HTMLElement
  readonly engine: Engine
  readonly onShown: (shown: Shown) => void
  readonly onCursor: (ms: number) => void
  readonly onClick: PictureEvents['onClick']
  /** The trader wants to go to a day. */
  readonly onDay: () => void
}

const noReadout: Readout = { tf: null, openMs: 0, decimals: 2, bar: null, values: {}, panes: [], width: 0 }

const zoomStep = 0.8
/** Of the cursor's time, px. */
const tagHeight = 18
/** Between the mouse and the words on what is under it, px. */
const tipAway = 10

export class Controller {
  readonly readout: StoreApi<Readout> = createStore<Readout>()(() => noReadout)
  private readonly picture: Picture
  private readonly feed: Feed
  private pack: Pack | null = null
  private subject: Subject | null = null
  private endMs = 0
  /**
   * Where the trader wants to look, until he moves the picture by hand: coarse bars cannot show a span as short as that,
   * and while finer ones are on their way the picture's own span is not the one that is meant.
   */
  private wanted: Span | null = null
  /** Bars for it are on their way. */
  private waiting = false
  private cursorMs: number | null = null
  private frame = 0
  private hovered: number | null = null

  constructor(private readonly ask: ControllerAsk) {
    this.picture = new Picture(ask.element, {
      onView: () => this.moved(),
      onHover: (index, hit) => {
        this.hover(index)
        this.explain(hit)
      },
      onLeave: () => this.explain(null),
      onGrip: () => {
        this.wanted = null
      },
      onClick: ask.onClick,
    })
    this.feed = new Feed({
      engine: ask.engine,
      show: (pack) => this.show(pack),
      nothing: (last) => this.nothing(last),
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    })
  }

  /** The market that is shown. */
  get instrument(): string | undefined {
    return this.subject?.instrument
  }

  /** `endMs`: end of the data, where the chart looks first. */
  about(subject: Subject, endMs: number): void {
    const fresh = this.subject?.instrument !== subject.instrument
    this.subject = subject
    this.endMs = endMs
    const now = this.now()
    this.feed.about(subject)
    if (this.pack === null || fresh) this.lookAt(now)
  }

  private home(): Span {
    return homeSpan(this.endMs, this.subject?.finest ?? '1m', this.picture.width)
  }

  private now(): Span {
    return this.wanted ?? this.picture.span() ?? this.home()
  }

  stage(scene: Scene): void {
    this.picture.stage(scene)
  }

  private show(pack: Pack): void {
    const keep = this.now()
    this.waiting = false
    this.pack = pack
    this.picture.show(pack, keep)
    this.ask.onShown('bars')
    this.moved()
  }

  private nothing(lastMs: number): void {
    // Looked beyond the newest bar there is: go to it.
    if (this.pack === null && Number.isFinite(lastMs) && lastMs < this.endMs) {
      this.endMs = lastMs
      this.lookAt(this.home())
      return
    }
    this.waiting = false
    this.wanted = null
    if (this.pack === null) this.ask.onShown('empty')
  }

  private lookAt(span: Span): void {
    const { pack } = this
    const held = pack !== null && this.subject !== null
    const here = held && span.fromMs >= openOf(pack.grid, 0) && span.toMs <= closeOf(pack.grid, pack.grid.rows - 1)
    this.wanted = span
    this.waiting = !here
    if (here) {
      this.picture.look(span)
      this.moved()
      return
    }
    this.feed.look(span, this.picture.width)
    // Nothing new is on its way: behind the last bar there is only room.
    if (pack !== null) this.picture.look(span)
  }

  goTo(ms: number): void {
    const now = this.now()
    this.lookAt(kept(centred(ms, now.toMs - now.fromMs), this.endMs))
  }

  goToTrade(trade: { readonly entryMs: number; readonly endMs: number }): void {
    this.lookAt(tradeSpan(trade, this.now(), this.subject?.finest ?? '1m'))
  }

  toHome(): void {
    this.lookAt(this.home())
  }

  setCursor(ms: number | null): void {
    if (this.cursorMs === ms) return
    this.cursorMs = ms
    this.tell()
  }

  private hover(index: number): void {
    if (this.hovered === index) return
    const first = this.hovered === null
    this.hovered = index
    if (!first) return
    requestAnimationFrame(() => {
      const at = this.hovered
      this.hovered = null
      if (at !== null && this.pack !== null) this.ask.onCursor(closeOf(this.pack.grid, at))
    })
  }

  /** What lies under the mouse, beside it and inside the picture. */
  private explain(hit: Hit | null): void {
    const { tip } = this.ask
    const { pack, subject } = this
    tip.hidden = hit === null || pack === null || subject === null
    if (hit === null || pack === null || subject === null) return
    tip.textContent = whatText(hit.what, { decimals: pack.decimals, titleOf: subject.titleOf })
    const { width } = this.picture
    const left = hit.x + tipAway + tip.offsetWidth > width ? hit.x - tipAway - tip.offsetWidth : hit.x + tipAway
    const top = hit.y - tipAway - tip.offsetHeight < 0 ? hit.y + tipAway : hit.y - tipAway - tip.offsetHeight
    tip.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(top)}px)`
  }

  /** What stands over the picture, px from its corner. */
  under(legend: readonly Box[]): void {
    this.picture.under(legend)
  }

  private moved(): void {
    if (this.pack !== null && !this.waiting) this.feed.look(this.now(), this.picture.width)
    this.tell()
  }

  /** At most once a frame; the line itself at once, so that it never lags behind the candles. */
  private tell(): void {
    this.placeCursor()
    if (this.frame !== 0) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.placeCursor()
      this.read()
    })
  }

  private placeCursor(): void {
    const { line, tag } = this.ask
    const { pack, cursorMs } = this
    const index = pack === null || cursorMs === null ? null : cursorBar(pack.grid, cursorMs)
    const x = index === null ? null : this.picture.xOf(index)
    const seen = x !== null && x >= 0 && x <= this.picture.width
    line.hidden = !seen
    tag.hidden = !seen
    if (!seen || pack === null || index === null) return
    line.style.transform = `translateX(${Math.round(x)}px)`
    line.style.bottom = `${this.picture.axisHeight}px`
    const { tf } = pack.grid
    tag.textContent = tagText(cursorTime(openOf(pack.grid, index), tf), tf)
    tag.style.bottom = `${Math.floor((this.picture.axisHeight - tagHeight) / 2)}px`
    const half = tag.offsetWidth / 2
    tag.style.transform = `translateX(${Math.round(Math.min(this.picture.width - half, Math.max(half, x)) - half)}px)`
  }

  /** Index of the bar under the cursor, inside the window; the newest where there is no cursor. */
  private index(): number {
    const { pack, cursorMs } = this
    if (pack === null) return -1
    return cursorMs === null ? pack.grid.rows - 1 : cursorBar(pack.grid, cursorMs)
  }

  private read(): void {
    const { pack } = this
    if (pack === null) return
    const { grid, window, places, overlays, panes, decimals } = pack
    const index = this.index()
    const at = places[index] ?? -1
    const [open = Number.NaN, high = 0, low = 0, close = 0] = [window.open, window.high, window.low, window.close].map(
      (column) => column[at],
    )
    const tops = this.picture.panes()
    this.readout.setState({
      tf: grid.tf,
      openMs: openOf(grid, index),
      decimals,
      bar: Number.isNaN(open) ? null : { open, high, low, close },
      values: Object.fromEntries(
        [...overlays, ...panes].map(({ line, values }) => [line.key, values[index] ?? Number.NaN]),
      ),
      panes: panes.map(({ line }, i) => ({ key: line.key, top: tops[i + 1]?.top ?? 0 })),
      width: this.picture.width,
    })
  }

  // Keys -------------------------------------------------------------------------------------------------------------

  /** Instant of the bar that is so many bars further, closed. */
  step(bars: number): void {
    const { pack } = this
    if (pack === null) return
    const index = this.index() + bars
    const first = barAt(pack.grid, pack.window.firstMs)
    const last = barAt(pack.grid, pack.window.lastMs)
    this.put(Math.min(last, Math.max(first, index)))
  }

  end(which: 'first' | 'last'): void {
    const { pack } = this
    if (pack !== null) this.put(barAt(pack.grid, which === 'first' ? pack.window.firstMs : pack.window.lastMs))
  }

  private put(index: number): void {
    const { pack } = this
    if (pack === null) return
    const span = this.now()
    const ms = closeOf(pack.grid, index)
    const reached = reaching(span, ms)
    if (reached.fromMs !== span.fromMs) this.lookAt(reached)
    this.ask.onCursor(ms)
  }

  zoom(direction: 1 | -1): void {
    if (this.pack === null) return
    const span = this.now()
    const { cursorMs } = this
    const inside = cursorMs !== null && cursorMs > span.fromMs && cursorMs < span.toMs
    // Without a cursor the newest bar stays, if it is in sight: what is before it comes in.
    const around = inside ? cursorMs : Math.min(this.endMs, span.toMs)
    this.lookAt(kept(zoomed(span, around, direction === 1 ? zoomStep : 1 / zoomStep), this.endMs))
  }

  askDay(): void {
    this.ask.onDay()
  }

  /** First and last bar that there is, Unix ms. */
  days(): { readonly fromMs: number; readonly toMs: number } | null {
    const { pack } = this
    return pack === null ? null : { fromMs: pack.window.firstMs, toMs: pack.window.lastMs }
  }

  retheme(): void {
    this.picture.retheme()
    this.tell()
  }

  /** Close of the bar under the cursor, Unix ms. */
  cursorClose(): number | null {
    const { pack } = this
    return pack === null ? null : closeOf(pack.grid, this.index())
  }

  /** Close of a bar by its index, Unix ms. */
  closeAt(index: number): number | null {
    return this.pack === null ? null : closeOf(this.pack.grid, index)
  }

  remove(): void {
    this.feed.stop()
    cancelAnimationFrame(this.frame)
    this.picture.remove()
  }
}
