// Swing pivots on a canvas that remembers: where they stand, which give way, where their words are.
import { describe, expect, it } from 'vitest'
import { drawOver } from '../../../app/chart/drawScene'
import { placePivots } from '../../../app/chart/drawStructure'
import { overlaps, Places } from '../../../app/chart/labels'
import { emptyScene } from '../../../app/chart/pack'
import { sheetOf, texts } from './paper'
import { at, packOf, path, pivot, stroked, x } from './scene'

describe('structure', () => {
  it('is a ring where it formed, a dot at the bar whose close made it known, a thin line while it holds', () => {
    const { sheet, done } = sheetOf()
    drawOver(sheet, {
      pack: packOf({ pivots: [pivot(30, 33, { untilMs: at(50) })] }),
      scene: emptyScene,
      marks: [],
      legend: [],
    })
    const lines = stroked(done, 'level').filter(({ at: points }) => points.length === 2)
    expect(lines.map(({ at: points, alpha }) => [points, alpha])).toEqual([
      [
        [
          [x(30), 80.5],
          [x(32), 80.5],
        ],
        0.9,
      ],
      [
        [
          [x(32), 80.5],
          [x(50) - 2, 80.5],
        ],
        0.32,
      ],
    ])
    expect(done.filter(({ what }) => what === 'fill').map(({ colour, at: [spot] }) => [colour, spot])).toEqual([
      ['ground', [x(30), 80]],
      ['level', [x(32), 80]],
    ])
    expect(texts(done)).toEqual(['HH'])
  })

  it('gives way where there is no room: the longer leg stays', () => {
    const { sheet } = sheetOf()
    const ask = { places: new Places(sheet), widthOf: (word: string) => 6 * word.length }
    const crowded = [pivot(30, 33, { size: 9 }), pivot(31, 34, { size: 5 }), pivot(60, 63, { size: 2, kind: 'low' })]
    expect(placePivots(sheet, { pivots: crowded, ...ask }).map((one) => one.pivot.size)).toEqual([9, 2])
  })

  it('keeps words apart from each other and from the rings, highs above and lows below', () => {
    const { sheet } = sheetOf()
    const pivots = Array.from({ length: 90 }, (_, i) =>
      pivot(i, i + 3, { size: (i * 7) % 90, price: 50 + ((i * 13) % 20), kind: i % 2 === 0 ? 'high' : 'low' }),
    ).sort((a, b) => b.size - a.size)
    const placed = placePivots(sheet, { pivots, places: new Places(sheet), widthOf: (word) => 6 * word.length })
    expect(placed.length).toBeGreaterThan(5)
    const words = placed.flatMap(({ word, y, pivot: { kind } }) => {
      if (word === null) return []
      expect(kind === 'high' ? word.y + 12 <= y : word.y >= y).toBe(true)
      return [{ ...word, w: 12, h: 12 }]
    })
    expect(words.length).toBeGreaterThan(3)
    const rings = placed.map(({ formedX, y }) => ({ x: formedX - 6, y: y - 6, w: 12, h: 12 }))
    const boxes = [...words, ...rings]
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) expect(overlaps(a, b)).toBe(false)
    })
  })

  it('says nothing beside a trade, and nothing at all when it is switched off', () => {
    const pivots = [pivot(10, 13)]
    const beside = sheetOf()
    drawOver(beside.sheet, { pack: packOf({ pivots }), scene: { ...emptyScene, path }, marks: [], legend: [] })
    expect(texts(beside.done)).not.toContain('HH')
    const off = sheetOf()
    drawOver(off.sheet, { pack: packOf({ pivots }), scene: { ...emptyScene, structure: false }, marks: [], legend: [] })
    expect(off.done).toEqual([])
  })
})
