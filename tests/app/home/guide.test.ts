// The guided first backtest and the ideas: what they hand over runs, and each step does what it says.
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../app/canvas/model'
import { disconnect } from '../../../app/document/edits/wires'
import { firstOf } from '../../../app/home/first'
import { firstPlay } from '../../../app/home/firstPlay'
import { awaitedIn, canAct, currentStep, guidedOf, guideSteps } from '../../../app/home/guide'
import { examplePlay, ideas } from '../../../app/home/ideas'
import { isStored, runnable } from '../../../app/home/plays'
import { bytesText, countText, rangeText } from '../../../app/home/sizes'
import { examples } from '../../../blocks/catalogue'
import { checkPlay } from '../../../blocks/play/check'
import { wiringOf } from '../../../blocks/play/connect'
import { edited } from '../../fixtures/playDocument'

const errors = (tree: Parameters<typeof checkPlay>[0]) =>
  checkPlay(tree).problems.filter(({ severity }) => severity === 'error')

describe('the first backtest', () => {
  const start = { id: 'first', ...firstPlay() }
  it('begins half built, and each step done brings the next, to a Play without a problem', () => {
    expect(errors(start.tree).length).toBeGreaterThan(0)
    expect(currentStep({ tree: start.tree, loaded: false, ran: false })).toBe(0)
    let document = start
    const seen: number[] = []
    for (let at = currentStep({ tree: document.tree, loaded: true, ran: false }); at < 4; ) {
      seen.push(at)
      const step = guideSteps[at]
      const act = step?.act
      if (step === undefined || act === undefined || act === null) throw new Error(`step ${at} has nothing to do`)
      expect(canAct(document.tree, step)).toBe(true)
      document = { ...start, ...edited(document, act) }
      at = currentStep({ tree: document.tree, loaded: true, ran: false })
    }
    expect(seen).toEqual([2, 3])
    expect(checkPlay(document.tree).problems).toEqual([])
    expect(currentStep({ tree: document.tree, loaded: true, ran: false })).toBe(4)
    expect(currentStep({ tree: document.tree, loaded: true, ran: true })).toBe(5)
    const back = edited(document, (draft) => disconnect(draft, { target: 'stop', handle: 'by' }))
    expect(currentStep({ tree: back.tree, loaded: true, ran: true })).toBe(3)
  })
  it('offers no help where its nodes are gone', () => {
    const step = guideSteps[2]
    if (step === undefined) throw new Error('the step of the entry')
    const { reclaim: _, ...nodes } = start.tree.nodes
    expect(canAct({ ...start.tree, nodes }, step)).toBe(false)
  })
})

describe('the guide', () => {
  it('calls no fault what its steps are about, until something is wired there', () => {
    const start = { id: 'first', ...firstPlay() }
    expect(awaitedIn(start.tree)).toEqual(['enter', 'stop', 'wrong'])
    expect(errors(start.tree).map(({ where }) => where.node)).toEqual(['enter', 'stop', 'wrong'])
    const awaitedAfter = (at: number, from: typeof start) => {
      const act = guideSteps[at]?.act
      if (act === undefined || act === null) throw new Error(`step ${at} has nothing to do`)
      const document = { ...start, ...edited(from, act) }
      return { document, awaited: awaitedIn(document.tree) }
    }
    const third = awaitedAfter(2, start)
    expect(third.awaited).toEqual(['stop', 'wrong'])
    expect(awaitedAfter(3, third.document).awaited).toEqual([])
    const { wrong: _, ...nodes } = start.tree.nodes
    expect(awaitedIn({ ...start.tree, nodes })).toEqual(['enter', 'stop'])
  })

  it('lets no node cover another, and at its end no lane the next', () => {
    const start = { id: 'first', ...firstPlay() }
    expect(Object.keys(start.sidecar.positions ?? {}).sort()).toEqual(Object.keys(start.tree.nodes).sort())
    const pictureOf = ({ tree, sidecar }: typeof start) =>
      modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
    const boxes = pictureOf(start).nodes.map(({ at: [x, y], view }) => ({ x, y, ...view }))
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(apart, `${a.id} and ${b.id}`).toBe(true)
      }
    // Before anything is wired no node stands on a lane that it does not belong to.
    const lanes = pictureOf(start).lanes
    const left = Math.min(...lanes.map(({ at }) => at[0]))
    const inLanes = new Set(lanes.flatMap(({ nodes }) => nodes))
    for (const box of boxes.filter(({ id }) => !inLanes.has(id))) expect(box.x + box.width, box.id).toBeLessThan(left)
    const done = guideSteps.reduce((at, { act }) => (act === null ? at : { ...start, ...edited(at, act) }), start)
    const bands = pictureOf(done).lanes.map(({ at: [, top], height }) => ({ top, bottom: top + height }))
    expect(bands).toHaveLength(4)
    for (const [i, band] of bands.slice(1).entries()) expect(band.top).toBeGreaterThanOrEqual(bands[i]?.bottom ?? 0)
  })

  it('is kept as the Play that it belongs to, left or not', () => {
    expect(guidedOf(null)).toBeNull()
    expect(guidedOf('a1b2')).toEqual({ id: 'a1b2', left: false })
    expect(guidedOf('left a1b2')).toEqual({ id: 'a1b2', left: true })
    expect(guidedOf('left ')).toEqual({ id: '', left: true })
    expect(guidedOf('{"of":"another"}')).toBeNull()
  })

  it('is alive on home for newcomers and for who is in the middle of it, and a card for all others', () => {
    const at = (kept: string | null, ...ids: readonly string[]) =>
      firstOf({ kept: guidedOf(kept), ids: new Set(ids), freshId: 'new' })
    expect(at(null)).toEqual({ id: 'new', live: true, begun: false })
    expect(at(null, 'other')).toEqual({ id: 'new', live: false, begun: false })
    expect(at('mine', 'mine', 'other')).toEqual({ id: 'mine', live: true, begun: true })
    expect(at('left mine', 'mine')).toEqual({ id: 'mine', live: false, begun: true })
    expect(at('left ')).toEqual({ id: 'new', live: false, begun: false })
    // Its Play was deleted.
    expect(at('mine')).toEqual({ id: 'new', live: true, begun: false })
    expect(at('mine', 'other')).toEqual({ id: 'new', live: false, begun: false })
  })
})

describe('ideas', () => {
  it('are the six examples, each a Play that runs', () => {
    expect(ideas.map(({ name }) => name).sort()).toEqual(Object.keys(examples).sort())
    for (const { name, lines, sketch } of ideas) {
      expect(errors(examplePlay(name).tree)).toEqual([])
      for (const line of lines) expect(line).toMatch(/^[A-Z].{15,60}\.$/)
      for (const [x, y] of [sketch.price, ...sketch.lines].flat())
        expect(x >= 0 && x <= 200 && y >= 0 && y <= 84).toBe(true)
    }
    expect(() => examplePlay('nobody')).toThrow('no Play')
  })
  it('come on the practice market where there are no bars of their own, and still run', () => {
    for (const { name } of ideas) {
      const play = examplePlay(name)
      const made = runnable(play, new Set())
      expect(
        Object.values(made.tree.markets)
          .flat()
          .every((id) => id.startsWith('synthetic:')),
      ).toBe(true)
      expect(errors(made.tree)).toEqual([])
      expect(runnable(play, new Set(['binance:BTCUSDT']))).toBe(play)
    }
    expect(isStored(examplePlay('ema_pullback').tree, new Set(['binance:ETHUSDT.P']))).toBe(false)
  })
})

describe('sizes', () => {
  it('are short and plain', () => {
    expect([12, 2048, 5_400_000, 3 * 1024 ** 3].map(bytesText)).toEqual(['12 B', '2 KB', '5.1 MB', '3.00 GB'])
    expect([999, 1000, 1234567].map(countText)).toEqual(['999', '1,000', '1,234,567'])
    expect(rangeText(Date.UTC(2023, 0, 1), Date.UTC(2023, 1, 1))).toBe('2023-01-01 to 2023-01-31')
  })
})
