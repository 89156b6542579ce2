// Every decision of a run that did something, kept small: words once, a number and an instant for each time.
import type { DecisionRecord } from '../simulate/desk'

type Words = Omit<DecisionRecord, 'ms'>

/** Decisions of one Play on one symbol, in time order. */
class Track {
  private ms = new Float64Array(64)
  private word = new Uint32Array(64)
  private count = 0

  add(ms: number, word: number): void {
    if (this.count === this.ms.length) {
      const [times, words] = [new Float64Array(2 * this.count), new Uint32Array(2 * this.count)]
      times.set(this.ms)
      words.set(this.word)
      this.ms = times
      this.word = words
    }
    this.ms[this.count] = ms
    this.word[this.count] = word
    this.count += 1
  }

  /** First place with an instant at or after `ms`. */
  private placeOf(ms: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.ms[middle] < ms) low = middle + 1
      else high = middle
    }
    return low
  }

  each(from: number, to: number, tell: (ms: number, word: number) => void): void {
    for (let k = this.placeOf(from); k < this.count && this.ms[k] < to; k++) tell(this.ms[k], this.word[k])
  }

  /** The first thing that `take` makes of what lies at or after `ms`. */
  find<T>(ms: number, take: (ms: number, word: number) => T | null): T | null {
    for (let k = this.placeOf(ms); k < this.count; k++) {
      const found = take(this.ms[k], this.word[k])
      if (found !== null) return found
    }
    return null
  }

  /** The last instant at or before `ms` whose word is one of these; NaN: none. */
  lastOf(ms: number, words: ReadonlySet<number>): number {
    for (let k = this.placeOf(ms + 1) - 1; k >= 0; k--) if (words.has(this.word[k])) return this.ms[k]
    return Number.NaN
  }
}

/** A Play on one symbol. */
export interface SeatName {
  readonly play: number
  readonly instrument: string
}

const nameOf = ({ play, instrument }: SeatName): string => `${play}|${instrument}`

export class DecisionLog {
  private readonly words: Words[] = []
  private readonly places = new Map<string, number>()
  private readonly tracks = new Map<string, Track>()

  /** Hand this to a run as its trace. */
  readonly record = (record: DecisionRecord): void => {
    const { did, side, setup, reason, node, play, instrument } = record
    const key = `${did}|${side}|${setup}|${reason}|${node}|${play}|${instrument}`
    let word = this.places.get(key)
    if (word === undefined) {
      word = this.words.length
      this.words.push({ did, side, setup, reason, node, play, instrument })
      this.places.set(key, word)
    }
    const name = nameOf(record)
    let track = this.tracks.get(name)
    if (track === undefined) {
      track = new Track()
      this.tracks.set(name, track)
    }
    track.add(record.ms, word)
  }

  /** Decisions of a seat in [from, to), in order. */
  between(seat: SeatName, from: number, to: number): DecisionRecord[] {
    const found: DecisionRecord[] = []
    this.tracks.get(nameOf(seat))?.each(from, to, (ms, word) => {
      found.push({ ms, ...this.words[word] })
    })
    return found
  }

  /** The first decision of a seat at or after `ms` that is one of these. */
  find(seat: SeatName, ms: number, is: (record: DecisionRecord) => boolean): DecisionRecord | null {
    return (
      this.tracks.get(nameOf(seat))?.find(ms, (at, word) => {
        const record = { ms: at, ...this.words[word] }
        return is(record) ? record : null
      }) ?? null
    )
  }

  /**
   * The decision that sent the entry which was filled first at `ms`; NaN: none is known. A seat sends no entry while one
   * is on its way, so it is the last one.
   */
  sentFor(seat: SeatName, ms: number): number {
    const words = new Set<number>()
    this.words.forEach(({ did }, k) => {
      if (did === 'entry') words.add(k)
    })
    return this.tracks.get(nameOf(seat))?.lastOf(ms, words) ?? Number.NaN
  }
}
