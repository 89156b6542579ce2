// Which lines of a Play are drawn, and in which colours.
import { describe, expect, it } from 'vitest'
import { seriesColour } from '../../../app/chart/colours'
import { bandsOf, linesOf, mostPanes, shownOf } from '../../../app/chart/lines'
import { examples } from '../../../blocks/catalogue'
import { checkPlay } from '../../../blocks/play/check'
import type { Flat } from '../../../blocks/play/flat'
import { parseDocument } from '../../../blocks/play/text/parse'
import type { PlayTree } from '../../../blocks/play/tree'

const treeOf = (name: string): PlayTree => {
  return parseDocument(examples[name] ?? '').tree as PlayTree
}
const flatOf = (name: string): Flat => {
  const { flat } = checkPlay(treeOf(name))
  if (flat === undefined) throw new Error(`${name} does not stand the check`)
  return flat
}
const nobody = { hovered: null, selected: [], switched: {} }
const keys = (lines: readonly { key: string }[]): string[] => lines.map(({ key }) => key)

describe('the lines of a Play', () => {
  const lines = linesOf(flatOf('ema_pullback'))

  it('leave out bars and what exists only inside a trade', () => {
    expect(keys(lines)).toEqual(
      expect.arrayContaining(['ema_fast.value', 'ema_slow.value', 'atr.value', 'funding.rate']),
    )
    expect(keys(lines).filter((key) => key.startsWith('price') || key.startsWith('swing_at_entry'))).toEqual([])
  })

  it('know the constant that a condition compares them with', () => {
    const funding = lines.find(({ key }) => key === 'funding.rate')
    expect(funding?.thresholds).toContain(0.0003)
    expect(lines.find(({ key }) => key === 'ema_fast.value')?.thresholds).toEqual([])
  })

  it('show by themselves what conditions read: prices over the candles, the rest in panes', () => {
    const { overlays, panes } = shownOf(lines, nobody)
    expect(keys(overlays)).toEqual(['ema_fast.value', 'ema_slow.value'])
    expect(keys(panes)).toEqual(['funding.rate'])
  })

  it('show a node that is pointed at, also one that was switched off, and let it go again', () => {
    expect(keys(shownOf(lines, { ...nobody, hovered: 'atr' }).panes)).toContain('atr.value')
    const off = { ...nobody, switched: { 'ema_fast.value': false } }
    expect(keys(shownOf(lines, off).overlays)).toEqual(['ema_slow.value'])
    expect(keys(shownOf(lines, off).off)).toEqual(['ema_fast.value'])
    expect(shownOf(lines, nobody).off).toEqual([])
    expect(shownOf(lines, { ...off, hovered: 'ema_fast' }).off).toEqual([])
    // What nobody would draw does not come back by being switched off.
    expect(shownOf(lines, { ...nobody, switched: { 'atr.value': false } }).off).toEqual([])
    expect(keys(shownOf(lines, { ...off, hovered: 'ema_fast' }).overlays)).toContain('ema_fast.value')
    expect(keys(shownOf(lines, { ...nobody, selected: ['atr'] }).panes)).toContain('atr.value')
  })

  it('of a Play made of Blocks are those that the Blocks compare; not so beside lines of its own', () => {
    const blocks = linesOf(flatOf('donchian_trail'))
    const shown = shownOf(blocks, nobody)
    expect([...shown.overlays, ...shown.panes].length).toBeGreaterThan(0)
    const own = { ...(blocks[0] as (typeof blocks)[number]), key: 'own.value', node: 'own', compared: 'own' as const }
    const beside = shownOf([...blocks, own], nobody)
    expect(keys([...beside.overlays, ...beside.panes])).toEqual(['own.value'])
  })

  it('never take more panes than there are, and give them first to what was asked for', () => {
    const fade = linesOf(flatOf('rsi_fade'))
    expect(shownOf(fade, nobody).panes).toHaveLength(mostPanes)
    const wish = { ...nobody, switched: { 'atr.value': true } }
    const { panes } = shownOf(fade, wish)
    expect(panes).toHaveLength(mostPanes)
    expect(keys(panes)).toContain('atr.value')
  })

  it('offer conditions of the market as bands, not those of a trade', () => {
    const bands = bandsOf(flatOf('ema_pullback')).map(({ node }) => node)
    expect(bands).toEqual(expect.arrayContaining(['uptrend', 'reclaimed', 'pullback']))
    expect(bands).not.toContain('swing_lost')
  })

  it('mark levels of swings as held: they are drawn in steps', () => {
    const held = lines.filter((line) => line.held).map(({ node }) => node)
    expect(new Set(held)).toEqual(new Set(['swing']))
  })
})

describe('colours', () => {
  const tree = treeOf('ema_pullback')

  it('go to nodes that draw, in the order of the Play', () => {
    const drawn = ['funding', 'ema_fast', 'ema_slow', 'atr', 'swing', 'stop_distance']
    expect(drawn.map((id) => seriesColour(id, tree))).toEqual(['s1', 's2', 's3', 's4', 's5', 's1'])
  })

  it('stay when a node is added below, and are the same inside a Block, on an output and on the mirror', () => {
    const more = { nodes: { ...tree.nodes, late: { ema: { of: 'price.close', length: 5 } } } }
    expect(seriesColour('ema_slow', more)).toBe(seriesColour('ema_slow', tree))
    expect(seriesColour('late', more)).toBe('s2')
    expect(seriesColour('swing/inner', tree)).toBe('s5')
    expect(seriesColour('short/ema_fast', tree)).toBe('s2')
    expect(seriesColour('ema_fast.value', tree)).toBe('s2')
  })

  it('of what draws nothing are the quiet one', () => {
    expect(seriesColour('uptrend', tree)).toBe('s5')
    expect(seriesColour('price', tree)).toBe('s5')
    expect(seriesColour('not_there', tree)).toBe('s5')
  })
})
