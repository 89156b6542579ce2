// What a trader is told of any bar of a run: it is what the run did there, and every condition re-evaluates to it.
import { describe, expect } from 'vitest'
import type { AnyColumn } from '../../../../blocks/engine/columns/store'
import { warmUps } from '../../../../blocks/engine/findings'
import { explainAt } from '../../../../blocks/engine/inspect'
import { DecisionLog } from '../../../../blocks/engine/look/decisions'
import { funnelsOf, nearMissesOf } from '../../../../blocks/engine/look/funnel'
import { type Way, waysOf } from '../../../../blocks/engine/look/lines'
import { RunLook } from '../../../../blocks/engine/look/look'
import type { WhyAnswer } from '../../../../blocks/engine/look/why'
import type { EntryPlan } from '../../../../blocks/engine/plan'
import { type Run, run } from '../../../../blocks/engine/run'
import type { PreparedSeat } from '../../../../blocks/engine/seats'
import type { DecisionRecord } from '../../../../blocks/engine/simulate/desk'
import { getBit, verdictAt } from '../../../../blocks/kit/bits'
import { closeMsOf, rowOf } from '../../../../blocks/kit/timeframe'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, plays, requestOf } from './cases'
import { hold, same } from './must'

interface Looked {
  readonly one: Case
  readonly made: Run
  readonly look: RunLook
  readonly records: readonly DecisionRecord[]
  /** Seat and decision row inside the range: some at random, and rows at which something was done. */
  readonly places: readonly (readonly [seat: number, row: number])[]
}

const lookedOf = (seed: number): Looked => {
  const one = caseOf(seed)
  const log = new DecisionLog()
  const records: DecisionRecord[] = []
  const made = run({
    ...requestOf(one),
    trace: (record) => {
      log.record(record)
      records.push(record)
    },
  })
  if (Array.isArray(made)) throw new Error(JSON.stringify(made))
  const look = new RunLook(made, log, one)
  const dice = new Dice(seed * 13)
  const places = made.seats.flatMap(({ seat }, place) => {
    const { tf, row0 } = seat.decision
    const [i0, i1] = [rowOf(tf, one.fromMs - 1) - row0, rowOf(tf, one.toMs - 1) - row0]
    if (i1 <= i0) return []
    const random = Array.from({ length: 25 }, () => dice.int(Math.max(0, i0), Math.min(seat.decision.rows, i1) - 1))
    const busy = records.filter(({ play, instrument }) => play === seat.play && instrument === seat.instrument.id)
    const done = Array.from({ length: 25 }, () => dice.pick(busy)).flatMap((record) =>
      record === undefined ? [] : [rowOf(tf, record.ms) - 1 - row0],
    )
    return [...random, ...done].map((row) => [place, row] as const)
  })
  return { one, made, look, records, places }
}

const closeAt = ({ seat }: PreparedSeat, row: number): number => closeMsOf(seat.tf, seat.decision.row0 + row)

const seatAt = ({ made }: Looked, place: number): PreparedSeat => {
  const found = made.seats[place]
  if (found === undefined) throw new Error('no such seat')
  return found
}

const verdictIn = (column: AnyColumn, row: number): 1 | 0 | -1 => {
  if (column instanceof Float64Array || !('t' in column)) throw new Error('no condition')
  return verdictAt(column, row)
}
const word = { 1: 'true', 0: 'unknown', [-1]: 'false' } as const

const entryOf = ({ seat }: PreparedSeat, way: Way): EntryPlan => {
  const found = (way.side === 'long' ? seat.long : seat.short)?.entries.find(({ path }) => path === way.setup)
  if (found === undefined) throw new Error('no such entry')
  return found
}

/** What the engine's own bits say of an entry at a row. */
const firesAt = ({ when, whileTrue }: EntryPlan, row: number): boolean =>
  getBit(when.t, row) && (whileTrue || (row > 0 && getBit(when.f, row - 1)))

const silent = ['in_trade', 'no_setup', 'no_rise', 'no_bar']

/** No record: nobody fired past the filters there, and the reason is the first that holds. */
const judgeSilence = (prepared: PreparedSeat, answer: WhyAnswer, at: { row: number; inTrade: boolean }): void => {
  const { row, inTrade } = at
  const ways = waysOf(prepared)
  same(silent.includes(answer.reason ?? ''), true)
  const hole = getBit(prepared.seat.decision.hole, row)
  same(answer.reason === 'no_bar', hole)
  if (hole) return
  for (const way of ways) same(firesAt(entryOf(prepared, way), row), false)
  same(answer.reason === 'in_trade', inTrade)
  if (inTrade) return
  const way = ways.find(({ side, setup }) => side === answer.side && setup === answer.setup)
  if (way === undefined) throw new Error('a way that is none')
  const lacking = ({ filters, conditions }: Way): number =>
    [...filters, ...conditions].filter(
      ({ wire }) => verdictIn(prepared.evaluated.onDecision(wire.node, wire.output), row) !== 1,
    ).length
  same(lacking(way), Math.min(...ways.map(lacking)))
  const first = answer.lines.find(({ verdict }) => verdict !== 'true')
  same(answer.reason, first === undefined ? 'no_rise' : 'no_setup')
  same(answer.node, first === undefined ? way.setup : first.node)
}

/** Every bar has one answer, that of the run. */
const oneReason = (looked: Looked): number => {
  const { look, records, places } = looked
  for (const [place, row] of places) {
    const prepared = seatAt(looked, place)
    const ms = closeAt(prepared, row)
    const answer = look.whyAt(place, ms)
    if (answer === null) throw new Error('a decision without an answer')
    same(answer.timeMs, ms)
    const { play, instrument } = prepared.seat
    const own = records.filter((one) => one.ms === ms && one.play === play && one.instrument === instrument.id)
    if (answer.did === 'nothing') judgeSilence(prepared, answer, { row, inTrade: look.inTrade(place, ms) })
    else {
      const told = own.filter(
        ({ did, side, setup, node }) =>
          did === answer.did && side === answer.side && setup === answer.setup && node === answer.node,
      )
      same(told.length > 0, true)
    }
    if (own.some(({ did }) => did === 'entry' || did === 'add'))
      same(answer.did === 'entry' || answer.did === 'add', true)
  }
  return places.length
}

/** Lines are what the engine's bits are: all true exactly where filters and setup are. */
const linesHold = (looked: Looked): number => {
  let lines = 0
  for (const [place, row] of looked.places) {
    const prepared = seatAt(looked, place)
    const answer = looked.look.whyAt(place, closeAt(prepared, row))
    const way = waysOf(prepared).find(({ side, setup }) => side === answer?.side && setup === answer.setup)
    if (answer === null || way === undefined) continue
    const plan = way.side === 'long' ? prepared.seat.long : prepared.seat.short
    const filters = (plan?.filters ?? []).map(({ path, allow }) => [path, word[verdictAt(allow, row)]])
    same(
      answer.lines.slice(0, filters.length).map(({ node, verdict }) => [node, verdict]),
      filters,
    )
    const conditions = answer.lines.slice(filters.length)
    const when = getBit(entryOf(prepared, way).when.t, row)
    same(
      conditions.every(({ verdict }) => verdict === 'true'),
      when,
    )
    if (answer.did === 'entry' || answer.did === 'add') {
      same(
        answer.lines.every(({ verdict, short }) => verdict === 'true' && short === 0),
        true,
      )
      same(firesAt(entryOf(prepared, way), row), true)
    }
    for (const { short } of answer.lines) if (short !== null) same(short >= 0, true)
    lines += answer.lines.length
  }
  return lines
}

/** The values of a node are those of its column on the decision clock; `since` is where they began. */
const valuesHold = (looked: Looked): number => {
  let told = 0
  for (const [place, row] of looked.places.slice(0, 12)) {
    const prepared = seatAt(looked, place)
    const { flat, nodes, onDecision } = prepared.evaluated
    const values = looked.look.valuesAt(place, closeAt(prepared, row))?.values ?? {}
    flat.nodes.forEach((node, k) => {
      for (const output of Object.keys(nodes[k]?.outputs ?? {})) {
        const column = onDecision(k, output)
        const value = values[output === '' ? node.path : `${node.path}.${output}`]
        if (!(column instanceof Float64Array) && !('t' in column)) {
          same(value, undefined)
          continue
        }
        const { kinds } = node.sockets[output] ?? {}
        if (column instanceof Float64Array) {
          const x = column[row] ?? Number.NaN
          same(
            kinds === undefined ? value?.number : value?.kind,
            Number.isFinite(x) ? (kinds === undefined ? x : kinds[x]) : null,
          )
        } else same(value?.verdict, word[verdictIn(column, row)])
        if (value?.sinceMs !== null && value !== undefined) {
          same(value.sinceMs <= closeAt(prepared, row), true)
          told += 1
        }
      }
    })
  }
  return told
}

/** A trade's explanation is the decision that sent it. */
const tradesHold = (looked: Looked): number => {
  const { look } = looked
  for (const trade of look.trades.slice(0, 100)) {
    const answer = look.whyTrade(trade.no)
    expect(answer).toMatchObject({ did: 'entry', side: trade.side, setup: trade.setup, reason: null })
    expect(answer?.timeMs).toBeLessThanOrEqual(trade.entryMs)
    expect(answer?.lines.every(({ verdict }) => verdict === 'true')).toBe(true)
  }
  return look.trades.length
}

/** Of every order that was sent: either a trade came of it, or it waits still, or its answer says what befell it. */
const fatesHold = (looked: Looked): number => {
  const { look, made, records } = looked
  let lost = 0
  made.seats.forEach(({ seat }, place) => {
    const { play, instrument } = seat
    const own = (one: { readonly play: number; readonly instrument: string }): boolean =>
      one.play === play && one.instrument === instrument.id
    const sent = records.filter((record) => own(record) && record.did === 'entry')
    const reasons = sent.map(({ ms }) => look.whyAt(place, ms)?.reason)
    const open = look.trades.filter(({ exitMs, ...trade }) => own(trade) && exitMs === null).length
    const waiting = made.pending.filter((order) => own(order) && open === 0).length
    expect(reasons.filter((reason) => reason === null).length).toBe(look.trades.filter(own).length + waiting)
    lost += reasons.filter((reason) => reason !== null).length
  })
  return lost
}

/** The command line's explanation is the page's. */
const explaining = (looked: Looked): number => {
  const { one, look, places } = looked
  const [first, second, third] = [places[0], places[30], places.at(-1)]
  for (const chosen of [first, second, third]) {
    if (chosen === undefined) continue
    const [place, row] = chosen
    const ms = closeAt(seatAt(looked, place), row)
    const [told, answer] = [explainAt(looked.made.seats, one, { atMs: ms, seat: place }), look.whyAt(place, ms)]
    if (told === null || answer === null) throw new Error('no answer')
    const { did, side, setup, node, reason } = answer
    // What became of an order is known only afterwards.
    const known = did === 'entry' ? null : reason
    expect(told.decision).toEqual({ did, side, setup, node, reason: known })
    const seen = Object.entries(answer.values).map(([name, { number, verdict, kind }]) => {
      const value = number ?? kind ?? (verdict === null || verdict === 'unknown' ? null : verdict === 'true')
      return [name, { value, known: value !== null }]
    })
    expect(Object.fromEntries(seen)).toEqual(told.nodes)
  }
  return places.length
}

/** Step by step, a bar at a time. */
const funnelHolds = (looked: Looked): number => {
  const { look, one, records } = looked
  const prepared = seatAt(looked, 0)
  const { decision, play, instrument } = prepared.seat
  const funnels = funnelsOf(look, 0)
  const ways = waysOf(prepared)
  expect(funnels.map(({ side, setup }) => [side, setup])).toEqual(ways.map(({ side, setup }) => [side, setup]))
  ways.forEach((way, k) => {
    const { steps } = funnels[k] ?? { steps: [] }
    const entry = entryOf(prepared, way)
    const own = records.filter((record) => record.play === play && record.instrument === instrument.id)
    const sentAt = new Set(
      own
        .filter(({ did, setup, side }) => did === 'entry' && setup === way.setup && side === way.side)
        .map(({ ms }) => ms),
    )
    const exitAt = new Set(own.filter(({ did }) => did === 'exit').map(({ ms }) => ms))
    const middle = [...way.filters, ...way.conditions]
    expect(steps.map(({ step }) => step)).toEqual([
      'all',
      'warm',
      'flat',
      ...middle.map(({ node }) => node),
      'rise',
      'limits',
      'orders',
    ])
    const ready = warmUps(prepared)
    const warmMs = Math.max(ready[way.place] ?? 0, ...way.filters.map(({ wire }) => ready[wire.node] ?? 0))
    const left = { all: 0, rise: 0 }
    const alone = middle.map(() => 0)
    let aloneFlat = 0
    for (let row = 0; row < decision.rows; row++) {
      const ms = closeAt(prepared, row)
      if (ms < one.fromMs || ms >= one.toMs || getBit(decision.hole, row)) continue
      const flat = !look.inTrade(0, ms) || exitAt.has(ms)
      const warm = ms >= warmMs || getBit(entry.when.t, row)
      const passes = [
        flat,
        ...middle.map(({ wire }) => verdictIn(prepared.evaluated.onDecision(wire.node, wire.output), row) === 1),
      ]
      left.all += 1
      const stops = passes.filter((passed) => !passed).length
      const first = passes.indexOf(false)
      if (stops === 1 && warm && first === 0) aloneFlat += 1
      if (stops === 1 && warm && first > 0) alone.splice(first - 1, 1, (alone[first - 1] ?? 0) + 1)
      if (stops === 0 && warm && firesAt(entry, row)) left.rise += 1
    }
    expect(steps[0]?.left).toBe(left.all)
    expect(steps.at(-1)?.left).toBe(sentAt.size)
    expect(steps.at(-3)?.left).toBe(left.rise)
    expect(steps.slice(1).map(({ left: after, stopped }) => after + stopped)).toEqual(
      steps.slice(0, -1).map((step) => step.left),
    )
    expect(steps.slice(2, -3).map(({ onlyIt }) => onlyIt)).toEqual([aloneFlat, ...alone])
    const misses = nearMissesOf(look, 0, one).filter(({ side, setup }) => side === way.side && setup === way.setup)
    expect(middle.map(({ node }) => misses.filter((miss) => miss.node === node).length)).toEqual(alone)
  })
  return ways.length
}

/** Each miss is a bar whose own answer names the condition, as far as its way is the one that is told. */
const missesHold = (looked: Looked): number => {
  const { look, one } = looked
  const all = nearMissesOf(look, 0, one)
  expect(all.map(({ ms }) => ms)).toEqual(all.map(({ ms }) => ms).sort((a, b) => a - b))
  const middle = (one.fromMs + one.toMs) / 2
  const halves = [
    nearMissesOf(look, 0, { fromMs: one.fromMs, toMs: middle }),
    nearMissesOf(look, 0, { fromMs: middle, toMs: one.toMs }),
  ]
  expect(halves.flat()).toEqual(all)
  for (const { ms, side, setup, node } of all.slice(0, 20)) {
    const answer = look.whyAt(0, ms)
    if (answer === null || answer.side !== side || answer.setup !== setup) continue
    expect(answer.lines.filter(({ verdict }) => verdict !== 'true').map((line) => line.node)).toEqual([node])
  }
  return all.length
}

const byStop = ['stop', 'break_even', 'trailing']

/** Where stop and targets stood is what the fills of the trade met. */
const levelsHold = (looked: Looked): number => {
  const { look, one } = looked
  let told = 0
  for (const trade of look.trades.slice(0, 25)) {
    const levels = look.levelsOf(trade.no)
    const { side, entryMs, exitMs, legs, exitReason } = trade
    if (exitMs === entryMs) {
      expect(levels).toBeNull()
      continue
    }
    if (levels === null) throw new Error(`trade ${trade.no} without levels`)
    const { stops, targets, risk } = levels
    const [first, last] = [stops[0], stops.at(-1)]
    if (first === undefined || last === undefined) throw new Error('no stop')
    const sign = side === 'long' ? 1 : -1
    expect(first).toMatchObject({ fromMs: entryMs, by: 'stop' })
    expect(Math.abs((legs[0]?.price ?? 0) - first.price)).toBeCloseTo(risk, 6)
    stops.slice(1).forEach(({ fromMs, price, by }, k) => {
      const before = stops[k] ?? first
      expect(sign * (price - before.price)).toBeGreaterThanOrEqual(0)
      expect(price !== before.price || by !== before.by).toBe(true)
      expect(fromMs).toBeGreaterThanOrEqual(before.fromMs)
      expect(fromMs).toBeLessThanOrEqual(exitMs ?? Number.POSITIVE_INFINITY)
    })
    const closing = legs.find(({ reason }) => reason === exitReason)
    if (closing !== undefined && exitReason !== null && byStop.includes(exitReason)) {
      // What closed it is the level that stood last; a gap fills it beyond, never before. Where a minute without
      // volume fills nothing (S18), the fill comes in a later one, at whatever that opens.
      expect(last.by).toBe(exitReason)
      if (one.settings.slippage.model !== 'volume_share')
        expect(sign * (closing.referencePrice - last.price)).toBeLessThanOrEqual(0)
    }
    const filledMs = legs.filter(({ reason }) => reason === 'target').map(({ ms }) => Number(ms))
    for (const { price } of targets) expect(sign * (price - first.price)).toBeGreaterThan(0)
    // A fill follows from a target that was reached; one that was too small for a step closes nothing.
    const reached = targets.flatMap(({ doneMs }) => doneMs ?? [])
    for (const ms of filledMs) expect(reached.some((at) => at <= ms)).toBe(true)
    for (const at of reached) expect(at >= entryMs && at <= (exitMs ?? one.toMs)).toBe(true)
    told += stops.length + targets.length
  }
  return told
}

describe(`${plays} random runs`, () => {
  hold(
    {
      'every bar has one reason, and it is what the run did': oneReason,
      'every line re-evaluates to the bits that the run read': linesHold,
      'the values of a moment are those of the columns there': valuesHold,
      'a trade is explained by the decision that sent it': tradesHold,
      'an order that opened no trade says what befell it': fatesHold,
      'the explanation of the command line is that of the page': explaining,
      'the funnel counts what a walk bar by bar counts': funnelHolds,
      'a near miss is a bar that lacked one condition': missesHold,
      'the levels of a trade are what its fills met': levelsHold,
    },
    lookedOf,
  )
})
