// Where stop and targets of one trade stood from minute to minute: the run is walked again along the trade.
import type { Sim } from '../simulate/desk'
import type { Position, Target } from '../simulate/state'
import { nearest } from '../simulate/ticks'
import type { Leg } from '../trade'
import type { Walk } from './walk'

export interface StopStand {
  /** Open of the first minute that it was in force in, Unix ms; until the next one, the last until the trade's end. */
  readonly fromMs: number
  readonly price: number
  readonly by: Position['stopBy']
}

export interface TargetStand {
  readonly price: number
  /** 1-based rung of the ladder; 0 for a target. */
  readonly rung: number
  /** Of the first size; null: all that is left. */
  readonly share: number | null
  readonly fromMs: number
  /** Open of the minute in which it was reached; null: it never was. What that closed is told by the fills. */
  readonly doneMs: number | null
}

export interface TradeLevels {
  /** Distance from the first fill to the initial stop: one R, in price. */
  readonly risk: number
  readonly stops: readonly StopStand[]
  readonly targets: readonly TargetStand[]
}

/** A trade as far as it says where to look. */
export interface Walked {
  readonly no: number
  readonly entryMs: number
  /** Null: it is still open. */
  readonly exitMs: number | null
  readonly legs: readonly Pick<Leg, 'ms' | 'reason'>[]
}

interface Noted {
  readonly target: Target
  doneMs: number | null
}

/** What is seen of a position, a minute at a time. */
class Notes {
  private risk = Number.NaN
  private fromMs = Number.NaN
  private readonly stops: StopStand[] = []
  private readonly targets = new Map<string, Noted>()

  /** `ms`: end of the minute that was run last. */
  see(sim: Sim, seat: number, ms: number): void {
    const { tick, book } = sim.desks[seat]
    const { position } = book
    if (position === null) return
    const { side, firstMs, firstPrice, risk, stop, stopBy } = position
    if (this.stops.length === 0) {
      this.risk = risk
      this.fromMs = firstMs
      // Its own first minute may have moved it already.
      this.stops.push({ fromMs: firstMs, price: nearest(tick, firstPrice - side * risk), by: 'stop' })
    }
    const last = this.stops[this.stops.length - 1]
    if (stopBy !== 'stop' && (stop !== last.price || stopBy !== last.by))
      this.stops.push({ fromMs: ms, price: stop, by: stopBy })
    for (const target of position.targets) {
      const key = `${target.rung} ${target.price}`
      const noted = this.targets.get(key) ?? { target, doneMs: null }
      this.targets.set(key, noted)
      if (target.done) noted.doneMs ??= ms - sim.stepMs
    }
  }

  /** The minute that ended the trade is not seen: its fills tell which targets it took, the nearest first. */
  end({ legs, exitMs }: Walked): TradeLevels | null {
    if (this.stops.length === 0) return null
    const { risk, fromMs, stops } = this
    const all = [...this.targets.values()]
    const open = all.filter(({ doneMs }) => doneMs === null)
    const taken = legs.filter(({ reason, ms }) => reason === 'target' && exitMs !== null && ms >= exitMs)
    taken.slice(0, open.length).forEach(({ ms }, k) => {
      open[k].doneMs = ms
    })
    const targets = all.map(({ target: { price, rung, share }, doneMs }) => ({ price, rung, share, fromMs, doneMs }))
    return { risk, stops, targets }
  }
}

/** Null: the trade ended in the minute in which it began, and nothing was left standing. */
export const levelsOf = (walk: Walk, trade: Walked, at: { seat: number; toMs: number }): TradeLevels | null => {
  const notes = new Notes()
  walk.along({ fromMs: trade.entryMs, toMs: trade.exitMs ?? at.toMs }, (sim, ms) => {
    if (sim.desks[at.seat].book.position?.no === trade.no) notes.see(sim, at.seat, ms)
  })
  return notes.end(trade)
}
