// What nodes say while a trade of the mirrored side is looked at: the comparison that was asked there.
import { describe, expect, it } from 'vitest'
import { mirroredView, twinsOf } from '../../../app/canvas/mirrored'
import { modelOf } from '../../../app/canvas/model'
import { examples } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const playOf = (name: string): PlayTree => {
  const { tree } = parseDocument(examples[name] ?? '')
  if (tree === undefined || !('play' in tree)) throw new Error('no Play')
  return tree
}

/** Texts of a node's ports, with what stands in a field behind them. */
const saidOf = (tree: PlayTree, id: string, side: 'own' | 'mirrored') => {
  const { nodes } = modelOf({ tree, sidecar: {}, wiring: wiringOf(tree), problems: [], open: new Set() })
  const view = nodes.find((node) => node.view.id === id)?.view
  const twin = twinsOf(tree).get(id)
  if (view === undefined || (side === 'mirrored' && twin === undefined)) throw new Error(id)
  const shown = side === 'mirrored' && twin !== undefined ? mirroredView(view, twin) : view
  return shown.rows.flatMap((row) =>
    row.kind === 'port' ? [row.field === null ? row.text : `${row.text} [${JSON.stringify(row.field.value)}]`] : [],
  )
}

describe('a node of the mirrored side', () => {
  const ema = playOf('ema_pullback')
  const rsi = playOf('rsi_fade')
  const swings = playOf('swing_break_add')

  it('turns its comparison round', () => {
    expect(saidOf(ema, 'uptrend', 'own')).toEqual(['EMA fast above EMA slow'])
    expect(saidOf(ema, 'uptrend', 'mirrored')).toEqual(['EMA fast below EMA slow'])
    expect(saidOf(ema, 'reclaimed', 'mirrored')).toEqual(['close crosses below EMA fast'])
  })
  it('exchanges low and high, upper and lower', () => {
    expect(saidOf(ema, 'dipped', 'own')).toEqual(['low below EMA fast'])
    expect(saidOf(ema, 'dipped', 'mirrored')).toEqual(['high above EMA fast'])
    expect(saidOf(rsi, 'under_band', 'mirrored')).toEqual(['close above bands upper'])
    expect(saidOf(swings, 'broke', 'mirrored')).toEqual(['price close crosses below swing low'])
  })
  it('says the reflected value in place of the field that holds the other', () => {
    expect(saidOf(ema, 'cheap_to_hold', 'own')).toEqual(['funding rate below ["$max_funding"]'])
    expect(saidOf(ema, 'cheap_to_hold', 'mirrored')).toEqual(['funding rate above \u22120.03 %'])
    expect(saidOf(rsi, 'stretched', 'mirrored')).toEqual(['RSI above 72'])
  })
  it('a list reads as before', () => {
    expect(saidOf(ema, 'pullback', 'mirrored')).toEqual(saidOf(ema, 'pullback', 'own'))
    expect(saidOf(swings, 'retest', 'mirrored')).toEqual(saidOf(swings, 'retest', 'own'))
  })
  it('keeps a field whose value is the same on both sides', () => {
    const tree: PlayTree = { ...ema, nodes: { ...ema.nodes, cheap_to_hold: { below: ['funding.rate', '0%'] } } }
    expect(saidOf(tree, 'cheap_to_hold', 'mirrored')).toEqual(['funding rate above ["0%"]'])
  })
})

describe('twins', () => {
  it('what both sides share has none', () => {
    const twins = twinsOf(playOf('ema_pullback'))
    expect(twins.has('ema_fast')).toBe(false)
    expect(twins.has('uptrend')).toBe(true)
  })
  it('there are none where nothing is mirrored, or the Play has errors', () => {
    const ema = playOf('ema_pullback')
    expect(twinsOf({ ...ema, short: 'none' }).size).toBe(0)
    expect(twinsOf({ ...ema, nodes: { ...ema.nodes, uptrend: { above: ['ema_fast', 'nobody'] } } }).size).toBe(0)
  })
  it('a long side that mirrors is turned as well', () => {
    const ema = playOf('ema_pullback')
    const turned: PlayTree = { ...ema, long: 'mirror', short: ema.long }
    expect(saidOf(turned, 'uptrend', 'mirrored')).toEqual(['EMA fast below EMA slow'])
  })
})
