// Completion: what can stand at a place, and only that. `|` is the cursor.
import { describe, expect, it } from 'vitest'
import { completeAt, meaningOf } from '../../../app/text/complete'
import { readPlay } from '../../../app/text/textSync'
import { examples, logicTypes } from '../../../blocks/catalogue'
import { wiringOf } from '../../../blocks/play/connect'

const ema = examples.ema_pullback ?? ''
const { play: tree } = readPlay(ema)
if (tree === null) throw new Error('the example is a Play')
const known = { tree, wiring: wiringOf(tree) }

/** The line takes the place of `atr`. */
const at = (line: string): readonly string[] => {
  const text = ema.replace(/^ {2}atr: .*$/m, `  ${line}`)
  const position = text.indexOf('|')
  return completeAt(text.replace('|', ''), position, known)?.choices.map(({ label }) => label) ?? []
}

describe('inside a node', () => {
  it('stand all types, behind the name and in its bracket', () => {
    expect(at('atr: |')).toHaveLength(logicTypes.length)
    expect(at('atr: { e|')).toHaveLength(logicTypes.length)
    expect(at('atr: { atr: {} } |')).toEqual([])
  })

  it('stand the ports and parameters that are not given yet', () => {
    expect(at('atr: { atr: { | } }')).toEqual(['bars', 'length'])
    expect(at('atr: { atr: { length: 14, | } }')).toEqual(['bars'])
  })

  it('stand the references that fit the port', () => {
    const bars = at('atr: { atr: { bars: | } }')
    expect(bars).toContain('price')
    expect(bars).not.toContain('uptrend')
    const conditions = at('atr: { all: [uptrend, | ] }')
    expect(conditions).toContain('dipped')
    expect(conditions).not.toContain('ema_fast')
    expect(at('atr: { below: [price.|')).toContain('price.low')
    // Its own value would be a circle.
    expect(at('atr: { below: [|')).toContain('ema_fast')
    expect(at('atr: { below: [|')).not.toContain('atr')
  })

  it('stand parameters, choices and defaults', () => {
    expect(at('atr: { ema: { of: price.close, length: | } }')).toEqual(expect.arrayContaining(['20', '$fast', '$slow']))
    expect(at('atr: { entry: { when: uptrend, order: | } }')).toEqual(['market', 'limit', 'stop'])
    expect(at('atr: { bars: { market: | } }')).toEqual(['main'])
    expect(at('atr: { bars: { tf: | } }')).toContain('4h')
  })

  it('stands nothing in a comment or a type that is not there', () => {
    expect(at('# atr: { |')).toEqual([])
    expect(at('atr: { nothing: { |')).toEqual([])
  })
})

describe('elsewhere', () => {
  const side = (line: string): readonly string[] => {
    const text = ema.replace(/^ {2}filters: .*$/m, `  ${line}`)
    return completeAt(text.replace('|', ''), text.indexOf('|'), known)?.choices.map(({ label }) => label) ?? []
  }
  it('the lists of a side take their role', () => {
    expect(side('filters: [|]')).toEqual(['not_crowded'])
    expect(side('exits: [stop, |]')).toEqual(['stop', 'scale_out', 'free_ride'])
  })

  it('a timeframe is one of the language', () => {
    const text = ema.replace('tf: 15m', 'tf: ')
    expect(completeAt(text, text.indexOf('tf: ') + 4, known)?.choices.map(({ label }) => label)).toContain('15m')
  })

  it('a type is explained', () => {
    expect(meaningOf('ema')).toMatch(/moving average/)
    expect(meaningOf('nothing')).toBeNull()
  })
})
