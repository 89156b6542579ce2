// The picture of the shipped Plays: nothing overlaps, all stands in its lane and goes from left to right, within a width.
import { describe, expect, it } from 'vitest'
import { loose } from '../../../app/canvas/lanes'
import { type CanvasModel, modelOf } from '../../../app/canvas/model'
import { examples } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree, Sidecar } from '../../../blocks/play/tree'

const playOf = (text: string) => {
  const { tree, sidecar } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('no Play')
  return { tree, sidecar }
}
const draw = ({ tree, sidecar }: { tree: PlayTree; sidecar: Sidecar }): CanvasModel =>
  modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
const pictures = Object.entries(examples).map(([name, text]) => ({ name, ...playOf(text), model: draw(playOf(text)) }))
const pictureOf = (name: string) => {
  const found = pictures.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

/** As much as fits beside palette and evidence at 1440 x 900: 78 % of the example that all screens are judged by. */
const widths: Readonly<Record<string, number>> = {
  donchian_trail: 940,
  ema_cross_reverse: 700,
  ema_pullback: 900,
  funding_fade: 870,
  rsi_fade: 835,
  swing_break_add: 1125,
}

describe.each(pictures)('the picture of $name', ({ name, model, tree, sidecar }) => {
  const boxes = model.nodes.map(({ view, at: [x, y] }) => ({ id: view.id, x, y, w: view.width, h: view.height }))
  const boxOf = (id: string) => boxes.find((one) => one.id === id)

  it('no two boxes overlap', () => {
    for (const a of boxes) {
      for (const b of boxes) {
        if (a.id >= b.id) continue
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(apart, `${a.id} ${b.id}`).toBe(true)
      }
    }
  })
  it('every node stands inside its lane, clear of its title and its rail; lanes follow each other', () => {
    expect(model.lanes.flatMap(({ nodes }) => nodes).sort()).toEqual(boxes.map(({ id }) => id).sort())
    for (const [i, { nodes, at, width, height }] of model.lanes.entries()) {
      const next = model.lanes[i + 1]
      if (next !== undefined) expect(at[1] + height).toBeLessThan(next.at[1])
      for (const id of nodes) {
        const one = boxOf(id)
        if (one === undefined) throw new Error(id)
        expect(one.x, id).toBeGreaterThanOrEqual(at[0] + 9)
        expect(one.y, id).toBeGreaterThanOrEqual(at[1] + (one.x < at[0] + 90 ? 44 : 9))
        expect(one.x + one.w, id).toBeLessThanOrEqual(at[0] + width - 28)
        expect(one.y + one.h, id).toBeLessThanOrEqual(at[1] + height - 9)
      }
    }
  })
  it('wires go from left to right, with room for their sockets', () => {
    for (const { source, target } of model.wires) {
      const from = boxOf(source)
      const to = boxOf(target)
      if (from === undefined) throw new Error(source)
      const end = to?.x ?? (model.lanes[0]?.at[0] ?? 0) + (model.lanes[0]?.width ?? 0) - 10
      expect(end - (from.x + from.w), `${source} ${target}`).toBeGreaterThanOrEqual(18)
    }
  })
  it('is no wider than its screen wants', () => {
    expect(model.footWidth).toBeLessThanOrEqual(widths[name] ?? 0)
  })
  it('sockets of a rail are level with the roles that they take', () => {
    for (const { view, at, levels } of model.gates) {
      view.places.forEach(({ source, handle }, i) => {
        if (source === null) return
        const wire = model.wires.find((one) => one.target === view.id && one.handle === handle)
        const from = boxOf(wire?.source ?? '')
        if (from === undefined) throw new Error(handle)
        const level = at[1] + (levels[i] ?? 0)
        expect(level, handle).toBeGreaterThan(from.y)
        expect(level, handle).toBeLessThan(from.y + from.h + 20)
      })
    }
  })
  it('placed by hand where it stands of itself, the picture is the same', () => {
    const positions = Object.fromEntries(model.nodes.map(({ view, at }) => [view.id, at]))
    const placed = draw({ tree, sidecar: { ...sidecar, positions } })
    expect(placed.lanes.map(({ at, width, height }) => [at, width, height])).toEqual(
      model.lanes.map(({ at, width, height }) => [at, width, height]),
    )
    expect(placed.nodes.map(({ at }) => at)).toEqual(model.nodes.map(({ at }) => at))
  })
  it('wires that go around nodes pass behind none', () => {
    for (const { source, target, route } of model.wires) {
      if (route === null) continue
      const points = [route.from, ...route.corners, route.to]
      points.forEach(([x1, y1], i) => {
        const [x2, y2] = points[i + 1] ?? [x1, y1]
        expect(x1 === x2 || y1 === y2).toBe(true)
        const hit = boxes.find(
          ({ id, x, y, w, h }) =>
            id !== source &&
            id !== target &&
            Math.max(x1, x2) > x &&
            Math.min(x1, x2) < x + w &&
            Math.max(y1, y2) > y &&
            Math.min(y1, y2) < y + h,
        )
        expect(hit?.id, `${source} to ${target}`).toBeUndefined()
      })
    }
  })
})

describe('what is drawn', () => {
  const { tree, sidecar } = pictureOf('ema_pullback')
  it('what leads nowhere yet stands before the lanes, and no lane grows for it', () => {
    const nodes = { ...tree.nodes, alone: { ema: { of: 'price.close', length: 9 } } }
    const before = pictureOf('ema_pullback').model
    const after = draw({ tree: { ...tree, nodes }, sidecar })
    const alone = after.nodes.find(({ view }) => view.id === 'alone')
    if (alone === undefined) throw new Error('alone')
    expect(alone.role).toBe('none')
    expect(alone.at[0] + alone.view.width).toBeLessThan(after.lanes[0]?.at[0] ?? 0)
    expect(after.lanes.map(({ width, height }) => [width, height])).toEqual(
      before.lanes.map(({ width, height }) => [width, height]),
    )
    expect(after.lanes.some(({ nodes: ids }) => ids.includes('alone'))).toBe(false)
    expect(loose).toBe('loose')
  })
  it('an operand that is not wired yet is an empty socket, without a name and without a wire', () => {
    const nodes = { ...tree.nodes, uptrend: { above: ['missing', 'ema_slow'] } }
    const model = draw({ tree: { ...tree, nodes }, sidecar })
    const uptrend = model.nodes.find(({ view }) => view.id === 'uptrend')?.view
    expect(uptrend?.headInput).toMatchObject({ handle: '0', wired: false })
    expect(uptrend?.rows).toEqual([
      expect.objectContaining({ kind: 'port', key: '1', text: '\u2026 above EMA slow', field: null }),
    ])
    expect(model.wires.some(({ source }) => source === 'missing')).toBe(false)
  })
})
