// What may stand at the end of a pulled wire: at once, and judged in slices.
import { describe, expect, it } from 'vitest'
import { farKey } from '../../../app/canvas/pull'
import { type Candidate, candidatesFrom, settle } from '../../../app/canvas/settle'
import { examples } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const ema = parseDocument(examples.ema_pullback ?? '').tree as PlayTree
const candidate = (no: number): Candidate => ({ source: 'a', output: null, target: `t${no}`, handle: 'of' })

/** A clock that each judgement moves on, and turns that are taken by hand. */
const byHand = (msPerWire: number) => {
  const turns: (() => void)[] = []
  let now = 0
  const judged: string[] = []
  const wiring = {
    can: ({ target }: Candidate) => {
      now += msPerWire
      judged.push(target)
      return /[13579]$/.test(target) ? ({ ok: false, code: 'x', reason: 'x' } as const) : ({ ok: true } as const)
    },
  }
  return { turns, judged, wiring, pace: { now: () => now, later: (turn: () => void) => void turns.push(turn) } }
}

describe('settling', () => {
  const candidates = [0, 1, 2, 3, 4, 5].map(candidate)

  it('nothing is judged at once; each slice ends after half a frame, and tells what went', () => {
    const { turns, judged, wiring, pace } = byHand(4)
    const told: string[][] = []
    settle({ candidates, wiring, onGone: (gone) => told.push(gone.map(({ target }) => target)) }, pace)
    expect(judged).toEqual([])
    turns.shift()?.()
    expect(judged).toEqual(['t0', 't1'])
    expect(told).toEqual([['t1']])
    while (turns.length > 0) turns.shift()?.()
    expect(judged).toEqual(['t0', 't1', 't2', 't3', 't4', 't5'])
    expect(told).toEqual([['t1'], ['t3'], ['t5']])
  })
  it('a slow judgement still goes on, one a slice', () => {
    const { turns, judged, wiring, pace } = byHand(100)
    settle({ candidates, wiring, onGone: () => undefined }, pace)
    turns.shift()?.()
    expect(judged).toEqual(['t0'])
    expect(turns).toHaveLength(1)
  })
  it('stopped, it judges no more', () => {
    const { turns, judged, wiring, pace } = byHand(100)
    const stop = settle({ candidates, wiring, onGone: () => undefined }, pace)
    turns.shift()?.()
    stop()
    turns.shift()?.()
    expect(judged).toEqual(['t0'])
    expect(turns).toEqual([])
  })
})

describe('candidates', () => {
  const wiring = wiringOf(ema)
  it('from an output every port that takes its letter, but none that would close a circle', () => {
    const from = { node: 'ema_fast', socket: { side: 'out', name: null } } as const
    const targets = candidatesFrom(wiring, from).map(({ target, handle }) => `${target}:${handle}`)
    expect(targets).toContain('uptrend:1')
    expect(targets).toContain('ema_slow:of')
    expect(targets).not.toContain('ema_fast:of')
    expect(targets.some((target) => target.startsWith('thesis:') || target.startsWith('$'))).toBe(false)
  })
  it('into a place every output that it takes; the far end is what glows', () => {
    const from = { node: 'not_crowded', socket: { side: 'in', name: 'allow' } } as const
    const wires = candidatesFrom(wiring, from)
    expect(wires.map(({ source }) => source).sort()).toEqual([
      'cheap_to_hold',
      'dipped',
      'dipped_lately',
      'pullback',
      'reclaimed',
      'swing',
      'swing',
      'swing_lost',
      'uptrend',
    ])
    const dipped = wires.find(({ source }) => source === 'dipped')
    if (dipped === undefined) throw new Error('none')
    expect(farKey(from, dipped)).toBe('dipped out:')
    expect(farKey({ node: 'dipped', socket: { side: 'out', name: null } }, dipped)).toBe('not_crowded in:allow')
  })
})
