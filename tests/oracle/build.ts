// Builders: minutes from compact text, conditions from 'TF?', plans and seats with calm defaults.
import type { Frame } from '../../blocks/engine/frame'
import type { FundingPlan, Seat } from '../../blocks/engine/plan'
import type { Instrument } from '../../blocks/engine/rows'
import { type Settings, settingsSchema } from '../../blocks/engine/settings'
import { setBit, wordsFor } from '../../blocks/kit/bits'
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import type { Risk } from '../../blocks/play/flat'
import { programOf, type SideSpec, sidePlan } from './plans'
import type { Input } from './types'

export interface Minute {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}
/** null is a hole. */
export type Minutes = readonly (Minute | null)[]

/** Monday 2024-01-01 00:00 UTC: every timeframe begins a bar there. */
export const day0 = 1_704_067_200_000
export const minuteMs = 60_000
const dayMs = 1440 * minuteMs

/** `00:05`, or `1 00:05` one day later, after day0. */
export const at = (text: string): number => {
  const [day, clock] = text.includes(' ') ? text.split(' ') : ['0', text]
  const [hours, minutes] = (clock ?? '').split(':').map(Number)
  const ms = day0 + Number(day) * dayMs + (hours ?? Number.NaN) * 60 * minuteMs + (minutes ?? Number.NaN) * minuteMs
  if (!Number.isFinite(ms)) throw new Error(`not a time: ${text}`)
  return ms
}
/** The reverse of `at`. */
export const clockOf = (ms: number): string => {
  const day = Math.floor((ms - day0) / dayMs)
  const rest = Math.round((ms - day0 - day * dayMs) / minuteMs)
  const clock = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
  return day === 0 ? clock : `${day} ${clock}`
}

const flat = (price: number): Minute => ({ open: price, high: price, low: price, close: price, volume: 1000 })

const oneMinute = (text: string): Minute | null => {
  if (text === '-') return null
  const [left, volume] = text.split('v')
  const n = (left ?? '').trim().split(/\s+/).map(Number)
  const [open, high, low, close] = n.length === 1 ? [n[0], n[0], n[0], n[0]] : n
  if (open === undefined || high === undefined || low === undefined || close === undefined || n.some(Number.isNaN))
    throw new Error(`not a minute: ${text}`)
  if (high < Math.max(open, close) || low > Math.min(open, close)) throw new Error(`impossible minute: ${text}`)
  return { ...flat(open), high, low, close, ...(volume === undefined ? {} : { volume: Number(volume) }) }
}

/**
 * One minute a `|`: `O H L C`, or one price for a flat minute, then `v0` for a volume other than 1000, `*3` to repeat;
 * `-` is a hole. `100*3 | 100 101 95 96 v0 | - | 97`.
 */
export const minutesOf = (text: string): Minutes =>
  text.split('|').flatMap((part) => {
    const [body, times] = part.split('*')
    return Array.from({ length: times === undefined ? 1 : Number(times) }, () => oneMinute((body ?? '').trim()))
  })

const column = (rows: number): Float64Array => new Float64Array(rows)

/** Dense fill bars from minutes (one a row of `tf`), the first at `startMs`. Holes as in S5. */
export const frameOf = (minutes: Minutes, tf: Timeframe = '1m', startMs = day0): Frame => {
  const rows = minutes.length
  const [open, high, low, close, volume] = [column(rows), column(rows), column(rows), column(rows), column(rows)]
  const hole = new Uint32Array(wordsFor(rows))
  let last = Number.NaN
  minutes.forEach((bar, i) => {
    if (bar === null) setBit(hole, i)
    const shown = bar ?? { ...flat(last), volume: 0 }
    open[i] = shown.open
    high[i] = shown.high
    low[i] = shown.low
    close[i] = shown.close
    volume[i] = shown.volume
    last = shown.close
  })
  return {
    tf,
    row0: rowOf(tf, startMs),
    rows,
    open,
    high,
    low,
    close,
    volume,
    hole,
    partial: new Uint32Array(wordsFor(rows)),
  }
}

const joined = (bars: readonly Minute[]): Minute | null => {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return null
  return {
    open: first.open,
    high: Math.max(...bars.map((b) => b.high)),
    low: Math.min(...bars.map((b) => b.low)),
    close: last.close,
    volume: bars.reduce((sum, b) => sum + b.volume, 0),
  }
}

/** Bars of `tf` from fill minutes, S5: from the present ones, partial and holes marked, incomplete ends dropped. */
export const higherOf = (minutes: Minutes, { tf, fillTf = '1m' as Timeframe, startMs = day0 }: HigherOf): Frame => {
  const per = tfMs[tf] / tfMs[fillTf]
  const firstRow = rowOf(tf, startMs + tfMs[tf] - 1)
  const skip = (openMsOf(tf, firstRow) - startMs) / tfMs[fillTf]
  const rows = Math.max(0, Math.floor((minutes.length - skip) / per))
  const groups = Array.from({ length: rows }, (_, i) => minutes.slice(skip + i * per, skip + (i + 1) * per))
  const present = groups.map((group) => group.filter((bar) => bar !== null))
  const frame = frameOf(present.map(joined), tf, openMsOf(tf, firstRow))
  present.forEach((bars, i) => {
    if (bars.length > 0 && bars.length < per) setBit(frame.partial, i)
  })
  return frame
}
interface HigherOf {
  readonly tf: Timeframe
  readonly fillTf?: Timeframe
  readonly startMs?: number
}

/** Tick 0.5, step 0.01 and one wide bracket: figures that can be checked in the head. */
export const instrument = (over: Partial<Instrument> = {}): Instrument => ({
  id: 'test:AAA.P',
  kind: 'perp',
  tick: '0.5',
  step: '0.01',
  minQty: 0.01,
  minNotional: 5,
  brackets: [{ floor: 0, cap: 1e9, maxLeverage: 125, rate: 0.01, cum: 0 }],
  source: 'made by hand',
  ...over,
})

/** 1,000 quote units a trade, leverage 1, no limits. */
export const risk = (over: Partial<Risk> = {}): Risk => ({
  size: { quote: 1000 },
  leverage: 1,
  cooldown: null,
  limits: {},
  scaleIn: null,
  ...over,
})

/** [time, rate] or [time, rate, mark]; without a mark the open of the minute is taken. */
export type FundingSpec = readonly (readonly [string, number, number?])[]

const fundingOf = (spec: FundingSpec): FundingPlan => ({
  ms: Float64Array.from(spec, ([time]) => at(time)),
  rate: Float64Array.from(spec, ([, rate]) => rate),
  mark: Float64Array.from(spec, ([, , mark]) => mark ?? Number.NaN),
})

export interface SeatSpec {
  readonly minutes: string | Minutes
  readonly tf?: Timeframe
  readonly fillTf?: Timeframe
  readonly startMs?: number
  readonly long?: SideSpec
  readonly short?: SideSpec
  readonly risk?: Partial<Risk>
  readonly instrument?: Partial<Instrument>
  readonly funding?: FundingSpec
  readonly mark?: string | Minutes
  readonly play?: number
}

/** A seat on `3m` decisions over `1m` bars from day0, unless said otherwise. */
export const seat = (spec: SeatSpec): Seat => {
  const { tf = '3m', fillTf = '1m', startMs = day0 } = spec
  const minutes = typeof spec.minutes === 'string' ? minutesOf(spec.minutes) : spec.minutes
  const mark = typeof spec.mark === 'string' ? minutesOf(spec.mark) : spec.mark
  const decision = higherOf(minutes, { tf, fillTf, startMs })
  const side = (given: SideSpec | undefined, name: 'long' | 'short') =>
    given === undefined ? null : sidePlan(given, { decision, name })
  return {
    play: spec.play ?? 0,
    instrument: instrument(spec.instrument),
    fill: frameOf(minutes, fillTf, startMs),
    decision,
    tf,
    mark: mark === undefined ? null : frameOf(mark, fillTf, startMs),
    funding: spec.funding === undefined ? null : fundingOf(spec.funding),
    long: side(spec.long, 'long'),
    short: side(spec.short, 'short'),
    programs: {
      long: spec.long === undefined ? null : programOf(spec.long, decision),
      short: spec.short === undefined ? null : programOf(spec.short, decision),
    },
    risk: risk(spec.risk),
  }
}

/** Free of charge unless said: no fees, no slippage, equity 10,000. */
export const settings = (over: object = {}): Settings =>
  settingsSchema.parse({
    fees: { maker: 0, taker: 0, liquidation: 0 },
    slippage: { model: 'fixed', bps: 0 },
    ...over,
  })

interface RunSpec {
  readonly settings?: object
  readonly from?: string
  readonly to?: string
  readonly targetsFirst?: boolean
}

/** One run over all minutes of its seats, unless `from` and `to` say otherwise. */
export const run = (seats: SeatSpec | readonly SeatSpec[], spec: RunSpec = {}): Input => {
  const built = ([] as SeatSpec[]).concat(seats as SeatSpec | SeatSpec[]).map(seat)
  const starts = built.map((s) => openMsOf(s.fill.tf, s.fill.row0))
  const ends = built.map((s) => openMsOf(s.fill.tf, s.fill.row0 + s.fill.rows))
  return {
    seats: built,
    settings: settings(spec.settings),
    fromMs: spec.from === undefined ? Math.min(...starts) : at(spec.from),
    toMs: spec.to === undefined ? Math.max(...ends) : at(spec.to),
    ...(spec.targetsFirst === true ? { targetsFirst: true } : {}),
  }
}
