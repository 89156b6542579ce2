// What nodes say: figures, distances, fields and their units, keys.
import { describe, expect, it } from 'vitest'
import { cursorValue } from '../../../app/canvas/cursor'
import { limitsOf, numberOf, searchOf, withUnit } from '../../../app/canvas/fields'
import { figure, fixed, valueLine } from '../../../app/canvas/figures'
import { inputHandle, outputHandle, readHandle, sinkOf } from '../../../app/canvas/handles'
import { actionOf, canvasKeys } from '../../../app/canvas/keys'
import { stateOf } from '../../../app/canvas/nodeState'
import { found, offerOf, shelvesOf } from '../../../app/canvas/offers'
import { placeOf, wireOf } from '../../../app/canvas/wires'
import { literalWords, nodeTitle, titleOf } from '../../../app/canvas/words'
import type { NodeValue, WhyAnswer } from '../../../app/engine/protocol'

const value = (part: Partial<NodeValue>): NodeValue => ({
  name: 'x',
  number: null,
  verdict: null,
  kind: null,
  sides: null,
  short: null,
  sinceMs: null,
  ...part,
})

describe('figures', () => {
  it('thousands apart, the true minus, no minus on zero', () => {
    expect(fixed(-1234567.891, 2)).toBe('\u22121,234,567.89')
    expect(fixed(-0.001, 2)).toBe('0.00')
    expect(fixed(1234.5678, 4)).toBe('1,234.5678')
  })
  it('by socket', () => {
    expect(figure(67785.8, 'P')).toBe('67,786')
    expect(figure(0.00001234, 'P')).toBe('0.00001234')
    expect(figure(0.0003, 'R')).toBe('0.030 %')
    expect(figure(17.46, 'O')).toBe('17.5')
    expect(figure(Number.NaN, 'N')).toBe('unknown')
  })
})

describe('value line', () => {
  const line = (part: Partial<NodeValue>, first = false) =>
    valueLine(value(part), { letter: 'C', operands: 'O', first })
  it('a true comparison says by how much', () => {
    expect(line({ verdict: 'true', sides: [29.2, 18], short: 0 })).toEqual({
      text: '29.2 > 18.0',
      aside: '+11.2',
      tone: 'true',
    })
    expect(line({ verdict: 'true', sides: [9, 18], short: 0 })).toEqual({
      text: '9.0 < 18.0',
      aside: '9.0 room',
      tone: 'true',
    })
  })
  it('a false one says what it was short of, or how far over', () => {
    const short = { text: '17.5 < 18.0', aside: '0.5 short', tone: 'false' }
    expect(line({ verdict: 'false', sides: [17.5, 18], short: 0.5 })).toEqual(short)
    expect(line({ verdict: 'false', sides: [17.5, 18], short: 0.5 }, true).tone).toBe('first')
    expect(line({ verdict: 'false', sides: [18.5, 18], short: 0.5 }).aside).toBe('0.5 over')
  })
  it('a cross that happened before lacks nothing, and its sign is that of the numbers', () => {
    expect(line({ verdict: 'false', sides: [19, 18], short: null })).toEqual({
      text: '19.0 > 18.0',
      aside: null,
      tone: 'false',
    })
    expect(line({ verdict: 'false', sides: [18, 18], short: 0 }).text).toBe('18.0 = 18.0')
  })
  it('unknown never looks like false', () => {
    expect(line({ verdict: 'unknown' }, true)).toEqual({ text: 'not yet known', aside: null, tone: 'unknown' })
    expect(line({}).tone).toBe('unknown')
  })
})

describe('fields', () => {
  it('read and write units', () => {
    expect(numberOf('0.03%')).toEqual({ value: 0.03, unit: '%', suffix: '%' })
    expect(numberOf('6b')).toEqual({ value: 6, unit: 'bars', suffix: 'b' })
    expect(numberOf(14, 'bars')).toEqual({ value: 14, unit: 'bars', suffix: '' })
    expect(numberOf('rest')).toBeNull()
    expect(withUnit(0.0000001, '%')).toBe('0.0000001%')
    expect(withUnit(21, '')).toBe(21)
  })
  it('hard bounds of the type in the unit that is shown; the step of the search range', () => {
    const spec = { kind: 'share', min: -1, max: 10 } as const
    const tree = { value: '3%', min: '1%', max: '6%', step: '0.5%' }
    expect(limitsOf({ spec, param: { name: 's', tree } }, { value: 3, unit: '%', suffix: '%' })).toEqual({
      min: -100,
      max: 1000,
      step: 0.5,
    })
    expect(searchOf(tree)).toEqual({ min: 1, max: 6, step: 0.5 })
    expect(searchOf({ value: '3%' })).toBeNull()
    expect(searchOf({ value: '6b', min: '1h', max: '9h' })).toBeNull()
  })
})

describe('words', () => {
  it('titles', () => {
    expect(titleOf('ema_fast')).toBe('EMA fast')
    expect(nodeTitle('atr', 'atr')).toBe('ATR')
    expect(nodeTitle('no_chop', 'lib/no_chop@1')).toBe('No chop')
  })
  it('literals', () => {
    expect(['6b', '1b', '12h', '-6%', '2R', true, '$stop_atr'].map(literalWords)).toEqual([
      '6 bars',
      '1 bar',
      '12 hours',
      '\u22126 %',
      '2 R',
      'yes',
      'stop ATR',
    ])
  })
})

describe('wires and sockets', () => {
  it('names go there and back; gates stand for their sink', () => {
    expect(readHandle(inputHandle('of[0]'))).toEqual({ side: 'in', name: 'of[0]' })
    expect(readHandle(outputHandle(null))).toEqual({ side: 'out', name: null })
    expect(sinkOf('$long/exits')).toBe('$long')
    expect(
      wireOf({ source: 'stop', sourceHandle: 'out:', target: '$long/exits', targetHandle: 'in:exits[0]' }),
    ).toEqual({ source: 'stop', output: null, target: '$long', handle: 'exits[0]' })
    expect(wireOf({ source: 'a', sourceHandle: 'in:of', target: 'b', targetHandle: 'in:of' })).toBeNull()
    expect(placeOf('stop:by')).toEqual({ target: 'stop', handle: 'by' })
  })
})

describe('the cursor', () => {
  const why = (part: Partial<WhyAnswer>): WhyAnswer => ({
    timeMs: 0,
    values: {},
    side: 'long',
    setup: null,
    did: 'nothing',
    reason: null,
    node: null,
    lines: [],
    ...part,
  })
  it('finds the node itself, its only output, and the mirrored twin first on the short side', () => {
    const values = { up: value({ number: 1 }), 'short/up': value({ number: 2 }), 'ema.value': value({ number: 3 }) }
    const self = { name: '', handle: null }
    expect(cursorValue({ values, why: null }, 'up', self)?.number).toBe(1)
    expect(cursorValue({ values, why: why({ side: 'short' }) }, 'up', self)?.number).toBe(2)
    expect(cursorValue({ values, why: null }, 'ema', { name: 'value', handle: null })?.number).toBe(3)
    expect(cursorValue({ values, why: null }, 'gone', self)).toBeNull()
  })
  it('the node that said no is the first; exits do not matter where there was no trade', () => {
    expect(stateOf({ why: why({ node: 'short/up' }) }, 'up', false).first).toBe(true)
    expect(stateOf({ why: why({ node: 'up', did: 'entry' }) }, 'up', false).first).toBe(false)
    expect(stateOf({ why: why({ node: 'other' }) }, 'stop', true)).toEqual({ first: false, dimmed: true })
    expect(stateOf({ why: why({ reason: 'in_trade' }) }, 'stop', true).dimmed).toBe(false)
    expect(stateOf({ why: null }, 'stop', true)).toEqual({ first: false, dimmed: false })
  })
})

describe('palette', () => {
  const all = shelvesOf(undefined, new Map()).flatMap(({ offers }) => offers)
  it('holds every type and shipped Block once', () => {
    const types = all.map(({ type }) => type)
    expect(new Set(types).size).toBe(types.length)
    expect(types).toEqual(expect.arrayContaining(['ema', 'bars', 'entry', 'lib/no_chop@1', 'trade']))
  })
  it('finds by name before meaning', () => {
    expect(found(all, 'ema')[0]?.type).toBe('ema')
    expect(found(all, 'takes profit').map(({ type }) => type)).toContain('ladder')
    expect(found(all, 'zzz')).toEqual([])
    expect(offerOf('atr').letter).toBe('D')
  })
})

describe('keys', () => {
  const press = (key: string, part: object = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...part,
  })
  it('a letter with Ctrl is another key than the letter', () => {
    expect(actionOf(press('c'))).toBe('connect')
    expect(actionOf(press('c', { ctrlKey: true }))).toBe('copy')
    expect(actionOf(press('c', { metaKey: true }))).toBe('copy')
    expect(actionOf(press('L', { shiftKey: true }))).toBe('arrange')
    expect(actionOf(press('/', { shiftKey: true }))).toBe('search')
    expect(actionOf(press('q'))).toBeNull()
  })
  it('no key is given twice', () => {
    expect(new Set(canvasKeys.map(({ key }) => key)).size).toBe(canvasKeys.length)
  })
})
