// Windows for the chart: decides what to ask the engine for, asks for all of it, and hands it over as one pack.
import { type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import { inSentence } from '../canvas/words'
import type { Engine } from '../engine/engine'
import type { CandleWindow, SeriesWindow } from '../engine/protocol'
import { eventsOn, gridOf, holesOf, placesOf, valuesOn } from './bars'
import type { SeriesToken } from './colours'
import { detailOf, type Held, mostBars, wants, windowFor } from './detail'
import type { Band } from './drawBand'
import type { Grid, Span } from './grid'
import type { BandSource, Line } from './lines'
import type { DrawnLine, Pack } from './pack'
import { drawnPivots } from './pivots'
import { decimalsOf } from './text'

/** What is drawn over time. */
export interface Subject {
  readonly instrument: string
  /** Timeframe of the Play: bars are never finer. */
  readonly finest: Timeframe
  readonly overlays: readonly Line[]
  readonly panes: readonly Line[]
  readonly band: BandSource | null
  /** Switched off: in the legend alone. */
  readonly off: readonly Line[]
  readonly structure: boolean
  /** Bars that lacked one condition are wanted. */
  readonly misses: boolean
  readonly colourOf: (node: string) => SeriesToken
  /** What people call a node. */
  readonly titleOf: (path: string) => string
}

export interface FeedPorts {
  readonly engine: Pick<Engine, 'candles' | 'series' | 'pivots' | 'nearMisses'>
  /** `asked` for the span that must be in sight, where one must. */
  readonly show: (pack: Pack) => void
  /** The engine has no bars there; `last` is the newest that it has, NaN for none at all. */
  readonly nothing: (last: number) => void
  readonly wait: (ms: number) => Promise<void>
}

interface Order {
  readonly asked: Span
  readonly tf: Timeframe
}

type Part = Pick<Line, 'node' | 'output' | 'clock'>

/** A question that another of its kind overtook is asked again, so often and after so long. */
const tries = 3
const againMs = 120

export class Feed {
  private subject: Subject | null = null
  private held: Held | null = null
  private order: Order | null = null
  private turn = 0
  private stopped = false

  constructor(private readonly ports: FeedPorts) {}

  /** Other lines, other bars, or another run: what is shown is asked for again. */
  about(subject: Subject): void {
    if (this.subject?.instrument !== subject.instrument) this.held = null
    this.subject = subject
    const last = this.order ?? (this.held === null ? null : { asked: this.held.asked, tf: this.held.tf })
    if (last !== null) this.fetch(last)
  }

  /** What is seen has moved: asks when the window that is held, or on its way, will not do. */
  look(view: Span, width: number): void {
    const { subject } = this
    if (subject === null || width <= 0) return
    const tf = detailOf(view, { width, finest: subject.finest, shown: this.order?.tf ?? this.held?.tf ?? null })
    if (this.order !== null) {
      const { asked } = this.order
      if (this.order.tf === tf && view.fromMs >= asked.fromMs && view.toMs <= asked.toMs) return
    } else if (this.held !== null && !wants(view, tf, this.held)) return
    this.fetch({ asked: windowFor(view, tf), tf })
  }

  private fetch(order: Order): void {
    if (this.stopped) return
    this.order = order
    this.turn += 1
    void this.load(order, this.turn)
  }

  /** For good: who still calls has not yet heard that the chart is no more. */
  stop(): void {
    this.stopped = true
    this.turn += 1
  }

  private async load(order: Order, turn: number): Promise<void> {
    const { subject } = this
    if (subject === null) return
    const { asked, tf } = order
    const window = await this.insist(turn, () =>
      this.ports.engine.candles({ ...asked, instrument: subject.instrument, tf, maxBars: mostBars }),
    )
    if (turn !== this.turn) return
    if (window === null || window.openMs.length === 0) {
      this.order = null
      // Null: the data are not there yet. Whoever hears that they are asks again.
      if (window !== null) this.ports.nothing(window.lastMs)
      return
    }
    const pack = await this.pack(subject, window, order)
    if (turn !== this.turn) return
    this.order = null
    this.held = { grid: pack.grid, asked, tf }
    this.ports.show(pack)
  }

  private async insist<T>(turn: number, ask: () => Promise<T | null>): Promise<T | null> {
    for (let i = 0; i < tries && turn === this.turn; i++) {
      const answer = await ask()
      if (answer !== null) return answer
      await this.ports.wait(againMs)
    }
    return null
  }

  private async pack(subject: Subject, window: CandleWindow, { asked }: Order): Promise<Pack> {
    const { instrument, overlays, panes, band, structure, misses, colourOf, titleOf } = subject
    const grid = gridOf(window)
    const series = ({ node, output, clock }: Part): Promise<SeriesWindow | null> => {
      // A slower value that stood when the window began became known before it.
      const lead = 2 * Math.max(tfMs[clock], tfMs[grid.tf])
      const fromMs = asked.fromMs - lead
      return this.ports.engine.series({
        instrument,
        fromMs,
        toMs: asked.toMs,
        tf: grid.tf,
        // Room for the lead: with fewer the engine would answer on a coarser timeframe.
        maxBars: 2 * mostBars,
        node,
        output,
      })
    }
    const drawn = async (line: Line): Promise<DrawnLine> => {
      const answer = await series(line)
      const values = answer === null ? new Float64Array(0) : valuesOn(answer, grid)
      return { line, colour: colourOf(line.node), values }
    }
    const all = { ...asked, instrument, tf: grid.tf, maxBars: mostBars }
    const [over, under, shownBand, pivots, missed] = await Promise.all([
      Promise.all(overlays.map(drawn)),
      Promise.all(panes.map(drawn)),
      band === null ? null : series(band).then((answer) => bandOf(band, { answer, grid, title: titleOf(band.node) })),
      structure ? this.ports.engine.pivots(all) : [],
      misses ? this.ports.engine.nearMisses(all) : [],
    ])
    const places = placesOf(window, grid)
    return {
      window,
      grid,
      places,
      holes: holesOf(places),
      decimals: decimalsOf(window.close),
      overlays: over,
      panes: under,
      band: shownBand,
      pivots: drawnPivots(pivots ?? []),
      misses: missed ?? [],
    }
  }
}

interface Answered {
  readonly answer: SeriesWindow | null
  readonly grid: Grid
  readonly title: string
}

const bandOf = ({ output, letter }: BandSource, { answer, grid, title }: Answered): Band | null => {
  if (answer === null || answer.knownMs.length === 0) return null
  const values = letter === 'E' ? eventsOn(answer, grid) : valuesOn(answer, grid)
  return { name: output === '' ? title : `${title} ${inSentence(output)}`, values, kinds: answer.kinds }
}
