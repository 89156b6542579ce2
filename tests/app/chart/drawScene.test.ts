// Our drawings on a canvas that remembers: what is drawn, where, in which colour, and what is left out.
import { describe, expect, it } from 'vitest'
import { drawBand } from '../../../app/chart/drawBand'
import { drawAreas, drawHoles, drawUnseen, nameUnseen, rangeOfPath } from '../../../app/chart/drawGround'
import { closeIn, crowdOf, drawOver, drawUnder, groundOf } from '../../../app/chart/drawScene'
import { drawMarks, markAt, placeMarks, spotOf } from '../../../app/chart/drawTrades'
import { hitAt } from '../../../app/chart/hits'
import { overlaps, Places } from '../../../app/chart/labels'
import { emptyScene } from '../../../app/chart/pack'
import { tagsOf } from '../../../app/chart/priceTags'
import { whatIfOf } from '../../../app/chart/trades'
import type { TradeRow } from '../../../blocks/engine/report/document'
import { grid, sheetOf, texts } from './paper'
import { at, mark, packOf, path, pivot, row, stroked, x } from './scene'

describe('under the candles', () => {
  it('holes are hatched from edge to edge, and nowhere else', () => {
    const { sheet, done } = sheetOf()
    drawHoles(sheet, [{ from: 20, to: 24 }])
    expect(done).toHaveLength(1)
    expect(stroked(done, 'lineStrong')).toHaveLength(1)
    const outside = sheetOf({ from: 30, to: 99 })
    drawHoles(outside.sheet, [{ from: 20, to: 24 }])
    expect(outside.done).toEqual([])
  })

  it('unseen data are tinted from the line to the right edge, and named below the legend', () => {
    const { sheet, done } = sheetOf()
    drawUnseen(sheet, at(50))
    nameUnseen(sheet, at(50), 40)
    // The line lies at the left edge of the first bar that is unseen.
    const tint = done.find(({ what, alpha }) => what === 'rect' && alpha < 0.1)
    expect(tint).toMatchObject({
      colour: 'you',
      at: [
        [x(50) - 2, 0],
        [400, 200],
      ],
    })
    expect(done.find(({ text }) => text === 'unseen')?.at).toEqual([[x(50) + 6, 52]])
    // 36 px of word and 3 on both sides: where the room is less it is read from top to bottom, and at last not at all.
    const placed = (room: number) => {
      const narrow = sheetOf({ width: x(90) - 2 + room })
      nameUnseen(narrow.sheet, at(90), 40)
      return narrow.done.find(({ text }) => text === 'unseen')?.at
    }
    expect(placed(42)).toEqual([[x(90) - 2 + 3, 52]])
    expect(placed(41)).toEqual([[x(90) - 2 + 20.5, 45]])
    expect(placed(14)).toBeUndefined()
    const beyond = sheetOf()
    drawUnseen(beyond.sheet, at(200))
    nameUnseen(beyond.sheet, at(200), 40)
    expect(beyond.done).toEqual([])
  })

  it('risk lies below the entry until the stop moved, reward above it', () => {
    const { sheet, done } = sheetOf()
    drawAreas(sheet, path)
    expect(done.map(({ colour, at: box, alpha }) => [colour, box, alpha])).toEqual([
      [
        'neg',
        [
          [x(30) - 2, 100],
          [x(40) - 2, 140],
        ],
        0.08,
      ],
      [
        'pos',
        [
          [x(30) - 2, 60],
          [x(40) - 2, 100],
        ],
        0.08,
      ],
    ])
  })

  it('the scale holds what was reached, not a target far away', () => {
    expect(rangeOfPath(path, grid, [0, 99])).toEqual([30, 70])
    expect(rangeOfPath(path, grid, [70, 99])).toBeNull()
    expect(rangeOfPath(null, grid, [0, 99])).toBeNull()
  })
})

describe('marks', () => {
  const ground = groundOf(packOf())
  it('of entries stand off their bar, below when long, above when short; of exits at their price', () => {
    const { sheet } = sheetOf()
    expect(spotOf(sheet, mark('entry', 30), ground)).toEqual({ x: x(30), y: 120 + 10 })
    expect(spotOf(sheet, mark('entry', 30, { side: 'short' }), ground)).toEqual({ x: x(30), y: 80 - 10 })
    expect(spotOf(sheet, mark('exit', 40, { price: 70 }), ground)).toEqual({ x: x(40), y: 60 })
    expect(spotOf(sheet, mark('entry', 22), ground)).toEqual({ x: x(22), y: 110 })
  })

  it('won and lost differ in form and colour', () => {
    const { sheet, done } = sheetOf()
    drawMarks(sheet, [mark('exit', 40), mark('exit', 50, { won: false })], ground)
    expect(done.filter(({ what }) => what === 'stroke').map(({ colour, at: [spot] }) => [colour, spot])).toEqual([
      ['pos', [x(40), 100]],
      ['neg', [x(50) - 3.5, 96.5]],
    ])
  })

  it('that fall on the same pixels are one; partial exits give way first', () => {
    const { sheet, done } = sheetOf({ step: 0.1, x: (place) => 2 + 0.1 * place })
    drawMarks(sheet, [mark('entry', 30), mark('entry', 31), mark('part', 60)], ground)
    expect(done).toHaveLength(1)
  })

  it('that would hide the bars give way to those of the trades that counted most', () => {
    const { sheet } = sheetOf()
    const of = (bar: number, netUsdt: number) => ({ trade: { ...row, entryMs: at(bar), netUsdt } as TradeRow })
    // Forty exits, two bars apart, of which the last is the greatest.
    const many = Array.from({ length: 40 }, (_, i) => mark('exit', 2 * i + 1, of(2 * i, i - 20)))
    const drawn = placeMarks(sheet, many, { places: new Places(sheet), ground })
    expect(drawn.length).toBeLessThan(20)
    expect(drawn[0]).toBe(many[0])
    expect(drawn[1]).toBe(many[39])
    const apart = drawn.map((one) => spotOf(sheet, one, ground).x).sort((a, b) => a - b)
    for (const [i, left] of apart.slice(1).entries()) expect(left - (apart[i] ?? 0)).toBeGreaterThanOrEqual(18)
    const few = many.slice(0, 20)
    expect(placeMarks(sheet, few, { places: new Places(sheet), ground })).toBe(few)
  })

  it('are found by a click nearby, an entry before an exit', () => {
    const { sheet } = sheetOf()
    const [entry, exit] = [mark('entry', 30), mark('exit', 30, { price: 35 })]
    const marks = [exit, entry]
    expect(markAt(sheet, { marks, ground }, { x: x(30), y: 130 })).toBe(entry)
    expect(markAt(sheet, { marks: [exit], ground }, { x: x(30) + 8, y: 130 })).toBe(exit)
    expect(markAt(sheet, { marks, ground }, { x: x(30) + 10, y: 130 })).toBeNull()
  })
})

describe('a trade that is looked at', () => {
  const marks = [mark('entry', 30), mark('part', 40, { price: 70 }), mark('exit', 60, { price: 45, won: false })]
  const legend = [{ x: 0, y: 0, w: 400, h: 30 }]
  const drawn = () => {
    const { sheet, done } = sheetOf()
    drawOver(sheet, { pack: packOf(), scene: { ...emptyScene, path }, marks, legend })
    return done
  }

  it('shows its stop as one line with its step', () => {
    const [stop] = stroked(drawn(), 'neg')
    expect(stop?.at).toEqual([
      [x(30) - 2, 140.5],
      [x(40) - 2, 140.5],
      [x(40) - 2, 96.5],
      [x(60) - 2, 96.5],
    ])
    expect(stop?.dash).toEqual([])
  })

  it('shows targets dotted, what was not reached fainter', () => {
    const targets = stroked(drawn(), 'pos').filter(({ dash }) => dash.length > 0)
    expect(targets.map(({ alpha, at: [from] }) => [alpha, from?.[1]])).toEqual([
      [1, 60.5],
      [0.55, 20.5],
    ])
  })

  it('names side, exits, the moved stop and what was planned; nothing over another or under the legend', () => {
    const done = drawn()
    const words = done.filter(({ what }) => what === 'text')
    expect(texts(done).sort()).toEqual(
      ['50 % at +1 R', '50 % at \u22120.25 R', 'Long', 'rest at +2 R', 'stop to break-even'].sort(),
    )
    const boxes = words.map(({ text = '', at: [[left, middle] = [0, 0]] }) => ({
      x: left,
      y: middle - 7,
      w: 6 * text.length,
      h: 14,
    }))
    boxes.forEach((a, i) => {
      expect(a.y).toBeGreaterThanOrEqual(30)
      for (const b of boxes.slice(i + 1)) expect(overlaps(a, b)).toBe(false)
      for (const one of marks) {
        const spot = spotOf(sheetOf().sheet, one, groundOf(packOf()))
        expect(overlaps(a, { x: spot.x - 6, y: spot.y - 6, w: 12, h: 12 })).toBe(false)
      }
    })
  })

  it('makes the marks of other trades step back', () => {
    const { sheet, done } = sheetOf()
    const other = mark('exit', 80, { trade: { ...row, entryMs: at(75) } as TradeRow })
    drawOver(sheet, { pack: packOf(), scene: { ...emptyScene, path }, marks: [...marks, other], legend: [] })
    const rings = done.filter(({ what, at: [spot] }) => what === 'stroke' && spot?.[0] === x(80))
    expect(rings.map(({ alpha }) => alpha)).toEqual([0.4])
  })

  it('has its prices at the axis: first stop, last exit, entry', () => {
    expect(tagsOf(path)).toEqual([
      { price: 30, tone: 'neg' },
      { price: 45, tone: 'neg' },
      { price: 50, tone: 'text' },
    ])
    expect(tagsOf(null)).toEqual([])
    // Of the bar in question its close; what is looked at goes before it.
    expect(tagsOf(null, 48)).toEqual([{ price: 48, tone: 'you' }])
    expect(tagsOf(path, 48)).toEqual(tagsOf(path))
    expect(closeIn(packOf(), at(30) + 1)).toBe(50)
    expect(closeIn(packOf(), at(22))).toBeNull()
    expect(closeIn(packOf(), at(200))).toBeNull()
    expect(closeIn(null, at(30))).toBeNull()
  })
})

describe('a bar without a trade', () => {
  const question = { ms: at(30), tone: 'no', label: 'Trend strength' } as const
  it('is crossed below its low, with the condition that said no', () => {
    const { sheet, done } = sheetOf()
    drawOver(sheet, { pack: packOf(), scene: { ...emptyScene, question }, marks: [], legend: [] })
    expect(done[0]).toMatchObject({ what: 'fill', colour: 'neg', at: [[x(30) - 6, 120 + 14 - 6]] })
    expect(texts(done)).toEqual(['Trend strength'])
  })

  it('has its mark to itself: no pivot is drawn over it', () => {
    const pivots = [pivot(30, 33, { kind: 'low', price: 33, label: 'HL' })]
    const drawn = (scene: typeof emptyScene): string[] => {
      const { sheet, done } = sheetOf()
      drawOver(sheet, { pack: packOf({ pivots }), scene, marks: [], legend: [] })
      return texts(done)
    }
    expect(drawn(emptyScene)).toEqual(['HL'])
    expect(drawn({ ...emptyScene, question })).toEqual(['Trend strength'])
  })

  it('in a hole has no place', () => {
    const { sheet, done } = sheetOf()
    drawOver(sheet, {
      pack: packOf(),
      scene: { ...emptyScene, question: { ...question, ms: at(22) } },
      marks: [],
      legend: [],
    })
    expect(done).toEqual([])
  })

  it('is hollow and square where one condition alone said no, at the bar that closed then', () => {
    const { sheet, done } = sheetOf()
    const miss = { ms: at(31), side: 'long', setup: 'buy', node: 'adx' } as const
    const misses = [miss, { ...miss, ms: at(32) }, { ...miss, ms: at(60), side: 'short' as const }]
    const { misses: placed } = drawOver(sheet, { pack: packOf({ misses }), scene: emptyScene, marks: [], legend: [] })
    // The second has no room beside the first.
    expect(placed.map(({ x: left, y }) => [left, y])).toEqual([
      [x(30), 130],
      [x(59), 70],
    ])
    expect(stroked(done, 'hint').map(({ at: [corner] }) => corner)).toEqual([
      [x(30) - 3.5, 126.5],
      [x(59) - 3.5, 66.5],
    ])
  })
})

describe('a trade that was only tried out', () => {
  it('is a dashed way through its fills with hollow rings, and what it came to at its end', () => {
    const { sheet, done } = sheetOf()
    const points = [
      { ms: at(30), price: 50 },
      { ms: at(40), price: 70 },
      { ms: at(60), price: 80 },
    ]
    const whatIf = { points, label: 'if taken +2.86 R' }
    drawOver(sheet, { pack: packOf(), scene: { ...emptyScene, whatIf }, marks: [], legend: [] })
    expect(done[0]).toMatchObject({
      what: 'stroke',
      dash: [4, 3],
      at: [
        [x(30), 100],
        [x(40), 60],
        [x(60), 40],
      ],
    })
    const rings = stroked(done, 'body').filter(({ dash }) => dash.length === 0)
    expect(rings.map(({ at: [spot] }) => spot)).toEqual([
      [x(40), 60],
      [x(60), 40],
    ])
    expect(texts(done)).toEqual(['if taken +2.86 R'])
  })

  it('belongs to its market alone, and says so when it is open', () => {
    // Of a fill nothing but time and price is read.
    const trade = { ...row, instrument: 'x:A', r: 2.864, legs: [{ ms: 1, price: 50 }] } as unknown as TradeRow
    expect(whatIfOf(trade, 'x:A')).toEqual({ points: [{ ms: 1, price: 50 }], label: 'if taken +2.86 R' })
    expect(whatIfOf({ ...trade, r: null }, 'x:A')?.label).toBe('if taken, still open')
    expect(whatIfOf(trade, 'x:B')).toBeNull()
    expect(whatIfOf(null, 'x:A')).toBeNull()
  })
})

describe('what is under the mouse', () => {
  const miss = { ms: at(31), side: 'long', setup: 'buy', node: 'adx' } as const
  const placed = { pivot: pivot(10, 13), formedX: 40, knownX: 48, untilX: 90, y: 80, word: null }
  const drawn = { marks: [], pivots: [placed], misses: [{ miss, x: 100, y: 100 }] }
  it('is the nearest of what is drawn; a mark goes first', () => {
    expect(hitAt(drawn, null, { x: 41, y: 81 })?.what).toEqual({ kind: 'formed', pivot: placed.pivot })
    expect(hitAt(drawn, null, { x: 47, y: 81 })?.what).toEqual({ kind: 'known', pivot: placed.pivot })
    expect(hitAt(drawn, null, { x: 103, y: 102 })).toMatchObject({ what: { kind: 'miss', miss }, clicks: true })
    expect(hitAt(drawn, null, { x: 70, y: 80 })).toBeNull()
    const own = mark('entry', 10)
    expect(hitAt(drawn, own, { x: 41, y: 81 })?.what).toEqual({ kind: 'mark', mark: own })
  })
})

describe('the ground under words', () => {
  it('counts the bars that lie under a box, holes not', () => {
    const { sheet } = sheetOf()
    const crowd = crowdOf(sheet, packOf())
    expect(crowd({ x: x(30) - 1, y: 85, w: 10, h: 10 })).toBe(3)
    expect(crowd({ x: x(30) - 1, y: 10, w: 10, h: 10 })).toBe(0)
    expect(crowd({ x: x(20), y: 85, w: 14, h: 10 })).toBe(0)
  })

  it('is drawn in order: holes, unseen data, areas', () => {
    const { sheet, done } = sheetOf()
    drawUnder(sheet, { pack: packOf(), scene: { ...emptyScene, path, lockboxMs: at(70) } })
    expect(done.map(({ colour }) => colour)).toEqual(['lineStrong', 'you', 'you', 'neg', 'pos'])
  })

  it('has the name of unseen data below the legend, and no other word on it', () => {
    const { sheet, done } = sheetOf()
    const legend = [{ x: 0, y: 0, w: 100, h: 60 }]
    // It would lie on the name.
    const pivots = [pivot(55, 58, { price: 62, label: 'HH' })]
    const scene = { ...emptyScene, lockboxMs: at(50) }
    drawOver(sheet, { pack: packOf({ pivots }), scene, marks: [], legend })
    expect(texts(done)).toEqual(['unseen'])
    const free = sheetOf()
    drawOver(free.sheet, { pack: packOf({ pivots }), scene: emptyScene, marks: [], legend })
    expect(texts(free.done)).toEqual(['HH'])
  })
})

describe('a band', () => {
  it('fills what is true, frames what is false, dashes what is unknown, and writes the kind where it has room', () => {
    const { sheet, done } = sheetOf()
    const band = { name: 'trend up', values: new Float64Array(0), kinds: null }
    const stints = [
      { from: 0, to: 9, value: 1 },
      { from: 10, to: 19, value: 0 },
      { from: 20, to: 29, value: Number.NaN },
    ]
    drawBand(sheet, band, stints)
    expect(done.filter(({ colour }) => colour === 'pos').map(({ at: box }) => box)).toEqual([
      [
        [0, 192],
        [40, 200],
      ],
    ])
    expect(stroked(done, 'lineHover').map(({ dash }) => dash)).toEqual([[], [2, 3]])
    const kinds = sheetOf()
    const short = { from: 50, to: 51, value: 1 }
    drawBand(kinds.sheet, { ...band, kinds: ['ranging', 'trending'] }, [{ from: 0, to: 49, value: 0 }, short])
    expect(texts(kinds.done)).toEqual(['ranging', 'trend up'])
  })
})
